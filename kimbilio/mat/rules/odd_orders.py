"""What does not fit together in a journey: accepted as it was told, flagged to the liaison, never refused.

Source: docs/sources.md, 'States on MAT', for their order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kimbilio.mat.choices import DayMark, OddOrder, Standing, StepKind
from kimbilio.mat.rules.journey import (
    LEAVINGS,
    STAGES,
    State,
    Step,
    claims_in_order,
    states_in_order,
    states_with_ends,
)
from kimbilio.mat.rules.runs import FROM_THE_CLINIC

_OUTSIDE = frozenset({DayMark.DOSED, DayMark.MISSED})


@dataclass(frozen=True, order=True)
class Flag:
    """One thing to look into, and the first day on which it shows."""

    on: date
    what: OddOrder


def odd_orders(
    steps: Iterable[Step], marks: Mapping[date, DayMark] | None = None, *, on: date = date.max
) -> list[Flag]:
    """Return what does not fit, by day. Each kind of oddity of days is told once, on the first day it shows."""
    steps = list(steps)
    known = {day: mark for day, mark in (marks or {}).items() if day <= on}
    return sorted({*_odd_claims(steps, on), *_odd_days(steps, known, on)})


def _odd_claims(steps: list[Step], on: date) -> Iterator[Flag]:
    """Compare every claim with where the person stood before it."""
    states = [State(), *states_in_order(steps, on)]
    for before, after in pairwise(states):
        odd = _odd_claim(before, after.kind) if after.kind is not None and after is not before else None
        if odd is not None and after.since is not None:
            yield Flag(after.since, odd)
    died_on = states[-1].since if states[-1].standing == Standing.DIED else None
    if died_on is not None:
        yield from (
            Flag(day, OddOrder.STEP_AFTER_DEATH) for day, _kind in claims_in_order(steps, on) if day > died_on
        )


def _odd_claim(before: State, kind: StepKind) -> OddOrder | None:
    if kind == StepKind.INDUCTED and before.on_mat:
        return OddOrder.STARTED_TWICE
    if kind == StepKind.INDUCTED and before.standing == Standing.CANNOT_START:
        return OddOrder.STARTED_WHEN_NOT_ELIGIBLE
    if kind == StepKind.RE_INDUCTED and not before.episodes:
        return OddOrder.AGAIN_WITHOUT_START
    if kind in STAGES and not before.on_mat:
        return OddOrder.ON_MAT_WITHOUT_START
    if kind in LEAVINGS and not before.on_mat and before.standing != Standing.LEFT:
        return OddOrder.END_WITHOUT_START
    return None


def _odd_days(steps: list[Step], marks: Mapping[date, DayMark], on: date) -> Iterator[Flag]:
    """Compare the days with the claims."""
    states = states_with_ends(steps, on)
    episodes = states[-1][0].episodes if states else ()
    dosed = sorted(day for day, mark in marks.items() if mark in FROM_THE_CLINIC)
    if episodes and dosed and dosed[0] < episodes[0].started_on:
        yield Flag(dosed[0], OddOrder.DOSE_BEFORE_START)
    for state, ends in states:
        begins = state.since or date.max
        if state.standing == Standing.LEFT:
            yield from _first(OddOrder.DOSE_AFTER_LEAVING, dosed, begins, ends)
        if state.standing == Standing.DIED:
            yield from _first(OddOrder.MARK_AFTER_DEATH, sorted(marks), begins, ends)
        if state.kind == StepKind.IMPRISONED and state.standing == Standing.PAUSED:
            outside = sorted(day for day, mark in marks.items() if mark in _OUTSIDE)
            yield from _first(OddOrder.LISTED_WHILE_IMPRISONED, outside, begins, ends)


def _first(what: OddOrder, days: list[date], after: date, before: date) -> list[Flag]:
    """Return the flag on the first of the days that lie between, if one does."""
    return [Flag(day, what) for day in days if after < day < before][:1]
