"""Copies of the keyring for its backups, and what a keyring put back must not forget."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kimbilio.core.encryption import derive
from kimbilio.core.keyring.errors import KeyringDamaged, NoKeyring
from kimbilio.core.keyring.file import KEYRING_NAME
from kimbilio.core.sqlcipher.connection import WrongKey
from kimbilio.core.sqlcipher.copying import CopyFailed, copy_database, fault_of_pages, open_database

_FILE_PURPOSE = "keyring file"


def copy_keyring(home: Path, root_key: bytes, to: Path) -> Path:
    """Copy the keyring of a home as it is at this moment into another folder; return the new file."""
    copy = to / KEYRING_NAME
    with _opened(home, root_key) as connection:
        connection.execute("BEGIN")
        copy_database(connection, copy, derive(root_key, _FILE_PURPOSE))
    return copy


def fault_of_keyring(home: Path, root_key: bytes) -> str:
    """Return what is wrong with the file of keys in this folder; '' where it is sound."""
    with _opened(home, root_key) as connection:
        return fault_of_pages(connection)


def destroy_again(home: Path, root_key: bytes, remembered_in: Path) -> int:
    """Destroy, in the keyring of a home, the keys of everybody whom another keyring of it remembers as destroyed.

    Returns how many people that were. Raises NoKeyring or KeyringDamaged where the other one can't be read.
    """
    try:
        with _opened(remembered_in, root_key) as other:
            gone = other.execute("SELECT organisation, client, destroyed_at FROM destroyed_client").fetchall()
    except CopyFailed as why:
        raise KeyringDamaged(str(why)) from why
    with _opened(home, root_key) as connection:
        connection.execute("BEGIN IMMEDIATE")
        known = "SELECT 1 FROM destroyed_client WHERE organisation = ? AND client = ?"
        new = [row for row in gone if connection.execute(known, row[:2]).fetchone() is None]
        connection.executemany("INSERT INTO destroyed_client VALUES (?, ?, ?)", new)
        keys = "DELETE FROM client_key WHERE organisation = ? AND client = ?"
        connection.executemany(keys, [row[:2] for row in new])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(new)


@contextmanager
def _opened(home: Path, root_key: bytes) -> Iterator[Any]:
    path = home / KEYRING_NAME
    if not path.exists():
        raise NoKeyring(f"{KEYRING_NAME} is missing: {home}")
    try:
        with open_database(path, derive(root_key, _FILE_PURPOSE)) as connection:
            yield connection
    except WrongKey:
        raise KeyringDamaged(f"{path} belongs to another home, or is damaged.") from None
