from uuid import UUID, uuid4

import pytest

from kimbilio.core.keyring import KeyringDamaged
from kimbilio.core.keyring.hierarchy import domain_of_client_keys, place_of_client_key
from kimbilio.core.tests.keyring.probes import IDENTITY, LEGAL


def test_a_wrapped_key_put_in_anothers_place_does_not_open(keyring, org):
    one, other = uuid4(), uuid4()
    keyring.create_client_keys(org, IDENTITY, [one, other])
    keyring.create_client_keys(org, LEGAL, [one])
    with keyring._store.replacing() as connection:
        stolen = "(SELECT wrapped FROM client_key WHERE client = ? AND domain = 'identity')"
        connection.execute(f"UPDATE client_key SET wrapped = {stolen}", (one.bytes,))
    assert keyring.client_key(org, IDENTITY, one, create=False)
    for place in ((IDENTITY, other), (LEGAL, one)):
        with pytest.raises(KeyringDamaged):
            keyring.client_key(org, *place, create=False)
    with pytest.raises(KeyringDamaged):
        keyring.client_keys(org, IDENTITY)


def test_a_generation_passed_off_as_another_does_not_open(keyring, org):
    client = uuid4()
    keyring.client_key(org, IDENTITY, client, create=True)
    with keyring._store.replacing() as connection:
        connection.execute("UPDATE client_key SET key_id = 2")
    with pytest.raises(KeyringDamaged):
        keyring.client_key(org, IDENTITY, client, create=False)


def test_a_persons_key_is_bound_to_each_part_of_where_it_belongs():
    def place(org=1, domain="identity", client=1, key_id=1):
        return place_of_client_key(
            domain_of_client_keys(UUID(int=org), domain), UUID(int=client).bytes, key_id
        )

    places = [place(), place(org=2), place(domain="legal"), place(client=2), place(key_id=2)]
    assert len(set(places)) == 5
