"""A month of days as one line of signs, one character a day: what is stored, combined and shown.

    '++-- +h'   dosed, dosed, missed, missed, nothing said, dosed, take-home

A line always has 31 characters; the days that a month does not have stay blank.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from kimbilio.mat.choices import DayMark

LENGTH = 31
NOTHING = " "
BLANK_MONTH = NOTHING * LENGTH

SIGN: Mapping[DayMark, str] = {
    DayMark.DOSED: "+",
    DayMark.MISSED: "-",
    DayMark.TAKE_HOME: "h",
    DayMark.TRANSIT: "t",
    DayMark.ADMITTED: "a",
    DayMark.IMPRISONED: "j",
    DayMark.UNKNOWN: "?",
}
MARK: Mapping[str, DayMark] = {sign: mark for mark, sign in SIGN.items()}

_SAYS_NOTHING = {NOTHING, SIGN[DayMark.UNKNOWN]}

# Where two clinics, or two cards of one person, say different things of a day: who saw more is right. A dose was
# seen; a hospital or a prison was known of; an absence is only that nobody came to that one clinic.
_STRONGEST_FIRST = (
    DayMark.DOSED,
    DayMark.TAKE_HOME,
    DayMark.ADMITTED,
    DayMark.TRANSIT,
    DayMark.IMPRISONED,
    DayMark.MISSED,
    DayMark.UNKNOWN,
)
_STRENGTH = {mark: -place for place, mark in enumerate(_STRONGEST_FIRST)}


def month_of(day: date) -> date:
    """Return the first day of a day's month: by it a month is named everywhere."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """Return the month before."""
    return month_of(month - timedelta(days=1))


def days_in(month: date) -> int:
    """Return how many days a month has."""
    return (month_of(month + timedelta(days=31)) - month).days


@lru_cache(maxsize=400)
def each_day_of(month: date) -> tuple[date, ...]:
    """Return the days of a month."""
    return tuple(month.replace(day=day) for day in range(1, days_in(month) + 1))


def months_between(first: date, last: date) -> list[date]:
    """Return the months that these days lie in, the earliest first; none where `last` is before `first`."""
    months = []
    month = month_of(last)
    while month >= month_of(first) and first <= last:
        months.append(month)
        month = month_before(month)
    return months[::-1]


def lines_of(marks: Mapping[date, DayMark]) -> dict[date, str]:
    """Return the marks as one line a month."""
    lines: dict[date, list[str]] = {}
    month = line = None
    for day, mark in marks.items():
        if month is None or line is None or (day.year, day.month) != (month.year, month.month):
            month = month_of(day)
            line = lines.setdefault(month, [NOTHING] * LENGTH)
        line[day.day - 1] = SIGN[mark]
    return {month: "".join(line) for month, line in lines.items()}


def marks_of(month: date, line: str) -> Iterator[tuple[date, DayMark]]:
    """Yield the days of a line of which something is said."""
    for day, sign in zip(each_day_of(month), line, strict=False):
        if sign != NOTHING:
            yield day, MARK[sign]


def overlaid(below: str, above: str) -> str:
    """Return a line on which whatever the later line says stands in place of what was said before."""
    if below == BLANK_MONTH:
        return above
    return "".join(under if over == NOTHING else over for under, over in zip(below, above, strict=True))


def with_sign(line: str, day: int, sign: str) -> str:
    """Return the line with another sign on one day of the month."""
    return line[: day - 1] + sign + line[day:]


def combined(lines: Iterable[tuple[date, str]]) -> dict[date, DayMark]:
    """Return the marks of lines of several clinics or cards of one person: of two marks, the stronger."""
    marks: dict[date, DayMark] = {}
    for month, line in lines:
        for day, mark in marks_of(month, line):
            marks[day] = strongest(mark, marks[day]) if day in marks else mark
    return marks


def strongest(*marks: DayMark) -> DayMark:
    """Return what is known of a day of which different things are said."""
    return max(marks, key=_STRENGTH.__getitem__)


def days_listed(lines: Collection[str]) -> str:
    """Return a line with an 'x' on each day on which anybody has an entry: the others are days without a list."""
    columns = zip(*lines, strict=True) if lines else BLANK_MONTH
    return "".join("x" if set(column) - _SAYS_NOTHING else NOTHING for column in columns)
