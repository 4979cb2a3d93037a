"""A month of a safe space's books, as a careful clerk reads them; where the registers are at hand."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from kimbilio.exchange.books.attendance import read_attendance
from kimbilio.exchange.books.columns import guess_columns
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.line_list import read_line_list
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.tests.reading import REGISTERS, with_registers
from kimbilio.mat.choices import DayMark
from kimbilio.mat.rules import Thresholds, run_of_absences, step_of_run

pytestmark = with_registers

MONTH = REGISTERS / "karuri-2025-06"
LAST = date(2025, 6, 30)


@pytest.fixture(scope="module")
def expected() -> Any:
    """What a careful clerk gets."""
    return json.loads((MONTH / "expected.json").read_text("utf-8"))


def test_the_line_list_is_that_of_a_careful_clerk(expected):
    book = open_book((MONTH / "line-list.xlsx").read_bytes(), "line-list.xlsx")
    found = read_line_list(guess_columns(Kind.LINE_LIST, book), LAST)
    fates = Counter(line.fate for line in found.lines)
    told = expected["line_list"]
    assert (len(found.lines), len(found.ignored)) == (told["rows"], told["ignored"])
    assert fates == {Fate.ACCEPTED: told["accepted"], Fate.UNREADABLE: told["unreadable"]}
    assert len({line.code for line in found.lines if line.fate.is_taken}) == told["people_as_imported"]
    assert {code for pair in told["duplicate_pairs"] for code in pair} <= {line.code for line in found.lines}


def test_the_attendance_is_that_of_a_careful_clerk(expected):
    book = open_book((MONTH / "mat-attendance.xlsx").read_bytes(), "mat-attendance.xlsx")
    found = read_attendance(book, guess_columns(Kind.ATTENDANCE, book))
    told = expected["attendance"]
    assert (len(found.lines), len(found.days)) == (told["clients"], told["days"])
    assert [str(day) for day in found.days_without_a_list] == [told["day_without_a_list"]]
    assert found.legend.to_ask == ()
    steps = Counter()
    for line in found.lines:
        marks = {day: DayMark(mark) for day, mark in line.marks.items()}
        steps[step_of_run(run_of_absences(marks, LAST).days, Thresholds())] += 1
    assert steps.pop("") == told["not_missing"]
    assert steps == told["missing_at_month_end"]
