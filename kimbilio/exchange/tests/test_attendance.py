"""Books of attendance in many shapes give the days that they were made from."""

from collections import Counter
from datetime import date, timedelta

import pytest

from kimbilio.exchange.books.attendance import Attendance
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.marks import Mark
from kimbilio.exchange.books.month_days import UnclearMonth
from kimbilio.exchange.tests.fiction import some_people, without_repeated_numbers
from kimbilio.exchange.tests.making import as_csv
from kimbilio.exchange.tests.month_books import (
    absentees_csv,
    daily_csv,
    halves_xls,
    island_xlsx,
    ticked_csv,
    weekly_ods,
)
from kimbilio.exchange.tests.reading import attendance
from kimbilio.exchange.tests.strange_months import a_strange_month

PEOPLE = without_repeated_numbers(some_people(300))
NO_LIST = date(2025, 6, 21)
TENTH = date(2025, 6, 10)


def by_number(found: Attendance) -> dict[int, dict[date, str]]:
    """The days of each person by the number in the code or MAT number."""
    days: dict[int, dict[date, str]] = {}
    for line in found.lines:
        number = int("".join(filter(str.isdigit, line.mat_number or line.code)))
        days.setdefault(number, {}).update({day: str(mark) for day, mark in line.marks.items()})
    return days


@pytest.mark.parametrize(
    ("make", "name"),
    [(island_xlsx, "a.xlsx"), (weekly_ods, "b.ods"), (halves_xls, "c.xls"), (daily_csv, "d.csv")],
)
def test_every_day_is_the_one_it_was_made_from(make, name):
    found = attendance(make(PEOPLE), name)
    assert {line.fate for line in found.lines} == {Fate.ACCEPTED}
    days = by_number(found)
    assert [days.get(who.mat or 0, {}) for who in PEOPLE] == [who.marks for who in PEOPLE]
    assert found.days_without_a_list == ((NO_LIST,) if make is not daily_csv else ())


@pytest.mark.parametrize("seed", range(50))
def test_a_month_of_any_shape_is_read_whole(seed):
    book = a_strange_month(seed)
    given = Month(book.month.year, book.month.month) if book.month else None
    found = attendance(book.data, book.name, month=given)
    assert (len(found.lines), list(found.days)) == (len(book.people), book.days)
    assert found.days_without_a_list == (book.no_list,)
    marks = [{day: str(mark) for day, mark in line.marks.items()} for line in found.lines]
    assert marks == [who.marks for who in book.people]
    assert all(line.code or line.mat_number or line.names for line in found.lines)


def test_a_list_of_those_who_did_not_come_says_nothing_of_the_others():
    found = attendance(absentees_csv(PEOPLE, TENTH), "list.csv")
    missed = [who for who in PEOPLE if who.marks.get(TENTH) == "missed"]
    assert [line.marks for line in found.lines] == [{TENTH: Mark.MISSED}] * len(missed)
    assert found.days == (TENTH,)


def test_a_list_of_one_day_with_ticks_gives_each_its_mark():
    found = attendance(ticked_csv(PEOPLE, TENTH), "list.csv")
    told = [who.marks.get(TENTH) for who in PEOPLE]
    ticked = ("dosed", "missed", "take_home", "admitted")
    assert Counter(str(mark) for line in found.lines for mark in line.marks.values()) == Counter(
        mark for mark in told if mark in ticked
    )
    assert found.days == (TENTH,)


def month_of(rows: list[list[object]], **given: object) -> Attendance:
    """Read rows under the headings of a month of five days."""
    head: list[object] = ["MAT No.", "Name", 1, 2, 3, 4, 5]
    return attendance(as_csv([head, *rows]), "a.csv", **given)  # type: ignore[arg-type]


KAMAU = ["KRR00001", "Kamau Waweru", "P", "A", "", "TH", "P"]
JUMA = ["KRR00002", "Juma Charo", "A", "A", "", "J", "Q"]
JUNE = Month(2025, 6)


def test_a_month_that_nobody_says_is_asked_for():
    with pytest.raises(UnclearMonth, match="Give the month, as 2025-06"):
        month_of([KAMAU, JUMA])
    assert month_of([KAMAU, JUMA], month=JUNE).days[0] == date(2025, 6, 1)


def test_a_month_that_is_not_the_one_on_the_sheet_is_refused():
    rows = [["MAT JUNE 2025"], ["MAT No.", *range(1, 31)], ["KRR00001", *["P"] * 30]]
    with pytest.raises(UnclearMonth, match=r"of 2025-06, and not of 2025-07"):
        attendance(as_csv(rows), "a.csv", month=Month(2025, 7))


def test_a_mark_that_nobody_knows_is_unknown_and_noted_until_somebody_says():
    found = month_of([KAMAU, JUMA], month=JUNE)
    assert found.legend.to_ask == ("q",)
    assert found.lines[1].fate is Fate.CORRECTED
    assert found.lines[1].marks[date(2025, 6, 5)] is Mark.UNKNOWN
    assert "'Q' on 2025-06-05 is no mark that we know" in str(found.lines[1].notes[0])
    said = month_of([KAMAU, JUMA], month=JUNE, legend={"Q": "transit"})
    assert (said.lines[1].fate, said.lines[1].marks[date(2025, 6, 5)]) == (Fate.ACCEPTED, Mark.TRANSIT)


def test_an_empty_cell_is_a_miss_only_where_the_book_says_so_and_there_was_a_list():
    found = month_of([["P = dosed, A = absent, blank = absent"], KAMAU, JUMA], month=JUNE)
    assert date(2025, 6, 3) not in found.lines[0].marks  # nobody has an entry
    rows = [["legend: P=dosed; blank=absent"], ["MAT No.", 1, 2], ["K001", "P", ""], ["K002", "", "P"]]
    found = attendance(as_csv(rows), "a.csv", month=JUNE)
    assert [dict(line.marks) for line in found.lines] == [
        {date(2025, 6, 1): Mark.DOSED, date(2025, 6, 2): Mark.MISSED},
        {date(2025, 6, 2): Mark.DOSED, date(2025, 6, 1): Mark.MISSED},
    ]


def test_the_same_line_again_is_a_copy_and_another_mark_waits_for_a_person():
    other: list[object] = ["krr 00001", "Kamau Waweru", "A", "A", "", "TH", "P"]
    again: list[object] = ["KRR00001", "Kamau Waweru", "p", "a ", "", "th", "P"]
    found = month_of([KAMAU, again, other], month=JUNE)
    assert [line.fate for line in found.lines] == [Fate.ACCEPTED, Fate.COPIES, Fate.AMBIGUOUS]
    assert str(found.lines[2].reason).startswith(
        "Line 2 of 'a' has another mark for the same person on 2025-06-01"
    )


def test_a_line_of_nobody_is_unreadable():
    found = month_of([KAMAU, ["??", "", "P", "P", "", "P", "P"]], month=JUNE)
    assert found.lines[1].fate is Fate.UNREADABLE
    assert str(found.lines[1].reason) == "Neither a code, a number nor a name can be read."


def test_a_list_from_the_26th_to_the_25th_spans_two_months():
    days = [date(2025, 5, 26) + timedelta(days=n) for n in range(31)]
    rows = [["JUNE 2025"], ["MAT No.", *(day.day for day in days)], ["KRR00001", *["P"] * 31]]
    assert attendance(as_csv(rows), "a.csv").days == tuple(days)
