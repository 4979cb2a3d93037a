"""Attendance: who was dosed on which day, from a month of columns, a list of one day, or a line for each day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kimbilio.exchange.books.attendance_lines import AttendanceLine, DayReader
from kimbilio.exchange.books.columns import Columns, LeftOut, TableColumns
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import TICKED, Kind
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.marks import Legend, Mark, guess_legend, mark_in
from kimbilio.exchange.books.month_days import check_given
from kimbilio.exchange.books.sheets import Book, Cell
from kimbilio.exchange.books.tables import IgnoredLine
from kimbilio.exchange.books.wording import gettext_noop, say


@dataclass(frozen=True, slots=True)
class Attendance:
    """A book of attendance that was read.

    `days` are the days that the book speaks of. On `days_without_a_list` nobody has an entry: for those nothing is
    known of anybody.
    """

    lines: tuple[AttendanceLine, ...]
    ignored: tuple[IgnoredLine, ...]
    left_out: tuple[LeftOut, ...]
    legend: Legend
    days: tuple[date, ...]
    days_without_a_list: tuple[date, ...]

    def count(self, fate: Fate) -> int:
        """Return how many lines have a fate."""
        return sum(line.fate is fate for line in self.lines)


def read_attendance(
    book: Book,
    columns: Columns,
    *,
    month: Month | None = None,
    day: date | None = None,
    legend: Mapping[str, str] | None = None,
) -> Attendance:
    """Return every line of a book of attendance with its marks.

    `month` and `day` are for a book that does not say its own; `legend` is {mark: meaning} as a person said it, where
    '' is the empty cell. Raises UnclearMonth, or UnclearMarks for a meaning that does not exist.
    """
    if columns.kind is not Kind.ATTENDANCE:
        raise ValueError("these are the columns of another kind of book")
    said = check_given(columns.tables, month)
    tables = [
        table for table in columns.tables if month is None or said.get(table.table.sheet, month) == month
    ]
    meaning = legend_of(book, columns, legend)
    reader = DayReader(book.name, columns, meaning, month=month, day=day)
    for table in tables:
        reader.read(table)
    listed = {marked for line in reader.lines if line.fate.is_taken for marked in line.marks}
    days = sorted(reader.days)
    return Attendance(
        lines=tuple(reader.finished(listed)),
        ignored=tuple(line for table in tables for line in table.table.ignored),
        left_out=(*columns.left_out, *_of_other_months(columns.tables, tables)),
        legend=meaning,
        days=tuple(days),
        days_without_a_list=tuple(on for on in days if on not in listed),
    )


def legend_of(book: Book, columns: Columns, given: Mapping[str, str] | None = None) -> Legend:
    """Return what the marks of a book mean, for a person to look at before anything is taken from it."""
    counts: Counter[str] = Counter()
    for table in columns.tables:
        for column in _marked(table):
            counts.update(_counted(table.table.column(column)))
    return guess_legend(_texts(book, columns), {mark: n for mark, n in counts.most_common() if mark}, given)


def _counted(cells: Iterable[Cell]) -> Counter[str]:
    raw = Counter(cells)
    marks: Counter[str] = Counter()
    for cell, times in raw.items():
        marks[mark_in(cell)] += times
    return marks


def _marked(table: TableColumns) -> list[int]:
    if table.days:
        return [column for column, _heading in table.days]
    return [column for field in ("mark", *TICKED) if (column := table.at(field)) is not None]


def _texts(book: Book, columns: Columns) -> list[str]:
    """Return every line that may explain marks: titles and notes of our tables, and the sheets without one."""
    texts: list[str] = []
    for table in columns.tables:
        texts += [*table.table.titles, *table.table.beside, *(line.text for line in table.table.ignored)]
    ours = {table.table.sheet for table in columns.tables}
    for sheet in book.sheets:
        if sheet.name not in ours:
            texts += [" ".join(str(cell) for cell in row if cell is not None) for row in sheet.rows[:60]]
    return texts


def _of_other_months(tables: Iterable[TableColumns], kept: list[TableColumns]) -> list[LeftOut]:
    words = say(gettext_noop("It is of another month."))
    return [LeftOut(table.table.sheet, words) for table in tables if table not in kept]


__all__ = ["Attendance", "AttendanceLine", "Legend", "Mark", "Month", "legend_of", "read_attendance"]
