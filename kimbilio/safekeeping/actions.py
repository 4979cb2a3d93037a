"""What those who keep the records safe can do on the page: each is permitted, and written down."""

from datetime import date
from pathlib import Path

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.safekeeping.diary import Diary
from kimbilio.safekeeping.recovery import add_recovery_key
from kimbilio.safekeeping.sheet import Sheet


@action(Permission.KEEP_SAFE, event="backup.copied")
def say_copied(*, by: Actor, home: Path) -> None:
    """Remember that a copy of the backup is in a second place."""
    _remember(home, "second_place_at")


@action(Permission.KEEP_SAFE, event="backup.drill")
def say_drilled(*, by: Actor, home: Path) -> None:
    """Remember that a restore was tried out."""
    _remember(home, "drill_at")


@action(Permission.KEEP_SAFE, event="recovery.key_made")
def make_recovery_sheet(*, by: Actor, home: Path) -> Sheet:
    """Make a recovery key and return its sheet, to be shown once. The secret is kept nowhere."""
    today: date = timezone.localdate()
    number, key = add_recovery_key(home, today)
    return Sheet(number, today, key.secret)


def _remember(home: Path, what: str) -> None:
    now = timezone.now().isoformat(timespec="seconds")
    Diary.change(home, lambda diary: diary.changed(**{what: now}))
