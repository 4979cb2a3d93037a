"""Where a program can be killed: the moment before each call by which it changes a file, or makes a change sure.

strace counts each call of each thread by itself: a kill point is one call and the so many-th of its sort.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Every call by which SQLite, the keyring and backups change a file.
WRITES = "pwrite64,write,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2"
CHANGES = f"{WRITES},mkdir,mkdirat,rmdir"
_CALL = re.compile(r"(\d+) +(\w+)\((.*)")
_HANDLE = re.compile(r"(?:\d+|AT_FDCWD)<([^>]*)>")
_NAME = re.compile(r'"([^"]*)"')
_BELOW_A_FOLDER = ("unlinkat", "mkdirat", "renameat", "renameat2")
# What is another at each run: times, numbers, and names by chance.
_OTHER_EACH_TIME = re.compile(r"[0-9a-f]{8,}|\d+")


@dataclass(frozen=True)
class KillPoint:
    """The moment before one call: which call, the so many-th of its sort in that thread, and of what file."""

    call: str
    number: int
    file: str

    @property
    def kill(self) -> str:
        """Return what strace is told so that it kills there."""
        return f"{self.call}:signal=SIGKILL:when={self.number}"


def points_in(trace: Path, *folders: Path) -> list[KillPoint]:
    """Return the kill points of a run whose calls strace wrote down with the names of files (`-f -y`), in order.

    Only those of files in the folders, where any are given: what a pipe or a terminal was told changes nothing. Nor
    does the memory beside a log, which SQLite makes anew. All must be of one thread, or the same number means another.
    """
    calls = [found.groups() for line in trace.read_text().splitlines() if (found := _CALL.match(line))]
    numbers: Counter[tuple[str, str]] = Counter()
    points, threads = [], set()
    for thread, call, given in calls:
        numbers[thread, call] += 1
        file = _file(call, given)
        is_there = not folders or any(Path(file).is_relative_to(folder) for folder in folders)
        if is_there and not file.endswith("-shm"):
            points.append(KillPoint(call, numbers[thread, call], _OTHER_EACH_TIME.sub("*", file)))
            threads.add(thread)
    assert len(threads) <= 1, "more than one thread writes"
    return points


def _file(call: str, given: str) -> str:
    """Return the file that a call is about, by the words in its brackets; of a renaming, the name before."""
    handle, name = _HANDLE.match(given), _NAME.search(given)
    if call in _BELOW_A_FOLDER:
        return str(Path(handle[1] if handle else "", name[1] if name else ""))
    return handle[1].removesuffix(" (deleted)") if handle else name[1] if name else ""


def every(points: Sequence[KillPoint], so_many: int) -> list[KillPoint]:
    """Return every kill point that is unlike the one before or after it; of rows of equal ones each so many-th too.

    Equal are the same call of the same file one after the other, as for the pages of one commit.
    """
    kinds = [None, *((point.call, point.file) for point in points), None]
    return [
        point
        for place, point in enumerate(points)
        if place % so_many == 0 or not kinds[place] == kinds[place + 1] == kinds[place + 2]
    ]
