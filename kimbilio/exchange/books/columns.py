"""Which column of a table is which field: by its heading, by what stands in it, or as somebody said."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from kimbilio.exchange.books.cells import is_blank, is_ditto, text_of
from kimbilio.exchange.books.column_choice import Choice, choose_columns
from kimbilio.exchange.books.column_sets import ColumnGuess, Columns, LeftOut, TableColumns, column_letter
from kimbilio.exchange.books.contents import Contents
from kimbilio.exchange.books.day_headings import DayHeading, day_heading
from kimbilio.exchange.books.fields import (
    FIELDS,
    OTHER_WORDS_FOR_FIELDS,
    TICKED,
    Kind,
    MissingColumns,
    no_such_field,
    no_such_heading,
    no_table,
)
from kimbilio.exchange.books.heading_words import HeadingWords
from kimbilio.exchange.books.needs import missing_needs, sentence_of
from kimbilio.exchange.books.sheets import Book, Cell
from kimbilio.exchange.books.tables import Table, tables_of
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.books.wording import gettext_noop, say

_A_MONTH = 2  # so many columns of days are a month, in which a status is no mark

__all__ = [
    "ColumnGuess",
    "Columns",
    "LeftOut",
    "TableColumns",
    "all_columns",
    "column_letter",
    "guess_columns",
]


def guess_columns(kind: Kind, book: Book, given: Mapping[str, str | None] | None = None) -> Columns:
    """Return the columns of every table; `given` is {field: heading}, where None means that there is no such column.

    A heading may also be named by its letter (C). Raises MissingColumns where a needed column is in no table, or a
    given heading or field does not exist.
    """
    read, tables = _read_all(kind, book, given)
    missing = [missing_needs(kind, table) for table in read]
    if all(missing):
        raise _missing_columns(read, min(missing, key=len))
    kept = tuple(table for table, lacks in zip(read, missing, strict=True) if not lacks)
    left = [
        LeftOut(table.table.sheet, sentence_of(lacks))
        for table, lacks in zip(read, missing, strict=True)
        if lacks
    ]
    return Columns(kind, kept, (*left, *_without_a_table(book, tables)))


def all_columns(
    kind: Kind, book: Book, given: Mapping[str, str | None] | None = None
) -> tuple[TableColumns, ...]:
    """Return the columns of every table, also where a needed one is missing: for somebody to say which it is.

    Raises MissingColumns where the book has no table at all, or a given heading or field does not exist.
    """
    return tuple(_read_all(kind, book, given)[0])


def _read_all(
    kind: Kind, book: Book, given: Mapping[str, str | None] | None
) -> tuple[list[TableColumns], list[Table]]:
    words = HeadingWords(heading for heading in (given or {}).values() if heading)
    tables = [table for sheet in book.sheets for table in tables_of(sheet, words) if table.lines]
    if not tables:
        raise no_table()
    asked = _asked(kind, given or {}, tables)
    read = {id(one.table): one for some in _alike(tables) for one in _columns_of(kind, some, asked, words)}
    return [read[id(table)] for table in tables], tables


def _alike(tables: Iterable[Table]) -> Iterable[list[Table]]:
    """Return the tables together that have the same headings: a sheet a day or a week is one book, read in one way."""
    found: dict[object, list[Table]] = {}
    for table in tables:
        words = tuple(fold(heading.whole) for heading in table.headings)
        found.setdefault(words if any(words) else id(table), []).append(table)
    return found.values()


def _without_a_table(book: Book, tables: Sequence[Table]) -> Iterator[LeftOut]:
    """Yield the sheets of which nothing can be taken, so that none is passed over in silence."""
    found = {table.sheet for table in tables}
    for sheet in book.sheets:
        if sheet.rows and sheet.name not in found:
            yield LeftOut(sheet.name, say(gettext_noop("No table with headings could be found.")))
    for name in book.hidden:
        yield LeftOut(name, say(gettext_noop("The sheet is hidden.")))


def _asked(kind: Kind, given: Mapping[str, str | None], tables: Sequence[Table]) -> dict[str, str | None]:
    """Return the given columns by our own names of fields, each checked to be there."""
    asked: dict[str, str | None] = {}
    for name, heading in given.items():
        field = name.strip().casefold().replace(" ", "_").replace("-", "_")
        field = OTHER_WORDS_FOR_FIELDS.get(field, field)
        if field not in FIELDS[kind]:
            raise no_such_field(name, FIELDS[kind])
        if heading is not None and all(_column_named(table, heading) is None for table in tables):
            raise no_such_heading(heading, _headings_of(tables))
        asked[field] = heading
    return asked


def _headings_of(tables: Sequence[Table]) -> str:
    return ", ".join(dict.fromkeys(h.whole for table in tables for h in table.headings if h.whole))[:400]


def _column_named(table: Table, named: str) -> int | None:
    folded = fold(named)
    for heading in table.headings:
        if heading.whole and folded in {fold(heading.text), fold(heading.whole)}:
            return heading.column
    letter = named.strip().upper()
    return next((h.column for h in table.headings if column_letter(h.column) == letter), None)


def _columns_of(
    kind: Kind, alike: Sequence[Table], asked: Mapping[str, str | None], words: HeadingWords
) -> Iterator[TableColumns]:
    """Yield the columns of each of some tables with the same headings, judged by what stands in all of them."""
    table = alike[0]
    contents = {heading.column: Contents(_column(alike, heading.column)) for heading in table.headings}
    fixed: dict[int, Choice] = {}
    for field, named in asked.items():
        column = _column_named(table, named) if named is not None else None
        if column is not None:
            fixed[column] = field, 1.0
    days = _day_columns(table, contents, fixed) if kind is Kind.ATTENDANCE else {}
    free = [field for field in FIELDS[kind] if field not in asked]
    if len(days) >= _A_MONTH:
        free = [field for field in free if field not in {"day", "mark", *TICKED}]
    left = [
        heading for heading in table.headings if heading.column not in fixed and heading.column not in days
    ]
    chosen = fixed | choose_columns(kind, left, free, contents, words)
    day = next((column for column, (field, _sure) in chosen.items() if field == "day"), None)
    if day is not None:
        of_lines = [said for one in alike for said in _days_of_lines(one.column(day))]
        contents = {column: Contents(_column(alike, column), of_lines) for column in contents}
        chosen = fixed | choose_columns(kind, left, free, contents, words)
    guesses = tuple(_guesses(table, contents, chosen, fixed, days))
    for one in alike:
        yield TableColumns(one, guesses, tuple(days.items()))


def _column(alike: Sequence[Table], number: int) -> list[Cell]:
    return [cell for table in alike for cell in table.column(number)]


def _guesses(
    table: Table,
    contents: Mapping[int, Contents],
    chosen: Mapping[int, Choice],
    fixed: Container[int],
    days: Container[int],
) -> Iterator[ColumnGuess]:
    for heading in table.headings:
        taken_for, confidence = chosen.get(heading.column, ("", 0.0))
        seen = contents[heading.column]
        if taken_for or ((heading.whole or seen.filled) and heading.column not in days):
            given = heading.column in fixed
            yield ColumnGuess(
                taken_for or None, heading.column, heading.whole, confidence, seen.examples(), given
            )


def _days_of_lines(column: Iterable[Cell]) -> list[str]:
    """Return the day of each line as it is written, where a blank or a ditto mark repeats the one above."""
    days, above = [], ""
    for cell in column:
        above = above if is_blank(cell) or is_ditto(cell) else text_of(cell)
        days.append(above)
    return days


def _day_columns(
    table: Table, contents: Mapping[int, Contents], fixed: Mapping[int, Choice]
) -> dict[int, DayHeading]:
    days = {}
    for heading in table.headings:
        found = day_heading(heading.cell if heading.cell is not None else heading.text)
        if found is not None and heading.column not in fixed:
            days[heading.column] = found
    marked = [column for column in days if contents[column].filled and contents[column].fit("mark") >= 0.5]
    return days if len(days) >= _A_MONTH or marked else {}


def _missing_columns(tables: Sequence[TableColumns], lacks: tuple[str, ...]) -> MissingColumns:
    there = _headings_of([table.table for table in tables])
    return MissingColumns(sentence_of(lacks), lacks, there)
