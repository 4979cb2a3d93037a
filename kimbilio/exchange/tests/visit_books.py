"""Visit registers as many programmes keep them: other columns, orders, languages, dates, ticks, sheets and formats."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kimbilio.exchange.tests.fiction import Someone
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.making_xls import as_xls
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, SEXES, a_code, a_day
from kimbilio.exchange.tests.visit_fiction import Coming
from kimbilio.exchange.tests.visit_headings import VISIT_HEADINGS

TICKS = ["✓", "√", "x", "X", 1, "1", "yes", "Y", "Ndiyo", "/", "v", " V "]
NO_TICKS = ["-", 0, "0", "No", "Hapana", None, None, None]
DITTOS = ['"', ",,", "''", "-do-", " ,, "]
Cells = dict[str, Any]

_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "sw": "Jumatatu Jumanne Jumatano Alhamisi Ijumaa Jumamosi Jumapili".split(),
}
_PEOPLE = ["number", "day", "code", "name", "sex", "age", "ward"]
_GIVEN = ["needles", "needles_returned", "condoms", "lubricants", "naloxone"]
_DONE = ["psychosocial", "peer_counselling", "legal_aid"]


@dataclass(frozen=True)
class Style:
    """How one programme keeps its register, by a seed."""

    seed: int

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        said: Cells = {
            "language": chance.choice(["en", "sw"]),
            "shuffled": chance.random() < 0.5,
            "sheets": chance.choice(["month", "weeks", "days", "numbered"]),
            "dates": chance.choice(["any", "any", "once", "real", "over", "numbers", "no_year"]),
            "dittos": chance.random() < 0.6,
            "referral_in_words": chance.random() < 0.4,
            "file": chance.choice(["xlsx", "xlsx", "xls", "ods", "csv"]),
            "width": chance.choice([3, 4, 5]),
            "sign": chance.choice(["-", "/"]),
            "two_levels": chance.random() < 0.6,
            "short_names": chance.random() < 0.5,
        }
        if said["file"] == "csv":
            said["sheets"] = "month"
        if said["sheets"] in {"days", "numbered"}:
            said["dates"] = "title"
        for name, value in said.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def chance(self) -> random.Random:
        """A chance of its own for what is written."""
        return random.Random(self.seed + 1_000)

    def code_of(self, who: Someone) -> str:
        """The code of somebody in this programme."""
        return f"TST{self.sign}{who.number:0{self.width}d}"


def a_register(visits: list[Coming], style: Style) -> tuple[bytes, str]:
    """A register of these visits as a programme keeps it, with totals and notes between, and the name of its file."""
    chance = style.chance()
    columns = _columns(style, chance)
    headings = _headings_of(columns, style, chance)
    sheets: dict[str, list[list[Any]]] = {}
    for name, title, some in _divided(visits, style):
        rows: list[list[Any]] = [["SAFE SPACE – DAILY REGISTER"], [title], [], *headings]
        above: date | None = None
        day: list[Coming] = []
        for visit in some:
            if above and visit.day != above:
                rows += _between_days(columns, day, chance, style)
                day = []
            if style.dates == "over" and visit.day != above:
                rows.append([_over_the_day(visit.day, style, chance)])
            day.append(visit)
            rows.append(_line(visit, visit.day == above, columns, style, chance))
            above = None if "day" in visit.written else visit.day
        rows += _between_days(columns, day, chance, style)
        sheets[name] = rows
    if style.file == "csv":
        return as_csv(
            next(iter(sheets.values())), chance.choice(";,\t")
        ), f"rejista {visits[0].day:%B %Y}.csv"
    made = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}[style.file](sheets)
    return made, f"register.{style.file}"


def _columns(style: Style, chance: random.Random) -> list[str]:
    referrals = ["referral"] if style.referral_in_words else ["hiv_referral", "tb_referral"]
    who, given = list(_PEOPLE), [*_GIVEN, *referrals, *_DONE]
    if style.dates in {"title", "over"}:
        who.remove("day")
    if style.shuffled:
        for spare in ("sex", "age", "ward"):
            if chance.random() < 0.4:
                who.remove(spare)
        chance.shuffle(who)
    return [*who, *given, "remarks"]


def _headings_of(columns: list[str], style: Style, chance: random.Random) -> list[list[Any]]:
    """One heading line, or two with groups over some columns."""
    chosen = []
    for column in columns:
        offers = VISIT_HEADINGS[column][style.language]
        level = 2 if style.two_levels else 1
        fitting = [one for one in offers if bool(one[0]) == (level == 2)] or offers
        chosen.append(chance.choice(fitting))
    if not style.two_levels:
        return [[" ".join(filter(None, one)) for one in chosen]]
    groups, last = [], ""
    for group, _own in chosen:
        groups.append(group if group and group != last else None)
        last = group
    return [groups, [own for _group, own in chosen]] if any(groups) else [[own for _group, own in chosen]]


def _divided(visits: list[Coming], style: Style) -> list[tuple[str, str, list[Coming]]]:
    months = ENGLISH if style.language == "en" else KISWAHILI
    first = visits[0].day
    month = f"{months[first.month - 1]} {first.year}"
    if style.sheets == "month":
        return [("Sheet1", month, visits)]
    parts: dict[Any, list[Coming]] = {}
    for visit in visits:
        by = visit.day if style.sheets in {"days", "numbered"} else visit.day.isocalendar().week
        parts.setdefault(by, []).append(visit)
    if style.sheets == "numbered":
        return [(str(day.day), month.upper(), some) for day, some in parts.items()]
    if style.sheets == "days":
        return [(f"Day {day.day}", f"{day.day} {month}", some) for day, some in parts.items()]
    return [
        (f"Wk {n}", f"{some[0].day.day} – {some[-1].day.day} {month}", some)
        for n, some in enumerate(parts.values(), 1)
    ]


def _between_days(
    columns: list[str], day: list[Coming], chance: random.Random, style: Style
) -> list[list[Any]]:
    """A line of sums, perhaps blank lines and a note on the weather."""
    words = {"en": ["TOTAL", "Sub total", "Total"], "sw": ["JUMLA", "JUMLA NDOGO"]}[style.language]
    sums: list[Any] = [None] * len(columns)
    for kind in ("needles", "condoms"):
        sums[columns.index(kind)] = sum(visit.supplies.get(kind, 0) for visit in day)
    sums[0] = chance.choice(words)
    rows = [sums, *[[]] * chance.randrange(2)]
    if chance.random() < 0.2:
        note = {"en": "RAIN – closed early", "sw": "MVUA – tulifunga mapema"}[style.language]
        rows.append([None, note])
    return rows


def _line(
    visit: Coming, same_day: bool, columns: list[str], style: Style, chance: random.Random
) -> list[Any]:
    cells: Cells = {
        "number": visit.number,
        "day": _day(visit.day, same_day, style, chance),
        "code": a_code("TST", style.sign, visit.who.number, style.width, chance),
        "name": _name(visit.who, style, chance),
        "sex": chance.choice(SEXES["english" if style.language == "en" else "kiswahili"][visit.who.sex]),
        "age": chance.choice([2025 - visit.who.born.year, f"abt {2025 - visit.who.born.year}", None]),
        "ward": visit.who.ward,
        "needles_returned": _pieces(visit.returned, chance),
        "referral": _referral(visit, style, chance),
    }
    cells |= {kind: _pieces(visit.supplies.get(kind, 0), chance) for kind in _GIVEN if kind not in cells}
    for service in ("hiv_referral", "tb_referral", *_DONE):
        cells[service] = chance.choice(TICKS if service in visit.services else NO_TICKS)
    cells |= visit.written
    return [cells.get(column) for column in columns]


def _over_the_day(day: date, style: Style, chance: random.Random) -> str:
    """A line over those of a day: with its date, or as its weekday and number in the month that the title says."""
    weekday = _WEEKDAYS[style.language][day.weekday()]
    of_day = {"en": "", "sw": "tarehe "}[style.language]
    return chance.choice([f"{weekday} {of_day}{day.day}", f"{weekday} {day.day}/{day.month}/{day.year}"])


def _day(day: date, same_day: bool, style: Style, chance: random.Random) -> Any:
    if style.dates == "once" and same_day:
        return None
    if style.dates == "real":
        return day
    if style.dates == "numbers":
        return chance.choice([day.day, str(day.day)])
    if style.dates == "no_year":
        return f"{day.day}/{day.month}"
    if style.dittos and same_day and style.dates == "any" and chance.random() < 0.6:
        return chance.choice(DITTOS)
    return a_day(day, chance, ENGLISH if style.language == "en" else KISWAHILI, real=style.file != "csv")


def _name(who: Someone, style: Style, chance: random.Random) -> str:
    if style.short_names and chance.random() < 0.5:
        return f"{who.first} {who.last[0]}."
    return chance.choice([who.full, who.full, who.full.upper()])


def _pieces(count: int, chance: random.Random) -> Any:
    if not count:
        return chance.choice(["-", 0, None, None, "0"])
    written: list[Callable[[], Any]] = [
        lambda: count,
        lambda: float(count),
        lambda: f"{count}pcs",
        lambda: f"{count} pcs",
        lambda: f" {count} ",
        lambda: str(count),
    ]
    return chance.choice(written)()


def _referral(visit: Coming, style: Style, chance: random.Random) -> Any:
    words = {"hiv_referral": "HIV" if style.language == "en" else "VVU", "tb_referral": "TB"}
    named = [words[service] for service in ("hiv_referral", "tb_referral") if service in visit.services]
    return chance.choice(["/", ", ", " & "]).join(named) if named else chance.choice(["-", None, 0, "No"])
