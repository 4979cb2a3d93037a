"""When what holds keys has lasted long enough, and whether today's date may be believed, by which that is told."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from kimbilio.safekeeping.diary import Diary

LONGEST = timedelta(days=31)
_A_DAY = timedelta(days=1)


def is_over(made: datetime, lasts: timedelta, now: datetime) -> bool:
    """Say whether something has lasted so long, or is of a day to come: a clock that ran ahead made it then."""
    return not now - lasts < made <= now + _A_DAY


def date_is_likely(home: Path) -> bool:
    """Say whether today's date may be true: a clock that ran ahead by years would destroy everything at once.

    A day that is far from the last one seen here is believed from the next day on.
    """
    today, seen = timezone.localdate(), Diary.of(home).seen_on
    if seen != today.isoformat():
        is_near = not seen or timedelta(0) <= today - date.fromisoformat(seen) <= LONGEST
        Diary.change(home, lambda diary: diary.changed(seen_on=today.isoformat(), is_doubted=not is_near))
    return not Diary.of(home).is_doubted
