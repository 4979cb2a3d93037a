"""Which column is the person's code: in a book with a line for each day, and where codes are consecutive numbers."""

from typing import Any

import pytest

from kimbilio.exchange.books.columns import Columns, guess_columns
from kimbilio.exchange.books.fields import Kind, MissingColumns
from kimbilio.exchange.books.sheets import Book, Sheet
from kimbilio.exchange.tests.test_columns import PEOPLE, code, columns_of, full, line_number, sex


def _daily(codes: list[Any], *headings: str) -> Columns:
    days = [f"{day:02d}/06/2025" for day in range(2, 9)]
    rows = [[day, code, who.full, "P"] for day in days for code, who in zip(codes, PEOPLE, strict=True)]
    return guess_columns(Kind.ATTENDANCE, Book("a", (Sheet("A", [list(headings), *rows]),)))


@pytest.mark.parametrize(
    "codes",
    [[f"KSS-{n:04d}" for n in range(30)], [1000.0 + n for n in range(30)], [1.0 + n for n in range(30)]],
)
def test_a_line_for_each_person_and_day_says_who_it_is(codes):
    found = _daily(codes, "TAREHE", "NAMBA", "JINA", "HALI").mapping()
    assert found == {"day": "TAREHE", "code": "NAMBA", "full_name": "JINA", "mark": "HALI"}
    found = _daily(codes, "Date", "Client code", "Name", "Mark")
    assert found.mapping() == {"day": "Date", "code": "Client code", "full_name": "Name", "mark": "Mark"}


@pytest.mark.parametrize("first", [1, 41, 1000])
def test_consecutive_numbers_are_codes_where_no_other_column_can_be(first):
    def number(who: Any) -> float:
        return float(first + who.number)

    for heading in ("NAMBA", "Code"):
        found = columns_of([heading, "JINA", "JINSIA"], [number, full, sex]).mapping()
        assert found == {"code": heading, "full_name": "JINA", "sex": "JINSIA"}
    beside = columns_of(["NAMBA", "KODI", "JINA"], [number, code, full]).mapping()
    assert (beside["code"], beside.get("mat_number")) == ("KODI", None)
    assert columns_of(["NA.", "NAMBA", "JINA"], [line_number, number, full]).mapping()["code"] == "NAMBA"


def test_a_serial_number_is_no_code_but_a_number_far_from_one_is():
    with pytest.raises(MissingColumns, match="code"):
        columns_of(["No.", "Name"], [line_number, full])
    far = columns_of(["No.", "Name"], [lambda who: 2000.0 + who.number, full]).mapping()
    assert far["code"] == "No."
