"""What the columns of a book were taken for: table by table, with examples."""

from collections.abc import Iterator
from dataclasses import dataclass

from kimbilio.exchange.books.day_headings import DayHeading
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.tables import Table
from kimbilio.exchange.books.wording import Words


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column is taken for, with some of what stands in it; `field` is None where it is not taken."""

    field: str | None
    column: int
    heading: str
    confidence: float
    examples: tuple[str, ...]
    given: bool = False  # said by the user

    @property
    def letter(self) -> str:
        """Return the column as a spreadsheet names it: A, B ... AA."""
        return column_letter(self.column)


@dataclass(frozen=True, slots=True)
class TableColumns:
    """A table with its columns, and those that are days."""

    table: Table
    columns: tuple[ColumnGuess, ...]
    days: tuple[tuple[int, DayHeading], ...] = ()

    def at(self, field: str) -> int | None:
        """Return the column of a field, None where the table has none."""
        return next((guess.column for guess in self.columns if guess.field == field), None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sheet of which nothing is taken, and why."""

    sheet: str
    words: Words


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a whole book, table by table, and the sheets that have none of what is needed."""

    kind: Kind
    tables: tuple[TableColumns, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def shown(self) -> TableColumns:
        """Return the columns of the longest table: what a person is asked to look at."""
        return max(self.tables, key=lambda table: len(table.table.lines))

    def cells(self, field: str) -> Iterator[Cell]:
        """Yield what stands in the columns of a field, table by table."""
        for table in self.tables:
            column = table.at(field)
            if column is not None:
                yield from table.table.column(column)

    def mapping(self) -> dict[str, str]:
        """Return {field: heading} of all tables, to be remembered and given again."""
        found: dict[str, str] = {}
        for table in self.tables:
            for guess in table.columns:
                if guess.field and guess.heading:
                    found.setdefault(guess.field, guess.heading)
        return found


def column_letter(column: int) -> str:
    """Return the name of a column, counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
