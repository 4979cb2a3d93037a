"""`kimbilio import`: take a book in, or take a whole import back."""

import argparse
import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from kimbilio.accounts.queries import actor_named, site_named
from kimbilio.config.command_line.opening import in_open_home
from kimbilio.config.command_line.saying import Failed, print_json
from kimbilio.exchange.actions import import_book, undo_import
from kimbilio.exchange.books.columns_file import read_columns_file
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.limits import MOST_BYTES
from kimbilio.exchange.books.list_titles import Month
from kimbilio.exchange.books.marks import Mark
from kimbilio.exchange.books.wording import BookFault
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds import GivenBook, ReadBook
from kimbilio.exchange.queries import (
    ShownLine,
    clinic_named,
    counts_kept,
    import_numbered,
    lines_of,
    preview_book,
    remarks_on,
)
from kimbilio.exchange.reading import NeedsMarks
from kimbilio.exchange.wording import in_words
from kimbilio.reports.writing.csv import harmless

_UNDO = "undo"


def add_to(commands: Any) -> None:
    """Add `import` and `import undo`."""
    books = commands.add_parser("import", help="take a book in, or take a whole import back")
    kinds = books.add_subparsers(required=True, metavar="|".join([*Kind, _UNDO]), dest="kind")
    for kind in Kind:
        _add_kind(kinds, kind)
    undo = kinds.add_parser(_UNDO, help="take a whole import back")
    undo.add_argument("id", metavar="ID", type=int, help="the number of the import")
    undo.add_argument("--by", metavar="USER", required=True, help="who takes it back")
    undo.add_argument("--json", action="store_true", help="print one JSON document")
    undo.set_defaults(run=in_open_home(run_undo))


def _add_kind(kinds: Any, kind: Kind) -> None:
    one = kinds.add_parser(kind.value, help=f"take a book in: {kind.value}")
    one.add_argument("file", metavar="FILE", type=Path, help="xls, xlsx, ods or CSV")
    one.add_argument("--site", required=True, help="the site whose book it is")
    one.add_argument("--by", metavar="USER", required=True, help="who takes it in")
    one.add_argument(
        "--month", type=_month, metavar="YYYY-MM", help="the month, where the book does not say it"
    )
    one.add_argument("--clinic", help="the MAT clinic, where the site works beside several")
    one.add_argument(
        "--columns", type=Path, metavar="FILE", help="which heading is which field, as JSON or CSV"
    )
    one.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    one.add_argument("--details", type=Path, metavar="FILE", help="write what becomes of each line, as CSV")
    one.add_argument("--json", action="store_true", help="print one JSON document")
    one.set_defaults(run=in_open_home(run_import))


def run_import(args: argparse.Namespace) -> None:
    """Take a book in, or say what that would do."""
    try:
        _import(args)
    except NeedsMarks as why:
        example = '{"columns": {}, "marks": {"k": "dosed"}}'
        raise Failed(
            f"{why} Say it in a file such as {example}, given with --columns. It can mean: {', '.join(Mark)}."
        ) from None


def _import(args: argparse.Namespace) -> None:
    by = actor_named(args.by)
    site = site_named(by.organisation_id, args.site)
    given = GivenBook(
        kind=Kind(args.kind),
        name=args.file.name,
        data=_bytes(args.file),
        month=args.month,
        **_told(args.columns, Kind(args.kind)),
        clinic=clinic_named(by, site, args.clinic) if args.clinic else None,
    )
    details = _open_details(args.details)
    seen: list[ReadBook] = []
    if args.dry_run:
        preview = preview_book(by, site, given)
        seen.append(preview.read)
        counts, number = preview.counts, None
        lines: Callable[[], Sequence[ShownLine]] = partial(preview.lines, limit=None)
    else:
        with _progress() as progress:
            made = import_book(by=by, site=site, given=given, progress=progress, seen=seen.append)
        counts, number = counts_kept(made), made.number
        lines = partial(lines_of, by, made, limit=None)
    if details is not None:
        _write_details(details, lines())
    for remark in remarks_on(seen[0]):
        print(remark, file=sys.stderr)
    _say(args, {"id": number, "kind": args.kind, "file": args.file.name, **asdict(counts)})


def run_undo(args: argparse.Namespace) -> None:
    """Take a whole import back."""
    by = actor_named(args.by)
    made = undo_import(by=by, book_import=import_numbered(by, args.id))
    if args.json:
        print_json({"id": made.number, "kind": made.kind, "undone": True, "kept": made.kept})
    elif made.kept:
        print(
            f"Import {made.number} was taken back, but for {made.kept} people: more was recorded of them since.",
            file=sys.stderr,
        )
    else:
        print(f"Import {made.number} was taken back.", file=sys.stderr)


def _say(args: argparse.Namespace, answer: Mapping[str, Any]) -> None:
    if args.json:
        print_json(answer)
        return
    table = Table("What became of the lines", "", title=f"{answer['file']} ({answer['kind']})")
    for fate in LineFate:
        table.add_row(str(fate.label), str(answer[fate.value]))
    table.add_row("All lines", str(answer["rows"]))
    table.add_row("Headings, totals and notes", str(answer["ignored"]))
    table.add_row("Likely entered twice", str(answer["duplicates"]))
    Console().print(table)
    waiting = sum(answer[fate] for fate in ("ambiguous", "unknown", "unreadable"))
    if answer["id"] is None:
        print("Nothing was written: this only looked.", file=sys.stderr)
    else:
        print(
            f"This is import {answer['id']}; 'kimbilio import undo {answer['id']}' takes it back.",
            file=sys.stderr,
        )
        if waiting:
            print(
                f"Lines that wait for somebody to settle them, on the page of books: {waiting}.",
                file=sys.stderr,
            )


def _month(text: str) -> Month:
    year, dash, month = text.partition("-")
    if dash and year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12:
        return Month(int(year), int(month))
    raise argparse.ArgumentTypeError("a month is written like 2025-06")


def _bytes(path: Path) -> bytes:
    """Return a file's content; Failed, in one sentence, where it cannot be read or is far too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Failed(
                f"{path.name} is larger than {MOST_BYTES // 2**20} MB. Save the sheet you need as a book."
            )
        return path.read_bytes()
    except OSError as why:
        raise Failed(f"{path.name} cannot be read: {why.strerror}.") from why


def _told(path: Path | None, kind: Kind) -> dict[str, Any]:
    """Return what a file says of columns and marks, for a book; nothing where no file is given."""
    if path is None:
        return {}
    try:
        told = read_columns_file(_bytes(path), kind)
    except BookFault as why:
        raise Failed(in_words(why.words)) from None
    return {"columns": told.columns, "marks": told.marks or None}


def _open_details(path: Path | None) -> Any:
    """Open the file of details before anything is done, so that nothing is written if it cannot be."""
    if path is None:
        return None
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as why:
        raise Failed(f"{path.name} cannot be written: {why.strerror}.") from why


def _write_details(file: Any, lines: Sequence[ShownLine]) -> None:
    with file:
        writer = csv.writer(file)
        writer.writerow(["sheet", "line", "fate", "reason", "code"])
        for line in lines:
            reason = " ".join(filter(None, (line.reason, *line.notes)))
            words = harmless(line.sheet), line.line, line.fate.value, harmless(reason), harmless(line.code)
            writer.writerow(words)


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """Show a bar on standard error, where a person is at a terminal."""
    if not sys.stderr.isatty():
        yield lambda _part: None
        return
    columns = (TextColumn("Taking the book in"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda part: bar.update(task, completed=part)
