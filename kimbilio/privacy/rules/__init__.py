"""For how long each kind is kept where a programme has not said: proposals, none of which deletes anything."""

from collections.abc import Mapping
from datetime import date, timedelta

# In months. Source: the Data Protection Act 2019 of Kenya, section 39, asks that nothing is kept longer than is
# needed, and names no number; these are proposals of ours, and a manager confirms each period or sets another.
PROPOSED_MONTHS: Mapping[str, int] = {
    "contacts": 12,
    "places": 6,
    "names": 60,
    "waiting_lines": 6,
    "sign_ins": 12,
    "notes": 84,
}
_MONTHS_OF_A_YEAR = 12
_LAST_DAY_OF_ALL_MONTHS = 28


def kept_since(today: date, months: int) -> date:
    """Return the day before which a kind goes that is kept for so many months: the same day then, at most the 28th."""
    month = today.year * _MONTHS_OF_A_YEAR + today.month - 1 - months
    return date(
        month // _MONTHS_OF_A_YEAR, month % _MONTHS_OF_A_YEAR + 1, min(today.day, _LAST_DAY_OF_ALL_MONTHS)
    )


MOST_DAYS_AWAY = 31
"""A home that nobody opened for longer may have come back with a wrong clock: then somebody looks first."""


def is_believed(today: date, last: date) -> bool:
    """Tell whether the date may be true, beside the last that was believed: not before it, and not far after it."""
    return timedelta(0) <= today - last <= timedelta(days=MOST_DAYS_AWAY)
