"""A backup a day while serving, in a thread of its own, and one more whenever somebody asks for it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from kimbilio.core import vault
from kimbilio.core.keyring.file import KEYRING_NAME
from kimbilio.core.refusals import Refused
from kimbilio.safekeeping.ages import date_is_likely, is_over
from kimbilio.safekeeping.asides import destroy_old_asides, put_aside
from kimbilio.safekeeping.backup import back_up, places, remember_failure
from kimbilio.safekeeping.before_upgrade import forget_copies
from kimbilio.safekeeping.diary import Diary, time_of
from kimbilio.safekeeping.files import destroy, time_in
from kimbilio.safekeeping.keeping import begin_to_ask
from kimbilio.safekeeping.recovery import recipients
from kimbilio.safekeeping.turn import sweep

_LOOKED_AT_EVERY = 600
_EVERY = timedelta(hours=20)
_AGAIN_AFTER_FAILURE = timedelta(hours=1)
logger = logging.getLogger("kimbilio.backup")


class Keeper:
    """Makes backups of one home, one after the other."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self.is_at_work = False

    def ask(self) -> None:
        """Have a backup made as soon as may be."""
        self.is_at_work = True
        self._asked.set()

    def watch(self, home: Path) -> None:
        """Make a backup whenever one is due or asked for, for as long as the process lives."""
        while True:
            try:
                self.look(home)
            except Exception as why:  # a disk that fails for a moment must not end backups for good
                logger.error("Whether a backup is due could not be told: %s", type(why).__name__)
            self._asked.wait(_LOOKED_AT_EVERY)

    def look(self, home: Path) -> None:
        """Make a backup if one is due or asked for."""
        if self._asked.is_set() or is_due(home):
            self._asked.clear()
            self.is_at_work = True
            try:
                back_up_now(home)
            finally:
                self.is_at_work = False


keeper = Keeper()


def go_on_backing_up(home: Path) -> None:
    """Watch the home from now on."""
    with suppress(OSError):  # of a full disk, say: pages must be served all the same
        begin_to_ask(home)
    threading.Thread(target=keeper.watch, args=(home,), name="backups", daemon=True).start()


def is_due(home: Path) -> bool:
    """Say whether a day has passed since the last proved backup, and a while since one that failed.

    One of days to come was made by a clock that ran ahead: the next is not put off until that day.
    """
    if settings.BACKUP_FOLDER is None or not vault.is_open() or not _has_key(home):
        return False
    diary, now = Diary.of(home), timezone.now()
    proved = time_of(diary.last_proved.at) if diary.last_proved else None
    failed = time_of(diary.failed_at)
    if failed is not None and abs(now - failed) < _AGAIN_AFTER_FAILURE:
        return False
    return proved is None or abs(now - proved) >= _EVERY


def _has_key(home: Path) -> bool:
    try:
        return bool(recipients(home))
    except Refused:  # the page and the doctor say what is wrong with the list of keys
        return False


def back_up_now(home: Path) -> bool:
    """Make a backup where the settings say; says whether it was made. Why not stands in the diary, for the page."""
    folder: Path | None = settings.BACKUP_FOLDER
    if folder is None:
        return False
    close_old_connections()
    try:
        made = back_up(
            home,
            places(folder, settings.KEYRING_BACKUP_FOLDER, days=settings.KEYRING_BACKUP_DAYS),
        )
    except Refused as why:
        remember_failure(home, str(why))
        logger.error("No backup was made today. The page 'Backups' says why.")
        return False
    except Exception as why:  # the thread goes on, whatever it is
        remember_failure(home, type(why).__name__)
        logger.error("No backup was made today: %s", type(why).__name__)
        return False
    else:
        logger.info("A backup was made and proved, in %.0f seconds.", made.entry.seconds)
        return True
    finally:
        connection.close()


def destroy_expired() -> None:
    """Destroy what holds keys once it is as old as a backup of the keys may become, whether or not another was made.

    Keyrings that a restore put aside, and the keys of earlier backups, in whatever folder that can be reached; those of
    the newest that was proved stay until a later one is. A day later all else that a restore put aside. What one that
    was killed left goes in any case.
    """
    home = Path(settings.HOME)
    sweep(home)
    if not date_is_likely(home):
        logger.warning(
            "Nothing is destroyed by its age before tomorrow: today is far from the last day seen here."
        )
        return
    for old in (*_put_aside(home), *_backed_up(home)):
        try:
            destroy(old)
        except OSError as why:  # of a stick that lets nobody write, say
            logger.error("Keys that are too old could not be destroyed: %s", why.strerror)
    forget_copies(home)
    destroy_old_asides(home)


def _put_aside(home: Path) -> Iterator[Path]:
    for aside in put_aside(home):
        if aside.folder is not None and timezone.now() - aside.made_at >= _keys_live():
            yield from aside.folder.glob(f"{KEYRING_NAME}*")


def _backed_up(home: Path) -> Iterator[Path]:
    diary = Diary.of(home)
    for one in diary.backups:
        path, now = Path(one.keys), timezone.now()
        made = time_in(path.name)
        if one != diary.last_proved and made and is_over(made, _keys_live(), now) and path.is_file():
            yield path


def _keys_live() -> timedelta:
    return timedelta(days=settings.KEYRING_BACKUP_DAYS)
