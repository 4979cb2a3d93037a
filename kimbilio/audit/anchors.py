"""Where each chain's newest digest is kept apart from the chain, so that a cut tail shows.

A small SQLite file in the home, `anchors.db`: one row per organisation with the newest sequence
number, its digest and a keyed MAC over both. It holds nothing about any person. It is written after
the data's own commit, so after a power cut it may stand behind the chain, but never before it.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from kimbilio.core.encryption import mac

_TABLE = (
    "CREATE TABLE IF NOT EXISTS anchor "
    "(organisation TEXT PRIMARY KEY, seq INTEGER NOT NULL, digest BLOB NOT NULL, mac BLOB NOT NULL)"
)
_NEWER = (
    "INSERT INTO anchor VALUES (?, ?, ?, ?) ON CONFLICT (organisation) DO UPDATE "
    "SET seq = excluded.seq, digest = excluded.digest, mac = excluded.mac WHERE excluded.seq > anchor.seq"
)


@dataclass(frozen=True)
class Anchor:
    """The newest entry that was committed, as far as the anchor file knows."""

    seq: int
    digest: bytes
    mac: bytes

    def is_genuine(self, organisation_id: UUID, key: bytes) -> bool:
        """Say whether this anchor was written by a holder of the organisation's audit key."""
        return self.mac == _mac(organisation_id, self.seq, self.digest, key)


class AnchorsUnreadable(Exception):
    """The anchor file is damaged or cannot be reached."""


def set_anchor(organisation_id: UUID, *, seq: int, digest: bytes, key: bytes) -> None:
    """Remember the newest entry of a chain, whatever is anchored. An older one than is known changes nothing."""
    move_anchor(organisation_id, seq=seq, digest=digest, key=key, follows=lambda _anchor: True)


def move_anchor(
    organisation_id: UUID, *, seq: int, digest: bytes, key: bytes, follows: Callable[[Anchor | None], bool]
) -> None:
    """Remember the newest entry of a chain where it follows from what is anchored; else change nothing."""
    row = (str(organisation_id), seq, digest, _mac(organisation_id, seq, digest, key))
    with _connection() as connection:
        if follows(_read(connection, organisation_id)):
            with connection:
                connection.execute(_NEWER, row)


def anchor_of(organisation_id: UUID) -> Anchor | None:
    """Return what the anchor file knows of this organisation's chain, or None."""
    with _connection() as connection:
        return _read(connection, organisation_id)


def _read(connection: sqlite3.Connection, organisation_id: UUID) -> Anchor | None:
    query = "SELECT seq, digest, mac FROM anchor WHERE organisation = ?"
    # Read to the end, so that nothing is held open when the anchor is moved.
    rows = connection.execute(query, (str(organisation_id),)).fetchall()
    return Anchor(*rows[0]) if rows else None


def anchored_organisations() -> set[UUID]:
    """Return every organisation that ever had an entry, by the anchor file."""
    with _connection() as connection:
        return {UUID(row[0]) for row in connection.execute("SELECT organisation FROM anchor")}


def _mac(organisation_id: UUID, seq: int, digest: bytes, key: bytes) -> bytes:
    return mac(key, b"anchor" + organisation_id.bytes + seq.to_bytes(8, "big") + digest)


@contextmanager
def _connection() -> Iterator[sqlite3.Connection]:
    """Open the anchor file. A lost anchor only stands behind, so not every one is synced to the disk.

    Raises AnchorsUnreadable.
    """
    path = Path(settings.HOME) / "anchors.db"
    try:
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=20)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(_TABLE)
            yield connection
    except (sqlite3.Error, OSError) as why:
        raise AnchorsUnreadable(type(why).__name__) from why
