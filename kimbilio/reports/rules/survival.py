"""How long people stay: Kaplan-Meier, with its band, the numbers at risk and the median.

Source: docs/sources.md, 'Staying on MAT'. The band is the 95 % one on the scale of log(-log S), after Greenwood's
variance: it never leaves 0 to 1. Whoever leaves on a day is at risk on that day, and whoever is censored on it too.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from math import exp, log, sqrt
from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)
# Products of fractions are a hair off: a half that was reached is a half.
_HAIR = 1e-9


@dataclass(frozen=True)
class Stay:
    """How long one stay lasted, as far as it was watched; whether it ended by leaving, or is censored."""

    lasted: float
    left: bool


@dataclass(frozen=True)
class At:
    """What is known of a time: how many were still watched then, which part had stayed, and its band.

    `left` and `censored` are sums up to and with that time. `s` is the part that stayed beyond it.
    """

    t: float
    at_risk: int
    left: int
    censored: int
    s: float
    low: float
    high: float


@dataclass(frozen=True)
class Survival:
    """The curve: one entry for each time at which somebody left or was censored, the earliest first."""

    n: int
    events: int
    steps: tuple[At, ...]

    @cached_property
    def _times(self) -> list[float]:
        return [step.t for step in self.steps]

    @property
    def median(self) -> float | None:
        """Return the first time by which half or fewer had stayed; None where half never left."""
        return next((step.t for step in self.steps if step.s <= 0.5 + _HAIR), None)

    @property
    def longest(self) -> float:
        """Return the longest time that anybody was watched; 0 for nobody."""
        return self._times[-1] if self.steps else 0

    def at(self, t: float) -> At:
        """Return what is known of any time; after the last one, nobody is at risk and the curve goes on flat."""
        place = bisect_right(self._times, t)
        if place == 0:
            return At(t, self.n, 0, 0, 1.0, 1.0, 1.0)
        last = self.steps[place - 1]
        watched = last.at_risk if last.t == t else last.at_risk - self._ended_at(place - 1)
        return replace(last, t=t, at_risk=watched)

    def _ended_at(self, place: int) -> int:
        """Return how many left or were censored at this step itself."""
        step = self.steps[place]
        before = self.steps[place - 1] if place else None
        return step.left + step.censored - (before.left + before.censored if before else 0)


def survival_of(stays: Iterable[Stay]) -> Survival:
    """Return the curve of these stays, however many share a time; of nobody, one without a step."""
    counted = Counter((stay.lasted, stay.left) for stay in stays)
    times = sorted({lasted for lasted, _left in counted})
    left = [counted[time, True] for time in times]
    censored = [counted[time, False] for time in times]
    at_risk = _at_risk(left, censored)
    stayed = accumulate(
        (1 - gone / watched for gone, watched in zip(left, at_risk, strict=True)), lambda a, b: a * b
    )
    spread = accumulate(_greenwood(gone, watched) for gone, watched in zip(left, at_risk, strict=True))
    rows = zip(times, at_risk, accumulate(left), accumulate(censored), stayed, spread, strict=True)
    steps = tuple(At(t, n, gone, out, s, *_band(s, sum_)) for t, n, gone, out, s, sum_ in rows)
    return Survival(n=counted.total(), events=sum(left), steps=steps)


def _at_risk(left: list[int], censored: list[int]) -> list[int]:
    """Return how many are watched just before each time."""
    ended = [gone + out for gone, out in zip(left, censored, strict=True)]
    everybody = sum(ended)
    return [everybody - before for before in accumulate([0, *ended[:-1]])] if ended else []


def _greenwood(gone: int, watched: int) -> float:
    """Return the part of one time in the sum under Greenwood's root; none where the last one left."""
    return 0.0 if gone == watched else gone / (watched * (watched - gone))


def _band(s: float, spread: float) -> tuple[float, float]:
    """Return the band of one part that stayed. Where nobody left, or everybody did, it has no width."""
    if not 0 < s < 1:
        return s, s
    half = _Z * sqrt(spread) / log(s)
    return exp(log(s) * exp(-half)), exp(log(s) * exp(half))
