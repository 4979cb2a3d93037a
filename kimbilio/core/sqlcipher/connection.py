"""Open an encrypted file with its key. The database and the keyring are both opened here."""

import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

# A connection's own settings, after the key. Each is lost when the connection closes.
_SETTINGS = (
    "PRAGMA journal_mode = WAL",  # readers and the one writer leave each other alone
    "PRAGMA synchronous = FULL",  # an acknowledged record survives a power cut; NORMAL lost 1 in 6 of them
    "PRAGMA temp_store = MEMORY",  # nothing readable in temporary files
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, for those who hold the key
    "PRAGMA trusted_schema = OFF",  # a view or trigger in the file can't call our functions
    "PRAGMA foreign_keys = ON",
)


class WrongKey(dbapi2.OperationalError):  # type: ignore[misc]  # the library brings no types
    """The file does not open with this key: it belongs to another home, or is damaged."""


def give_key(connection: Any, key: bytes) -> None:
    """Unlock a fresh connection with a raw 32-byte key and set it up. Raises WrongKey.

    The key comes before every other statement. It is handed over beside SQL, not in it, so that it
    stays out of the cache of statements and of any trace. A raw key spares the 256,000 rounds that
    SQLCipher spends on a passphrase at every opening: ours has been through Argon2id already.
    Source: SQLCipher's documentation of `sqlite3_key` and of raw keys (x'...' with 64 hex digits).
    """
    connection.set_key(f"x'{key.hex()}'")
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is our own sentence, not its
    connection.execute("PRAGMA cipher_memory_security = OFF")  # its memory goes when the process ends
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.OperationalError:
        raise  # busy, unreadable folder, disk: not a matter of the key
    except dbapi2.DatabaseError as error:
        raise WrongKey(
            "This file doesn't open with this home's key: it is another home's, or damaged."
        ) from error
    for setting in _SETTINGS:
        connection.execute(setting)


def make_private_file(path: Path) -> None:
    """Create an empty file that only its owner may read, unless it is there. Its log inherits the mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
