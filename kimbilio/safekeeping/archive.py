"""What is inside a backup file: a tar, so that other programs read it too, whose first member says what it is.

The data of SQLCipher are one member, the encrypted file itself; those of PostgreSQL many, lots of each table.
"""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from kimbilio.core.encryption.age_files import FileDamaged, reading_encrypted

FORMAT = 1
ABOUT = "about.json"
DATA, KEYS = "data", "keys"
_BLOCK = 512
_PIECE = 1 << 20
_MOST_ABOUT = 64 << 20
_NOT_OURS = "This file opens, but it is not a backup of Kimbilio."


@dataclass(frozen=True)
class About:
    """What a backup says of itself. `figures` is what was counted in the very moment that the data are of."""

    kind: str
    made_at: str
    version: str
    home: str
    vendor: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        """Return it as it is written."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Return what was written. Raises FileDamaged, with a sentence of its own for a later version's."""
        try:
            said = json.loads(content)
            if int(said["format"]) > FORMAT:
                raise FileDamaged(_LATER)
            return cls(**said)
        except (KeyError, TypeError, ValueError) as error:
            raise FileDamaged(_NOT_OURS) from error


_LATER = "This backup was made by a later version of Kimbilio. Install that version, then restore with it."


def packed(about: About, members: Iterable[tuple[str, int, Iterable[bytes]]]) -> Iterator[bytes]:
    """Give the tar, piece by piece: what it is, then each member by name, size and pieces."""
    described = about.as_bytes()
    yield from _member(ABOUT, len(described), [described])
    for name, size, pieces in members:
        yield from _member(name, size, pieces)
    yield bytes(2 * _BLOCK)


def file_member(name: str, path: Path) -> tuple[str, int, Iterator[bytes]]:
    """Return a file as a member."""
    return name, path.stat().st_size, _pieces_of(path)


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _member(name: str, size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    yield header.tobuf()
    yield from pieces
    yield bytes(-size % _BLOCK)


class Opened:
    """A backup that is being read: what it says of itself, and its members, one after the other."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._tar = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115  # the stream is closed by its owner
            first = self._tar.next()
            if first is None or first.name != ABOUT or first.size > _MOST_ABOUT:
                raise FileDamaged(_NOT_OURS)
            self.about = About.read(self._content(first).read())
        except tarfile.TarError as error:
            raise FileDamaged(_NOT_OURS) from error

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Give each member's name and content, to be read before the next is asked for."""
        try:
            while (member := self._tar.next()) is not None:
                yield member.name, self._content(member)
        except tarfile.TarError as error:
            raise FileDamaged(_NOT_OURS) from error

    def _content(self, member: tarfile.TarInfo) -> IO[bytes]:
        return self._tar.extractfile(member) or io.BytesIO()


@contextmanager
def opened_backup(path: Path, secrets: Iterable[str]) -> Iterator[Opened]:
    """Open a backup file. What was read counts only once this ends without an error.

    Raises NotForThisKey, FileDamaged, OSError.
    """
    with reading_encrypted(path, secrets) as stream:
        yield Opened(stream)


class _Enough(Exception):
    """What was asked is known, and the rest of the file need not be read."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about


def about_backup(path: Path, secrets: Iterable[str]) -> About:
    """Return what a backup says of itself, without reading the rest. Raises as `opened_backup` does."""
    try:
        with opened_backup(path, secrets) as backup:
            raise _Enough(backup.about)
    except _Enough as known:
        return known.about
