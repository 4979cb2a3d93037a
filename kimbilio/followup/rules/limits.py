"""What cannot be recorded of looking for people, and why."""

from datetime import date, timedelta
from uuid import UUID

from kimbilio.followup.choices import Fault, HowTried, Outcome, Result, Wish
from kimbilio.followup.rules.standing import Tried, Wishes

# A way back is a matter of days.
FURTHEST_PLAN = timedelta(days=14)


def fault_of_attempt(attempt: Tried, wishes: Wishes, today: date) -> Fault | None:
    """Return why an attempt cannot be recorded, or None where it can."""
    if attempt.occurred_on > today:
        return Fault.FUTURE
    how = HowTried(attempt.how)
    if wishes.of(how) == Wish.NO and wishes.held_on(how, attempt.occurred_on):
        return Fault.NO_CALLS if how == HowTried.PHONE else Fault.NO_VISITS
    if attempt.result == Result.NOT_REACHED and attempt.outcome not in ("", Outcome.NOT_TRACED):
        return Fault.NOBODY_TOLD
    if attempt.outcome == Outcome.FOUND and attempt.result != Result.REACHED:
        return Fault.FOUND_NOT_MET
    return None


def fault_of_worker(worker: UUID | None, wishes: Wishes) -> Fault | None:
    """Return why a worker cannot be asked to look for a person, or None where they can."""
    if worker is None:
        return None
    if wishes.call == wishes.visit == Wish.NO:
        return Fault.NOBODY_MAY_LOOK
    return Fault.NOT_THIS_WORKER if wishes.only_worker not in (None, worker) else None


def fault_of_plan(planned_on: date, today: date) -> Fault | None:
    """Return why a way back cannot be agreed for a day, or None where it can."""
    if planned_on < today:
        return Fault.PLAN_IN_THE_PAST
    return Fault.PLAN_TOO_FAR if planned_on - today > FURTHEST_PLAN else None
