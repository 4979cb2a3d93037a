"""Has strace write down every call by which a program changes the files of a folder, with the bytes, and reads that."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.faults.injecting import NAMES
from tests.faults.power.disk import Call
from tests.running import ROOT

MARKS = "marks"
"""A file beside the folder: what a program writes there is what it said at that moment."""
_CALLS = "openat,close,lseek,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename"
_LINE = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


def watched(
    module: str, *arguments: str, home: Path, environment: Mapping[str, str], trace: Path
) -> "subprocess.CompletedProcess[str]":
    """Run a module of ours as a program on a home, and have every change of the home's files written to `trace`."""
    names = [name + end for name in NAMES for end in ("", "-wal", "-journal")]
    names += ["passphrase.json", "passphrase.json.new", "."]
    paths = [str((home / name).resolve()) for name in names] + [str(home.parent / MARKS)]
    command: Sequence[str] = [
        "strace",
        "-qq",
        "-o",
        str(trace),
        "-xx",
        "-s",
        "100000",
        "-e",
        f"trace={_CALLS}",
    ]
    command = [*command, *(part for path in paths for part in ("-P", path))]
    return subprocess.run(
        [*command, sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def calls_in(trace: Path, home: Path) -> list[Call]:
    """Return the calls that changed files of the home, or made them sure, and the marks, in order."""
    with trace.open() as lines:
        return list(_Reader(home).read(lines))


class _Reader:
    """Follows what each handle stands for, and where in its file it is."""

    def __init__(self, home: Path) -> None:
        self.home, self.marks = str(home), str(home.parent / MARKS)
        self.path: dict[int, str] = {}
        self.at: dict[int, int] = {}

    def read(self, lines: Iterator[str]) -> Iterator[Call]:
        for line in lines:
            if (found := _LINE.match(line)) and int(found[3]) >= 0:
                what, given, answer = found[1], found[2], int(found[3])
                strings = [_bytes(match, line) for match in _STRING.finditer(given)]
                if call := getattr(self, f"_{what}")(given, strings, answer):
                    yield call

    def _openat(self, given: str, strings: list[bytes], handle: int) -> Call | None:
        path = strings[0].decode()
        self.path[handle], self.at[handle] = path, 0
        if path in (self.home, self.marks):
            return None
        assert "O_TRUNC" not in given or path.endswith(".new"), (
            "a file of the home is never emptied by opening it"
        )
        return Call("create" if "O_CREAT" in given else "open", Path(path).name, handle)

    def _close(self, given: str, _strings: list[bytes], _answer: int) -> None:
        self.path.pop(int(given), None)

    def _lseek(self, given: str, _strings: list[bytes], at: int) -> None:
        self.at[int(given.split(",", maxsplit=1)[0])] = at

    def _write(self, given: str, strings: list[bytes], count: int) -> Call:
        handle = int(given.split(",", maxsplit=1)[0])
        if self.path[handle] == self.marks:
            return Call("mark", data=strings[0])
        at, self.at[handle] = self.at[handle], self.at[handle] + count
        return Call("write", handle=handle, at=at, data=strings[0][:count])

    def _pwrite64(self, given: str, strings: list[bytes], count: int) -> Call:
        handle, at = int(given.split(",", maxsplit=1)[0]), int(given.rsplit(",", 1)[1])
        return Call("write", handle=handle, at=at, data=strings[0][:count])

    def _ftruncate(self, given: str, _strings: list[bytes], _answer: int) -> Call:
        handle, length = map(int, given.split(","))
        return Call("cut", handle=handle, at=length)

    def _fsync(self, given: str, _strings: list[bytes], _answer: int) -> Call:
        is_folder = self.path[int(given)] == self.home
        return Call("sync_folder") if is_folder else Call("sync", handle=int(given))

    _fdatasync = _fsync

    def _unlink(self, _given: str, strings: list[bytes], _answer: int) -> Call:
        return Call("unlink", Path(strings[0].decode()).name)

    def _rename(self, _given: str, strings: list[bytes], _answer: int) -> Call:
        old, new = (Path(path.decode()).name for path in strings)
        return Call("rename", old, data=new.encode())


def _bytes(found: re.Match[str], line: str) -> bytes:
    assert not found[2], f"strace cut a string short: {line[:80]}"
    return bytes.fromhex(found[1].replace("\\x", ""))
