"""Timing one thing many times: by the clock on the wall, and by the processor time of this thread."""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Thing = TypeVar("Thing")


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
        return {"count": len(self.wall), "wall_ms": _figures(self.wall), "cpu_ms": _figures(self.cpu)}


def _figures(milliseconds: list[float]) -> dict[str, float]:
    return {
        "p50": percentile(milliseconds, 50),
        "p95": percentile(milliseconds, 95),
        "p99": percentile(milliseconds, 99),
        "most": round(max(milliseconds), 3),
    }


def percentile(values: list[float], percent: float) -> float:
    """Return the smallest value that this share of the values does not exceed (nearest rank)."""
    ranked = sorted(values)
    return round(ranked[max(0, math.ceil(percent / 100 * len(ranked)) - 1)], 3)
