"""Runs of absences: how long somebody has not come for a dose, as far as is known.

Source: docs/sources.md, 'Days of a clinic's list'.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kimbilio.mat.choices import DayMark
from kimbilio.mat.rules.days import NOTHING, SIGN, days_in, month_of

# A dose, here or elsewhere: a run of absences ends there.
ENDS_A_RUN = frozenset({DayMark.DOSED, DayMark.TAKE_HOME, DayMark.TRANSIT, DayMark.ADMITTED})
# A dose that the clinic itself gave: whoever has one has come back.
FROM_THE_CLINIC = frozenset({DayMark.DOSED, DayMark.TAKE_HOME})

_ENDING_SIGNS = tuple(SIGN[mark] for mark in ENDS_A_RUN)
_MISSED = SIGN[DayMark.MISSED]
# A run of absences across whatever is unknown, up to a dose from the clinic.
_COMING_BACK = re.compile(
    "(?P<run>{missed}[{missed}{nothing}{unknown}{prison}]*)(?P<dose>[{doses}])".format(
        missed=re.escape(_MISSED),
        nothing=NOTHING,
        unknown=re.escape(SIGN[DayMark.UNKNOWN]),
        prison=SIGN[DayMark.IMPRISONED],
        doses="".join(re.escape(SIGN[mark]) for mark in sorted(FROM_THE_CLINIC)),
    )
)


@dataclass(frozen=True)
class Run:
    """What is known since the last dose: days missed, and days of which nothing is known (or only prison)."""

    days: int
    last_dose: date | None
    unknown_days: int


@dataclass(frozen=True)
class Return:
    """Somebody came back: on which day, after how many missed days."""

    on: date
    days: int


@dataclass(frozen=True)
class Thresholds:
    """The days missed from which the second and the third step begin."""

    second: int = 3
    third: int = 5

    @cached_property
    def steps(self) -> tuple[str, str, str]:
        """Return what the steps are called, such as '1-2', '3-4', '5+'."""
        return _span(1, self.second), _span(self.second, self.third), f"{self.third}+"


def _span(first: int, end: int) -> str:
    return str(first) if end - first == 1 else f"{first}-{end - 1}"


def run_of_absences(marks: Mapping[date, DayMark], up_to: date) -> Run:
    """Return the run of absences as at the end of a day.

    A dose, a take-home dose, transit and admission end a run. A day in prison, a blank and a day without a list
    are unknown: the run goes on across them without growing. For somebody never dosed, counting begins with the
    first day of which anything is known.
    """
    known = [day for day in marks if day <= up_to]
    if not known:
        return Run(0, None, 0)
    last_dose = last_day_with(marks, ENDS_A_RUN, up_to)
    begins = last_dose or min(known) - timedelta(days=1)
    missed = sum(marks[day] == DayMark.MISSED and day > begins for day in known)
    return Run(days=missed, last_dose=last_dose, unknown_days=(up_to - begins).days - missed)


def run_in_lines(lines: Iterable[tuple[date, str]], up_to: date) -> Run:
    """Return the same run read off a person's lines of signs: one line a month, none of a day after `up_to`.

    For lists of many people: to read signs is ten times as fast as to make marks of them.
    """
    lines = sorted(lines, reverse=True)
    missed = 0
    for month, line in lines:
        ends = max(map(line.rfind, _ENDING_SIGNS))
        missed += line.count(_MISSED, ends + 1)
        if ends >= 0:
            last_dose = month + timedelta(days=ends)
            return Run(missed, last_dose, (up_to - last_dose).days - missed)
    first = first_day_of(lines)
    return Run(missed, None, (up_to - first).days + 1 - missed if first else 0)


def first_day_of(lines: Iterable[tuple[date, str]]) -> date | None:
    """Return the first day of which anything is said."""
    told = [
        month + timedelta(days=len(line) - len(line.lstrip(NOTHING))) for month, line in lines if line.strip()
    ]
    return min(told, default=None)


def days_in_prison(lines: Iterable[tuple[date, str]], after: date | None) -> int:
    """Return how many days after this one (or in all) are marked as spent in prison."""
    count = 0
    for month, line in lines:
        passed = 0 if after is None else max((after - month).days + 1, 0)
        count += line.count(SIGN[DayMark.IMPRISONED], passed)
    return count


def last_in_lines(lines: Iterable[tuple[date, str]], wanted: frozenset[DayMark]) -> date | None:
    """Return the last day that has one of these marks, read off lines of signs, of several clinics too."""
    signs = [SIGN[mark] for mark in wanted]
    last: date | None = None
    for month, line in sorted(lines, reverse=True):
        if last is not None and month < month_of(last):
            break
        place = max(map(line.rfind, signs))
        if place >= 0:
            day = month + timedelta(days=place)
            last = day if last is None else max(last, day)
    return last


def step_of_run(days: int, thresholds: Thresholds) -> str:
    """Return the step that so many missed days make, such as '3-4'; '' for none."""
    if days < 1:
        return ""
    first, second, third = thresholds.steps
    if days < thresholds.second:
        return first
    return second if days < thresholds.third else third


def returns_between(marks: Mapping[date, DayMark], first: date, last: date) -> list[Return]:
    """Return each coming back to the clinic after missed days, from the first day to the last, in order.

    Whoever is in hospital or transit is not missing any more, and has not come back either.
    """
    found = []
    missed = 0
    for day in sorted(marks):
        mark = marks[day]
        if mark == DayMark.MISSED:
            missed += 1
        if mark in FROM_THE_CLINIC and missed and first <= day <= last:
            found.append(Return(day, missed))
        if mark in ENDS_A_RUN:
            missed = 0
    return found


def returns_in_lines(lines: Iterable[tuple[date, str]], first: date, last: date) -> list[Return]:
    """Return the same read off a person's lines of signs, at most one a month and all of one clinic."""
    lines = sorted(lines)
    if not lines:
        return []
    begins = lines[0][0]
    text = ""
    for month, line in lines:
        text = text.ljust((month - begins).days, NOTHING) + line[: days_in(month)]
    found = []
    for match in _COMING_BACK.finditer(text):
        on = begins + timedelta(days=match.start("dose"))
        if first <= on <= last:
            found.append(Return(on, match["run"].count(_MISSED)))
    return found


def last_day_with(marks: Mapping[date, DayMark], wanted: frozenset[DayMark], up_to: date) -> date | None:
    """Return the last day by then that has one of these marks."""
    return max((day for day, mark in marks.items() if mark in wanted and day <= up_to), default=None)
