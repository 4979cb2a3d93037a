"""The file of keys: an encrypted database of its own, apart from the data.

Apart, because destroying a person's keys makes what they sealed unreadable only where no copy of the
keys survives. Backups of this file therefore live for days, those of the data for years.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from kimbilio.core.encryption import derive
from kimbilio.core.keyring.durable import flush_folder
from kimbilio.core.keyring.errors import (
    KeyringClosed,
    KeyringDamaged,
    KeyringExists,
    KeyringUnavailable,
    NoKeyring,
)
from kimbilio.core.sqlcipher.connection import WrongKey, give_key

KEYRING_NAME = "keyring.db"
_SCHEMA_VERSION = 1
_BUSY_SECONDS = 20
_log = logging.getLogger(__name__)

# `wrapped` is a key sealed under the key above it; the header of what is sealed tells which of those.
_SCHEMA = """
CREATE TABLE organisation_key (
    organisation BLOB NOT NULL PRIMARY KEY, key_id INTEGER NOT NULL, wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE purpose_key (
    organisation BLOB NOT NULL, purpose TEXT NOT NULL, key_id INTEGER NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY (organisation, purpose)
) STRICT, WITHOUT ROWID;
CREATE TABLE client_key (
    organisation BLOB NOT NULL, domain TEXT NOT NULL, client BLOB NOT NULL, key_id INTEGER NOT NULL,
    wrapped BLOB NOT NULL, PRIMARY KEY (organisation, domain, client, key_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE destroyed_client (
    organisation BLOB NOT NULL, client BLOB NOT NULL, destroyed_at TEXT NOT NULL,
    PRIMARY KEY (organisation, client)
) STRICT, WITHOUT ROWID;
"""


def create_keyring_file(home: Path, root_key: bytes) -> None:
    """Make an empty keyring in the home, on the disk when this returns. Raises KeyringExists."""
    path = home / KEYRING_NAME
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise KeyringExists(f"{KEYRING_NAME} is there already: {home}") from None
    try:
        connection = _connect(path, root_key)
        connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;")
        connection.close()
    except BaseException:
        path.unlink()
        raise
    flush_folder(home)


class KeyringFile:
    """One connection to the keyring, shared by the threads of one process and used by one at a time.

    Other processes may use the same file at the same time. It can't be used across a fork: SQLite's
    locks would no longer hold.
    """

    def __init__(self, home: Path, root_key: bytes) -> None:
        path = home / KEYRING_NAME
        if not path.exists():
            raise NoKeyring(f"{KEYRING_NAME} is missing: {home}")
        self._connection = _connect(path, root_key)
        if self._one("PRAGMA user_version") != _SCHEMA_VERSION:
            self._connection.close()
            raise KeyringDamaged(f"{path} was written by another version of Kimbilio, or not finished.")
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._closed = False
        self._seen = self._one("PRAGMA data_version")
        self._log_is_due = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the other threads of this process out. May be nested."""
        if os.getpid() != self._process:
            raise RuntimeError("A keyring can't be used after a fork. Open the vault in the serving process.")
        with self._lock:
            if self._closed:
                raise KeyringClosed("The keyring is closed: the home was locked.")
            try:
                yield
            except dbapi2.Error as error:
                raise KeyringUnavailable(f"The file of keys can't be used just now: {error}") from error

    def changed_elsewhere(self) -> bool:
        """Return whether another connection wrote since the last time this was asked.

        Asked inside a transaction, the answer holds until that transaction ends.
        """
        version = self._one("PRAGMA data_version")
        changed = version != self._seen
        self._seen = version
        return changed

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Give a connection on which everything read is of one moment."""
        with self.held():
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """Give a connection whose changes are on the disk, all of them, when this ends; or none are."""
        with self.held():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            if self._log_is_due:
                self.empty_log()

    def empty_log(self) -> None:
        """Take what was overwritten in the file out of its log too, so that no old page is left.

        Waits for readers in other processes. Where one reads on for 20 seconds, the log is emptied
        after the next write, or when the keyring is closed.
        """
        with self.held():
            busy = self._one("PRAGMA wal_checkpoint(TRUNCATE)")
            self._log_is_due = bool(busy)
            if busy:
                _log.warning("The keyring's log could not be emptied yet: another process is reading it.")

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._connection.close()

    def _one(self, query: str) -> int:
        value: int = self._connection.execute(query).fetchone()[0]
        return value


def _connect(path: Path, root_key: bytes) -> Any:
    connection = dbapi2.connect(
        str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        give_key(connection, derive(root_key, "keyring file"))
    except WrongKey:
        connection.close()
        raise KeyringDamaged(f"{path} doesn't belong to this home's passphrase, or is damaged.") from None
    except dbapi2.Error as error:
        connection.close()
        raise KeyringUnavailable(f"The file of keys can't be used just now: {error}") from error
    return connection
