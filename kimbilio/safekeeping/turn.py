"""One backup or restore at a time in a home, whatever process does it; and what a killed one left behind."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import DatabaseError, connection

from kimbilio.core.refusals import Refused
from kimbilio.safekeeping.files import DRAFT, ENDING
from kimbilio.safekeeping.loading import SCHEMA_BEGINS
from kimbilio.safekeeping.placing import forget, is_decided
from kimbilio.safekeeping.schemas import READY, drop, schemas_beginning

try:
    import fcntl

    def _is_taken(handle: int) -> bool:
        """Lock the file, unless another process, or another thread of this one, has."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False

except ImportError:  # Windows, where one must see to it oneself

    def _is_taken(handle: int) -> bool:
        """Say no: there is no such lock here."""
        return False


_LOCK = "safekeeping.lock"
_SCRATCH = "scratch-"


class SomebodyElse(Refused):
    """A backup or a restore is going on in this home already."""


@contextmanager
def turn_in(home: Path) -> Iterator[Path]:
    """Be the only one who backs up or restores here; give a scratch folder that only its owner may enter.

    The system lets go of the lock with the process, so a killed one blocks nobody. Raises SomebodyElse.
    """
    with _alone(home):
        _sweep(home)
        scratch = home / f"{_SCRATCH}{secrets.token_hex(6)}"
        scratch.mkdir(mode=0o700)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def sweep(home: Path) -> None:
    """Remove what was left by one that was killed, copies of keys among it; nothing while one is going on."""
    with suppress(SomebodyElse), _alone(home):
        _sweep(home)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    handle = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if _is_taken(handle):
            raise SomebodyElse(
                "A backup or a restore is going on in this home already. Wait until it is done."
            )
        yield
    finally:
        os.close(handle)


def _sweep(home: Path) -> None:
    """Remove scratch folders, drafts, and a home that was never decided; on PostgreSQL, schemas of such."""
    forget(home)
    for draft in home.glob(f"*{ENDING}{DRAFT}"):  # of a copy before an upgrade
        draft.unlink()
    for left in home.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    if connection.vendor == "postgresql":
        with suppress(DatabaseError):
            for name in (*schemas_beginning(SCHEMA_BEGINS), *_never_decided(home)):
                drop(name)


def _never_decided(home: Path) -> list[str]:
    return [] if is_decided(home) else schemas_beginning(READY)
