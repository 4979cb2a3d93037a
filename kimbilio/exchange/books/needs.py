"""What each kind of book must have, and what is said where a table has it not."""

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.column_sets import TableColumns
from kimbilio.exchange.books.fields import NAME_FIELDS, TICKED, Kind
from kimbilio.exchange.books.list_titles import what_a_title_says
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
    has_days = bool(table.days) or any(table.at(field) is not None for field in ("mark", *TICKED))
    has_days = has_days or what_a_title_says(table.table) is not None
    return ("who",) * (code is None and mat is None and not named) + ("days",) * (not has_days)


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
}


def sentence_of(lacks: tuple[str, ...]) -> Words:
    """Return the sentence that says what is not there."""
    return say(_NEEDS[lacks])
