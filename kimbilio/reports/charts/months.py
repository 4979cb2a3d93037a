"""Months beside each other: columns of two parts, or a line. A month that is not whole yet is hatched, or hollow."""

from collections.abc import Sequence
from dataclasses import dataclass

from kimbilio.reports.charts.shapes import (
    BAND,
    HAIR,
    INK,
    MUTED,
    PAPER,
    TEAL,
    TEXT,
    Picture,
    Shape,
    box,
    dot,
    hatching,
    joined,
    line,
    path,
    round_top,
    words,
)

_LEFT = 56


@dataclass(frozen=True)
class MonthWords:
    """What a picture of months says. `months`: a short word for each; `years`: the year where one begins, else ''."""

    title: str
    description: str
    months: Sequence[str]
    years: Sequence[str]


@dataclass(frozen=True)
class _Frame:
    width: float
    top: float
    bottom: float
    count: int
    most: int

    @property
    def step(self) -> float:
        return (self.width - _LEFT - 6) / self.count

    def x(self, place: int) -> float:
        return _LEFT + place * self.step

    def y(self, value: float) -> float:
        return self.bottom - value / self.most * (self.bottom - self.top)


def columns_picture(
    lower: Sequence[int | None],
    upper: Sequence[int | None],
    said: MonthWords,
    *,
    width: float,
    last_is_open: bool = False,
    labels: tuple[str, str] = ("", ""),
) -> Picture:
    """Return columns of two parts, the lower filled and the upper light. None: nothing recorded yet, so no column."""
    sums = [(one or 0) + (two or 0) for one, two in zip(lower, upper, strict=True)]
    shapes, frame = _framed(sums, said, width, top=34)
    for place, (one, two) in enumerate(zip(lower, upper, strict=True)):
        if one is None and two is None:
            continue
        is_open = last_is_open and place == len(lower) - 1
        shapes += _column(frame, place, one or 0, two or 0, is_open=is_open)
    shapes += _key(labels)
    return Picture(said.title, said.description, width, frame.bottom + 2 * TEXT + 12, shapes)


def _column(frame: _Frame, place: int, lower: int, upper: int, *, is_open: bool) -> list[Shape]:
    x, width = frame.x(place) + frame.step * 0.14, frame.step * 0.72
    between, top = frame.y(lower), frame.y(lower + upper)
    shapes = []
    if upper:
        shapes.append(box(x, top, width, between - top, fill=BAND, edge=TEAL))
    if lower:
        fill = PAPER if is_open else TEAL
        shapes.append(box(x, between, width, frame.bottom - between, fill=fill, edge=TEAL))
    if is_open and lower + upper:
        shapes.append(hatching(x, top, width, frame.bottom - top, colour=TEAL))
    return shapes


def _key(labels: tuple[str, str]) -> list[Shape]:
    """Return what the two parts are, above the columns."""
    lower, upper = labels
    second = 26 + 9 + len(lower) * TEXT * 0.56 + 18
    return [
        box(2, 4, 14, 14, fill=TEAL, edge=TEAL),
        words(22, 16, lower, colour=INK),
        box(second, 4, 14, 14, fill=BAND, edge=TEAL),
        words(second + 20, 16, upper, colour=INK),
    ]


def line_picture(
    values: Sequence[int | None], said: MonthWords, *, width: float, last_is_open: bool = False
) -> Picture:
    """Return a line with a dot a month, its last value beside it. None: nothing was recorded yet, so no dot."""
    shapes, frame = _framed([value or 0 for value in values], said, width, top=24, high=0.26)
    points = [(place, value) for place, value in enumerate(values) if value is not None]
    corners = [(frame.x(place) + frame.step / 2, frame.y(value)) for place, value in points]
    if len(corners) > 1:
        shapes.append(path(joined(corners), colour=TEAL, width=2))
    for (place, value), (x, y) in zip(points, corners, strict=True):
        is_last = place == len(values) - 1
        shapes.append(dot(x, y, fill=PAPER if is_last and last_is_open else TEAL, edge=TEAL))
        if is_last:
            shapes.append(words(x + 4, max(y - 9, TEXT), f"{value:,}", at="end", colour=INK, bold=True))
    return Picture(said.title, said.description, width, frame.bottom + 2 * TEXT + 12, shapes)


def _framed(
    sums: Sequence[int], said: MonthWords, width: float, *, top: float, high: float = 0.34
) -> tuple[list[Shape], _Frame]:
    """Return the scale and the months below it."""
    most, step = round_top(max(sums, default=0))
    frame = _Frame(width, top, top + max(width * high, 120), max(len(sums), 1), most)
    shapes: list[Shape] = []
    for value in range(0, most + 1, step):
        y = frame.y(value)
        shapes.append(line(_LEFT, y, width - 6, y, colour=MUTED if value == 0 else HAIR))
        shapes.append(words(_LEFT - 6, y + TEXT / 3, _short(value), at="end"))
    every = _every(frame.step)
    for place, (month, year) in enumerate(zip(said.months, said.years, strict=True)):
        x = frame.x(place) + frame.step / 2
        if (len(said.months) - 1 - place) % every == 0:
            shapes.append(words(x, frame.bottom + TEXT + 3, month, at="middle"))
        if year:
            shapes.append(line(frame.x(place), frame.bottom, frame.x(place), frame.bottom + 2 * TEXT + 8))
            shapes.append(words(frame.x(place) + 4, frame.bottom + 2 * TEXT + 8, year, colour=INK))
    return shapes, frame


def _every(step: float) -> int:
    """Return how many months apart the names of months stand without touching."""
    return next(every for every in (1, 2, 3, 4, 6, 12) if every * step >= 2.6 * TEXT or every == 12)


def _short(value: int) -> str:
    """Return a number of a scale, in thousands where it is long."""
    return f"{value / 1000:g}k" if value >= 10_000 else f"{value:,}"
