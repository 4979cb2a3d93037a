"""On which day each line of a table was: written in it, repeated by a ditto mark, or said above."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from kimbilio.exchange.books.cells import is_blank, is_ditto, number_of, text_of
from kimbilio.exchange.books.column_sets import TableColumns
from kimbilio.exchange.books.dates import DateStyle, date_of, is_month_first
from kimbilio.exchange.books.day_headings import day_heading
from kimbilio.exchange.books.lines import Why
from kimbilio.exchange.books.list_titles import Month, day_in, span_in
from kimbilio.exchange.books.month_days import day_of_list, month_of, refuse_without_a_month
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.tables import TableLine

_ONCE_A_DAY = 0.5  # so many lines without a date, and none with a ditto mark: it is written once a day


class DaysOfLines:
    """Tells the day of each line of one table, asked from the top.

    Raises UnclearMonth where days are written without their year or month, and nothing says of which month they are.
    """

    def __init__(self, table: TableColumns, book_name: str, month: Month | None, today: date) -> None:
        self._column = table.at("day")
        column = table.table.column(self._column) if self._column is not None else []
        one_day = _one_day(table, book_name)
        self._month = month_of(table, book_name, month)
        year = self._month.year if self._month else one_day.year if one_day else None
        self._style = DateStyle(today, month_first=is_month_first(column), year=year)
        self._blank_repeats = self._column is None or _is_written_once_a_day(column)
        self._above: date | None = None
        # Where days are written in the lines, a line without one has none.
        is_bare = all(map(is_blank, column))
        self._for_all = one_day if is_bare else None
        ignored = table.table.ignored if self._blank_repeats else ()
        self._headed = [
            (line.place.line, day)
            for line in ignored
            if line.why is Why.NOTE and (day := day_in(line.text) or self._numbered(line.text)) is not None
        ]
        # A sheet may be named by no more than the number of its day.
        self._of_sheet = self._numbered(table.table.sheet) if is_bare else None
        by_number = is_bare and not self._headed and day_heading(table.table.sheet) is not None
        if self._month is None and one_day is None and (by_number or _has_no_year(column, self._style)):
            refuse_without_a_month(table)

    def written(self, line: TableLine) -> str:
        """Return what stands for the day in a line."""
        return text_of(self._cell(line))

    def is_heading(self, line: TableLine) -> bool:
        """Tell whether a line says a day and nothing else: it stands over the lines of that day."""
        if sum(not is_blank(cell) for cell in line.cells) != 1:
            return False
        cell = next(cell for cell in line.cells if not is_blank(cell))
        day = date_of(cell, self._style)
        if isinstance(cell, str):
            day = day or day_in(cell) or (self._numbered(cell) if any(map(str.isalpha, cell)) else None)
        if day is None:
            return False
        self._above = day
        return True

    def of(self, line: TableLine) -> date | None:
        """Return the day of a line; None where it cannot be read. Ditto marks repeat the day of the line above."""
        while self._headed and self._headed[0][0] < line.number:
            self._above = self._headed.pop(0)[1]
        cell = self._cell(line)
        if is_ditto(cell):
            return self._above
        if is_blank(cell):
            return self._for_all or (self._above if self._blank_repeats else None) or self._of_sheet
        self._above = date_of(cell, self._style) or self._numbered(cell)
        return self._above

    def _numbered(self, cell: Cell) -> date | None:
        """Return a day of the book's month that is written as its number: 3, '3rd', 'Jumatatu 3', 'Tarehe 3/6'."""
        number = number_of(cell)
        if self._month and number is not None and number.is_integer():
            return self._month.day(int(number))
        said = day_heading(cell) if self._month else None
        if self._month is None or said is None or said.day is None or said.on is not None:
            return None
        return self._month.day(said.day) if said.month in (None, self._month.month) else None

    def _cell(self, line: TableLine) -> Cell:
        return line.cells[self._column] if self._column is not None else None


def _has_no_year(column: Collection[Cell], style: DateStyle) -> bool:
    """Tell whether days stand in a column, and all of them without a year."""
    written = [cell for cell in column if not is_blank(cell) and not is_ditto(cell)]
    if any(date_of(cell, style) for cell in written):
        return False
    with_year = replace(style, year=style.latest.year)
    return 2 * sum(date_of(cell, with_year) is not None for cell in written) > len(written)


def _one_day(table: TableColumns, book_name: str) -> date | None:
    """Return the one day that a title says; none where it says from when until when."""
    spans = (span_in(text, None) for text in (table.table.sheet, *table.table.titles, book_name))
    if any(span and span[0] != span[1] for span in spans):
        return None
    return day_of_list(table, book_name)


def _is_written_once_a_day(column: list[Cell]) -> bool:
    blank = sum(is_blank(cell) for cell in column)
    return blank >= _ONCE_A_DAY * len(column) and not any(map(is_ditto, column))
