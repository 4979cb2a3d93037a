"""When somebody should be reminded of what keeps the records safe."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kimbilio.safekeeping.choices import Care

# Source: docs/sources.md, 'Backups': an alarm when no restore was verified for 8 days, a drill each quarter.
LONGEST_WITHOUT_BACKUP = timedelta(days=8)
LONGEST_WITHOUT_COPY = timedelta(days=8)
LONGEST_WITHOUT_DRILL = timedelta(days=92)


@dataclass(frozen=True)
class Kept:
    """When each was last done; None for never. `since` is when this began to be asked."""

    since: datetime
    has_key: bool
    proved_at: datetime | None = None
    failed_at: datetime | None = None
    copied_at: datetime | None = None
    drilled_at: datetime | None = None


def is_all_done(kept: Kept) -> bool:
    """Say whether each was done once at least. Before, nothing may be overdue yet, and still not all is in order."""
    return kept.has_key and None not in (kept.proved_at, kept.copied_at, kept.drilled_at)


def overdue(kept: Kept, now: datetime) -> list[Care]:
    """Return what somebody should see to, the most pressing first. What was never done is counted from the start.

    What was done in days to come was done by a clock that ran ahead, so it says nothing of today.
    """
    care = []
    if not kept.has_key:
        care.append(Care.NO_KEY)
    if kept.failed_at is not None:
        care.append(Care.FAILED)
    if abs(now - (kept.proved_at or kept.since)) > LONGEST_WITHOUT_BACKUP:
        care.append(Care.NO_BACKUP)
    if abs(now - (kept.copied_at or kept.since)) > LONGEST_WITHOUT_COPY:
        care.append(Care.NO_COPY)
    if abs(now - (kept.drilled_at or kept.since)) > LONGEST_WITHOUT_DRILL:
        care.append(Care.NO_DRILL)
    return care
