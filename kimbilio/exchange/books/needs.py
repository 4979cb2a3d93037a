"""What each kind of book must have, and what is said where a table has it not."""

from collections.abc import Iterator

from kimbilio.exchange.books.cells import is_blank, text_of
from kimbilio.exchange.books.column_sets import TableColumns
from kimbilio.exchange.books.dates import ANY_DAY, date_of
from kimbilio.exchange.books.day_headings import day_heading
from kimbilio.exchange.books.fields import HEADS, NAME_FIELDS, TICKED, Kind
from kimbilio.exchange.books.list_titles import day_in, span_in, what_a_title_says
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.tables import Table
from kimbilio.exchange.books.wording import Words, gettext_noop, say

_STANDS_IN = 0.9  # a column of MAT numbers that nearly everybody has may stand in for a code


def missing_needs(kind: Kind, table: TableColumns) -> tuple[str, ...]:
    """Return which needs of a kind of book a table does not meet."""
    code, mat = table.at("code"), table.at("mat_number")
    named = any(table.at(field) is not None for field in NAME_FIELDS)
    if kind is Kind.LINE_LIST:
        has_code = code is not None or (mat is not None and _nearly_filled(table.table, mat))
        return ("code",) * (not has_code) + ("names",) * (not named)
    if kind is Kind.EVENTS:
        heads = any(table.at(field) is not None for field in HEADS)
        has = {"activity": table.at("activity") is not None, "day": _has_day(table), "heads": heads}
        return tuple(need for need, met in has.items() if not met)
    who = ("who",) * (code is None and mat is None and not named)
    if kind is Kind.REGISTER:
        return who + ("day",) * (not _has_day(table))
    has_days = bool(table.days) or any(table.at(field) is not None for field in ("mark", *TICKED))
    has_days = has_days or what_a_title_says(table.table) is not None
    return who + ("days",) * (not has_days)


def _has_day(table: TableColumns) -> bool:
    """Tell whether lines have a day: in a column, or over all of them, or over those of each day."""
    if table.at("day") is not None or day_heading(table.table.sheet) is not None:
        return True
    above = (*table.table.titles, table.table.sheet)
    between = (*(line.text for line in table.table.ignored), *_alone(table.table))
    return any(map(_says_one_day, above)) or any(map(_is_a_day, between))


def _alone(table: Table) -> Iterator[Cell]:
    """Yield what stands by itself in a line: it may be the day of the lines below."""
    for line in table.lines:
        filled = [cell for cell in line.cells if not is_blank(cell)]
        if len(filled) == 1:
            yield filled[0]


def _is_a_day(cell: Cell) -> bool:
    if isinstance(cell, str):
        found = day_heading(cell)
        is_one = found is not None and (found.month is not None or any(map(str.isalpha, cell)))
        return _says_one_day(cell) or (is_one and found is not None and found.day is not None)
    return date_of(cell, ANY_DAY) is not None


def _says_one_day(text: str) -> bool:
    span = span_in(text, None)
    return day_in(text) is not None and (span is None or span[0] == span[1])


def _nearly_filled(table: Table, column: int) -> bool:
    filled = sum(bool(text_of(cell)) for cell in table.column(column))
    return filled >= _STANDS_IN * len(table.lines)


_NEEDS = {
    ("code",): gettext_noop("No column holds the person's code."),
    ("names",): gettext_noop("No column holds the names."),
    ("code", "names"): gettext_noop("No column holds the person's code, and none the names."),
    ("who",): gettext_noop("No column says who it is: a code, a MAT number or a name."),
    ("days",): gettext_noop("No column is a day of the month, and none says who came."),
    ("who", "days"): gettext_noop("No column says who it is, and none is a day of the month."),
    ("day",): gettext_noop("No column holds the day, and nothing above the lines says it."),
    ("who", "day"): gettext_noop("No column says who it is, and none holds the day."),
    ("activity",): gettext_noop("No column says what the event was."),
    ("heads",): gettext_noop("No column says how many came."),
}


def sentence_of(lacks: tuple[str, ...]) -> Words:
    """Return the sentence that says what is not there."""
    return say(_NEEDS.get(lacks) or _NEEDS[lacks[:1]])
