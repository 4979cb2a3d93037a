"""A month's register with all that a careful clerk meets: lines without a code, slips, copies, people nobody knows.

Source: how registers are read, docs/decisions/0014-registers-and-events.md.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kimbilio.exchange.tests.fiction import Someone, some_people
from kimbilio.exchange.tests.making import as_csv
from kimbilio.exchange.tests.visit_books import Style, a_register
from kimbilio.exchange.tests.visit_fiction import Coming, some_visits, sums_of

_HEADINGS = [
    "Client code",
    "First name",
    "Middle name",
    "Surname",
    "Sex",
    "Date of birth",
    "Date of first contact",
]
Told = tuple[str, dict[str, Any]]  # the fate of a line, and what the clerk wrote otherwise


@dataclass(frozen=True)
class ClerkedMonth:
    """The books of a month, with the fates of the register's lines and the figures of those that count."""

    people: bytes
    register: bytes
    name: str
    fates: Counter[str]
    figures: Counter[str]
    visitors: int


def a_month_of_a_clerk(seed: int, month: date) -> ClerkedMonth:
    """A month of a programme whose people have three names each, two of them the same."""
    chance, style = random.Random(seed + 5_000), Style(seed)
    known = _of_names_apart(some_people(60, seed))
    namesake = replace(known[3], number=901, born=date(1999, 9, 9), phone="")
    people = [*known, namesake]
    visits: list[Coming] = []
    counted: list[Coming] = []
    fates: Counter[str] = Counter()
    for visit in some_visits([one for one in known if one is not known[3]], month, seed, days=6):
        fate, written = chance.choices(_WAYS, _OFTEN)[0](visit, known, style)
        line = replace(visit, written=written)
        visits.append(line)
        if fate == "accepted":
            counted.append(visit)
        fates[fate] += 1
        if fate == "accepted" and chance.random() < 0.05:
            visits.append(line)
            fates["copies"] += 1
    data, name = a_register(visits, style)
    listed = [
        [
            style.code_of(who),
            who.first,
            who.middle,
            who.last,
            who.sex,
            who.born.isoformat(),
            who.met.isoformat(),
        ]
        for who in people
    ]
    visitors = len({visit.who.number for visit in counted})
    figures = sums_of(counted)
    return ClerkedMonth(as_csv([_HEADINGS, *listed]), data, name, fates, figures, visitors)


def _of_names_apart(people: list[Someone]) -> list[Someone]:
    """Of these people those whom their three names tell from everybody, whatever their order."""
    by_names = {frozenset((who.first, who.middle, who.last)): who for who in people}
    return [who for names, who in by_names.items() if len(names) == 3]


def _as_it_was(_visit: Coming, _known: list[Someone], _style: Style) -> Told:
    return "accepted", {}


def _by_name_alone(visit: Coming, _known: list[Someone], _style: Style) -> Told:
    return "accepted", {
        "code": random.Random(visit.number).choice([None, "-", "????"]),
        "name": visit.who.full,
    }


def _by_code_alone(_visit: Coming, _known: list[Someone], _style: Style) -> Told:
    return "accepted", {"name": None}


def _a_name_of_two(_visit: Coming, known: list[Someone], _style: Style) -> Told:
    return "ambiguous", {"code": None, "name": known[3].full}


def _anothers_name(visit: Coming, known: list[Someone], style: Style) -> Told:
    names = {visit.who.first, visit.who.middle, visit.who.last}
    other = next(who for who in known[4:] if names.isdisjoint({who.first, who.middle, who.last}))
    return "ambiguous", {"code": style.code_of(visit.who), "name": other.full}


def _a_code_of_nobody(visit: Coming, _known: list[Someone], style: Style) -> Told:
    return "unknown", {"code": style.code_of(replace(visit.who, number=777))}


def _a_name_of_nobody(_visit: Coming, _known: list[Someone], _style: Style) -> Told:
    return "unknown", {"code": None, "name": "Kevin Wekesa Barasa"}


def _nobody_at_all(_visit: Coming, _known: list[Someone], _style: Style) -> Told:
    return "unreadable", {"code": "????", "name": "???"}


def _no_day(_visit: Coming, _known: list[Someone], style: Style) -> Told:
    return ("accepted", {}) if style.dates in {"title", "over"} else ("unreadable", {"day": "??"})


_Way = Callable[[Coming, list[Someone], Style], Told]
_HOW_OFTEN: dict[_Way, int] = {
    _as_it_was: 60,
    _by_name_alone: 6,
    _by_code_alone: 4,
    _a_name_of_two: 2,
    _anothers_name: 2,
    _a_code_of_nobody: 2,
    _a_name_of_nobody: 2,
    _nobody_at_all: 2,
    _no_day: 2,
}
_WAYS, _OFTEN = list(_HOW_OFTEN), list(_HOW_OFTEN.values())
