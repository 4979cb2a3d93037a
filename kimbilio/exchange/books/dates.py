"""Days as they are written: day first, in figures or words, in English or Kiswahili, or as a spreadsheet's number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from kimbilio.exchange.books.cells import serial_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import MONTH_WORDS, MONTHS, WEEKDAYS, fold

_EXCEL_BEGINS = date(1899, 12, 30)
_EARLIEST = 1900
_PARTS = re.compile(r"\d+|[a-z]+")
_O_FOR_ZERO = re.compile(r"(?<![a-z])o(?=\d)|(?<=\d)o(?![a-z])|(?<=\d)o(?=o\b)|(?<![a-z])o(?=o\d)")
_SAYS_LITTLE = frozenset("st nd rd th of on the ya wa tarehe tar date dated siku at am pm t z".split())
_BETWEEN_MONTH_AND_NUMBER = frozenset({"mwezi", "month"})
_ALIKE = 84.0
_THREE_FIGURES = re.compile(r"\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{2,4}\s*")


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How the days of one column are read.

    `latest` is the last day that can be meant; it also decides the century of a year of two figures. `born` is for
    dates of birth, which lie some years back. `year` stands in where a day is written without one.
    """

    latest: date
    born: bool = False
    month_first: bool = False
    year: int | None = None


# Whatever day is written, for telling whether one is: a year of two figures is in this century.
ANY_DAY = DateStyle(date(2098, 12, 31))


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born: the day, or only the year."""

    day: date | None
    year: int | None


# The youngest person whom a book may hold, for the century of '19: a child of six, or a woman of 106?
_YOUNGEST = 5


def date_of(cell: Cell, style: DateStyle) -> date | None:
    """Return the day in a cell; None where there is none that can be, such as 31/02/1988."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float):
        return _from_number(cell, style)
    if isinstance(cell, date):
        return cell if _EARLIEST < cell.year <= style.latest.year + 1 else None
    return None if "?" in cell or len(cell) > 60 else _from_text(cell, style)


def birth_of(cell: Cell, style: DateStyle) -> Birth | None:
    """Return the birth that a cell says: a day, or a year alone (1985, 'abt 1985')."""
    year = cell if isinstance(cell, float) else None
    if isinstance(cell, date) and cell.year < 1906:  # 1985 in a column of dates is 7 June 1905
        year = serial_of(cell)
    if isinstance(cell, str):
        found = re.fullmatch(r"(?:[a-z]{1,14}\.?|[~±])?\s*((?:19|20)\d\d)\s*\??", cell.strip().casefold())
        year = float(found[1]) if found else None
    if year is not None and _EARLIEST <= year <= style.latest.year:
        return Birth(None, int(year))
    day = date_of(cell, style)
    return Birth(day, day.year) if day and day <= style.latest else None


def month_number(words: str) -> int | None:
    """Return the month that folded words name: 'jun', 'juni', 'mwezi wa sita'; a slip of the pen is forgiven."""
    found = MONTHS.get(words)
    if found or len(words) < 4:
        return found
    first = MONTHS.get(words[:3])
    if first is None or " " in words:
        return None
    alike = (fuzz.ratio(words, name) for name, number in MONTHS.items() if number == first and len(name) > 3)
    return first if max(alike, default=0.0) >= _ALIKE else None


def _from_number(number: float, style: DateStyle) -> date | None:
    if 7_000 <= number < 80_000:  # from 1919
        day = _EXCEL_BEGINS + timedelta(days=int(number))
        return day if day.year <= style.latest.year + 1 else None
    if 1_000_000 < number < 100_000_000 and number == int(number):
        return _from_text(f"{number:08.0f}", style)
    return None


def _from_text(text: str, style: DateStyle) -> date | None:
    parts = _PARTS.findall(_O_FOR_ZERO.sub("0", fold(text)))
    numbers = [part for part in parts if part.isdigit()]
    words = [
        part for part in parts if not part.isdigit() and part not in _SAYS_LITTLE and part not in WEEKDAYS
    ]
    month = None
    if words and set(words) - _BETWEEN_MONTH_AND_NUMBER:
        month = month_number(" ".join(words)) or _ordinal_month(words)
        if month is None:
            return None
    if month is None:
        return _from_figures(numbers, style)
    if len(numbers) >= 2 and len(numbers[0]) == 4:
        return _day(numbers[1], str(month), numbers[0], style)
    if len(numbers) == 1 or (len(numbers) > 2 and len(numbers[1]) != 4):
        numbers = numbers[:1] + ([str(style.year)] if style.year and len(numbers) == 1 else [])
    return _day(numbers[0], str(month), numbers[1], style) if len(numbers) >= 2 else None


def _ordinal_month(words: list[str]) -> int | None:
    """Return June for 'mwezi wa sita', of which the small words were taken out."""
    rest = [word for word in words if word not in MONTH_WORDS and word != "na"]
    return MONTHS.get("mwezi wa " + (" na ".join(rest) if len(rest) > 1 else "".join(rest)))


def _from_figures(numbers: list[str], style: DateStyle) -> date | None:
    if len(numbers) == 1 and len(numbers[0]) == 8:
        whole = numbers[0]
        return _day(whole[:2], whole[2:4], whole[4:], style) or _day(whole[6:], whole[4:6], whole[:4], style)
    if len(numbers) == 1 and len(numbers[0]) == 5:
        return _from_number(float(numbers[0]), style)
    if len(numbers) == 2 and style.year:
        numbers = [*numbers, str(style.year)]
    if len(numbers) < 3 or len(numbers) == 4:
        return None
    first, second, third = numbers[:3]
    if len(first) == 4:
        return _day(third, second, first, style)
    if style.month_first:
        first, second = second, first
    return _day(first, second, third, style)


def _day(day: str, month: str, year: str, style: DateStyle) -> date | None:
    if len(day) > 2 or len(month) > 2 or len(year) not in (2, 4):
        return None
    try:
        return _in_range(date(_whole_year(year, style), int(month), int(day)), style)
    except ValueError:
        return None


def _in_range(day: date, style: DateStyle) -> date | None:
    return day if _EARLIEST < day.year <= style.latest.year + 1 else None


def _whole_year(year: str, style: DateStyle) -> int:
    """Return 2019 for 19 and 1976 for 76, by the last year that can be meant."""
    if len(year) == 4:
        return int(year)
    latest = style.latest.year - (_YOUNGEST if style.born else -1)
    return 2000 + int(year) if 2000 + int(year) <= latest else 1900 + int(year)


def is_month_first(cells: Iterable[Cell]) -> bool:
    """Tell whether a column was typed month first: many of its days cannot be day first, and none the other way.

    Our books are day first, so it takes three witnesses and no voice against.
    """
    witnesses = 0
    for cell in cells:
        figures = _THREE_FIGURES.fullmatch(cell) if isinstance(cell, str) else None
        if figures and int(figures[1]) > 12:
            return False
        witnesses += bool(figures and 12 < int(figures[2]) <= 31)
    return witnesses >= 3
