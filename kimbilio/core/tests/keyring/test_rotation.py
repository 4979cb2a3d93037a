from uuid import uuid4

import pytest

from kimbilio.core.keyring import Keyring
from kimbilio.core.tests.keyring.probes import IDENTITY, LEGAL, everything, killed_at, readable_pages


@pytest.mark.parametrize("turn", ["organisation", "domain", "both twice"])
def test_after_a_rotation_every_key_is_what_it_was(keyring, another, org, turn):
    keyring.create_client_keys(org, IDENTITY, [uuid4() for _ in range(30)])
    keyring.create_client_keys(org, LEGAL, [uuid4()])
    before = everything(keyring, org)
    everything(another, org)
    for _ in range(2 if turn == "both twice" else 1):
        if turn != "organisation":
            keyring.rotate_domain_key(org, IDENTITY)
        if turn != "domain":
            keyring.rotate_organisation_key(org)
    assert everything(keyring, org) == before
    assert everything(another, org) == before
    assert another.client_key(org, IDENTITY, uuid4(), create=True)
    assert everything(keyring, org) == everything(another, org)


def test_a_rotation_elsewhere_between_looking_and_writing_does_no_harm(keyring, another, org):
    clients = [uuid4() for _ in range(40)]
    for client in clients[:20]:
        keyring.client_key(org, IDENTITY, client, create=True)
        another.rotate_domain_key(org, IDENTITY)
        another.rotate_organisation_key(org)
    for client in clients[20:]:
        another.client_key(org, IDENTITY, client, create=True)
        keyring.rotate_domain_key(org, IDENTITY)
    assert {client for client, _ in keyring.client_keys(org, IDENTITY)} == set(clients)


def test_all_keys_are_read_as_another_process_left_them(keyring, another, org):
    keyring.create_client_keys(org, IDENTITY, [uuid4()])
    before = keyring.client_keys(org, IDENTITY)
    another.rotate_domain_key(org, IDENTITY)
    assert keyring.client_keys(org, IDENTITY) == before


def test_after_a_rotation_the_old_wrapped_keys_are_gone_too(home, root_key, keyring, org):
    keyring.create_client_keys(org, IDENTITY, [uuid4()])
    with keyring._store.reading() as connection:
        old = [
            row[0]
            for table in ("organisation_key", "purpose_key", "client_key")
            for row in connection.execute(f"SELECT wrapped FROM {table}")
        ]
    keyring.rotate_domain_key(org, IDENTITY)
    keyring.rotate_organisation_key(org)
    after = readable_pages(home, root_key)
    assert not any(wrapped in after for wrapped in old)


@pytest.mark.parametrize("turn", ["organisation", "domain"])
def test_killed_anywhere_in_a_rotation_the_keys_are_all_there(home, root_key, turn):
    keyring, org = Keyring(home, root_key), uuid4()
    keyring.add_organisation(org)
    clients = [uuid4() for _ in range(3)]
    keyring.create_client_keys(org, IDENTITY, clients)
    before = everything(keyring, org)
    keyring.close()

    def rotate(ring):
        if turn == "organisation":
            ring.rotate_organisation_key(org)
        else:
            ring.rotate_domain_key(org, IDENTITY)

    kills = 0
    while killed_at(home, root_key, rotate, kills):
        kills += 1
        after = Keyring(home, root_key)
        assert everything(after, org) == before
        after.close()
    assert kills >= 8
    after = Keyring(home, root_key)
    assert everything(after, org) == before
    after.close()
