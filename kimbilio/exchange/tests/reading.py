"""Short ways through the reading of a book, for tests, and where the registers are."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimbilio.exchange.books.attendance import Attendance, read_attendance
from kimbilio.exchange.books.columns import Columns, guess_columns
from kimbilio.exchange.books.events import read_events
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.line_list import LineList, read_line_list
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.books.register import read_register
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.books.wording import BookFault
from kimbilio.exchange.tests.fiction import AS_AT

# A month of a safe space's books, where they lie beside the checkout or where the environment says.
_BESIDE = Path(__file__).resolve().parents[3].parent / "shared" / "registers"
REGISTERS = Path(os.environ.get("KIMBILIO_REGISTERS", _BESIDE))
with_registers = pytest.mark.skipif(
    not REGISTERS.is_dir(), reason="the registers are not beside this checkout"
)


def line_list(data: bytes, name: str = "book", given: Mapping[str, str | None] | None = None) -> LineList:
    """Read a line list from the bytes of its file."""
    return read_line_list(guess_columns(Kind.LINE_LIST, open_book(data, name), given), AS_AT)


def attendance(
    data: bytes,
    name: str = "book",
    given: Mapping[str, str | None] | None = None,
    *,
    month: Month | None = None,
    day: date | None = None,
    legend: Mapping[str, str] | None = None,
) -> Attendance:
    """Read a book of attendance from the bytes of its file."""
    book = open_book(data, name)
    columns = guess_columns(Kind.ATTENDANCE, book, given)
    return read_attendance(book, columns, month=month, day=day, legend=legend)


_READ: Mapping[Kind, Callable[[Book, Columns], Any]] = {
    Kind.LINE_LIST: lambda _book, columns: read_line_list(columns, AS_AT),
    Kind.ATTENDANCE: read_attendance,
    Kind.REGISTER: lambda book, columns: read_register(book, columns, AS_AT),
    Kind.EVENTS: lambda book, columns: read_events(book, columns, AS_AT),
}


def read_as_anything(data: bytes, name: str, kinds: Iterable[Kind] = Kind) -> list[str]:
    """Read a file as these kinds of book, and return the sentences with which that was refused."""
    try:
        book = open_book(data, name)
    except BookFault as fault:
        return [str(fault)]
    refused = []
    for kind in kinds:
        try:
            columns = guess_columns(kind, book)
            _READ[kind](book, columns)
        except BookFault as fault:
            refused.append(str(fault))
    return refused
