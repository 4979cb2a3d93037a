from uuid import uuid4

import pytest

from kimbilio.core.keyring import Domain, KeyringClosed, NoSuchKey
from kimbilio.core.tests.keyring.probes import IDENTITY, LEGAL, everything

# An organisation's keys.


def test_an_organisation_has_a_key_of_its_own_for_each_purpose(keyring, org):
    other = uuid4()
    keyring.add_organisation(other)
    keys = [
        get(which)
        for which in (org, other)
        for get in (keyring.index_key, keyring.audit_key, keyring.staff_key, keyring.books_key)
    ]
    assert len(set(keys)) == 8


def test_a_home_from_before_a_purpose_was_known_gets_its_key_when_it_is_asked_for(keyring, another, org):
    before = everything(keyring, org)
    with keyring._store.adding() as connection:
        connection.execute("DELETE FROM purpose_key WHERE purpose = 'books'")
    keyring._store.forget()
    keyring.rotate_organisation_key(org)
    assert everything(keyring, org) == before
    key = another.books_key(org)
    assert keyring.books_key(org) == key
    keyring.rotate_organisation_key(org)
    assert another.books_key(org) == key


def test_adding_an_organisation_again_keeps_its_keys(keyring, org):
    before = everything(keyring, org)
    keyring.add_organisation(org)
    assert everything(keyring, org) == before


def test_an_unknown_organisation_has_no_keys(keyring):
    with pytest.raises(NoSuchKey):
        keyring.audit_key(uuid4())
    with pytest.raises(NoSuchKey):
        keyring.books_key(uuid4())
    with pytest.raises(NoSuchKey):
        keyring.client_key(uuid4(), IDENTITY, uuid4(), create=True)


# A person's keys.


def test_a_persons_key_is_made_once_and_found_again(keyring, another, org):
    client = uuid4()
    key_id, key = keyring.client_key(org, IDENTITY, client, create=True)
    assert keyring.client_key(org, IDENTITY, client, create=True) == (key_id, key)
    assert another.client_key(org, IDENTITY, client, create=False) == (key_id, key)
    assert another.client_key_by_id(org, IDENTITY, client, key_id) == key


def test_without_asking_for_one_no_key_is_made(keyring, org):
    with pytest.raises(NoSuchKey):
        keyring.client_key(org, IDENTITY, uuid4(), create=False)
    assert keyring.client_keys(org, IDENTITY) == {}


def test_each_domain_has_its_own_key_for_a_person(keyring, org):
    client = uuid4()
    keys = [keyring.client_key(org, domain, client, create=True)[1] for domain in Domain]
    assert len(set(keys)) == len(Domain)


def test_keys_for_many_people_leave_those_that_are_there(keyring, org):
    clients = [uuid4() for _ in range(20)]
    first = keyring.client_key(org, IDENTITY, clients[3], create=True)
    keyring.create_client_keys(org, IDENTITY, [*clients, clients[0]])
    keys = keyring.client_keys(org, IDENTITY)
    assert {client for client, _ in keys} == set(clients)
    assert keys[clients[3], first[0]] == first[1]
    assert len(set(keys.values())) == 20


def test_a_renewed_key_is_for_what_comes_and_the_old_one_still_opens(keyring, another, org):
    client = uuid4()
    old_id, old = keyring.client_key(org, LEGAL, client, create=True)
    another.client_key(org, LEGAL, client, create=False)
    new_id = keyring.renew_client_key(org, LEGAL, client)
    for ring in (keyring, another):
        current_id, current = ring.client_key(org, LEGAL, client, create=False)
        assert current_id == new_id != old_id
        assert current != old
        assert ring.client_key_by_id(org, LEGAL, client, old_id) == old
    assert set(keyring.client_keys(org, LEGAL)) == {(client, old_id), (client, new_id)}


def test_a_key_that_was_never_made_cannot_be_renewed(keyring, org):
    with pytest.raises(NoSuchKey):
        keyring.renew_client_key(org, LEGAL, uuid4())


def test_a_closed_keyring_gives_nothing_though_it_knew(keyring, org):
    keyring.audit_key(org)
    keyring.close()
    keyring.close()
    with pytest.raises(KeyringClosed):
        keyring.audit_key(org)


def test_a_key_says_nothing_of_itself_when_printed(keyring, org):
    key = keyring.audit_key(org)
    held = repr(keyring._store._purposes)
    assert "Key(id=1)" in held
    assert repr(key)[2:10] not in held
