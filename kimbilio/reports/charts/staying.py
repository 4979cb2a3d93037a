"""How long people stay: the curve in steps, its band, and below it how many were still watched."""

from collections.abc import Sequence
from dataclasses import dataclass

from kimbilio.reports.charts.shapes import (
    BAND,
    INK,
    MUTED,
    TEAL,
    TEXT,
    Picture,
    Shape,
    line,
    path,
    words,
)
from kimbilio.reports.rules.survival import Survival

_PARTS = (0, 25, 50, 75, 100)
_CLOSE = 0.7


@dataclass(frozen=True)
class CurveWords:
    """What the picture says, in the reader's language. `at_times` are the words of each time, such as '12'."""

    title: str
    description: str
    below: str
    rows: Sequence[str]
    at_times: Sequence[str]


@dataclass(frozen=True)
class _Frame:
    """Where the curve lies: from its left edge to its right one, from 100 at the top to 0 at the bottom."""

    left: float
    right: float
    top: float
    bottom: float
    longest: float

    def x(self, t: float) -> float:
        return self.left + min(t, self.longest) / self.longest * (self.right - self.left)

    def y(self, s: float) -> float:
        return self.bottom - s * (self.bottom - self.top)


def staying_picture(curve: Survival, times: Sequence[float], said: CurveWords, *, width: float) -> Picture:
    """Return the picture of a curve at one width, up to the last of the times."""
    frame = _Frame(left=44, right=width - 18, top=14, bottom=14 + min(width * 0.5, 260), longest=times[-1])
    shapes = [*_scale(frame), *_curve(curve, frame), *_times(frame, times, said)]
    rows = [("at_risk", said.rows[0]), ("left", said.rows[1]), ("censored", said.rows[2])]
    y = frame.bottom + 2 * TEXT + 26
    for name, label in rows:
        shapes.append(words(0, y, label, colour=INK, bold=True))
        y += TEXT + 5
        shapes += [
            words(
                _within(frame.x(t), place, times),
                y,
                f"{getattr(curve.at(t), name)}",
                at=_anchor(place, times),
            )
            for place, t in enumerate(times)
        ]
        y += TEXT + 9
    return Picture(said.title, said.description, width, y - TEXT + 2, shapes)


def _scale(frame: _Frame) -> list[Shape]:
    shapes = []
    for part in _PARTS:
        y = frame.y(part / 100)
        shapes.append(line(frame.left, y, frame.right, y, colour=MUTED if part == 0 else "#d5dfdd"))
        shapes.append(words(frame.left - 6, y + TEXT / 3, str(part), at="end"))
    return shapes


def _times(frame: _Frame, times: Sequence[float], said: CurveWords) -> list[Shape]:
    y = frame.bottom + TEXT + 4
    shapes = [line(frame.x(t), frame.bottom, frame.x(t), frame.bottom + 5, colour=MUTED) for t in times]
    shapes += [
        words(frame.x(t), y, label, at="middle") for t, label in zip(times, said.at_times, strict=True)
    ]
    return [*shapes, words(frame.right, y + TEXT + 3, said.below, at="end")]


def _curve(curve: Survival, frame: _Frame) -> list[Shape]:
    """Return the band as an area, and the curve as a line, each in steps. Nobody watched: nothing drawn."""
    steps = [step for step in curve.steps if step.t <= frame.longest]
    if not curve.n:
        return []
    end = min(curve.longest, frame.longest)
    stayed = _stairs(frame, [(step.t, step.s) for step in steps], end)
    high = _stairs(frame, [(step.t, step.high) for step in steps], end)
    low = _stairs(frame, [(step.t, step.low) for step in steps], end)
    area = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*high, *reversed(low)]) + "Z"
    edges = [path(_through(edge), colour=TEAL, width=0.8, dashes="2 3") for edge in (high, low)]
    return [path(area, fill=BAND), *edges, path(_through(stayed), colour=TEAL, width=2.5)]


def _stairs(frame: _Frame, points: Sequence[tuple[float, float]], end: float) -> list[tuple[float, float]]:
    """Return the corners of stairs that begin with everybody, fall at each point and go on to the end.

    Falls that come closer than the eye can part are drawn as one, where the last of them ends.
    """
    corners = [(frame.x(0), frame.y(1))]
    for t, part in points:
        x, y, before = frame.x(t), frame.y(part), corners[-1]
        if y != before[1] and x - before[0] < _CLOSE and len(corners) > 1:
            corners[-1] = (before[0], y)
        elif y != before[1]:
            corners += [(x, before[1]), (x, y)]
    return [*corners, (frame.x(end), corners[-1][1])]


def _through(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners)


def _anchor(place: int, times: Sequence[float]) -> str:
    return "end" if place == len(times) - 1 else "middle"


def _within(x: float, place: int, times: Sequence[float]) -> float:
    return x + 14 if place == len(times) - 1 else x
