"""Runs of absences, exactly as a careful clerk reckons them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.mat.choices import DayMark
from kimbilio.mat.rules import (
    FROM_THE_CLINIC,
    MARK,
    NOTHING,
    Return,
    Run,
    Thresholds,
    days_in_prison,
    first_day_of,
    last_day_with,
    last_in_lines,
    lines_of,
    returns_between,
    returns_in_lines,
    run_in_lines,
    run_of_absences,
    step_of_run,
)
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.drawing import days, marks

# The clinic's own letters, beside our signs: a book is easier to read.
LETTERS = {"P": "+", "A": "-", "TH": "h", "T": "t", "H": "a", "J": "j", ".": NOTHING, "?": "?"}
FIRST = date(2025, 6, 1)


def month(written: str) -> dict[date, DayMark]:
    """The days of a month as a clerk writes them, one letter a day."""
    signs = [LETTERS[letter] for letter in written.split()]
    return {FIRST + timedelta(days=n): MARK[sign] for n, sign in enumerate(signs) if sign != NOTHING}


def run_at_end(written: str) -> Run:
    """The run of absences on the last of these days."""
    return run_of_absences(month(written), FIRST + timedelta(days=len(written.split()) - 1))


@pytest.mark.parametrize(
    ("written", "days_missed", "unknown"),
    [
        ("P P P", 0, 0),
        ("P A A", 2, 0),
        ("P A A P", 0, 0),
        ("P A TH", 0, 0),
        ("P A H", 0, 0),
        ("P A T", 0, 0),
        ("A H A", 1, 0),
        ("P A J A", 2, 1),
        ("P A . A", 2, 1),
        ("P A ? A", 2, 1),
        ("P J J J", 0, 3),
        ("P . . .", 0, 3),
        ("P A A A A A . J A", 6, 2),
        ("A A", 2, 0),
        (". A A", 2, 0),
        ("A . A", 2, 1),
        ("J J A", 1, 2),
        (". . .", 0, 0),
    ],
)
def test_a_run_ends_at_a_dose_and_skips_whatever_is_unknown(written, days_missed, unknown):
    run = run_at_end(written)
    assert (run.days, run.unknown_days) == (days_missed, unknown)


def test_a_take_home_dose_transit_and_admission_are_the_last_dose():
    for letter in ("P", "TH", "T", "H"):
        assert run_at_end(f"P A {letter} A J A") == Run(2, FIRST + timedelta(days=2), 1)


def test_what_comes_after_the_day_is_not_looked_at():
    told = month("P A A P A")
    assert run_of_absences(told, FIRST + timedelta(days=2)).days == 2
    assert run_of_absences(told, FIRST - timedelta(days=1)) == Run(0, None, 0)


@given(marks, days)
def test_runs_agree_with_walking_over_every_day(drawn, up_to):
    run = run_of_absences(drawn, up_to)
    assert (run.days, run.last_dose, run.unknown_days) == oracle.run(drawn, up_to)


@given(marks, days)
def test_read_off_lines_of_signs_a_run_is_the_same(drawn, up_to):
    known = {day: mark for day, mark in drawn.items() if day <= up_to}
    lines = [(month, line[: up_to.day] if (month.year, month.month) == (up_to.year, up_to.month) else line)
             for month, line in lines_of(known).items()]  # fmt: skip
    assert run_in_lines(lines, up_to) == run_of_absences(drawn, up_to)
    assert last_in_lines(lines, FROM_THE_CLINIC) == last_day_with(drawn, FROM_THE_CLINIC, up_to)
    assert first_day_of(lines) == min(known, default=None)


@given(marks, marks)
def test_of_two_clinics_in_one_month_the_later_dose_is_the_last(here, there):
    lines = [*lines_of(here).items(), *lines_of(there).items()]
    dosed = [day for told in (here, there) for day, mark in told.items() if mark in FROM_THE_CLINIC]
    assert last_in_lines(lines, FROM_THE_CLINIC) == max(dosed, default=None)


@given(marks, st.none() | days)
def test_days_in_prison_are_counted_after_a_day(drawn, after):
    expected = sum(
        mark == DayMark.IMPRISONED and (after is None or day > after) for day, mark in drawn.items()
    )
    assert days_in_prison(lines_of(drawn).items(), after) == expected


@pytest.mark.parametrize(
    ("missed", "step"), [(0, ""), (1, "1-2"), (2, "1-2"), (3, "3-4"), (4, "3-4"), (5, "5+"), (400, "5+")]
)
def test_missed_days_make_a_step(missed, step):
    assert step_of_run(missed, Thresholds()) == step


def test_a_clinic_may_name_other_steps():
    assert Thresholds(2, 7).steps == ("1", "2-6", "7+")
    assert [step_of_run(missed, Thresholds(2, 7)) for missed in (1, 2, 6, 7)] == ["1", "2-6", "2-6", "7+"]


def test_coming_back_is_a_dose_from_the_clinic_after_missed_days():
    told = month("P A A P A . A J A TH P A H P A")
    assert returns_between(told, FIRST, date(2025, 6, 30)) == [
        Return(date(2025, 6, 4), 2),
        Return(date(2025, 6, 10), 3),
    ]


def test_only_those_who_came_back_between_the_days_are_told():
    told = month("A P A P A P")
    assert [back.on.day for back in returns_between(told, date(2025, 6, 3), date(2025, 6, 4))] == [4]


@given(marks, days, days)
def test_read_off_lines_coming_back_is_the_same(drawn, one, other):
    first, last = sorted((one, other))
    assert returns_in_lines(lines_of(drawn).items(), first, last) == returns_between(drawn, first, last)
