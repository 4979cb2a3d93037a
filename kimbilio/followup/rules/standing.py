"""Where somebody stands on the list of people to look for, and what their wishes and attempts say.

Source: docs/sources.md, 'National forms' (the tracing register) and 'Missed doses'; the order is ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from kimbilio.followup.choices import (
    Group,
    HowEnded,
    HowTried,
    Outcome,
    Result,
    Told,
    Wish,
)

# The codes of the national register's column 'Tracing outcome'; what we tell apart and it does not shares a code.
# Source: A3 Peer Tracking Register, columns 11 and 12.
NATIONAL: Mapping[Outcome, int] = {
    Outcome.DIED: 1,
    Outcome.RELOCATED: 2,
    Outcome.CHOSE_TO_STOP: 3,
    Outcome.ON_MAT_ELSEWHERE: 4,
    Outcome.NOT_TRACED: 5,
    Outcome.BEDRIDDEN: 6,
    Outcome.ADMITTED: 6,
    Outcome.IMPRISONED: 7,
    Outcome.FOUND: 8,
}
# With these nobody need look any further; the liaison is asked to record the step on the journey.
EXPLAINS = frozenset(
    {
        Outcome.ADMITTED,
        Outcome.IMPRISONED,
        Outcome.RELOCATED,
        Outcome.ON_MAT_ELSEWHERE,
        Outcome.CHOSE_TO_STOP,
        Outcome.DIED,
    }
)
# A clinic's list of the day may come the day after: so long an arrival is believed without it.
_BELIEVED_FOR = timedelta(days=1)

_ORDER = {group: place for place, group in enumerate(Group)}
_TOLD = {
    Outcome.DIED: Told.DIED,
    Outcome.IMPRISONED: Told.IMPRISONED,
    Outcome.ADMITTED: Told.ADMITTED,
    Outcome.FOUND: Told.FOUND,
}


@dataclass(frozen=True)
class Absence:
    """What the days say of somebody: missed days, the last dose, out of touch, or away for a reason on record."""

    days: int
    last_dose: date | None
    out_of_touch: bool
    paused: bool


@dataclass(frozen=True)
class Plan:
    """A way back as agreed, and what came of it so far."""

    planned_on: date
    how_ended: HowEnded | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class Learnt:
    """What an attempt found out, and on which day."""

    outcome: Outcome
    on: date


class Tried(Protocol):
    """An attempt, as little of it as the rules need."""

    @property
    def how(self) -> str:
        """Return whether it was by phone or by going there."""

    @property
    def result(self) -> str:
        """Return who was reached."""

    @property
    def outcome(self) -> str:
        """Return what was learnt; '' for nothing."""

    @property
    def occurred_on(self) -> date:
        """Return on which day it was."""


@dataclass(frozen=True)
class Wishes:
    """What a person said of being looked for; what nobody asked yet is 'ask first'.

    `no_calls_since` and `no_visits_since` are the days of the first no that stands.
    """

    call: Wish = Wish.ASK
    visit: Wish = Wish.ASK
    tell_clinic: Wish = Wish.ASK
    only_worker: UUID | None = None
    no_calls_since: date | None = None
    no_visits_since: date | None = None

    def of(self, how: HowTried) -> Wish:
        """Return what they said of one way of looking for them."""
        return self.call if how == HowTried.PHONE else self.visit

    def held_on(self, how: HowTried, day: date) -> bool:
        """Tell whether they had said no by that day: what happened before is a fact all the same."""
        since = self.no_calls_since if how == HowTried.PHONE else self.no_visits_since
        return since is None or day >= since


def group_of(absence: Absence, learnt: Learnt | None, plan: Plan | None, on: date) -> Group:
    """Return where somebody stands on the list as at a day.

    What was learnt, or agreed, before their last dose counts no more: they came back since, and are missing anew.
    A way back whose day has passed puts them back where they were.
    """
    if absence.paused:
        return Group.ELSEWHERE
    if learnt and learnt.outcome in EXPLAINS and _is_after(learnt.on, absence.last_dose):
        return Group.ANSWERED
    if plan and _is_after(plan.planned_on, absence.last_dose) and _is_on_the_way(plan, on):
        return Group.ON_THE_WAY
    return Group.OUT_OF_TOUCH if absence.out_of_touch or not absence.days else Group.MISSING


def _is_on_the_way(plan: Plan, on: date) -> bool:
    if plan.how_ended is None:
        return plan.planned_on >= on
    arrived_on = plan.ended_on or plan.planned_on
    return plan.how_ended == HowEnded.ARRIVED and on - arrived_on <= _BELIEVED_FOR


def _is_after(day: date, last_dose: date | None) -> bool:
    return last_dose is None or day > last_dose


def urgency(group: Group, absence: Absence) -> tuple[int, int, int]:
    """Return by what the list is sorted: its groups in order, in each the longest run first.

    Whoever is out of touch was perhaps last seen years ago, so of those the one seen last comes first.
    """
    seen = absence.last_dose.toordinal() if absence.last_dose else 0
    if group == Group.OUT_OF_TOUCH:
        return _ORDER[group], -seen, -absence.days
    return _ORDER[group], -absence.days, seen


def told_to_clinic(
    attempts: Iterable[Tried], plan: Plan | None, last_dose: date | None, on: date
) -> Told | None:
    """Return what the clinic may hear of a person as at a day: what was learnt last since their last dose.

    None for nothing. Whoever agreed to come is not 'coming' once it was learnt that they cannot, or when the day has
    passed. Of the rest of the register (moved away, chose to stop, another clinic) the person speaks with the clinic.
    """
    learnt = _learnt_last(one for one in attempts if _is_after(one.occurred_on, last_dose))
    is_coming = plan and plan.how_ended is None and plan.planned_on >= on
    if plan and is_coming and _is_after(plan.planned_on, last_dose) and learnt not in EXPLAINS:
        return Told.COMING
    return _TOLD.get(learnt) if learnt else None


def _learnt_last(attempts: Iterable[Tried]) -> Outcome | None:
    """Return what was learnt last; whoever was spoken with is found. That somebody was not traced tells nothing."""
    for one in sorted(attempts, key=lambda one: one.occurred_on, reverse=True):
        if one.result != Result.NOT_REACHED and one.outcome not in ("", Outcome.NOT_TRACED):
            return Outcome(one.outcome)
        if one.result == Result.REACHED:
            return Outcome.FOUND
    return None
