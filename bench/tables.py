"""The figures as a person reads them, at a terminal."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.goals import P95_AT_MOST

_WIDTH = 112  # a table squeezed into less can't be read
_WORDS = {
    "name.first": "By name: the first search after opening the home",
    "name.page": "By name",
    "name.query": "By name, the query alone",
    "name.after_registering_here": "By name, after a registration",
    "name.after_registering_elsewhere": "By name, after a registration by another process",
    "phone.page": "By phone",
    "phone.query": "By phone, the query alone",
    "phone.look_up": "Who has this phone",
    "phone.raw": "Who has this phone: the driver alone",
    "number.page": "By outside number",
    "number.query": "By outside number, the query alone",
    "code.page": "By card code",
    "code.query": "By card code, the query alone",
    "bare": "A bare request (/healthz)",
    "person.page": "A person's page",
    "identity.page": "Show name and contacts",
    "likely.page": "Likely matches while registering",
    "follow.page": "People to look for",
    "follow.last_page": "People to look for, a later page",
    "follow.own_people": "People to look for, a worker's own",
    "follow.page_after_years": "People to look for, after three years of days",
    "follow.numbers": "How MAT goes",
    "follow.days_of_a_year": "A year of a clinic's days, everybody (batch)",
    "register.page": "Register",
    "register.action": "Register, the action alone",
    "register.raw": "The rows of one registration: the driver alone",
    "batch.register": "Register everybody (batch)",
    "batch.record": "Record who everybody is (batch)",
    "batch.raw": "The rows of everybody: the driver in bulk",
}


def show(document: dict[str, Any]) -> None:
    """Print the whole document as tables."""
    console = Console()
    console.width = max(console.width, _WIDTH)
    for measured in document["databases"].values():
        console.print(_timings(measured, document["people"]))
        console.print(_counts(measured))
    console.print(_verdicts(document["goals"]))
    load = ", ".join(f"{value:.1f}" for value in document["machine"]["load"])
    console.print(
        f"Load of the machine before and after: {load} on {document['machine']['processors']} processors."
    )


def _timings(measured: dict[str, Any], people: int) -> Table:
    table = Table(title=f"{measured['version']}, {people} people: milliseconds")
    table.add_column("What")
    for heading in ("times", "p50", "p95", "p99", "goal p95", "CPU p50", "CPU p95"):
        table.add_column(heading, justify="right")
    for name, series in sorted(measured["timings"].items(), key=_place):
        goal = P95_AT_MOST.get(name)
        table.add_row(
            words_for(name),
            str(series["count"]),
            *_numbers(series["wall_ms"], ("p50", "p95", "p99")),
            f"{goal:g}" if goal else "",
            *_numbers(series["cpu_ms"], ("p50", "p95")),
        )
    return table


def markdown(document: dict[str, Any]) -> str:
    """Return what docs/measurements.md shows: both databases side by side."""
    databases = list(document["databases"].values())
    series = sorted(databases[0]["timings"].items(), key=_place)
    titles = [measured["version"] for measured in databases]
    lines = [
        _row("Milliseconds: p50 / p95 / p99 (CPU p95)", *titles, "goal p95"),
        _row("---", *["--:"] * (len(titles) + 1)),
    ]
    for name in (name for name, _figures in series if ": " not in name):
        goal = P95_AT_MOST.get(name)
        lines.append(
            _row(
                words_for(name),
                *(_cell(each["timings"][name]) for each in databases),
                f"{goal:g}" if goal else "",
            )
        )
    lines += ["", _row("Ratios, queries, memory", *titles), _row("---", *["--:"] * len(titles))]
    for heading, kind, unit in (
        ("", "ratios", "×"),
        ("queries: ", "queries", ""),
        ("memory: ", "memory_mb", " MB"),
    ):
        for name in databases[0][kind]:
            cells = (_figure(each[kind][name]) + unit for each in databases)
            lines.append(_row(f"{heading}{name.replace('_', ' ')}", *cells))
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(series: dict[str, Any]) -> str:
    """Return one series in few words: a single time has no percentiles."""
    wall = series["wall_ms"]
    if series["count"] == 1:
        return f"{wall['p50']:,.0f}"
    return f"{wall['p50']:,.1f} / {wall['p95']:,.1f} / {wall['p99']:,.1f} ({series['cpu_ms']['p95']:,.1f})"


def _figure(value: Any) -> str:
    return f"{value['wall']:g}" if isinstance(value, dict) else f"{value}"


def words_for(name: str) -> str:
    """Return what a series is called in tables."""
    series, _colon, kind = name.partition(": ")
    return f"  {kind}" if kind else _WORDS.get(series, series)


def _place(item: tuple[str, Any]) -> tuple[int, str]:
    """Sort as in the list of words, each kind below the whole that it is part of."""
    return list(_WORDS).index(item[0].partition(": ")[0]), item[0]


def _numbers(figures: dict[str, float], names: Iterable[str]) -> list[str]:
    return [f"{figures[name]:,.2f}" for name in names]


def _counts(measured: dict[str, Any]) -> Table:
    table = Table("Ratio, queries, memory", title=measured["version"])
    table.add_column("figure", justify="right")
    for name, ratio in measured["ratios"].items():
        table.add_row(name, f"{ratio['wall']:g} (CPU {ratio['cpu']:g})")
    for name, count in measured["queries"].items():
        table.add_row(f"queries: {name}", str(count))
    for name, share in measured["found_among_those_shown"].items():
        table.add_row(f"the person meant is among five shown: {name}", f"{share:.0%}")
    for name, megabytes in measured["memory_mb"].items():
        table.add_row(
            f"memory: {name.replace('_', ' ')}", f"{megabytes} MB" if megabytes else "not known here"
        )
    return table


def _verdicts(goals: list[dict[str, Any]]) -> Table:
    table = Table("Goal", "database", title="Goals")
    for heading in ("at most", "measured", ""):
        table.add_column(heading, justify="right")
    for goal in goals:
        met = "[green]met[/green]" if goal["met"] else "[red]MISSED[/red]"
        table.add_row(goal["goal"], goal["database"], f"{goal['at_most']:g}", f"{goal['measured']:g}", met)
    return table
