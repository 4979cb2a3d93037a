"""Says where the headings of a book are those of another kind than it is read as. Only said: never refused for it."""

from collections import Counter
from collections.abc import Iterable

from kimbilio.exchange.books.column_sets import TableColumns
from kimbilio.exchange.books.day_headings import day_heading
from kimbilio.exchange.books.fields import FIELDS, Kind
from kimbilio.exchange.books.heading_levels import Heading
from kimbilio.exchange.books.heading_words import KNOWN, HeadingWords
from kimbilio.exchange.books.wording import Words, gettext_noop, say

_ENOUGH = 2  # one heading of another kind may stand in any book
_OF_A_MONTH = 7  # so many columns of days are a clinic's month
_SENTENCES = {
    Kind.LINE_LIST: gettext_noop("By its headings this is a line list, and it is read as something else."),
    Kind.ATTENDANCE: gettext_noop(
        "By its headings this is a book of attendance, and it is read as something else."
    ),
    Kind.REGISTER: gettext_noop(
        "By its headings this is a visit register, and it is read as something else."
    ),
    Kind.EVENTS: gettext_noop(
        "By its headings this is a list of community events, and it is read as something else."
    ),
}


def doubt_of(kind: Kind, tables: Iterable[TableColumns]) -> Words | None:
    """Return the sentence that says of which other kind a book is likely; None where nothing speaks against its own.

    Counted are headings that only one kind of book has, such as the day of induction or the condoms.
    """
    largest = max(tables, key=lambda table: len(table.table.lines), default=None)
    if largest is None:
        return None
    words = HeadingWords()
    found = Counter(_own_kind(heading, words) for heading in largest.table.headings)
    if found[Kind.ATTENDANCE] < _OF_A_MONTH:
        del found[Kind.ATTENDANCE]
    others = [(times, other) for other, times in found.items() if other and times >= _ENOUGH]
    return say(_SENTENCES[max(others)[1]]) if others and not found[kind] else None


def _own_kind(heading: Heading, words: HeadingWords) -> Kind | None:
    """Return the one kind of book that has such a column; None where several have it, or it is not known."""
    if day_heading(heading.text if heading.cell is None else heading.cell) is not None:
        return Kind.ATTENDANCE
    meanings = words.meanings(heading.text) or words.meanings(heading.whole)
    field = max(meanings, key=meanings.__getitem__, default="")
    having = [kind for kind, fields in FIELDS.items() if field in fields]
    return having[0] if len(having) == 1 and meanings[field] >= KNOWN else None
