"""A month of days as a line of signs: written, read, laid over, combined."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kimbilio.mat.choices import DayMark
from kimbilio.mat.rules import (
    BLANK_MONTH,
    MARK,
    SIGN,
    combined,
    days_in,
    lines_of,
    marks_of,
    month_before,
    month_of,
    months_between,
    overlaid,
    strongest,
    with_sign,
)
from kimbilio.mat.rules.days import days_listed
from kimbilio.mat.tests.drawing import marks

JUNE = date(2025, 6, 1)
lines = st.text("+-h ?j", min_size=31, max_size=31)


def test_every_mark_has_a_sign_of_its_own_of_one_character():
    assert set(SIGN) == set(DayMark)
    assert len(set(SIGN.values())) == len(SIGN)
    assert all(len(sign) == 1 and sign.strip() for sign in SIGN.values())
    assert {MARK[sign] for sign in SIGN.values()} == set(DayMark)


@given(marks)
def test_what_is_written_is_read_back(drawn):
    read = {day: mark for month, line in lines_of(drawn).items() for day, mark in marks_of(month, line)}
    assert read == drawn


@given(marks)
def test_a_line_has_thirty_one_signs_and_one_month(drawn):
    for month, line in lines_of(drawn).items():
        assert month.day == 1
        assert len(line) == 31


def test_a_month_has_its_days():
    assert [days_in(date(2024, month, 1)) for month in range(1, 13)] == [
        31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    ]  # fmt: skip
    assert days_in(date(2025, 2, 1)) == 28
    assert month_before(date(2025, 1, 1)) == date(2024, 12, 1)
    assert month_of(date(2025, 6, 30)) == JUNE


def test_the_months_between_two_days():
    assert months_between(date(2024, 12, 31), date(2025, 2, 1)) == [
        date(2024, 12, 1),
        date(2025, 1, 1),
        date(2025, 2, 1),
    ]
    assert months_between(date(2025, 6, 30), date(2025, 6, 1)) == []


@given(lines, lines)
def test_laid_over_the_later_line_stands_wherever_it_says_anything(below, above):
    for under, over, stands in zip(below, above, overlaid(below, above), strict=True):
        assert stands == (under if over == " " else over)


def test_one_day_is_put_right():
    line = with_sign(BLANK_MONTH, 21, SIGN[DayMark.MISSED])
    assert list(marks_of(JUNE, line)) == [(date(2025, 6, 21), DayMark.MISSED)]
    assert with_sign(line, 21, " ") == BLANK_MONTH


def test_who_saw_more_is_right_about_a_day_of_which_two_clinics_tell():
    assert strongest(DayMark.MISSED, DayMark.DOSED) == DayMark.DOSED
    assert strongest(DayMark.MISSED, DayMark.IMPRISONED) == DayMark.IMPRISONED
    assert strongest(DayMark.UNKNOWN, DayMark.MISSED) == DayMark.MISSED
    two = [(JUNE, "+--"), (JUNE, "--j")]
    assert list(combined(two).values()) == [DayMark.DOSED, DayMark.MISSED, DayMark.IMPRISONED]


@given(st.permutations(list(DayMark)))
def test_the_strongest_mark_does_not_depend_on_who_is_heard_first(drawn):
    assert strongest(*drawn[:3]) == strongest(*drawn[2::-1])


def test_a_day_without_any_entry_is_a_day_without_a_list():
    assert days_listed(["+  ?".ljust(31), "- j?".ljust(31)]) == "x x".ljust(31)
    assert days_listed([]) == BLANK_MONTH


def test_a_day_that_the_month_does_not_have_is_nobodys():
    assert list(marks_of(date(2025, 2, 1), BLANK_MONTH)) == []
