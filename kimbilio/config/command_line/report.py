"""`kimbilio report month`: the month's figures as a table, as JSON, or as a file to take along."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import actor_named, site_named
from kimbilio.config.command_line.opening import in_open_home
from kimbilio.config.command_line.saying import Failed, print_json
from kimbilio.reports.actions import take_figures, write_down_export
from kimbilio.reports.figures import Figure


def add_to(commands: Any) -> None:
    """Add `report month`."""
    report = commands.add_parser("report", help="the month's report")
    kinds = report.add_subparsers(required=True, metavar="KIND")
    month = kinds.add_parser("month", help="the report of one month")
    month.add_argument("month", type=_month, metavar="YYYY-MM", help="which month")
    month.add_argument("--site", help="one site (default: every site whose report you may see)")
    month.add_argument("--by", metavar="USER", required=True, help="who asks")
    how = month.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print one JSON document")
    for kind, words in (("xlsx", "a workbook"), ("pdf", "a PDF"), ("csv", "a plain table")):
        how.add_argument(f"--{kind}", metavar="FILE", type=Path, help=f"write {words}")
    month.set_defaults(run=in_open_home(run_report))


def _month(text: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no month: write YYYY-MM") from None


def run_report(args: argparse.Namespace) -> None:
    """Print the figures of a month, or write them into a file. Of a closed month, as it was closed."""
    by = actor_named(args.by)
    site = site_named(by.organisation_id, args.site) if args.site else None
    for kind in ("xlsx", "pdf", "csv"):
        if (file := getattr(args, kind)) is not None:
            _write(by, args.month, site, kind, file)
            print(f"Written: {file}")
            return
    figures = take_figures(by=by, month=args.month, site=site)
    if args.json:
        print_json([_plain(one) for one in figures])
    else:
        Console().print(_table(figures))


def _plain(figure: Figure) -> dict[str, Any]:
    return {
        "code": figure.code,
        "title": figure.title,
        "value": figure.value,
        "of": figure.of,
        "split": dict(figure.split),
    }


def _write(by: Actor, month: date, site: Site | None, kind: str, file: Path) -> None:
    """Write the report into a file that only its owner reads; what stood there before is replaced as a whole."""
    data = _writer(kind)(by, month, site)
    write_down_export(by=by, month=month, site=site, how=kind)
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.touch(mode=0o600, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as why:
        beside.unlink(missing_ok=True)
        raise Failed(f"The file cannot be written: {why.strerror}.") from why


def _writer(kind: str) -> Callable[[Actor, date, Site | None], bytes]:
    """Return what makes the file; the libraries for it are read only when one is asked for."""
    from kimbilio.reports.written.report import written_report

    def made(by: Actor, month: date, site: Site | None) -> bytes:
        report = written_report(by, month, site)
        if kind == "pdf":
            from kimbilio.reports.writing.pdf import pdf_of

            return pdf_of(report)
        if kind == "xlsx":
            from kimbilio.reports.writing.workbook import workbook_of

            return workbook_of(report)
        from kimbilio.reports.writing.csv import csv_of

        return csv_of(report.figures)

    return made


def _table(figures: list[Figure]) -> Table:
    """Return the figures as people read them: each whole, with its two sexes beside it."""
    table = Table("What", "All", "Male", "Female")
    by_split = {(one.code, *sorted(one.split.items())): one.value for one in figures}
    for one in figures:
        if not one.split:
            sexes = (by_split.get((one.code, ("sex", sex))) for sex in ("male", "female"))
            table.add_row(
                escape(one.title), str(one.value), *("" if count is None else str(count) for count in sexes)
            )
    return table
