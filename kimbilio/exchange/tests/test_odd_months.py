"""Months whose days, titles and groups are written in ways of their own; each is the same June."""

from datetime import date
from typing import Any

import pytest

from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.marks import Mark
from kimbilio.exchange.tests.making import as_csv, as_xlsx
from kimbilio.exchange.tests.reading import attendance

Row = list[Any]
DAYS: Row = list(range(1, 31))
ONE: Row = ["KRR00001", *["P"] * 20, *["A"] * 10]
TWO: Row = ["KRR00002", *["P", "A", "TH", "T", "H", "J"] * 5]
JUNE = [date(2025, 6, day) for day in DAYS]
WHO = "NAMBA YA MAT"
SERIAL = 45_808  # the day before 1 June 2025, as a spreadsheet counts


def under(titles: list[Row], headings: Row, *more: Row) -> list[Row]:
    """Two people under these lines."""
    return [*titles, headings, *more, ONE, TWO]


ODD: dict[str, list[Row]] = {
    "the month over the days": [[WHO, "JUNI 2025"], [None, *DAYS], ONE, TWO],
    "weeks over the days": under([["June 2025"]], [WHO, "Week 1", *[None] * 6, "Week 2"], [None, *DAYS]),
    "numbers that were dates": under([], [WHO, *[SERIAL + day for day in DAYS]]),
    "month first": under([], [WHO, *[f"6/{day}/2025" for day in DAYS]]),
    "month and year by number": under([["Mwezi: 6", "Mwaka: 2025"]], [WHO, *DAYS]),
    "the year alone in the title": under([["2025"]], [WHO, *[f"{day}/6" for day in DAYS]]),
    "in words": under([], [WHO, *[f"{day} Juni 2025" for day in DAYS]]),
    "named as days": under([["JUNI 2025"]], [WHO, *[f"Tarehe {day}" for day in DAYS]]),
    "a day too many": under([["JUNE 2025"]], [WHO, *DAYS, 31]),
    "numbered columns": under([["JUNE 2025"]], [WHO, *[f"D{day}" for day in DAYS]]),
}


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_the_days_are_those_of_june(rows, extension):
    data = as_xlsx({"S": rows}) if extension == "xlsx" else as_csv(rows, ";")
    found = attendance(data, f"book.{extension}")
    assert list(found.days) == JUNE
    assert [line.mat_number for line in found.lines] == ["KRR00001", "KRR00002"]
    assert [found.lines[1].marks[day] for day in JUNE[:3]] == [Mark.DOSED, Mark.MISSED, Mark.TAKE_HOME]


def test_a_month_over_merged_days_is_read():
    merged = [(0, 1, 0, 30)]
    rows: list[Row] = [[WHO, "JUNI 2025", *[None] * 29], [None, *DAYS], ONE, TWO]
    assert list(attendance(as_xlsx({"S": rows}, {"S": merged})).days) == JUNE


def test_of_a_sheet_for_each_month_the_one_that_is_asked_for_is_taken():
    may: list[Row] = under([["MAY 2025"]], [WHO, *DAYS, 31])
    book = as_xlsx({"May": may, "June": under([["JUNE 2025"]], [WHO, *DAYS])})
    found = attendance(book, month=Month(2025, 6))
    assert list(found.days) == JUNE
    assert [(left.sheet, str(left.words)) for left in found.left_out] == [("May", "It is of another month.")]
    assert len(attendance(book).days) == 61


def test_a_line_for_each_day_needs_no_columns_of_days():
    rows: list[Row] = [["MAT No", "Date", "Status"], ["KRR00001", "1/6/2025", "Present"]]
    rows += [["KRR00001", "2/6/2025", "Absent"], ["KRR00002", "1/6/2025", "Take home"]]
    found = attendance(as_csv(rows))
    assert [str(mark) for line in found.lines for mark in line.marks.values()] == [
        "dosed",
        "missed",
        "take_home",
    ]
