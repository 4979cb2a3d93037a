import sqlite3
import stat

import pytest
from django.db import DatabaseError, OperationalError, transaction

from kimbilio.core import vault
from kimbilio.core.keyring import create_keyring
from kimbilio.core.tests.sqlcipher.files import CANARY, CHEAP, one

# Nothing readable.


def test_what_is_stored_is_readable_in_no_file(home, own, thing):
    for _ in range(50):
        thing.objects.using("own").create(name=CANARY, notes={"said": CANARY}, raw=CANARY.encode())
    files = list(home.iterdir())
    assert {"own.db", "own.db-wal"} <= {file.name for file in files}
    assert not any(CANARY.encode() in file.read_bytes() for file in files)
    assert not any(b"core_thing" in file.read_bytes() for file in files)


def test_without_its_key_the_file_is_no_database_to_anybody(home, own, thing):
    own.close()
    assert not (home / "own.db").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(home / "own.db").execute("SELECT * FROM core_thing")


def test_only_its_owner_can_read_the_file(home, own, thing):
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.glob("own.db*")} == {0o600}


def test_another_homes_key_is_refused_with_a_sentence(home, own, thing, tmp_path):
    own.close()
    other = tmp_path / "other"
    vault.open_vault(other, create_keyring(other, "mti mbichi", cost=CHEAP))
    with pytest.raises(OperationalError, match="doesn't open with this home's key"):
        one(own, "SELECT 1")


def test_a_file_that_is_no_database_is_refused_with_the_same_sentence(home, own):
    (home / "own.db").write_bytes(b"x" * 8192)
    with pytest.raises(OperationalError, match="doesn't open with this home's key"):
        one(own, "SELECT 1")


def test_a_changed_byte_in_a_page_is_noticed(home, own, thing):
    thing.objects.using("own").create(name=CANARY)
    own.close()
    content = bytearray((home / "own.db").read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 900] ^= 1
    (home / "own.db").write_bytes(content)
    with pytest.raises(DatabaseError, match=r"malformed|not a database|disk I/O"):
        thing.objects.using("own").get(name=CANARY)


# Locked.


def test_a_locked_home_has_no_database(own):
    vault.lock_vault()
    with pytest.raises(vault.HomeLocked):
        one(own, "SELECT 1")


def test_locking_stops_connections_that_are_open_and_opening_lets_them_go_on(home, own, thing):
    thing.objects.using("own").create(name=CANARY)
    opened = vault._opened
    vault.lock_vault()
    with pytest.raises(vault.HomeLocked):
        thing.objects.using("own").count()
    assert own.connection is None
    vault._opened = opened
    assert thing.objects.using("own").count() == 1


def test_locked_in_the_middle_a_transaction_is_taken_back(own, thing):
    opened = vault._opened

    @transaction.atomic(using="own")
    def interrupted():
        thing.objects.using("own").create(name=CANARY)
        vault._opened = None
        thing.objects.using("own").count()

    with pytest.raises(vault.HomeLocked):
        interrupted()
    vault._opened = opened
    assert thing.objects.using("own").count() == 0
