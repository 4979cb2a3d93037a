"""From a file to lines: opened, its columns told, every line read. What cannot be read is refused in one sentence."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils.translation import gettext as _

from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.books.columns import Columns, guess_columns
from kimbilio.exchange.books.day_headings import day_heading
from kimbilio.exchange.books.fields import MissingColumns, no_table
from kimbilio.exchange.books.likely_kind import doubt_of
from kimbilio.exchange.books.marks import UnansweredMarks
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.books.tables import find_tables
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.books.wording import BookFault
from kimbilio.exchange.kinds import KINDS
from kimbilio.exchange.kinds.base import GivenBook, ReadBook
from kimbilio.exchange.wording import in_words

_logger = logging.getLogger("kimbilio.exchange")


class NeedsColumns(Refused):
    """A needed column could not be found: somebody has to say which it is."""


class NeedsMarks(Refused):
    """What some marks mean is not clear: somebody has to say it."""


@contextmanager
def said_plainly() -> Iterator[None]:
    """Refuse with the one sentence in which a book says why it cannot be used."""
    try:
        yield
    except MissingColumns as fault:
        there = f" {_there(fault)}" if fault.there and fault.there not in in_words(fault.words) else ""
        raise NeedsColumns(in_words(fault.words) + there) from None
    except UnansweredMarks as fault:
        raise NeedsMarks(in_words(fault.words)) from None
    except BookFault as fault:
        raise Refused(in_words(fault.words)) from None
    except (Refused, NotHere):
        raise
    except Exception as fault:
        # Its kind alone: what it says may hold what stands in the book.
        _logger.error("A book could not be read: %s", type(fault).__name__)
        raise Refused(_("This book cannot be read. Save it anew as .xlsx, and try again.")) from None


def _there(fault: MissingColumns) -> str:
    return _("The columns are: %(there)s.") % {"there": fault.there}


def opened(given: GivenBook) -> Book:
    """Return what a file holds. Refused for one that is no book."""
    with said_plainly():
        return open_book(given.data, given.name)


def refuse_without_a_table(book: Book) -> None:
    """Refuse a file in which nothing stands under headings: there is nothing to ask about its columns."""
    with said_plainly():
        if not any(table.lines for table in find_tables(book)):
            raise no_table()


def columns_of_book(given: GivenBook, book: Book) -> Columns:
    """Return which column is which. NeedsColumns where a needed one is not there."""
    with said_plainly():
        return guess_columns(given.kind, book, given.columns)


def read_book(given: GivenBook, today: date, book: Book | None = None) -> ReadBook:
    """Return every line of a book as the reader judges it."""
    book = book or opened(given)
    columns = columns_of_book(given, book)
    with said_plainly():
        read = KINDS[given.kind].read(given, book, columns, today)
    read.doubt = doubt_of(given.kind, columns.tables)
    return read


def headings_of(book: Book) -> str:
    """Return the headings of a book as they are compared, by which what was said of its columns is remembered.

    Those that are days are left out: they are others in every month.
    """
    found = {
        fold(heading.whole)
        for table in find_tables(book)
        for heading in table.headings
        if heading.whole and day_heading(heading.text if heading.cell is None else heading.cell) is None
    }
    return "\n".join(sorted(found))
