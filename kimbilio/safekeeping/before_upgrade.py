"""Before tables are changed by a new version: a copy from which the records come back as they are now."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kimbilio import __version__
from kimbilio.core import vault
from kimbilio.core.encryption.age_files import write_encrypted
from kimbilio.core.refusals import Refused
from kimbilio.core.upgrading import is_behind
from kimbilio.safekeeping.archive import DATA, About, packed
from kimbilio.safekeeping.backup import back_up, places
from kimbilio.safekeeping.diary import Diary, time_of
from kimbilio.safekeeping.dumping import moment_of_database
from kimbilio.safekeeping.faults import CannotBackUp
from kimbilio.safekeeping.files import ENDING, finish, moment_of, name_at, write_draft
from kimbilio.safekeeping.recovery import key_of_home, mark_of_home, recipients
from kimbilio.safekeeping.turn import turn_in

BEFORE_UPGRADE = "before-upgrade"
# What an upgrade broke may show only after days; a month is as long as keys of a backup may live.
_SHORTEST, _LONGEST = timedelta(days=7), timedelta(days=30)
_TIME_LENGTH = len("2026-11-22-153015")


def keep_before_upgrade(home: Path) -> str:
    """Where an upgrade is due in a home that holds records, keep them as they are now; returns one sentence about it.

    A proved backup where a folder for backups is set and can be reached; else a copy in the home, encrypted for the
    holder of its passphrase, which stays for a while (`forget_copies`). Raises CannotBackUp.
    """
    if not is_behind() or not _holds_records():
        return ""
    kept = _backed_up(home) or _copied(home)
    return (
        f"The tables are brought up to date. As they were before, the records are in {kept}. "
        f"To go back to them, install the version before and type: kimbilio restore {kept} --replace"
    )


def forget_copies(home: Path) -> None:
    """Delete copies that are a week old and have a later proved backup, and every one that is a month old."""
    last = Diary.of(home).last_proved
    proved_at = time_of(last.at) if last else None
    for copy in home.glob(f"{BEFORE_UPGRADE}-*{ENDING}"):
        made_at = moment_of(copy.name.removeprefix(f"{BEFORE_UPGRADE}-")[:_TIME_LENGTH])
        if made_at is None:
            continue
        age = timezone.now() - made_at
        has_later = proved_at is not None and proved_at > made_at
        if age >= _LONGEST or (age >= _SHORTEST and has_later):
            copy.unlink()


def _holds_records() -> bool:
    if "accounts_organisation" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_organisation")
        return bool(cursor.fetchone()[0])


def _backed_up(home: Path) -> Path | None:
    if settings.BACKUP_FOLDER is None or not recipients(home):
        return None
    with suppress(Refused):
        to = places(settings.BACKUP_FOLDER, settings.KEYRING_BACKUP_FOLDER, days=settings.KEYRING_BACKUP_DAYS)
        return back_up(home, to, written_down=False).data
    return None


def _copied(home: Path) -> Path:
    root_key, now = vault.root_key(), timezone.now()
    name = name_at(BEFORE_UPGRADE, now, home)
    try:
        with turn_in(home) as scratch, moment_of_database(scratch) as moment:
            about = About(
                DATA,
                now.isoformat(timespec="seconds"),
                __version__,
                mark_of_home(root_key),
                vendor=moment.vendor,
                migrations=moment.migrations,
                figures=moment.figures,
            )
            parts = packed(about, moment.members)
            for_whom = [key_of_home(root_key).recipient]
            draft = write_draft(home / name, lambda file: write_encrypted(parts, file, for_whom))
        return finish(draft, name)
    except OSError as why:
        raise CannotBackUp(
            f"The records could not be copied before the upgrade ({why.strerror or why}), so nothing was upgraded. "
            "Free some space, or set KIMBILIO_BACKUP_FOLDER to a folder on another disk."
        ) from why
