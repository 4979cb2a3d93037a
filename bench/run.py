"""`make bench`: how long it takes to find, open and look for people among many, on both databases.

Each database gets a home of its own, filled and measured in processes of their own, and removed afterwards.
Exit code 1 when a goal is missed. See docs/measurements.md.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # in place of this folder, whose modules are found as bench.*

# Ours come after the path is set.
from bench.goals import ratios, verdicts  # noqa: E402
from bench.servers import temporary_database, temporary_home  # noqa: E402
from bench.tables import markdown, show  # noqa: E402

DATABASES = ("sqlcipher", "postgresql")
_OURS = "KIMBILIO_"
# Of the list of people to look for: years of days, and how often each page of it is opened.
_YEARS, _PAGES = 3, 60


def main() -> int:
    """Measure, print, judge."""
    args = _arguments()
    document = _measured(args)
    if args.json:
        print(json.dumps(document, indent=2))
    else:
        print(markdown(document)) if args.markdown else show(document)
    missed = [goal for goal in document["goals"] if not goal["met"]]
    for goal in missed:
        print(
            f"Missed on {goal['database']}: {goal['goal']}: {goal['measured']:g}, at most {goal['at_most']:g}.",
            file=sys.stderr,
        )
    if missed and max(document["machine"]["load"]) > document["machine"]["processors"]:
        print("The machine was busy with other work: measure again when it is not.", file=sys.stderr)
    return int(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure finding and opening a person.")
    parser.add_argument("--people", type=int, default=10_000, help="how many people (default 10000)")
    parser.add_argument("--searches", type=int, default=420, help="how many of each search (default 420)")
    parser.add_argument("--seed", type=int, default=20261122, help="other fictional people for another seed")
    parser.add_argument("--database", choices=DATABASES, help="measure one of the two only")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    form.add_argument("--markdown", action="store_true", help="print the tables of docs/measurements.md")
    return parser.parse_args()


def _measured(args: argparse.Namespace) -> dict[str, Any]:
    before = os.getloadavg()[0]
    databases = {
        name: _measure(name, args) for name in DATABASES if args.database is None or name == args.database
    }
    return {
        "people": args.people,
        "searches": args.searches,
        "seed": args.seed,
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "load": [before, os.getloadavg()[0]],
        },
        "databases": databases,
        "goals": [verdict.as_json() for name in databases for verdict in verdicts(name, databases[name])],
    }


def _measure(database: str, args: argparse.Namespace) -> dict[str, Any]:
    with new_environment(database) as environment:
        print(f"{database}: registering {args.people} fictional people …", file=sys.stderr)
        built = run("bench.build", [args.people, args.seed], environment)
        print(f"{database}: measuring …", file=sys.stderr)
        measured = run("bench.measure", [args.searches, args.seed], environment)
        print(f"{database}: years of a clinic's days, and looking for people …", file=sys.stderr)
        looked = run("bench.follow_up", [_YEARS, _PAGES, args.seed], environment)
    measured["timings"] |= built | looked["timings"]
    measured["queries"] |= looked["queries"]
    return {**measured, "ratios": ratios(measured["timings"])}


@contextmanager
def new_environment(database: str) -> Iterator[dict[str, str]]:
    """Give an environment with a new home and database, and nothing of a real one."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    with temporary_home() as home:
        own["KIMBILIO_HOME"] = str(home)
        if database == "sqlcipher":
            yield own
        else:
            with temporary_database(os.environ.get("KIMBILIO_DATABASE_URL")) as url:
                yield own | {"KIMBILIO_DATABASE_URL": url}


def run(module: str, arguments: Sequence[object], environment: dict[str, str]) -> dict[str, Any]:
    """Run one part of the measurements in a process of its own, and return what it printed."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


if __name__ == "__main__":
    sys.exit(main())
