"""Claims and days together: who is active, whom to look for, and which absences are explained.

Source: docs/sources.md, 'Days of a clinic's list' and 'States on MAT'.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from kimbilio.mat.choices import DayMark, Standing, StepKind
from kimbilio.mat.rules.days import strongest
from kimbilio.mat.rules.journey import PAUSES, State, Step, state_at, states_with_ends
from kimbilio.mat.rules.runs import FROM_THE_CLINIC

# Somebody who left and is dosed all the same has come back without a start being recorded. Their absences matter for
# as long as the clinic may still expect them; our own choice, and not longer than the shortest month.
_COMES_BACK_WITHIN = 28

_MARK_OF_PAUSE = {
    StepKind.IN_TRANSIT: DayMark.TRANSIT,
    StepKind.ADMITTED: DayMark.ADMITTED,
    StepKind.IMPRISONED: DayMark.IMPRISONED,
}


def is_active_on(
    steps: Iterable[Step],
    on: date,
    *,
    last_dose: date | None,
    out_of_touch_after: int,
    first_list: date | None,
) -> bool:
    """Tell whether a person counts as active on MAT at the end of a day.

    Started by then, not left, and a dose, here or elsewhere, at least once within the clinic's out-of-touch days.
    Before the first list from the clinic (`first_list` is None or later), the claims alone decide.
    """
    state = state_at(steps, on)
    if not state.on_mat:
        return False
    if first_list is None or first_list > on:
        return state.standing in (Standing.ON_MAT, Standing.PAUSED)
    return is_dosed_within(last_dose, on, out_of_touch_after)


def is_dosed_within(last_dose: date | None, on: date, days: int) -> bool:
    """Tell whether the last dose lies in the days that end with this one: with 1, it is of the day itself."""
    return last_dose is not None and 0 <= (on - last_dose).days < days


def is_looked_for(state: State, on: date, *, is_listed: bool, last_dose: date | None) -> bool:
    """Tell whether the absences of a person are our concern as at a day.

    Whoever is on MAT is, and whoever stands on the clinic's list even with no claim of a start; after leaving, only
    somebody whom the clinic gave a dose since, and not long ago. Whoever died never is.
    """
    if state.standing == Standing.DIED:
        return False
    if state.on_mat or not is_listed:
        return state.on_mat
    if state.left_on is None:
        return True
    return (
        last_dose is not None
        and last_dose > state.left_on
        and is_dosed_within(last_dose, on, _COMES_BACK_WITHIN)
    )


def is_out_of_touch(state: State, listed_days: int, after: int) -> bool:
    """Tell whether a person is out of touch: it is claimed, or so many lists came since without a sign of them.

    `listed_days` are the days since the last dose, or since the start, on which the clinic's list came and did not
    say 'in prison'. A clinic that sends no list puts nobody out of touch, and a pause explains where they are.
    """
    if state.standing == Standing.OUT_OF_TOUCH:
        return True
    return state.standing not in (Standing.PAUSED, Standing.LEFT, Standing.DIED) and listed_days >= after


def explained(marks: Mapping[date, DayMark], steps: Iterable[Step], on: date) -> dict[date, DayMark]:
    """Return the marks with what the claims explain: absences while in prison, in hospital or in transit.

    The day of such a claim carries its mark, so that a run of absences ends at an admission as it does on a list.
    From then until the next claim, or the next dose from the clinic, an absence is unknown and not missed.
    """
    told, steps = dict(marks), list(steps)
    if not any(step.kind in PAUSES for step in steps):
        return told
    for state, ends in states_with_ends(steps, on):
        if state.standing != Standing.PAUSED or state.kind is None or state.since is None:
            continue
        begins = state.since
        told[begins] = strongest(_MARK_OF_PAUSE[state.kind], told.get(begins, DayMark.UNKNOWN))
        dosed = min(
            (day for day, mark in told.items() if mark in FROM_THE_CLINIC and day > begins), default=date.max
        )
        for day in [
            day for day, mark in told.items() if mark == DayMark.MISSED and begins < day < min(ends, dosed)
        ]:
            told[day] = DayMark.UNKNOWN
    return told


def likely_mark(state: State, last_mark: DayMark | None) -> DayMark:
    """Return what a day's list most likely says of somebody before it is looked at: dosed, unless known to be away.

    Somebody in prison, hospital or transit, by their claims or by the list before, is not taken for dosed.
    """
    if state.standing == Standing.PAUSED and state.kind in _MARK_OF_PAUSE:
        return _MARK_OF_PAUSE[state.kind]
    return last_mark if last_mark in _MARK_OF_PAUSE.values() and last_mark is not None else DayMark.DOSED
