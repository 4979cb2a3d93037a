"""Where a file stands that was asked for: two people, one day, once.

Source: OWASP ASVS 5.0, 2.3.5 (approval by several people); the day is ours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

GOOD_FOR = timedelta(hours=24)
"""An ask is approved, and what was approved is taken, within this time; then it is as if nobody had asked."""


@dataclass(frozen=True)
class Steps:
    """When what happened to a file: None for what did not."""

    asked_at: datetime
    approved_at: datetime | None = None
    turned_down_at: datetime | None = None
    taken_at: datetime | None = None


def where_it_stands(steps: Steps, now: datetime) -> str:
    """Return one of `Stands`: 'waits', 'ready', 'taken', 'turned_down', 'ran_out'."""
    if steps.taken_at is not None:
        return "taken"
    if steps.turned_down_at is not None:
        return "turned_down"
    since = steps.approved_at or steps.asked_at
    # A clock that was put back makes nothing good for longer.
    if not since <= now < since + GOOD_FOR:
        return "ran_out"
    return "waits" if steps.approved_at is None else "ready"
