"""Days as people write them: the first that can be meant, and the one that an address says."""

from datetime import date

from kimbilio.core.refusals import NotHere

EARLIEST = date(2000, 1, 1)
"""Before this day no programme of this kind kept books: it is a slip of the pen."""


def day_asked_for(text: str, today: date) -> date | None:
    """Return the day that an address says, as 2025-06-30; None where there is none that has come since EARLIEST."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return None
    return asked if EARLIEST <= asked <= today else None


def day_meant(text: str, today: date) -> date:
    """Return the same; NotHere where it is None."""
    day = day_asked_for(text, today)
    if day is None:
        raise NotHere
    return day
