"""What a month's numbers say: findings and gaps, each a kind with its numbers. Words are put to them elsewhere.

A finding is a count or a part of one; it compares only whole months; and of fewer than a few people nothing is said
that could alarm, or tell who they are. Source: docs/sources.md, 'Findings'.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

FEW = 5
"""Fewer than so many are neither an alarm nor a trend."""
ENOUGH = 20
"""Of fewer than so many, '7 of 18' is said and no part of a hundred."""
_MOVED = 0.1
"""A tenth up or down is a change; less is the way that months differ."""
_A_YEAR = 365
_UNDATED = 0.1
"""With more than a tenth of those who left known without their day, nothing is said of how long people stay."""


class FindingKind(StrEnum):
    """What sort of sentence it is."""

    PEOPLE = "people"
    MORE_PEOPLE = "more_people"
    MORE_THAN_NOBODY = "more_than_nobody"
    FEWER_PEOPLE = "fewer_people"
    NEW = "new"
    WOMEN = "women"
    NEED_MET = "need_met"
    NEED_PART = "need_part"
    NEEDLES_BACK = "needles_back"
    SUPPORT = "support"
    ACTIVE = "active"
    MISSING = "missing"
    CAME_BACK = "came_back"
    STAYING = "staying"
    STAYING_UNDATED = "staying_undated"
    COMMUNITY = "community"
    REACH = "reach"
    REACH_BEYOND = "reach_beyond"
    NO_START = "no_start"
    NO_START_EVER = "no_start_ever"
    NOBODY_CAME_FOR = "nobody_came_for"
    NOTHING_FOR = "nothing_for"
    NO_NEED_SET = "no_need_set"


@dataclass(frozen=True)
class Finding:
    """One thing that the numbers say. `about`: the code of the indicator, where a kind is said of several."""

    kind: FindingKind
    numbers: Mapping[str, int] = field(default_factory=dict)
    about: str = ""
    since: date | None = None


class PartThatStayed(Protocol):
    """What a curve tells of a time (survival.At)."""

    @property
    def at_risk(self) -> int:
        """Return how many were still watched."""

    @property
    def s(self) -> float:
        """Return the part that stayed."""

    @property
    def low(self) -> float:
        """Return the lower end of its band."""

    @property
    def high(self) -> float:
        """Return the upper end of its band."""


@dataclass(frozen=True)
class Numbers:
    """What findings are made of.

    `month`: the last one that is over. `now`: the whole figures by code, `women` of those who came; `before`: those of
    the month before, empty where the month is not whole or nothing is known of it. `needs`: pieces by the code of the
    supply. `months`: by code, the months up to this one, None before anything was recorded. `after_a_year`: of the
    curve, with how many left in all and how many of them without their day. `reach`: people reached, and of how many,
    low and high.
    """

    month: date
    now: Mapping[str, int]
    women: int = 0
    before: Mapping[str, int] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, Sequence[int | None]] = field(default_factory=dict)
    last_start: date | None = None
    after_a_year: PartThatStayed | None = None
    left: int = 0
    undated: int = 0
    reach: tuple[int, int, int, int] | None = None


def of_a_hundred(part: float, whole: float) -> int:
    """Return how many of a hundred it is, to the nearest whole one: 0 and 100 only where it is none, or all."""
    nearest = int(100 * part / whole + 0.5)
    if 0 < part < whole:
        return min(max(nearest, 1), 99)
    return nearest


def findings(numbers: Numbers) -> list[Finding]:
    """Return what the month says, in the order in which it is read."""
    return [
        *_people(numbers),
        *_supplies(numbers),
        *_support(numbers),
        *_mat(numbers),
        *_staying(numbers),
        *_around(numbers),
    ]


def gaps(numbers: Numbers) -> list[Finding]:
    """Return what did not happen: nobody started, nothing was given or held, no need is set."""
    found = list(_no_start(numbers))
    nothing = {code: months_of_nothing(values) for code, values in numbers.months.items()}
    nobody = nothing.get("visits.visits", 0)
    if nobody >= 2:
        found.append(Finding(FindingKind.NOBODY_CAME_FOR, {"months": nobody}))
    for code, months in nothing.items():
        # Where nobody comes nothing is given: that is said once.
        is_said = code == "mat.inducted" or code.startswith("visits.") or months <= nobody
        if months >= 2 and not is_said:
            found.append(Finding(FindingKind.NOTHING_FOR, {"months": months}, code))
    if not numbers.needs and any(
        numbers.now.get(code) for code in numbers.now if code.startswith("supplies.")
    ):
        found.append(Finding(FindingKind.NO_NEED_SET))
    return found


def months_of_nothing(values: Sequence[int | None]) -> int:
    """Return how many months up to the last one had nothing, after one that had something; 0 where none ever had."""
    for months, value in enumerate(reversed(values)):
        if value:
            return months
        if value is None:
            break
    return 0


def _people(numbers: Numbers) -> Iterator[Finding]:
    people, visits = numbers.now.get("visits.people", 0), numbers.now.get("visits.visits", 0)
    yield Finding(FindingKind.PEOPLE, {"people": people, "visits": visits})
    before = numbers.before.get("visits.people")
    if before is not None and abs(people - before) >= max(FEW, _MOVED * before):
        more = FindingKind.MORE_PEOPLE if before else FindingKind.MORE_THAN_NOBODY
        kind = more if people > before else FindingKind.FEWER_PEOPLE
        yield Finding(kind, {"by": abs(people - before), "before": before})
    new = numbers.now.get("visits.new_people", 0)
    if new >= FEW:
        yield Finding(FindingKind.NEW, _part(new, people))
    if numbers.women >= FEW:
        yield Finding(FindingKind.WOMEN, _part(numbers.women, people))


def _supplies(numbers: Numbers) -> Iterator[Finding]:
    for code, need in numbers.needs.items():
        given = numbers.now.get(code, 0)
        kind = FindingKind.NEED_MET if given >= need else FindingKind.NEED_PART
        if need:
            yield Finding(
                kind, {"given": given, "need": need, "per_hundred": of_a_hundred(given, need)}, code
            )
    given, back = numbers.now.get("supplies.needles", 0), numbers.now.get("supplies.needles_returned", 0)
    if given >= ENOUGH:
        yield Finding(FindingKind.NEEDLES_BACK, {"back": back, "per_hundred": of_a_hundred(back, given)})


def _support(numbers: Numbers) -> Iterator[Finding]:
    people, legal = (numbers.now.get(code, 0) for code in ("support.people", "legal.people"))
    said = {"people": people if people >= FEW else 0, "legal": legal if legal >= FEW else 0}
    if any(said.values()):
        yield Finding(FindingKind.SUPPORT, said)


def _mat(numbers: Numbers) -> Iterator[Finding]:
    ever = numbers.now.get("mat.ever_inducted", 0)
    if ever:
        yield Finding(FindingKind.ACTIVE, _part(numbers.now.get("mat.active", 0), ever))
    long = numbers.now.get("mat.missing_5_plus", 0)
    missing = numbers.now.get("mat.missing_1_2", 0) + numbers.now.get("mat.missing_3_4", 0) + long
    if missing >= FEW:
        yield Finding(FindingKind.MISSING, {"people": missing, "long": long})
    back = numbers.now.get("mat.returned", 0)
    if back >= FEW:
        yield Finding(FindingKind.CAME_BACK, {"people": back})


def _staying(numbers: Numbers) -> Iterator[Finding]:
    """Say how many stay a year where enough were watched so long, and the days on which people left are known."""
    at = numbers.after_a_year
    if at is None or at.at_risk < ENOUGH:
        return
    if numbers.undated > _UNDATED * numbers.left:
        yield Finding(FindingKind.STAYING_UNDATED, {"undated": numbers.undated, "left": numbers.left})
        return
    parts = {"s": at.s, "low": at.low, "high": at.high}
    yield Finding(FindingKind.STAYING, {name: of_a_hundred(part, 1) for name, part in parts.items()})


def _around(numbers: Numbers) -> Iterator[Finding]:
    heads = numbers.now.get("community.participants", 0)
    if heads:
        yield Finding(FindingKind.COMMUNITY, {"heads": heads})
    if numbers.reach and numbers.reach[0] >= FEW:
        people, value, low, high = numbers.reach
        if people > value:
            yield Finding(FindingKind.REACH_BEYOND, {"people": people, "estimate": value})
            return
        parts = {"s": value, "low": high, "high": low}  # of more people, the same number is a smaller part
        hundred = {name: of_a_hundred(people, whole) for name, whole in parts.items()}
        yield Finding(FindingKind.REACH, {"people": people, "estimate": value, **hundred})


def _no_start(numbers: Numbers) -> Iterator[Finding]:
    """Say for how many whole months nobody started MAT, with how many who wait. One month without is no gap."""
    waiting = numbers.now.get("mat.waiting", 0)
    if numbers.last_start is None:
        if waiting >= FEW:
            yield Finding(FindingKind.NO_START_EVER, {"waiting": waiting})
        return
    months = _months_between(numbers.last_start, numbers.month)
    if months >= 2:
        yield Finding(FindingKind.NO_START, {"months": months, "waiting": waiting}, since=numbers.last_start)


def _months_between(day: date, month: date) -> int:
    return (month.year - day.year) * 12 + month.month - day.month


def _part(part: int, whole: int) -> dict[str, int]:
    """Return a part of a whole, with how many of a hundred that is where there are enough for it; else 0."""
    hundred = of_a_hundred(part, whole) if whole >= ENOUGH else 0
    return {"part": part, "whole": whole, "per_hundred": hundred}
