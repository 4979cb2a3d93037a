"""By its headings, a book may be of another kind than was said; a book of its own kind is never doubted."""

import pytest

from kimbilio.exchange.books.columns import all_columns
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.likely_kind import doubt_of
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.tests.door import HEADINGS as LIST_HEADINGS
from kimbilio.exchange.tests.door import PEOPLE, attendance
from kimbilio.exchange.tests.making import as_csv
from kimbilio.exchange.tests.visits_at_door import EVENT_HEADINGS, HEADINGS, a_line

BOOKS = {
    Kind.LINE_LIST: as_csv([LIST_HEADINGS, *PEOPLE]),
    Kind.ATTENDANCE: attendance([("KRR00001", "P", "A"), ("KRR00002", "P", "P")]).data,
    Kind.REGISTER: as_csv([HEADINGS, *(a_line(n, f"{n}/6/2025", f"KSS-000{n}", "", 4) for n in range(1, 5))]),
    Kind.EVENTS: as_csv([EVENT_HEADINGS, ["2/6/2025", "Clean-up", "Gachie", "45", "5", "Asha"]]),
}


def doubt(kind: Kind, data: bytes) -> str:
    """What is said of a book that is read as this kind."""
    said = doubt_of(kind, all_columns(kind, open_book(data, "book.csv")))
    return str(said) if said else ""


@pytest.mark.parametrize("kind", Kind)
def test_a_book_of_its_own_kind_is_not_doubted_and_read_as_another_it_is(kind: Kind):
    assert doubt(kind, BOOKS[kind]) == ""
    others = [other for other in Kind if other is not kind]
    assert all("By its headings this is a" in doubt(other, BOOKS[kind]) for other in others)


def test_a_plain_book_that_could_be_of_several_kinds_is_not_doubted():
    plain = as_csv([["Date", "Code", "Name", "Remarks"], *[["2/6/2025", "KSS-0001", "Juma Omar", ""]] * 3])
    assert [doubt(kind, plain) for kind in Kind] == [""] * len(Kind)


def test_one_heading_of_another_kind_is_no_doubt():
    visits = as_csv([["Date", "Code", "Date of first contact"], *[["2/6/2025", "KSS-0001", "1/2/2023"]] * 3])
    assert doubt(Kind.REGISTER, visits) == ""
