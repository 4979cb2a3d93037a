"""Timing one thing many times: by the clock on the wall, and by the processor time of this thread."""

import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Thing = TypeVar("Thing")
ROUNDS = 3


def thirds(things: Sequence[Thing]) -> list[Sequence[Thing]]:
    """Return the things in as many parts as there are rounds."""
    size = math.ceil(len(things) / ROUNDS)
    return [things[start : start + size] for start in range(0, len(things), size)]


@dataclass
class Series:
    """How long a thing took, each time, in milliseconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def time(self, do: Callable[[], Thing]) -> Thing:
        """Do the thing once, and note how long it took."""
        cpu, wall = time.thread_time(), time.perf_counter()
        done = do()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.thread_time() - cpu) * 1000)
        return done

    def time_each(self, do: Callable[[Any], Thing], things: Iterable[Any]) -> "Series":
        """Do the thing with each of these."""
        for thing in things:
            self.time(lambda thing=thing: do(thing))
        return self

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        wall = _figures(self.wall) | {"p95_of_middle_round": _p95_of_middle_round(self.wall)}
        return {"count": len(self.wall), "wall_ms": wall, "cpu_ms": _figures(self.cpu)}


def _figures(milliseconds: list[float]) -> dict[str, float]:
    return {
        "p50": percentile(milliseconds, 50),
        "p95": percentile(milliseconds, 95),
        "p99": percentile(milliseconds, 99),
        "most": round(max(milliseconds), 3),
    }


def _p95_of_middle_round(milliseconds: list[float]) -> float:
    """Return the 95th percentile of the first, second or last third: of the one that is neither best nor worst.

    So a goal is not missed because other work held the machine for some seconds.
    """
    return statistics.median_low(percentile(one, 95) for one in thirds(milliseconds))


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that this share of the values does not exceed (nearest rank)."""
    ranked = sorted(values)
    return round(ranked[max(0, math.ceil(percent / 100 * len(ranked)) - 1)], 3)
