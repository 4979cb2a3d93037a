"""Which date each column of days is: by dates, by the number of the day in its month, or by the day of its week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NoReturn

from kimbilio.exchange.books.columns import TableColumns
from kimbilio.exchange.books.dates import ANY_DAY, date_of, is_month_first
from kimbilio.exchange.books.day_headings import DayHeading
from kimbilio.exchange.books.list_titles import Month, day_in, month_alone_in, month_in, span_in, year_in
from kimbilio.exchange.books.wording import BookFault, gettext_noop, say

_WEEK = 7
_NO_MONTH = gettext_noop("Nothing on sheet '%(sheet)s' says which month it is. Give the month, as 2025-06.")
_NO_YEAR = gettext_noop(
    "Sheet '%(sheet)s' names its month and no year. Give the month with its year, as 2025-06."
)


class UnclearMonth(BookFault):
    """Nothing says which month a book is of, or it says another than was given."""


def month_of(table: TableColumns, book_name: str, given: Month | None) -> Month | None:
    """Return the month that a table says itself: on its sheet, in its titles, over its days; else the given one."""
    own = own_month(table)
    if own:
        return own
    texts = _texts(table)
    alone = next((month for text in texts if (month := month_alone_in(text))), None)
    if alone:
        year = next((year for text in (*texts, book_name) if (year := year_in(text))), None)
        if year:
            return Month(year, alone)
        if given and given.month == alone:
            return given
    return given or month_in(_spaced(book_name)) or _of_headings(table, (*texts, book_name))


def _of_headings(table: TableColumns, texts: Iterable[str]) -> Month | None:
    """Return the month of headings such as 1/6, where a title or the file's name says the year alone."""
    months = [heading.month for _column, heading in table.days if heading.month]
    year = next((year for text in texts if (year := year_in(_spaced(text)))), None)
    return Month(year, months[-1]) if months and year else None


def own_month(table: TableColumns) -> Month | None:
    """Return the month and year that a table says, without a look at anything else."""
    found = (month_in(_spaced(text)) for text in _texts(table))
    said = next((month for month in found if month), None)
    if said:
        return said
    dated = [heading.on for _column, heading in table.days if heading.on]
    return Month(dated[-1].year, dated[-1].month) if dated else None


def refuse_without_a_month(table: TableColumns) -> NoReturn:
    """Raise UnclearMonth for a table whose days cannot be told without knowing of which month they are."""
    raise UnclearMonth(say(_NO_YEAR if _names_a_month(table) else _NO_MONTH, sheet=table.table.sheet))


def day_of_list(table: TableColumns, book_name: str) -> date | None:
    """Return the one day that the list of one day is of."""
    return next((day for text in (*_texts(table), book_name) if (day := day_in(_spaced(text)))), None)


def dates_of_columns(table: TableColumns, month: Month | None) -> dict[int, date | None]:
    """Return the date of each column of days; None for one that its month does not have, such as 31 June.

    Raises UnclearMonth where the headings are only numbers and nothing says of which month.
    """
    if all(heading.day is None and heading.on is None for _column, heading in table.days):
        return _by_weekday(table, month)
    if month is None and any(heading.on is None for _column, heading in table.days):
        refuse_without_a_month(table)
    numbered = [heading.day or 0 for _column, heading in table.days]
    turns = (place for place, (a, b) in enumerate(pairwise(numbered), 1) if a > b + 6)
    turn = next(turns, 0)
    dates: dict[int, date | None] = {}
    for place, (column, heading) in enumerate(table.days):
        dates[column] = heading.on or _date(heading, month, before=place < turn)
    return dates | _month_first(table)


def _names_a_month(table: TableColumns) -> bool:
    return any(heading.month for _column, heading in table.days) or any(map(month_alone_in, _texts(table)))


