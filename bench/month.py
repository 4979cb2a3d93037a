"""The month's report after years: counted, by hand-written SQL, closed, as a PDF; on both databases.

Exit code 1 when a goal is missed. See docs/measurements.md.
"""

import argparse
import json
import math
import sys
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench.goals import Verdict
from bench.run import DATABASES, new_environment, run

# Source: the goals of the month ("June's report for 10,000 people x 10 years within 3 times hand-written SQL over the
# same tables, a closed month flat in history; PDF within 5 s"); flat, as everywhere: it grows by no more than the tenth
# power of the years.
TIMES_SQL, PDF_MS, GROWTH = 3.0, 5000.0, 0.1
_ROUNDS = 9


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description="Measure the month's report.")
    parser.add_argument("--people", type=int, default=10_000, help="how many people (default 10000)")
    parser.add_argument(
        "--years", type=int, default=10, help="how many years lie behind the month (default 10)"
    )
    parser.add_argument("--seed", type=int, default=20261122, help="another programme for another seed")
    parser.add_argument("--database", choices=DATABASES, help="measure one of the two only")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    args = parser.parse_args()
    found = {name: _measured(name, args) for name in DATABASES if args.database in {None, name}}
    goals = [goal for name, measured in found.items() for goal in _verdicts(name, measured, args.years)]
    print(json.dumps(found, indent=2)) if args.json else _show(found, goals)
    missed = [goal for goal in goals if not goal.met]
    for goal in missed:
        print(
            f"Missed on {goal.database}: {goal.goal}: {goal.measured:g}, at most {goal.at_most:g}.",
            file=sys.stderr,
        )
    return int(bool(missed))


def _measured(database: str, args: argparse.Namespace) -> dict[str, Any]:
    """Measure June after one year, and after all of them."""
    found = {}
    for years in (1, args.years):
        with new_environment(database) as own:
            print(f"{database}: {args.people} people, years: {years} …", file=sys.stderr)
            built = run(
                "bench.month_build", [args.people, years, last_june().replace(day=30), args.seed], own
            )
            found[f"years: {years}"] = built | run("bench.month_times", [last_june(), _ROUNDS], own)
    return found


def last_june() -> date:
    """Return the last June that is over."""
    today = date.today()  # noqa: DTZ011  (the day on this machine)
    return date(today.year - (today.month <= 6), 6, 1)


def _verdicts(database: str, measured: dict[str, Any], years: int) -> list[Verdict]:
    short, long = measured["years: 1"], measured[f"years: {years}"]
    times = long["ms"]["report"] / long["ms"]["sql"]
    found = [
        Verdict(
            database,
            "numbers that differ from hand-written SQL",
            0,
            int(not (short["the same"] and long["the same"])),
        ),
        Verdict(database, "the report: times hand-written SQL", TIMES_SQL, round(times, 2)),
        Verdict(database, "the PDF, in ms", PDF_MS, long["ms"]["pdf"]),
    ]
    if years > 1:
        grew = {
            name: round(math.log(long["ms"][name] / short["ms"][name], years), 3)
            for name in ("closed report", "closed page")
        }
        found += [Verdict(database, f"a {name}: power of the years", GROWTH, grew[name]) for name in grew]
    return found


def _show(found: dict[str, Any], goals: list[Verdict]) -> None:
    for database, measured in found.items():
        for years, told in measured.items():
            print(f"{database}, {years}: {told['visits']:,} visits, {told['numbers']:,} numbers in the month")
            for name, milliseconds in told["ms"].items():
                print(f"  {name:<28} {milliseconds:>9,.1f} ms")
    for goal in goals:
        print(f"{goal.database}: {goal.goal}: {goal.measured:g}, at most {goal.at_most:g}")


if __name__ == "__main__":
    sys.exit(main())
