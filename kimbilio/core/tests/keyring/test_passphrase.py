import json
import sqlite3
import stat

import pytest

from kimbilio.core.keyring import (
    Keyring,
    KeyringDamaged,
    KeyringExists,
    NoKeyring,
    WrongPassphrase,
    change_passphrase,
    create_keyring,
    unlock,
)
from kimbilio.core.tests.keyring.probes import CHEAP, PASSPHRASE


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_passphrase_opens_the_home(home, root_key):
    assert unlock(home, PASSPHRASE) == root_key


def test_a_wrong_passphrase_does_not(home, root_key):
    with pytest.raises(WrongPassphrase):
        unlock(home, PASSPHRASE + "!")


def test_a_home_without_keys_says_so(tmp_path):
    with pytest.raises(NoKeyring):
        unlock(tmp_path, PASSPHRASE)
    with pytest.raises(NoKeyring):
        Keyring(tmp_path, bytes(32))


def test_keys_are_never_overwritten(home, root_key):
    with pytest.raises(KeyringExists):
        create_keyring(home, "another one", cost=CHEAP)
    (home / "passphrase.json").unlink()
    with pytest.raises(KeyringExists):
        create_keyring(home, "another one", cost=CHEAP)


def test_an_empty_passphrase_is_refused(home):
    with pytest.raises(ValueError, match="empty"):
        create_keyring(home, "", cost=CHEAP)


def test_only_their_owner_can_read_the_home_and_its_keys(home, keyring, org):
    assert mode_of(home) == 0o700
    assert {path.name: mode_of(path) for path in home.iterdir()} == {
        "passphrase.json": 0o600,
        "keyring.db": 0o600,
        "keyring.db-wal": 0o600,
        "keyring.db-shm": 0o600,
    }


def test_after_a_change_the_new_passphrase_opens_and_the_old_does_not(home, root_key):
    change_passphrase(home, PASSPHRASE, "haba na haba")
    assert unlock(home, "haba na haba") == root_key
    with pytest.raises(WrongPassphrase):
        unlock(home, PASSPHRASE)
    assert mode_of(home / "passphrase.json") == 0o600
    assert json.loads((home / "passphrase.json").read_bytes())["memory_kib"] == CHEAP.memory_kib


def test_a_change_needs_the_old_passphrase(home, root_key):
    with pytest.raises(WrongPassphrase):
        change_passphrase(home, "not it", "haba na haba")
    assert unlock(home, PASSPHRASE) == root_key


def test_a_change_that_is_cut_short_leaves_the_old_passphrase(home, root_key, monkeypatch):
    def cut(_handle):
        raise OSError("no space left on device")

    monkeypatch.setattr("kimbilio.core.keyring.durable.os.fsync", cut)
    with pytest.raises(OSError, match="no space"):
        change_passphrase(home, PASSPHRASE, "haba na haba")
    monkeypatch.undo()
    assert unlock(home, PASSPHRASE) == root_key
    change_passphrase(home, PASSPHRASE, "haba na haba")
    assert unlock(home, "haba na haba") == root_key


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"derivation": "scrypt"},
        {"memory_kib": 2**40},
        {"iterations": 0},
        {"lanes": 64},
        {"salt": "not base 64!"},
        {"root_key": None},
    ],
)
def test_a_forged_passphrase_file_is_called_damaged(home, root_key, change):
    path = home / "passphrase.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    with pytest.raises(KeyringDamaged):
        unlock(home, PASSPHRASE)


def test_a_cheaper_cost_written_into_the_file_opens_nothing(home, root_key):
    path = home / "passphrase.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"memory_kib": 16}))
    with pytest.raises(WrongPassphrase):
        unlock(home, PASSPHRASE)


def test_a_keyring_of_another_home_is_called_damaged(home, root_key):
    with pytest.raises(KeyringDamaged):
        Keyring(home, bytes(32))


def test_the_file_of_keys_is_nothing_to_sqlite_without_its_key(home, keyring, org):
    keyring.close()
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(home / "keyring.db").execute("SELECT * FROM client_key")
