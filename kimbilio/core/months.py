"""A month is known by its first day, and said in addresses as 2025-06."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any


def month_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def last_day_of(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_before(month: date) -> date:
    """Return the first day of the month before."""
    return month_of(month - timedelta(days=1))


def month_after(month: date) -> date:
    """Return the first day of the month after."""
    return last_day_of(month) + timedelta(days=1)


def in_address(month: date) -> str:
    """Return a month as addresses say it."""
    return f"{month:%Y-%m}"


def month_asked_for(text: str, today: date) -> date:
    """Return the month that an address says; this month where it says none, or one that has not come."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return month_of(today)
    return min(asked, month_of(today))


def months_around(month: date, first: date | None, today: date) -> dict[str, Any]:
    """Return a month with the ones before and after it; None before the first day of all, and for what has not come."""
    after = month_after(month)
    return {
        "month": month,
        "before": month_before(month) if first and first < month else None,
        "after": after if after <= today else None,
    }
