"""A disk that can lose its power: what it was told to keep, and what it was only handed.

Strict, as POSIX allows: what was written since a file's last fsync may be there, or not, or by sectors; a name that was
made, moved or taken away since the folder's last fsync may be as before. Names change in order, contents in none.
"""

import itertools
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
HOLD = ("kimbilio.db", "keyring.db", "anchors.db", "passphrase.json")
"""How the names of files begin that hold records and keys."""
Contents = dict[str, bytes]
_number = itertools.count(1)


@dataclass(frozen=True)
class Call:
    """One thing that a program asked of the files of a folder: `what`, of which file, with what."""

    what: str
    """open, create, write, cut, sync, unlink, rename, sync_folder; or mark, which is no call: what the program said."""
    name: str = ""
    handle: int = 0
    at: int = 0
    data: bytes = b""


@dataclass
class _File:
    """The bytes that are sure, and what was done to them since, in order."""

    sure: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(place, bytes) for a write; (length, None) where the file was cut or lengthened."""


class Disk:
    """The files of one folder. `told` takes calls in order; `now` and `after_a_cut` say what a reader would find."""

    def __init__(self, contents: Contents) -> None:
        self._files = {next(_number): _File(data) for data in contents.values()}
        self._names = dict(zip(contents, self._files, strict=True))
        self._sure_names = dict(self._names)
        self._renamed: list[Callable[[dict[str, int]], None]] = []
        self._handles: dict[int, int] = {}

    def told(self, calls: Iterable[Call]) -> None:
        """Do what a program asked for."""
        for call in calls:
            if call.what != "mark":
                getattr(self, f"_{call.what}")(call)

    def now(self) -> Contents:
        """Return what whoever reads while the power is on finds."""
        return {name: _done(self._files[file], self._files[file].since) for name, file in self._names.items()}

    def after_a_cut(self, chance: random.Random | None = None) -> Contents:
        """Return what is there after the power was cut: only what is sure, or with `chance` some of the rest too."""
        names = dict(self._sure_names)
        for change in self._renamed[: chance.randint(0, len(self._renamed)) if chance else 0]:
            change(names)
        kept = {file: self._files[file] for file in names.values()}
        return {name: _done(kept[file], _arrived(kept[file], chance)) for name, file in names.items()}

    def _open(self, call: Call) -> None:
        self._handles[call.handle] = self._names[call.name]

    def _create(self, call: Call) -> None:
        if call.name not in self._names:
            file = next(_number)
            self._files[file] = _File()
            self._rename_by(lambda names: names.update({call.name: file}))
        self._open(call)

    def _write(self, call: Call) -> None:
        self._held(call).since.append((call.at, call.data))

    def _cut(self, call: Call) -> None:
        self._held(call).since.append((call.at, None))

    def _sync(self, call: Call) -> None:
        file = self._held(call)
        file.sure, file.since = _done(file, file.since), []

    def _held(self, call: Call) -> _File:
        return self._files[self._handles[call.handle]]

    def _unlink(self, call: Call) -> None:
        self._rename_by(lambda names: names.pop(call.name, None))

    def _rename(self, call: Call) -> None:
        file, other = self._names[call.name], call.data.decode()

        def change(names: dict[str, int]) -> None:
            names.pop(call.name, None)
            names[other] = file

        self._rename_by(change)

    def _rename_by(self, change: Callable[[dict[str, int]], object]) -> None:
        change(self._names)
        self._renamed.append(change)  # type: ignore[arg-type]

    def _sync_folder(self, _call: Call) -> None:
        self._sure_names, self._renamed = dict(self._names), []


def _done(file: _File, changes: Iterable[tuple[int, bytes | None]]) -> bytes:
    """Return a file's sure bytes with changes made to them."""
    found = bytearray(file.sure)
    for at, data in changes:
        end = at if data is None else at + len(data)
        if len(found) < end:
            found.extend(bytes(end - len(found)))
        if data is None:
            del found[at:]
        else:
            found[at:end] = data
    return bytes(found)


def _arrived(file: _File, chance: random.Random | None) -> list[tuple[int, bytes | None]]:
    """Return which of a file's unsure changes reached the disk: none, or any of them, torn at borders of sectors."""
    if chance is None:
        return []
    likely = chance.choice([0.1, 0.5, 0.9])
    parts = [part for change in file.since for part in _sectors(*change)]
    return [part for part in parts if chance.random() < likely]


def _sectors(at: int, data: bytes | None) -> list[tuple[int, bytes | None]]:
    if data is None:
        return [(at, None)]
    first = SECTOR - at % SECTOR
    borders = [0, *range(first, len(data), SECTOR), len(data)]
    return [(at + start, data[start:end]) for start, end in itertools.pairwise(borders)]


def contents_of(folder: Path) -> Contents:
    """Return the files that hold records and keys, but for the memory that SQLite shares: no cut leaves that."""
    return {path.name: path.read_bytes() for path in _kept_in(folder) if not path.name.endswith("-shm")}


def write_out(contents: Contents, folder: Path) -> None:
    """Have a folder that is there hold records and keys in these files, and no others."""
    for path in _kept_in(folder):
        path.unlink()
    for name, data in contents.items():
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600)


def _kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(HOLD)]
