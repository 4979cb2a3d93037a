"""What the titles and names of a sheet say: its month, week or day, and whether it lists those who did not come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kimbilio.exchange.books.dates import ANY_DAY, date_of, month_number
from kimbilio.exchange.books.tables import Table
from kimbilio.exchange.books.vocabulary import LIST_TITLES, fold

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"['’\s\-/](\d\d)(?!\d)")
_NUMBERED_MONTH = re.compile(
    r"""(?<!\d) (?: (?P<month> 0?[1-9] | 1[0-2] ) \s*[/.\-]\s* (?P<year> 20\d\d )
    | (?P<y> 20\d\d ) \s*[/.\-]\s* (?P<m> 0[1-9] | 1[0-2] | [1-9] ) ) (?![\d/.\-])""",
    re.VERBOSE,
)
_A_DAY = re.compile(
    r"""(?<![\d/.\-]) (?: \d{1,2} \s*[/.\-]\s* \d{1,2} \s*[/.\-]\s* (?:20)?\d\d
    | 20\d\d-\d\d-\d\d
    | \d{1,2} (?:st|nd|rd|th)? [\s\-/]* [A-Za-z]{3,10} [\s\-/,]* 20\d\d ) (?![\d/])""",
    re.VERBOSE,
)
_SPAN = re.compile(
    r"""(?<![\d/]) (?P<first> \d{1,2} ) \s* (?:st|nd|rd|th)? \s* (?P<month> [A-Za-z]{3,10} )?
    \s* (?: - | – | — | to | hadi | mpaka ) \s* (?P<last> \d{1,2} ) (?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def day(self, number: int) -> date | None:
        """Return one of its days; None where it has no such day."""
        return date(self.year, self.month, number) if 1 <= number <= self.last.day else None

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def month_in(text: str) -> Month | None:
    """Return the month that a title says: 'JUNE 2025', 'Juni 2025', 'Jun-25', '06/2025', 'mwezi wa sita 2025'."""
    found = _NUMBERED_MONTH.search(text)
    if found:
        return Month(int(found["year"] or found["y"]), int(found["month"] or found["m"]))
    months = _months_named(text)
    if len(months) != 1:
        day = day_in(text)
        return Month(day.year, day.month) if day else None
    years = {int(year) for year in _YEAR.findall(text)} or {
        2000 + int(year) for year in _SHORT_YEAR.findall(text)[-1:]
    }
    return Month(years.pop(), months.pop()) if len(years) == 1 else None


def month_alone_in(text: str) -> int | None:
    """Return the month that a text names without its year: a sheet called 'JUNI'."""
    months = _months_named(text)
    return months.pop() if len(months) == 1 else None


def year_in(text: str) -> int | None:
    """Return the one year in a text."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def day_in(text: str) -> date | None:
    """Return the one day that a title says: '12/6/2025', 'Alhamisi 12 Juni 2025'."""
    days = {day for written in _A_DAY.findall(text) if (day := date_of(written, ANY_DAY))}
    return days.pop() if len(days) == 1 else None


def span_in(text: str, month: Month | None) -> tuple[date, date] | None:
    """Return the days from and to in '2 – 7 June 2025' or, in a month that is known, 'Week 2-7'."""
    found = _SPAN.search(text)
    inside = month_in(text) or month
    if found is None or inside is None:
        return None
    last = inside.day(int(found["last"]))
    begins = month_number(fold(found["month"])) if found["month"] else None
    starts_in = Month(inside.year - (begins > inside.month), begins) if begins else inside
    first = starts_in.day(int(found["first"]))
    if first is None or last is None or not first <= last or (last - first).days > 31:
        return None
    return first, last


def what_a_title_says(table: Table) -> str | None:
    """Return `missed` for a list of those who did not come, `dosed` for one of those who did, else None."""
    said = {kind for text in (*table.titles, table.sheet) for kind in _list_kinds(text)}
    return "missed" if "missed" in said else said.pop() if said else None


def _list_kinds(text: str) -> Iterable[str]:
    folded = f" {fold(text)} "
    return (kind for title, kind in LIST_TITLES.items() if f" {title} " in folded)


def _months_named(text: str) -> set[int]:
    folded = fold(text)
    numbered = re.search(r"\b(?:mwezi|month)(?: wa| of)? (\d{1,2})\b", folded)
    if numbered and 1 <= int(numbered[1]) <= 12:
        return {int(numbered[1])}
    ordinal = re.search(r"mwezi wa (?:kumi na moja|kumi na mbili|[a-z]+)", folded)
    if ordinal:
        number = ordinal.group().removeprefix("mwezi wa ")
        month = month_number(f"mwezi wa {number}")
        if month:
            return {month}
    return {month for word in _WORD.findall(folded) if len(word) >= 3 and (month := month_number(word))}
