"""`kimbilio retention`: how long people stay, by Kaplan-Meier, from any plain CSV table. No home is needed."""

import argparse
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kimbilio.config.command_line.saying import Failed, print_json
from kimbilio.reports.plain_table import GroupedStay, TableFault, stays_in
from kimbilio.reports.rules.survival import Survival, survival_of

_AT = "30,60,90,180,365,730"


def add_to(commands: Any) -> None:
    """Add `retention`."""
    retention = commands.add_parser("retention", help="how long people stay, from a CSV table")
    retention.add_argument("file", metavar="FILE", type=Path, help="a CSV table, one line a stay")
    retention.add_argument(
        "--duration", metavar="COL", required=True, help="the column with how long it lasted"
    )
    retention.add_argument(
        "--event", metavar="COL", required=True, help="1: left; 0: still there when last seen"
    )
    retention.add_argument("--group", metavar="COL", help="one curve for each value of this column too")
    retention.add_argument("--at", type=_times, default=_AT, metavar="T,T,…", help=f"times (default: {_AT})")
    retention.add_argument("--json", action="store_true", help="print one JSON document")
    retention.set_defaults(run=run_retention)


def _times(text: str) -> list[float]:
    try:
        times = [float(part) for part in text.split(",")]
    except ValueError:
        times = []
    if not times or any(not isfinite(time) or time < 0 for time in times):
        raise argparse.ArgumentTypeError(f"'{text}' are no times: write numbers with commas between them")
    return times


def run_retention(args: argparse.Namespace) -> None:
    """Show the whole first, then each group in order."""
    try:
        stays = stays_in(args.file, duration=args.duration, event=args.event, group=args.group)
    except TableFault as why:
        raise Failed(str(why)) from None
    curves = _curves(stays, grouped=args.group is not None)
    if args.json:
        print_json([_document(group, curve, args.at) for group, curve in curves.items()])
    else:
        Console().print(_table(curves, args.at))


def _curves(stays: Sequence[GroupedStay], *, grouped: bool) -> dict[str | None, Survival]:
    curves: dict[str | None, Survival] = {None: survival_of(one.stay for one in stays)}
    groups = sorted({one.group or "" for one in stays}, key=_in_order) if grouped else []
    for group in groups:
        curves[group] = survival_of(one.stay for one in stays if one.group == group)
    return curves


def _in_order(group: str) -> tuple[bool, float, str]:
    """Return where a group stands: numbers by their size, then words by their letters."""
    if group.replace(".", "", 1).isdecimal():
        return (False, float(group), group)
    return (True, 0, group)


def _document(group: str | None, curve: Survival, times: Sequence[float]) -> Mapping[str, Any]:
    at = [curve.at(time) for time in times]
    return {
        "group": group,
        "n": curve.n,
        "events": curve.events,
        "median": None if curve.median is None else _plain(curve.median),
        "survival": [
            {
                "t": _plain(one.t),
                "at_risk": one.at_risk,
                "s": round(one.s, 6),
                "low": round(one.low, 6),
                "high": round(one.high, 6),
            }
            for one in at
        ],
    }


def _plain(number: float) -> float | int:
    """Return a whole number as one."""
    return int(number) if number == int(number) else number


def _table(curves: Mapping[str | None, Survival], times: Sequence[float]) -> Table:
    """Return the curves for people: a line a time, the part that stayed with its band and how many were watched."""
    table = Table("Group", "People", "Left", "Median", "Time", "Still watched", "Stayed", "95 % band")
    for group, curve in curves.items():
        whole = [
            "Everybody" if group is None else escape(group or "(blank)"),
            str(curve.n),
            str(curve.events),
            "not reached" if curve.median is None else str(_plain(curve.median)),
        ]
        for place, time in enumerate(times):
            one = curve.at(time)
            band = f"{one.low:.1%} to {one.high:.1%}"
            first = whole if place == 0 else [""] * len(whole)
            table.add_row(*first, str(_plain(time)), str(one.at_risk), f"{one.s:.1%}", band)
        table.add_section()
    return table
