"""The days of a person as a strip: a column a week, each kind of day by its shape and colour, and the same in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kimbilio.mat.choices import DayMark
from kimbilio.mat.queries import Day

Shown = dict[str, Any]
# One square of the strip and the room between two, in the strip's own units.
_STEP = 10

# How a day is drawn: what it is called, and the path of its shape in a square of eight by eight.
_SHAPES: dict[str, tuple[str | Promise, str]] = {
    "dosed": (_("Dosed"), "m0 0h8v8h-8z"),
    "missed": (
        _("Missed"),
        "m1.6 0l2.4 2.4 2.4-2.4 1.6 1.6-2.4 2.4 2.4 2.4-1.6 1.6-2.4-2.4-2.4 2.4-1.6-1.6 2.4-2.4-2.4-2.4z",
    ),
    "elsewhere": (_("A dose elsewhere, or to take home"), "m4 0l4 4-4 4-4-4z"),
    "prison": (_("In prison"), "m0 0h1.6v8h-1.6zm3.2 0h1.6v8h-1.6zm3.2 0h1.6v8h-1.6z"),
    "unknown": (_("Not known"), "m2.5 4a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z"),
    "no-list": (_("No list came"), "m2 3.5h4v1h-4z"),
}
_KIND_OF = {
    DayMark.DOSED: "dosed",
    DayMark.MISSED: "missed",
    DayMark.TAKE_HOME: "elsewhere",
    DayMark.TRANSIT: "elsewhere",
    DayMark.ADMITTED: "elsewhere",
    DayMark.IMPRISONED: "prison",
}


def strip(days: Sequence[Day]) -> Shown:
    """Return the strip of days, the first of them a Monday: a path for each kind of day, and the same in words."""
    first = days[0].on
    kinds = [_kind(day) for day in days]
    paths = dict.fromkeys(_SHAPES, "")
    for day, kind in zip(days, kinds, strict=True):
        week, weekday = divmod((day.on - first).days, 7)
        paths[kind] += f"M{week * _STEP + 1} {weekday * _STEP + 1}{_SHAPES[kind][1]}"
    weeks = (len(days) + 6) // 7
    return {
        "first": first,
        "last": days[-1].on,
        "width": weeks * _STEP,
        "height": 7 * _STEP,
        "kinds": [
            {
                "name": name,
                "label": _SHAPES[name][0],
                "shape": f"M1 1{_SHAPES[name][1]}",
                "path": path,
                "spans": _spans([day.on for day, kind in zip(days, kinds, strict=True) if kind == name]),
                "count": kinds.count(name),
            }
            for name, path in paths.items()
        ],
    }


def _kind(day: Day) -> str:
    return _KIND_OF.get(day.mark) or ("unknown" if day.listed else "no-list")


def _spans(days: Iterable[date]) -> list[Shown]:
    """Return days as they are told: '3 November to 5 November', and single ones."""
    spans = []
    for _offset, run in groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0]):
        some = [day for _place, day in run]
        spans.append({"first": some[0], "last": some[-1] if len(some) > 1 else None})
    return spans
