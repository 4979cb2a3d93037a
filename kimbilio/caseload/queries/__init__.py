"""What can be asked of case-loads, and of who opened whom."""

from kimbilio.caseload.queries.belonging import is_in_caseload, may_open_unasked
from kimbilio.caseload.queries.week import (
    Behind,
    Line,
    StaffWeek,
    WeekAtSite,
    entries_behind,
    first_week,
    monday_of,
    staff_ever_at,
    week_at_site,
)

__all__ = [
    "Behind",
    "Line",
    "StaffWeek",
    "WeekAtSite",
    "entries_behind",
    "first_week",
    "is_in_caseload",
    "may_open_unasked",
    "monday_of",
    "staff_ever_at",
    "week_at_site",
]
