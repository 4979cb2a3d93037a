"""Which processes hold the keys of a home: each says so by a file in the home that it keeps locked.

The lock belongs to its process and ends with it, however it ends. So a number that the system has since
given to another program is never taken for one of ours. Needs neither Django nor the passphrase.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "open."
_TRIES = 100
# The locked file of this process, kept open until it ends: a lock goes when its file is closed.
_kept: dict[Path, int] = {}


def hold(home: Path) -> None:
    """Say that this process holds the keys of the home, from now until it ends. May be said twice.

    Raises OSError where nothing can be written in the home.
    """
    mine = home / f"{_PREFIX}{os.getpid()}"
    if mine in _kept:
        return
    for _try in range(_TRIES):
        handle = os.open(mine, os.O_RDWR | os.O_CREAT, 0o600)
        # Whoever looks for what others left behind may have taken the file away before it was locked.
        if _lock(handle) and _is_still(mine, handle):
            _kept[mine] = handle
            holders(home)  # takes away what others left behind
            return
        os.close(handle)
    raise OSError(f"{mine} cannot be locked")


def holders(home: Path) -> list[int]:
    """Return the processes, other than this one, that hold the keys of the home, oldest numbers first.

    Takes away what processes left behind that ended.
    """
    found = []
    for mark in home.glob(f"{_PREFIX}*"):
        number = mark.name.removeprefix(_PREFIX)
        if number.isdigit() and int(number) != os.getpid() and _is_held(mark):
            found.append(int(number))
    return sorted(found)


def end(home: Path, process: int, how: int) -> bool:
    """Send a signal to a holder; False where it is gone, or where it is not ours to end."""
    with _pinned(process) as pin:
        # Looked at again once the number is pinned: from here on it cannot come to mean another process.
        if process not in holders(home):
            return False
        with suppress(ProcessLookupError, PermissionError):
            if pin is None:
                os.kill(process, how)
            else:
                signal.pidfd_send_signal(pin, how)
            return True
    return False


class Readers:
    """What the holders started for a moment, such as a reader of a book: it has no keys, but may have a page of names.

    Known where the system tells who started whom (Linux); elsewhere such a reader ends with its pipe.
    """

    def __init__(self) -> None:
        self._pins: dict[int, int] = {}

    def look(self, holder: int) -> None:
        """Remember what this holder has started, but for ourselves."""
        for listed in Path(f"/proc/{holder}/task").glob("*/children"):
            with suppress(OSError):
                for number in map(int, listed.read_text().split()):
                    if number != os.getpid() and number not in self._pins:
                        self._pins[number] = os.pidfd_open(number)

    def end(self, how: int) -> None:
        """Send a signal to each that still lives."""
        for pin in self._pins.values():
            with suppress(OSError):
                signal.pidfd_send_signal(pin, how)
            os.close(pin)
        self._pins.clear()


@contextmanager
def _pinned(process: int) -> Iterator[int | None]:
    """Give a handle on the process that no other can take over; None where the platform has none."""
    try:
        handle = os.pidfd_open(process) if hasattr(os, "pidfd_open") else None
    except OSError:
        handle = None
    try:
        yield handle
    finally:
        if handle is not None:
            os.close(handle)


def _is_held(mark: Path) -> bool:
    try:
        handle = os.open(mark, os.O_RDWR)
    except FileNotFoundError:
        return False
    except PermissionError:  # somebody else's, so certainly not left behind by us
        return True
    try:
        if not _lock(handle):
            return True
        mark.unlink(missing_ok=True)
        return False
    finally:
        os.close(handle)


def _is_still(mark: Path, handle: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(mark.stat(), os.fstat(handle))
    return False


if os.name == "nt":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Lock the file for this process alone: a process that it starts does not inherit this kind of lock."""
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
