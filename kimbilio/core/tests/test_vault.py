from uuid import uuid4

import pytest

from kimbilio.core import vault
from kimbilio.core.keyring import (
    KeyringClosed,
    KeyringDamaged,
    NoKeyring,
    PassphraseCost,
    create_keyring,
)

CHEAP = PassphraseCost(iterations=1, memory_kib=8, lanes=1)


@pytest.fixture(autouse=True)
def own_vault(monkeypatch):
    """A vault of this test's own: the one that the suite's database needs stays as it is."""
    monkeypatch.setattr(vault, "_opened", None)
    monkeypatch.setattr(vault, "_to_drop", [])
    yield
    vault.lock_vault()


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def root_key(home):
    return create_keyring(home, "mti mkavu", cost=CHEAP)


def test_a_locked_home_gives_no_key():
    assert not vault.is_open()
    with pytest.raises(vault.HomeLocked):
        vault.keyring()
    with pytest.raises(vault.HomeLocked):
        vault.database_key()


def test_that_a_home_is_locked_is_said_in_words_for_people():
    assert str(vault.HomeLocked())


def test_an_open_home_gives_its_keys(home, root_key):
    vault.open_vault(home, root_key)
    assert vault.is_open()
    assert vault.keyring() is vault.keyring()
    assert len(vault.database_key()) == 32


def test_the_database_key_is_the_same_at_every_opening_and_is_not_the_root_key(home, root_key):
    vault.open_vault(home, root_key)
    key = vault.database_key()
    vault.lock_vault()
    vault.open_vault(home, root_key)
    assert vault.database_key() == key != root_key


def test_a_keyring_held_over_a_lock_gives_no_key_either(home, root_key):
    vault.open_vault(home, root_key)
    held = vault.keyring()
    vault.lock_vault()
    with pytest.raises(KeyringClosed):
        held.audit_key(uuid4())


def test_locking_drops_every_cache_once_even_if_one_of_them_fails(home, root_key):
    dropped = []

    def fail():
        raise RuntimeError("stuck")

    vault.on_lock(lambda: dropped.append("first"))
    vault.on_lock(fail)
    vault.on_lock(lambda: dropped.append("last"))
    vault.open_vault(home, root_key)
    assert dropped == []
    with pytest.raises(RuntimeError, match="stuck"):
        vault.lock_vault()
    assert sorted(dropped) == ["first", "last"]
    assert not vault.is_open()
    vault.lock_vault()
    assert len(dropped) == 2


def test_while_caches_are_dropped_the_keys_are_already_out_of_reach(home, root_key):
    seen = []
    vault.on_lock(lambda: seen.append(vault.is_open()))
    vault.open_vault(home, root_key)
    vault.lock_vault()
    assert seen == [False]


def test_opening_another_home_locks_the_one_before(home, root_key, tmp_path):
    dropped = []
    vault.on_lock(lambda: dropped.append("names"))
    vault.open_vault(home, root_key)
    first, key = vault.keyring(), vault.database_key()
    other = tmp_path / "other"
    vault.open_vault(other, create_keyring(other, "mti mbichi", cost=CHEAP))
    assert dropped == ["names"]
    assert vault.keyring() is not first
    assert vault.database_key() != key


def test_a_home_that_does_not_open_leaves_the_open_one_open(home, root_key, tmp_path):
    vault.open_vault(home, root_key)
    key = vault.database_key()
    with pytest.raises(NoKeyring):
        vault.open_vault(tmp_path / "nowhere", root_key)
    with pytest.raises(KeyringDamaged):
        vault.open_vault(home, bytes(32))
    assert vault.database_key() == key


def test_the_vault_does_not_tell_its_keys_when_printed(home, root_key):
    vault.open_vault(home, root_key)
    assert vault.database_key().hex()[:8] not in repr(vault._opened)
    assert repr(vault.database_key())[2:10] not in repr(vault._opened)
