"""Locking everything: whatever holds the keys ends, and every sign-in with it.

Python cannot wipe memory, so a process that must forget ends. A mark in the home is on the disk first: the
next start deletes every stored sign-in before it serves, also when the machine was switched off just after.
Needs neither Django nor the passphrase.
"""

import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kimbilio.core.keyring.durable import flush_folder, replace_durably
from kimbilio.safekeeping.holders import Readers, end, holders

CLOSED_MARK = "closed"
# How long a process may take to end by itself, in seconds, before it is killed; and how long it is then waited for.
_ASKED, _KILLED = 2.0, 5.0
_LOOK_EVERY = 0.02
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@dataclass(frozen=True)
class Locked:
    """What locking did: how many processes ended when asked, how many were killed, and which still live.

    `unmarked` says why the next start does not know that every sign-in is to end; '' where it does.
    """

    ended: int
    killed: int
    left: tuple[int, ...]
    unmarked: str = ""


def lock_all(home: Path, *, patience: float = _ASKED) -> Locked:
    """End every process that holds the keys of this home, and have every sign-in end. Certain, and may be said twice.

    What was acknowledged is on the disk already: a process may be killed at any moment.
    """
    readers, unmarked = Readers(), ""
    try:
        if any(home.iterdir()):
            mark_closed(home)
    except OSError as why:  # of a full disk, say: whatever holds the keys ends all the same
        unmarked = str(why)
    asked = _send_until_gone(home, signal.SIGTERM, patience, readers)
    stubborn = _send_until_gone(home, _KILL, _KILLED, readers)
    readers.end(_KILL)
    left = tuple(holders(home))
    return Locked(len(asked - stubborn), len(stubborn - set(left)), left, unmarked)


def mark_closed(home: Path) -> None:
    """Have the next start end every sign-in; on the disk when this returns."""
    replace_durably(home / CLOSED_MARK, f"{datetime.now(UTC).isoformat(timespec='seconds')}\n".encode())


def is_marked_closed(home: Path) -> bool:
    """Say whether the home was locked since it last served."""
    return (home / CLOSED_MARK).exists()


def take_mark_away(home: Path) -> None:
    """Forget that the home was locked, once every sign-in has ended."""
    (home / CLOSED_MARK).unlink(missing_ok=True)
    flush_folder(home)


def _send_until_gone(home: Path, how: int, patience: float, readers: Readers) -> set[int]:
    """Send the signal to each holder once, also to those that start meanwhile, until none is left or time is up."""
    sent: set[int] = set()
    until = time.monotonic() + patience
    while time.monotonic() < until:
        standing = holders(home)
        if not standing:
            break
        # The oldest first: that is the one which would start another in place of the one that ends.
        for process in standing:
            readers.look(process)
            if process not in sent and end(home, process, how):
                sent.add(process)
        time.sleep(_LOOK_EVERY)
    return sent
