from uuid import uuid4

import pytest

from kimbilio.core.keyring import Domain, KeyDestroyed, Keyring
from kimbilio.core.tests.keyring.probes import IDENTITY, LEGAL, killed_at, readable_pages


def test_destroyed_keys_are_gone_from_every_domain_and_none_is_made_again(keyring, another, org):
    client, neighbour = uuid4(), uuid4()
    for ring in (keyring, another):
        ring.client_key(org, IDENTITY, neighbour, create=True)
        for domain in (IDENTITY, LEGAL):
            ring.client_key(org, domain, client, create=True)
    keyring.renew_client_key(org, LEGAL, client)
    assert keyring.destroy_client_keys(org, client) == 3
    for ring in (keyring, another):
        for domain in Domain:
            with pytest.raises(KeyDestroyed):
                ring.client_key(org, domain, client, create=True)
            with pytest.raises(KeyDestroyed):
                ring.client_key_by_id(org, domain, client, 1)
        with pytest.raises(KeyDestroyed):
            ring.renew_client_key(org, LEGAL, client)
        assert ring.client_key(org, IDENTITY, neighbour, create=False)
    assert keyring.destroy_client_keys(org, client) == 0


def test_many_peoples_keys_are_destroyed_together_and_nobody_elses(keyring, another, org):
    people, neighbour = [uuid4() for _ in range(3)], uuid4()
    keyring.create_client_keys(org, IDENTITY, [*people, neighbour])
    assert keyring.destroy_client_keys(org, *people) == 3
    assert keyring.how_many_destroyed(org) == 3
    for gone in people:
        with pytest.raises(KeyDestroyed):
            another.client_key(org, IDENTITY, gone, create=True)
    assert another.client_key(org, IDENTITY, neighbour, create=False)


def test_one_destroyed_person_among_many_stops_the_whole_batch(keyring, org):
    gone, others = uuid4(), [uuid4(), uuid4()]
    keyring.destroy_client_keys(org, gone)
    with pytest.raises(KeyDestroyed):
        keyring.create_client_keys(org, IDENTITY, [others[0], gone, others[1]])
    assert keyring.client_keys(org, IDENTITY) == {}


def test_no_page_of_the_file_or_its_log_still_holds_a_destroyed_key(home, root_key, keyring, org):
    client, neighbour = uuid4(), uuid4()
    keyring.create_client_keys(org, IDENTITY, [client, neighbour])
    with keyring._store.reading() as connection:
        query = "SELECT wrapped FROM client_key WHERE client = ?"
        wrapped = connection.execute(query, (client.bytes,)).fetchone()[0]
        kept = connection.execute(query, (neighbour.bytes,)).fetchone()[0]
    before = readable_pages(home, root_key)
    assert wrapped in before  # so this test would see it
    assert kept in before
    keyring.destroy_client_keys(org, client)
    after = readable_pages(home, root_key)
    assert wrapped not in after
    assert kept in after
    assert (home / "keyring.db-wal").stat().st_size == 0


def test_a_log_that_another_process_reads_is_emptied_after_the_next_write(
    home, keyring, another, org, caplog
):
    client = uuid4()
    keyring.client_key(org, IDENTITY, client, create=True)
    keyring._store.file._connection.execute("PRAGMA busy_timeout = 50")
    with another._store.reading() as connection:
        connection.execute("SELECT count(*) FROM client_key").fetchone()
        assert keyring.destroy_client_keys(org, client) == 1
    assert "could not be emptied" in caplog.text
    assert (home / "keyring.db-wal").stat().st_size > 0
    keyring.client_key(org, IDENTITY, uuid4(), create=True)
    assert (home / "keyring.db-wal").stat().st_size == 0


def test_killed_anywhere_in_destroying_the_keys_are_all_there_or_all_gone(home, root_key):
    keyring, org = Keyring(home, root_key), uuid4()
    keyring.add_organisation(org)
    clients = iter([uuid4() for _ in range(20)])
    killed, destroyed = True, 0
    while killed:
        client = next(clients)
        for domain in Domain:
            keyring.client_key(org, domain, client, create=True)
        keyring.close()
        killed = killed_at(
            home, root_key, lambda ring, who=client: ring.destroy_client_keys(org, who), destroyed
        )
        destroyed += 1
        keyring = Keyring(home, root_key)
        left = [domain for domain in Domain if (client, 1) in keyring.client_keys(org, domain)]
        assert left in ([], list(Domain))
        if not left:
            with pytest.raises(KeyDestroyed):
                keyring.client_key(org, IDENTITY, client, create=True)
    keyring.close()
    assert destroyed > 5
