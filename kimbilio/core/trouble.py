"""What ails the disk or the database, told from an error, so that it can be said in plain words.

Source: the texts of SQLite's result codes (sqlite.org/rescode.html), PostgreSQL's classes 08, 53, 55, 57 and 58
(its documentation, appendix A), errno.h.
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FAILING = {errno.EIO, errno.EROFS}
_A_LITTLE = 1_000_000  # bytes


class Trouble(Enum):
    """What it is, in words for whoever was working: a title, and what to do."""

    FULL = (
        _("There is no room left on the disk"),
        _("Make room on this computer: empty the bin, move pictures away. Then send it once more."),
    )
    FAILING = (
        _("The disk does not keep what is written"),
        _("Stop working on this computer, and make a backup on another disk. This disk may be near its end."),
    )
    BUSY = (
        _("Something else is being written just now"),
        _("Wait a minute, then send it once more. A large book that is being taken in can take that long."),
    )
    AWAY = (
        _("The database does not answer"),
        _(
            "Wait a minute, then send it once more. If it goes on, tell the person who looks after this computer."
        ),
    )

    @property
    def title(self) -> Promise:
        """Return what it is, in one sentence without a stop."""
        return self.value[0]

    @property
    def advice(self) -> Promise:
        """Return what to do."""
        return self.value[1]


# Beginnings of what SQLite says, in English whatever the language.
_SQLITE_SAYS = {
    "database or disk is full": Trouble.FULL,
    "disk I/O error": Trouble.FAILING,
    "attempt to write a readonly database": Trouble.FAILING,
    "unable to open database file": Trouble.FAILING,
    "database is locked": Trouble.BUSY,
    "database table is locked": Trouble.BUSY,
}
# Beginnings of PostgreSQL's codes.
_POSTGRESQL_SAYS = {
    "53100": Trouble.FULL,
    "58": Trouble.FAILING,
    "55P03": Trouble.BUSY,
    "40P01": Trouble.BUSY,
    "53": Trouble.AWAY,
    "57P": Trouble.AWAY,
    "08": Trouble.AWAY,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return what ails disk or database, by an error or what it came from; None where it is something else."""
    return next((found for one in _chain(error) if (found := _said_by(one))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _said_by(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError) and error.errno in _FULL | _FAILING:
        return Trouble.FULL if error.errno in _FULL else Trouble.FAILING
    if "sqlcipher3" in type(error).__module__ or "sqlite3" in type(error).__module__:
        found = _first(_SQLITE_SAYS, str(error))
        # Of some calls SQLite does not tell whether the disk is full or bad.
        return Trouble.FULL if found is Trouble.FAILING and _is_full() else found
    if "psycopg" in type(error).__module__:
        # A connection that is gone, or never came about, has no code.
        state = getattr(error, "sqlstate", None)
        is_gone = state is None and type(error).__name__ in ("OperationalError", "ConnectionTimeout")
        return Trouble.AWAY if is_gone else _first(_POSTGRESQL_SAYS, state or "")
    return None


def _is_full() -> bool:
    with suppress(OSError):
        return shutil.disk_usage(settings.HOME).free < _A_LITTLE
    return False


def _first(known: dict[str, Trouble], said: str) -> Trouble | None:
    return next((trouble for beginning, trouble in known.items() if said.startswith(beginning)), None)
