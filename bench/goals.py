"""What was promised of finding, opening and looking for people, what bounds it, and the figures beside each other."""

from dataclasses import asdict, dataclass
from typing import Any

# Source: the goals of the ground ("one person by name among 10,000 within 50 ms at the 95th percentile, by phone or
# number within 10 ms, on both databases; a person page at most 12 queries"). Milliseconds by the clock on the wall, in
# the middle one of three rounds.
P95_AT_MOST = {"name.page": 50.0, "phone.page": 10.0, "number.page": 10.0, "code.page": 10.0}
QUERIES_AT_MOST = {"find by name": 12, "find by phone": 12, "person page": 12, "show name and contacts": 12}
# Source: the goal of follow-up ("follow-up page for 10,000 people with a year of days: at most 200 ms, flat in years of
# history; both databases").
P95_AT_MOST |= {"follow.page": 200.0, "follow.own_people": 200.0, "follow.page_after_years": 200.0}
QUERIES_AT_MOST |= {"people to look for": 34}

# Each against the least that the same machine, at the same time, needs for the same thing.
RATIOS = {
    "a search by name : a bare request": (("name.page",), "bare"),
    "who has a phone : the same statement alone": (("phone.look_up",), "phone.raw"),
    "registering one person : the same rows alone": (("register.action",), "register.raw"),
    "people to look for, with three years of days : with one": (("follow.page_after_years",), "follow.page"),
    "registering everybody : the same rows in bulk": (("batch.register", "batch.record"), "batch.raw"),
}


@dataclass(frozen=True)
class Verdict:
    """One goal on one database."""

    database: str
    goal: str
    at_most: float
    measured: float

    @property
    def met(self) -> bool:
        """Say whether what was measured is within the goal."""
        return self.measured <= self.at_most

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as plain values."""
        return {**asdict(self), "met": self.met}


def verdicts(database: str, measured: dict[str, Any]) -> list[Verdict]:
    """Judge one database's figures."""
    timings, queries = measured["timings"], measured["queries"]
    return [
        *(
            Verdict(
                database,
                f"{_called(name)}, p95 in ms",
                at_most,
                timings[name]["wall_ms"]["p95_of_middle_round"],
            )
            for name, at_most in P95_AT_MOST.items()
        ),
        *(
            Verdict(database, f"{name}, queries", at_most, queries[name])
            for name, at_most in QUERIES_AT_MOST.items()
        ),
    ]


def _called(name: str) -> str:
    """Return what a goal is called."""
    kind, _dot, part = name.partition(".")
    return f"find by {kind}" if kind != "follow" else f"people to look for, {part.replace('_', ' ')}"


def ratios(timings: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return how many times the least each takes, by the median on the wall and of processor time."""
    return {
        name: {clock: _ratio(timings, whole, least, f"{clock}_ms") for clock in ("wall", "cpu")}
        for name, (whole, least) in RATIOS.items()
    }


def _ratio(timings: dict[str, Any], whole: tuple[str, ...], least: str, clock: str) -> float:
    part = sum(timings[name][clock]["p50"] for name in whole)
    return round(part / timings[least][clock]["p50"], 1)
