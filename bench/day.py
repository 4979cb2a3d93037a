"""A day of 70 users against the real server, and how many visits a second go through the real action.

On both databases; exit code 1 when a goal is missed. See docs/measurements.md.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench.day_build import USERS
from bench.goals import Verdict
from bench.rates import rate
from bench.run import DATABASES, new_environment, run
from bench.serving import served
from bench.timing import percentile

# Source: the goals of the desk's day ("70 users of mixed work, pages within 200 ms and check-in within 100 ms at the
# 95th percentile, both databases; at least 150 visits a second through the real action on PostgreSQL").
PAGE_P95, CHECK_IN_P95, VISITS_A_SECOND = 200.0, 100.0, 150.0
CHECK_IN = "save visit"
# Of few requests the 95th percentile is the slowest one: such a page is judged with all others only.
_ENOUGH = 40


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description="Measure a day of 70 users.")
    parser.add_argument("--people", type=int, default=10_000, help="how many people (default 10000)")
    parser.add_argument("--years", type=int, default=2, help="how many years lie behind them (default 2)")
    parser.add_argument("--seconds", type=float, default=300, help="how long the users work (default 300)")
    parser.add_argument("--warm-up", type=float, default=40, help="seconds before that, which do not count")
    parser.add_argument("--processes", type=int, default=2, help="how many save visits at once (default 2)")
    parser.add_argument("--seed", type=int, default=20261122, help="another day for another seed")
    parser.add_argument("--database", choices=DATABASES, help="measure one of the two only")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    args = parser.parse_args()
    found = {name: _measured(name, args) for name in DATABASES if args.database in {None, name}}
    goals = [goal for name, measured in found.items() for goal in _verdicts(name, measured)]
    print(json.dumps(found, indent=2)) if args.json else _show(found)
    missed = [goal for goal in goals if not goal.met]
    for goal in missed:
        print(
            f"Missed on {goal.database}: {goal.goal}: {goal.measured:g}, not {goal.at_most:g}.",
            file=sys.stderr,
        )
    return int(bool(missed))


def _measured(database: str, args: argparse.Namespace) -> dict[str, Any]:
    with new_environment(database) as own:
        print(f"{database}: {args.people} people, {args.years} years …", file=sys.stderr)
        run("bench.day_build", [args.people, args.years, args.seed], own)
        print(f"{database}: a day of everybody …", file=sys.stderr)
        with served(own) as port:
            users = Path(own["KIMBILIO_HOME"]) / USERS
            load = [port, users, args.warm_up, args.seconds, args.seed]
            day = run("bench.day_load", load, own)
        print(f"{database}: visits a second …", file=sys.stderr)
        few = min(args.seconds, 20.0)
        return {
            "day": _figures(day, args.seconds),
            "visits": {how: rate(how, args.processes, few, args.seed, own) for how in ("action", "raw")},
        }


def _figures(day: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Return what was measured of the day, by page and of all pages together."""
    took = day["took"] | {"all pages": [one for times in day["took"].values() for one in times]}
    return {
        "users": day["users"],
        "requests_a_second": round(len(took["all pages"]) / seconds, 1),
        "failed": day["failed"],
        "pages": {
            name: {"count": len(times), **{f"p{part}": percentile(times, part) for part in (50, 95, 99)}}
            for name, times in sorted(took.items())
            if times
        },
    }


def _verdicts(database: str, measured: dict[str, Any]) -> list[Verdict]:
    """Judge one database's day. A rate is a goal the other way round, and judged by how long one visit takes."""
    day = measured["day"]
    found = [
        Verdict(database, f"{name}, p95 in ms", CHECK_IN_P95 if name == CHECK_IN else PAGE_P95, page["p95"])
        for name, page in day["pages"].items()
        if page["count"] >= _ENOUGH or name == "all pages"
    ]
    found.append(Verdict(database, "requests that failed", 0, sum(day["failed"].values())))
    if database == "postgresql":
        each = 1000 / measured["visits"]["action"]["a_second"]
        found.append(Verdict(database, "ms for each visit saved", 1000 / VISITS_A_SECOND, round(each, 2)))
    return found


def _show(found: dict[str, Any]) -> None:
    for database, measured in found.items():
        day = measured["day"]
        print(f"{database}: {day['users']} users, {day['requests_a_second']} requests a second")
        for name, page in day["pages"].items():
            told = "  ".join(f"{part} {page[part]:7.1f}" for part in ("p50", "p95", "p99"))
            print(f"  {name:<24} {page['count']:>5}  {told}")
        for how, rates in measured["visits"].items():
            print(f"  visits a second, {how}: {rates}")


if __name__ == "__main__":
    sys.exit(main())
