"""Rules of follow-up: where somebody stands on the list, what may be recorded, who should look for whom.

Source: docs/sources.md, 'National forms' (the tracing register) and 'Missed doses'; the order is ours.
"""

from kimbilio.followup.rules.asking import silences_in, suggested_worker
from kimbilio.followup.rules.limits import (
    FURTHEST_PLAN,
    fault_of_attempt,
    fault_of_plan,
    fault_of_worker,
)
from kimbilio.followup.rules.standing import (
    EXPLAINS,
    NATIONAL,
    Absence,
    Learnt,
    Plan,
    Tried,
    Wishes,
    group_of,
    told_to_clinic,
    urgency,
)

__all__ = [
    "EXPLAINS",
    "FURTHEST_PLAN",
    "NATIONAL",
    "Absence",
    "Learnt",
    "Plan",
    "Tried",
    "Wishes",
    "fault_of_attempt",
    "fault_of_plan",
    "fault_of_worker",
    "group_of",
    "silences_in",
    "suggested_worker",
    "told_to_clinic",
    "urgency",
]