def _month_first(table: TableColumns) -> dict[int, date | None]:
    """Return the days of headings such as 6/13/2025, where all of them were written month first."""
    columns = {column for column, _heading in table.days}
    cells = {heading.column: heading.cell for heading in table.table.headings if heading.column in columns}
    if not is_month_first(cells.values()):
        return {}
    return {column: date_of(cell, replace(ANY_DAY, month_first=True)) for column, cell in cells.items()}


def _date(heading: DayHeading, month: Month | None, *, before: bool) -> date | None:
    """Return the date of a numbered day; in a list from the 26th to the 25th the first days are of the month before."""
    if month is None or heading.day is None:
        return None
    if heading.month:
        year = month.year - (heading.month > month.month + 6) + (heading.month < month.month - 6)
        return Month(year, heading.month).day(heading.day)
    if before:
        last = month.first - timedelta(days=1)
        return Month(last.year, last.month).day(heading.day)
    return month.day(heading.day)


def _by_weekday(table: TableColumns, month: Month | None) -> dict[int, date | None]:
    """Return the dates of columns that are only days of the week, by the week that stands over them or on the sheet."""
    overs = {heading.column: heading.over for heading in table.table.headings}
    weeks: dict[str, list[tuple[int, int]]] = {}
    for column, heading in table.days:
        weeks.setdefault(overs[column], []).append((column, heading.weekday or 0))
    texts = _texts(table)
    dates: dict[int, date | None] = {}
    for number, (over, columns) in enumerate(weeks.items()):
        span = next((span for text in (over, *texts) if (span := span_in(text, month))), None)
        if span is None and month is None:
            sentence = gettext_noop(
                "Nothing on sheet '%(sheet)s' says which week it is. Name its days, as 2-7 June 2025."
            )
            raise UnclearMonth(say(sentence, sheet=table.table.sheet))
        dates |= _in_span(columns, span) if span else _in_week(columns, month, number, len(weeks))
    return dates


def _in_span(columns: Sequence[tuple[int, int]], span: tuple[date, date]) -> dict[int, date | None]:
    days = [span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1)]
    return {column: next((d for d in days if d.weekday() == weekday), None) for column, weekday in columns}


def _in_week(
    columns: Sequence[tuple[int, int]], month: Month | None, number: int, weeks: int
) -> dict[int, date | None]:
    """Return the dates of the n-th week of a month, its weeks beginning on the day on which they are written to."""
    if month is None or weeks < 2:
        return {column: None for column, _weekday in columns}
    begins = columns[0][1]
    first = month.first - timedelta(days=(month.first.weekday() - begins) % _WEEK)
    dates = {c: first + timedelta(days=number * _WEEK + (weekday - begins) % _WEEK) for c, weekday in columns}
    return {column: day if month.first <= day <= month.last else None for column, day in dates.items()}


def _texts(table: TableColumns) -> list[str]:
    """Return what may say a month or a day: the sheet's name, the lines above the table, the groups over its days."""
    days = {column for column, _heading in table.days}
    overs = (heading.over for heading in table.table.headings if heading.column in days or not days)
    return [table.table.sheet, *table.table.titles, *dict.fromkeys(over for over in overs if over)]


def _spaced(text: str) -> str:
    """Return a file's name as words: 'mat_attendance_JUNE_2025.xlsx'."""
    return (
        text.replace("_", " ")
        .removesuffix(".xlsx")
        .removesuffix(".ods")
        .removesuffix(".csv")
        .removesuffix(".xls")
    )


def check_given(tables: Iterable[TableColumns], given: Month | None) -> Mapping[str, Month]:
    """Return the months that sheets say themselves; raises UnclearMonth where none of them is the given one."""
    said = {table.table.sheet: month for table in tables if (month := own_month(table))}
    if given and said and given not in said.values():
        sheet, month = next(iter(said.items()))
        sentence = gettext_noop("Sheet '%(sheet)s' says that it is of %(said)s, and not of %(given)s.")
        raise UnclearMonth(say(sentence, sheet=sheet, said=str(month), given=str(given)))
    return said
