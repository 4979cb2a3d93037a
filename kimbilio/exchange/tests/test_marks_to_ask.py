"""Marks that are not clear are asked for, by command and on the screen, before anything is taken in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.month_days import UnclearMonth
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport, BookLine
from kimbilio.exchange.reading import NeedsMarks, headings_of, opened
from kimbilio.exchange.settled import as_typed
from kimbilio.exchange.tests.door import PEOPLE, Door, attendance, fates, line_list
from kimbilio.exchange.tests.making import as_csv, as_xlsx
from kimbilio.exchange.tests.reading import attendance as read
from kimbilio.exchange.tests.test_pages import _as_shown, chosen
from tests.programme import Programme


@pytest.fixture
def door(programme: Programme) -> Door:
    return Door(programme)


pytestmark = pytest.mark.django_db
MANY = [(f"KRR9{number:04}", *("P" * 30)) for number in range(5)]
CAME = [("KRR00001", *"AAHGAA"), ("KRR00002", *"AAAHAG")]


def test_a_book_in_which_no_mark_is_a_dose_is_refused_until_somebody_says_what_is(door: Door):
    door.takes_in(line_list(*PEOPLE))
    with pytest.raises(NeedsMarks, match="mean: a, "):
        door.takes_in(attendance(CAME))
    assert BookImport.objects.count() == 1
    said = {"A": "dosed", "H": "missed", "G": "imprisoned"}
    assert fates(door.takes_in(attendance(CAME, marks=said)))["accepted"] == 2


def test_a_mark_that_nobody_knows_is_asked_for_and_a_rare_remark_under_a_day_is_not(door: Door):
    door.takes_in(line_list(*PEOPLE))
    with pytest.raises(NeedsMarks, match=": q\\."):
        door.takes_in(attendance([("KRR00001", *"PPPPQ")]))
    assert fates(door.takes_in(attendance([("KRR00001", *"PPPP", "moved to the coast")])))["corrected"] == 1


def test_one_slip_of_the_pen_in_a_whole_month_holds_up_no_book(door: Door):
    door.takes_in(line_list(*PEOPLE))
    made = door.takes_in(attendance([("KRR00001", *"PPPPPQ"), ("KRR00002", *("P" * 30)), *MANY]))
    assert fates(made)["corrected"] == 1


def test_misses_alone_are_clear_where_the_book_explains_them():
    legend = [["A = absent, P = dosed"], ["MAT CLINIC JUNE 2025"], ["MAT No.", *range(1, 31)]]
    rows = [*legend, ["KRR00001", *"AAAAAAA", *[""] * 23]]
    assert read(as_csv(rows), "a.csv").legend.to_ask == ()


def test_the_screen_asks_before_the_lines_are_shown(sign_in: Callable[[Role], Browser], door: Door):
    browser = sign_in(Role.MAT_LIAISON)
    door.takes_in(line_list(*PEOPLE))
    address = chosen(browser, door, attendance(CAME).data, Kind.ATTENDANCE)
    assert [mark["ask"] for mark in browser.get(address).context["form"].marks] == [True] * 3
    assert browser.get(f"{address}/lines").headers["Location"] == address
    answers = _as_shown(browser, address)
    for place in range(3):
        answers[f"mark-{place}"] = "dosed"
    assert browser.post(address, answers).headers["Location"] == f"{address}/lines"
    assert browser.get(f"{address}/lines").status_code == 200


def test_what_was_said_of_columns_holds_for_the_next_month(door: Door):
    def month(name: str, first: Any, last: int) -> GivenBook:
        rows = [["Zzz", *(f"{day}-{name}" for day in range(first, last))], ["KRR00001", *"PPPP"]]
        return GivenBook(Kind.ATTENDANCE, "a.csv", as_csv(rows))

    assert headings_of(opened(month("Jun", 1, 31))) == headings_of(opened(month("Jul", 1, 32)))
    assert "zzz" in headings_of(opened(month("Jun", 1, 31)))


def test_a_month_without_its_year_is_told_so():
    rows = [["MAT No.", *(f"{day}-Jul" for day in range(1, 32))], ["KRR00001", *["P"] * 31]]
    with pytest.raises(UnclearMonth, match="no year"):
        read(as_xlsx({"Julai": rows}), "a.xlsx")
    assert len(read(as_xlsx({"Julai": rows}), "a.xlsx", month=Month(2025, 7)).days) == 31


HEADINGS = ["Code", "First name", "Surname", "MAT No.", "MAT status"]
STATUSES = [["KSS-0001", "Zawadi", "Mkamburi", "KRR00001", "Active"]]
STATUSES += [["KSS-0002", "Juma", "Baya", "KRR00002", "Weaned off"]]


def test_what_a_book_leaves_open_is_a_remark_and_no_correction(door: Door):
    given = GivenBook(Kind.LINE_LIST, "people.csv", as_csv([HEADINGS, *STATUSES]))
    assert fates(door.takes_in(given))["accepted"] == 2
    more = [["Phone", *HEADINGS], *(["0712345678", *line] for line in STATUSES[:1])]
    later = door.takes_in(GivenBook(Kind.LINE_LIST, "later.csv", as_csv(more)))
    assert (later.accepted, later.corrected) == (1, 0)


def test_a_line_known_by_its_name_alone_can_be_put_right(door: Door):
    door.takes_in(line_list(*PEOPLE))
    rows = [["MAT CLINIC JUNE 2025"], ["Names", *range(1, 31)], ["Zawady Chega Mkanburi", *["P"] * 30]]
    rows += [["Peter Kamau Waweru", *["P"] * 30]]
    made = door.takes_in(GivenBook(Kind.ATTENDANCE, "a.csv", as_csv(rows)))
    row = BookLine.objects.get(book_import=made, fate="unknown")
    right = {"first_name": "Zawadi", "middle_name": "Chege", "last_name": "Mkamburi"}
    assert as_typed(row, right).client_id is not None
    with pytest.raises(Refused):
        as_typed(row, dict.fromkeys(right, ""))
