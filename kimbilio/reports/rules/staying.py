"""Stays on MAT, for the question how long people stay: when each began, whether it ended, and what counts as leaving.

Our own reading of 'retained', for want of a Kenyan one that we could verify. Source: docs/sources.md, 'Staying on MAT'.

* A stay begins with an induction, or with a start again, which begins another stay of the same person.
* Leaving: they chose to stop, the clinic stopped it, they went out of touch, or they started again with no end between.
* No leaving, but watched no longer: moved to another clinic, completed MAT, died. Still on MAT: watched until the day.
* Out of touch begins with the claim of it, or after the last dose where the clinic's lists show none for as many days
  as that clinic counts. Whoever came back without a new start never left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kimbilio.mat.choices import StepKind
from kimbilio.mat.rules import LEAVINGS, STAGES, STARTS
from kimbilio.mat.rules.journey import Step, claims_in_order
from kimbilio.reports.choices import StayEnd
from kimbilio.reports.rules.survival import Stay

LEFT = frozenset({StayEnd.STOPPED, StayEnd.OUT_OF_TOUCH, StayEnd.STARTED_AGAIN})
_END: dict[StepKind, StayEnd] = {
    StepKind.STOPPED_BY_CHOICE: StayEnd.STOPPED,
    StepKind.STOPPED_BY_CLINIC: StayEnd.STOPPED,
    StepKind.TRANSFERRED: StayEnd.TRANSFERRED,
    StepKind.COMPLETED: StayEnd.COMPLETED,
    StepKind.DIED: StayEnd.DIED,
}
# Learnt of somebody out of touch, these say where they were: they had not left, and were watched until then.
_EXPLAINS = frozenset({StayEnd.TRANSFERRED, StayEnd.COMPLETED})


@dataclass(frozen=True)
class MatStay:
    """One stay: from which day, until which, and how it ended. `start_known`: it began with an induction."""

    started_on: date
    until: date
    end: StayEnd
    start_known: bool = True

    @property
    def as_watched(self) -> Stay:
        """Return how many days it lasted, and whether it ended by leaving."""
        return Stay((self.until - self.started_on).days, self.end in LEFT)


@dataclass
class _Open:
    """A stay that has not ended, and since when they are out of touch."""

    started_on: date
    start_known: bool
    out_since: date | None = None

    def ended(self, day: date, end: StayEnd) -> MatStay:
        """Return the stay as this ends it, or as being out of touch ended it before."""
        if self.out_since is None:
            return MatStay(self.started_on, day, end, self.start_known)
        why = end if end in _EXPLAINS else StayEnd.OUT_OF_TOUCH
        return MatStay(self.started_on, self.out_since, why, self.start_known)


def stays_of(
    steps: Iterable[Step], on: date, *, active: bool = False, undosed_since: date | None = None
) -> list[MatStay]:
    """Return each stay of a person as at a day.

    `active`: they have a dose lately, so whatever was claimed of being out of touch is over. `undosed_since`: the last
    sign of somebody whom the clinic's lists show out of touch on that day; None for others.
    """
    found: list[MatStay] = []
    stay: _Open | None = None
    for day, kind in claims_in_order(steps, on):
        if kind in _END:
            found += [stay.ended(day, _END[kind])] if stay else []
            stay = None
            if kind == StepKind.DIED:
                return found
        elif kind == StepKind.RE_INDUCTED and stay:
            found.append(stay.ended(day, StayEnd.STARTED_AGAIN))
            stay = _Open(day, start_known=True)
        elif kind in STARTS or kind in STAGES:
            stay = stay or _Open(day, start_known=kind in (StepKind.INDUCTED, StepKind.RE_INDUCTED))
            stay.out_since = None
        elif kind == StepKind.OUT_OF_TOUCH and stay:
            stay.out_since = stay.out_since or day
    return [*found, _as_at(stay, on, active, undosed_since)] if stay else found


def _as_at(stay: _Open, on: date, active: bool, undosed_since: date | None) -> MatStay:
    """Return a stay that no claim ended, as the day finds it."""
    if active:
        stay.out_since = None
    elif stay.out_since is None and undosed_since is not None:
        stay.out_since = max(stay.started_on, undosed_since)
    return stay.ended(on, StayEnd.STILL_ON_MAT)


assert set(_END) == LEAVINGS | {StepKind.DIED}
