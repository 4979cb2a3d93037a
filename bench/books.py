"""How long it takes from a book to what it adds, on both databases: `python bench/books.py`.

A month of a clinic's attendance for many people and for few, from the file to the list of people to look for, and a
line list. Each beside the least that the same machine needs: unpacking the same file, and no more. Exit code 1 when a
goal is missed.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench.fictional import fictional_people
from bench.home import MANAGER, new_root_key, open_again
from bench.run import DATABASES, new_environment, run

FEW = 600
LINES = 3_353
MARKS = ["P"] * 18 + ["A", "TH"]
# Source: the goals of this part ("600 people within 10 s; 50,000 people x 30 days within 60 s and 512 MB").
SECONDS = {"month of few": 10.0, "month of many": 60.0}
MEGABYTES = 512
_AT_ONCE = 5_000


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description="Measure taking books in.")
    parser.add_argument("--people", type=int, default=50_000, help="how many people in the large month")
    parser.add_argument("--database", choices=DATABASES, help="measure one of the two only")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of lines")
    args = parser.parse_args()
    found = {name: _measured(name, args.people) for name in DATABASES if args.database in {None, name}}
    if args.json:
        print(json.dumps(found, indent=2))
    missed = []
    for database, books in found.items():
        for book, told in books.items():
            if not args.json:
                print(
                    f"{database:<11} {book:<14}", "  ".join(f"{name} {value}" for name, value in told.items())
                )
            if told["seconds"] > SECONDS.get(book, 1e9) or told["megabytes"] > MEGABYTES:
                missed.append(f"Missed on {database}: {book}.")
    print(*missed, sep="\n", file=sys.stderr)
    return int(bool(missed))


def _measured(database: str, people: int) -> dict[str, dict[str, float]]:
    found = {}
    for book, count in (("month of few", FEW), ("month of many", people)):
        with new_environment(database) as own:
            print(f"{database}: {count} people …", file=sys.stderr)
            _inside("build", count, own)
            found[book] = _inside("attendance", count, own)
            if count == FEW:
                found["line list"] = _inside("line-list", LINES, own)
    return found


def _inside(what: str, count: int, own: dict[str, str]) -> dict[str, Any]:
    return run("bench.books", [what, count], own)


def inside(what: str, count: int) -> dict[str, Any]:
    """Do one part in a process of its own, so that its memory is its own."""
    if what == "build":
        _build(count)
        _file("attendance").write_bytes(_month(count))
        _file("line-list").write_bytes(_line_list(LINES))
        return {}
    open_again()
    return _take_in(what, _file(what).read_bytes())


def _file(kind: str) -> Path:
    from kimbilio.config.environment import environment

    return environment().home / f"{kind}.xlsx"


def _build(count: int) -> None:
    """Make a home with people who have a MAT number and nothing else."""
    new_root_key()
    from bench.build import _set_up
    from kimbilio.accounts.queries import actor_named, sites_in
    from kimbilio.identity.actions import WhoTheyAre, record_many
    from kimbilio.identity.choices import NumberKind
    from kimbilio.people.actions import AboutClient, NewClient, register_clients
    from kimbilio.people.choices import ConsentManner, Sex

    _set_up()
    by = actor_named(MANAGER)
    site = sites_in(by.organisation_id)[0]
    for start in range(0, count, _AT_ONCE):
        size = min(_AT_ONCE, count - start)
        new = [NewClient(AboutClient(Sex.MALE), ConsentManner.EARLIER_BOOKS) for _one in range(size)]
        clients = register_clients(by=by, site=site, people=new)
        who = [
            WhoTheyAre(client, numbers=[(NumberKind.MAT_NUMBER, _mat_number(start + place))])
            for place, client in enumerate(clients)
        ]
        record_many(by=by, site=site, people=who)


def _mat_number(place: int) -> str:
    return f"KRR{place:05d}"


def _month(count: int) -> bytes:
    """Return June 2025 as the clinic writes it, one line a person, with a day on which nobody has an entry."""
    chance = Random(count)
    rows: list[list[Any]] = [["MAT CLINIC JUNE 2025"], ["S/N", "MAT NO", *range(1, 31)]]
    for place in range(count):
        marks = ["" if day == 20 else chance.choice(MARKS) for day in range(30)]
        rows.append([place + 1, _mat_number(place), *marks])
    return _as_xlsx(rows)


def _line_list(count: int) -> bytes:
    """Return a line list as a programme writes it."""
    headings = "Code,First name,Middle name,Surname,Sex,Age,Phone,MAT No.,Date inducted,MAT status".split(",")
    rows: list[list[Any]] = [headings]
    for place, one in enumerate(fictional_people(count, seed=count)):
        mat = [f"LL{place:05d}", "1/2/2024", "Active"] if place % 4 == 0 else ["", "", ""]
        names = [one.first, one.middle, one.last, "F" if one.female else "M", one.age]
        rows.append([f"KSS-{place:05d}", *names, one.phone, *mat])
    return _as_xlsx(rows)


def _as_xlsx(rows: list[list[Any]]) -> bytes:
    import io

    import xlsxwriter  # type: ignore[import-untyped]  # it comes without types

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet("Jun 2025")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return file.getvalue()


def _take_in(kind: str, data: bytes) -> dict[str, Any]:
    """Take a book in and ask for the list, as one would; then only unpack it, as the least that it takes."""
    import io
    from datetime import date

    import python_calamine

    from kimbilio.accounts.queries import actor_named, sites_in
    from kimbilio.exchange.actions import import_book
    from kimbilio.exchange.books.fields import Kind
    from kimbilio.exchange.kinds import GivenBook
    from kimbilio.mat.queries import runs_as_at

    by = actor_named(MANAGER)
    site = sites_in(by.organisation_id)[0]
    before = _megabytes()
    began, cpu = time.perf_counter(), time.process_time()
    made = import_book(by=by, site=site, given=GivenBook(Kind(kind), "book.xlsx", data))
    listed = len(runs_as_at(by, site, date(2025, 6, 30)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    most = _megabytes()
    began = time.perf_counter()
    for name in (book := python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))).sheet_names:
        book.get_sheet_by_name(name).to_python()
    least = time.perf_counter() - began
    return {
        "lines": made.rows,
        "taken": made.accepted + made.corrected,
        "listed": listed,
        "seconds": round(seconds, 2),
        "cpu": round(cpu, 2),
        "megabytes": round(most, 1),
        "megabytes before": round(before, 1),
        "times unpacking": round(seconds / least, 1),
    }


def _megabytes() -> float:
    """Return the most memory that this process, or one that it started, has held."""
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(usage) / 1024


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in {"build", "attendance", "line-list"}:
        print(json.dumps(inside(sys.argv[1], int(sys.argv[2]))))
    else:
        sys.exit(main())
