"""The journey: where a person stands on a date, from the claims that are dated by then.

The claims may come in any order, twice and late: only their kinds and dates count, never when they were recorded.
An odd order still gives an answer (see odd_orders.py). Source: docs/sources.md, 'States on MAT'.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from kimbilio.mat.choices import Standing, StepKind

ON_THE_WAY = frozenset(
    {StepKind.IDENTIFIED, StepKind.REFERRED, StepKind.SCREENED_ELIGIBLE, StepKind.PREPARING}
)
WAITING = ON_THE_WAY - {StepKind.IDENTIFIED}
STARTS = frozenset({StepKind.INDUCTED, StepKind.ALREADY_ON_MAT, StepKind.RE_INDUCTED})
STAGES = frozenset({StepKind.STABILISING, StepKind.MAINTENANCE, StepKind.TAPERING, StepKind.RETURNED})
PAUSES = frozenset({StepKind.IN_TRANSIT, StepKind.ADMITTED, StepKind.IMPRISONED})
LEAVINGS = frozenset(
    {StepKind.COMPLETED, StepKind.TRANSFERRED, StepKind.STOPPED_BY_CHOICE, StepKind.STOPPED_BY_CLINIC}
)

# Of two claims of one day, the one further down happened later: whoever starts again had left, and death is last.
_IN_ORDER = (
    StepKind.IDENTIFIED,
    StepKind.REFERRED,
    StepKind.SCREENED_NOT_ELIGIBLE,
    StepKind.SCREENED_ELIGIBLE,
    StepKind.PREPARING,
    StepKind.INDUCTED,
    StepKind.ALREADY_ON_MAT,
    StepKind.OUT_OF_TOUCH,
    StepKind.RETURNED,
    StepKind.STABILISING,
    StepKind.MAINTENANCE,
    StepKind.TAPERING,
    StepKind.IN_TRANSIT,
    StepKind.ADMITTED,
    StepKind.IMPRISONED,
    StepKind.COMPLETED,
    StepKind.TRANSFERRED,
    StepKind.STOPPED_BY_CHOICE,
    StepKind.STOPPED_BY_CLINIC,
    StepKind.RE_INDUCTED,
    StepKind.DIED,
)
_RANK: dict[str, int] = {kind.value: rank for rank, kind in enumerate(_IN_ORDER)}


class Step(Protocol):
    """A claim that stands: what is said to have happened, and when."""

    @property
    def kind(self) -> str:
        """Return the kind of step."""

    @property
    def occurred_on(self) -> date:
        """Return the day on which it is said to have happened."""


@dataclass(frozen=True)
class Episode:
    """One stretch on MAT, from a start to whatever ended it; None where nothing did yet."""

    started_on: date
    started_by: StepKind
    ended_on: date | None = None
    ended_by: StepKind | None = None


@dataclass(frozen=True)
class State:
    """Where a person stands: on which claim that rests, since when, and every stretch on MAT so far.

    `left_on` is the last day on which it is claimed that they left MAT, with a start on record or without.
    """

    standing: Standing = Standing.NOTHING_KNOWN
    kind: StepKind | None = None
    since: date | None = None
    episodes: tuple[Episode, ...] = ()
    left_on: date | None = None

    @property
    def on_mat(self) -> bool:
        """Say whether a stretch on MAT is open: started, and not left."""
        return bool(self.episodes) and self.episodes[-1].ended_on is None

    @property
    def started_on(self) -> date | None:
        """Return when the open stretch on MAT began; None for somebody who is not on MAT."""
        return self.episodes[-1].started_on if self.on_mat else None

    @property
    def inducted_on(self) -> date | None:
        """Return when the person first started, as far as is known."""
        return self.episodes[0].started_on if self.episodes else None

    @property
    def waiting(self) -> bool:
        """Say whether the person is on the way and waits for a start."""
        return self.standing == Standing.BEFORE and self.kind in WAITING


_AT_FIRST = State()


def claims_in_order(steps: Iterable[Step], on: date) -> list[tuple[date, StepKind]]:
    """Return what is claimed by that day in the order in which it happened, each claim once."""
    claims = {(step.occurred_on, _RANK[step.kind]) for step in steps if step.occurred_on <= on}
    return [(day, _IN_ORDER[rank]) for day, rank in sorted(claims)]


def state_at(steps: Iterable[Step], on: date, last_dose: date | None = None) -> State:
    """Return where a person stands at the end of a day.

    `last_dose` is the last day by then on which the clinic gave a dose: whoever has come for one since they were
    in prison, in hospital, away or out of touch is back. Death is final for as long as the claim stands.
    """
    state = steady = _AT_FIRST
    for state in states_in_order(steps, on):
        if state.standing == Standing.ON_MAT:
            steady = state
    away = state.standing in (Standing.PAUSED, Standing.OUT_OF_TOUCH) and state.on_mat
    if away and last_dose is not None and state.since is not None and state.since < last_dose <= on:
        return replace(steady, episodes=state.episodes)
    return state


def states_in_order(steps: Iterable[Step], on: date) -> Iterator[State]:
    """Yield where the person stands after each claim by that day; after a death nothing more."""
    state = _AT_FIRST
    for day, kind in claims_in_order(steps, on):
        state = _after(state, day, kind)
        yield state
        if state.standing == Standing.DIED:
            return


def states_with_ends(steps: Iterable[Step], on: date) -> list[tuple[State, date]]:
    """Return each of these states with the day of the claim that followed it; `date.max` for the last."""
    states = list(states_in_order(steps, on))
    ends = [state.since or date.max for state in states[1:]]
    return list(zip(states, [*ends, date.max][: len(states)], strict=True))


def _after(state: State, day: date, kind: StepKind) -> State:
    """Return the state after one more claim."""
    if kind == StepKind.DIED:
        return replace(state, standing=Standing.DIED, kind=kind, since=day, episodes=_ended(state, day, kind))
    if kind in LEAVINGS:
        return State(Standing.LEFT, kind, day, _ended(state, day, kind), left_on=day)
    if kind in STARTS or kind in STAGES:
        return _on_mat(state, day, kind)
    if kind in PAUSES or kind == StepKind.OUT_OF_TOUCH:
        return _away(state, day, kind)
    if state.on_mat:
        return state  # what comes before a start changes nothing after it
    standing = Standing.BEFORE if kind in ON_THE_WAY else Standing.CANNOT_START
    return replace(state, standing=standing, kind=kind, since=day)


def _on_mat(state: State, day: date, kind: StepKind) -> State:
    """Open a stretch where none is open, and anew with each start-again; then the claim says the stage."""
    episodes = state.episodes
    if kind == StepKind.RE_INDUCTED:
        episodes = _ended(state, day, kind)
    if not episodes or episodes[-1].ended_on is not None:
        episodes = (*episodes, Episode(day, kind))
    return State(Standing.ON_MAT, kind, day, episodes, state.left_on)


def _away(state: State, day: date, kind: StepKind) -> State:
    """Whoever has left MAT is not waited for; everybody else is elsewhere, or out of touch."""
    if state.standing == Standing.LEFT:
        return state
    standing = Standing.OUT_OF_TOUCH if kind == StepKind.OUT_OF_TOUCH else Standing.PAUSED
    return replace(state, standing=standing, kind=kind, since=day)


def _ended(state: State, day: date, kind: StepKind) -> tuple[Episode, ...]:
    """Return the stretches with the open one, if any, ended by this claim."""
    if not state.on_mat:
        return state.episodes
    *before, last = state.episodes
    return (*before, replace(last, ended_on=day, ended_by=kind))
