"""How the keeping stands: what was done when, and what somebody should see to. Read from small files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.safekeeping.choices import Care
from kimbilio.safekeeping.diary import NAME, Diary, time_of
from kimbilio.safekeeping.recovery import NAME as KEYS_NAME
from kimbilio.safekeeping.recovery import recipients
from kimbilio.safekeeping.rules import Kept, overdue

Stamp = tuple[int, ...]


@dataclass(frozen=True)
class _Read:
    stamp: Stamp
    kept: Kept


_read: dict[Path, _Read] = {}


def kept_of(home: Path) -> Kept:
    """Return how the keeping of a home stands, read anew only where its small files changed."""
    stamp = tuple(_changed_at(home / name) for name in (NAME, KEYS_NAME))
    known = _read.get(home)
    if known is None or known.stamp != stamp:
        known = _read[home] = _Read(stamp, _kept(home))
    return known.kept


def begin_to_ask(home: Path) -> None:
    """Count from now on, in a home in which nothing was ever written down of backups."""
    if not Diary.of(home).since:
        now = timezone.now().isoformat(timespec="seconds")
        Diary.change(home, lambda diary: diary.changed(since=now))


def care_for(home: Path, now: datetime) -> list[Care]:
    """Return what somebody should see to in a home; nothing of one that holds fictional people only."""
    return [] if settings.DEMO else overdue(kept_of(home), now)


def what_is_overdue(actor: Actor | None) -> list[str]:
    """Return it in words for those who keep the records safe; nothing for others."""
    if actor is None or not actor.may_somewhere(Permission.KEEP_SAFE):
        return []
    return [str(one.label) for one in care_for(Path(settings.HOME), timezone.now())]


def fault_of_folder(folder: Path, home: Path) -> str:
    """Return in words why backups in a folder may not be there when they are needed; '' where nothing is seen."""
    if not folder.is_dir():
        return _("The folder is not there now. Plug in the stick or disk on which it lies.")
    if folder.stat().st_dev == home.stat().st_dev:
        return _("This folder is on the same disk as the records: whoever takes the computer takes both.")
    return ""


def _kept(home: Path) -> Kept:
    diary, last = Diary.of(home), None
    if diary.last_proved is not None:
        last = time_of(diary.last_proved.at)
    try:
        has_key = bool(recipients(home))
    except Refused:
        has_key = False
    return Kept(
        since=time_of(diary.since) or timezone.now(),
        has_key=has_key,
        proved_at=last,
        failed_at=time_of(diary.failed_at),
        copied_at=time_of(diary.second_place_at),
        drilled_at=time_of(diary.drill_at),
    )


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
