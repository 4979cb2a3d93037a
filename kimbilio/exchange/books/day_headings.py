"""Headings that are days: 1 to 31, dates, 'Jumatatu 2', days of the week under a week."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kimbilio.exchange.books.cells import serial_of
from kimbilio.exchange.books.dates import ANY_DAY, date_of, month_number
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import DAY_WORDS, WEEKDAYS, fold

_PARTS = re.compile(r"\d+|[a-z]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_SERIALS = 40_179, 54_789  # the days of 2010 to 2049 as a spreadsheet counts them
_MONTH_FIRST = replace(ANY_DAY, month_first=True)
_LETTERS = frozenset("mtwfsj")


@dataclass(frozen=True, slots=True)
class DayHeading:
    """What a heading says of its day; whatever it does not say is None."""

    day: int | None = None
    month: int | None = None
    on: date | None = None
    weekday: int | None = None  # Monday is 0


def day_heading(cell: Cell) -> DayHeading | None:
    """Return the day that a heading says; None where it says something else."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float):
        return _of_number(cell) if cell.is_integer() else None
    if isinstance(cell, date):
        number = serial_of(cell)  # a 2 shown as a day of January 1900
        return DayHeading(day=int(number)) if 1 <= number <= 31 else _of_date(cell)
    if len(cell) <= _MARK:
        return _of_mark(cell)
    return _of_text(cell) if len(cell) <= 40 else None


def is_weekday_letter(cell: Cell) -> bool:
    """Tell whether this may be the short form of a day of the week in a line of such: M, T, Su, J3."""
    return isinstance(cell, str) and (
        fold(cell) in WEEKDAYS or bool(re.fullmatch(r"[mtwfsj]|su|sa|th|tu|mo|we|fr|j\d", fold(cell)))
    )


def _of_number(number: float) -> DayHeading | None:
    """Return the day of 1 to 31; and of 45809, a date whose format was lost."""
    if 1 <= number <= 31:
        return DayHeading(day=int(number))
    day = date_of(number, ANY_DAY) if _SERIALS[0] <= number < _SERIALS[1] else None
    return _of_date(day) if day else None


def _of_date(day: date) -> DayHeading | None:
    return DayHeading(day.day, day.month, day, day.weekday()) if day.year >= 1990 else None


def _of_text(text: str) -> DayHeading | None:
    if len(text) == 5 and text.isdecimal():
        return _of_number(float(text))
    parts = _PARTS.findall(fold(text))
    numbers = [int(part) for part in parts if part.isdigit() and len(part) <= 4]
    words = [part for part in parts if not part.isdigit() and part not in _ORDINALS]
    weekdays = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
    rest = [word for word in words if word not in WEEKDAYS and word not in DAY_WORDS]
    weekday = weekdays[0] if len(weekdays) == 1 else None
    if not parts or len(weekdays) > 1 or len(numbers) > 3:
        return None
    month = month_number(" ".join(rest)) if rest else None
    if rest and month is None:
        return _of_letter(rest, numbers)
    if len(numbers) == 3 or (month and len(numbers) == 2):
        day = date_of(text, ANY_DAY) or date_of(text, _MONTH_FIRST)
        return _of_date(day) if day else None
    if len(numbers) == 2 and not month and numbers[1] <= 12:
        month = numbers.pop()
    if len(numbers) == 1 and 1 <= numbers[0] <= 31:
        return DayHeading(numbers[0], month, None, weekday)
    return DayHeading(weekday=weekday) if weekday is not None and not numbers and not month else None


# The marks of a month are asked about a million times. Nothing longer is remembered: it could be somebody's name.
_MARK = 3
_of_mark = lru_cache(maxsize=1000)(_of_text)


def _of_letter(words: list[str], numbers: list[int]) -> DayHeading | None:
    """Return the day of 'M 2' and '2 T': a day of the week by its first letter, which a number makes clear."""
    if len(words) == 1 and words[0] in _LETTERS and len(numbers) == 1 and 1 <= numbers[0] <= 31:
        return DayHeading(numbers[0])
    return None
