"""Copies of an encrypted database file, made by the database's own means while others go on writing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from kimbilio.core.sqlcipher.connection import WrongKey, give_key, make_private_file

# Between two lots of pages other threads of this process get their turn.
_PAGES_AT_ONCE = 2000


class CopyFailed(OSError):
    """A copy could not be made: a full or failing disk, or a file that can't be read."""


def copy_database(source: Any, to: Path, key: bytes) -> None:
    """Copy all that an open connection sees into a new file under this key, on the disk when this returns.

    What the connection sees must stay the same meanwhile: begin a transaction on it first. Nobody else is held up.
    Raises CopyFailed. Source: SQLite's documentation of the online backup API.
    """
    if to.exists():
        raise FileExistsError(f"{to.name} is there already")
    make_private_file(to)
    try:
        with closing(dbapi2.connect(str(to), isolation_level=None)) as target:
            give_key(target, key)
            source.backup(target, pages=_PAGES_AT_ONCE, sleep=0)
    except dbapi2.Error as error:
        raise CopyFailed(f"{to.name} could not be copied: {error}") from error


@contextmanager
def open_database(path: Path, key: bytes) -> Iterator[Any]:
    """Open an encrypted file by its key, for as long as this lasts. Raises WrongKey, or CopyFailed as above."""
    try:
        with closing(dbapi2.connect(str(path), isolation_level=None, timeout=20)) as connection:
            give_key(connection, key)
            yield connection
    except WrongKey:
        raise
    except dbapi2.Error as error:
        raise CopyFailed(f"{path.name} could not be read or written: {error}") from error


def fault_of_pages(connection: Any) -> str:
    """Return the first thing that is wrong with the pages of an open file; '' where they are sound."""
    # Each page carries a code of its own, which is looked at whenever the page is read: here, all of them are.
    try:
        said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except dbapi2.DatabaseError as error:
        return str(error)
    return "" if said == "ok" else said
