"""A month of a fictional programme that keeps its books in Kiswahili, and what a careful clerk gets from them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from tests.stories import day_script as told
from tests.stories.day_numbers import Figures, Reckoning
from tests.stories.day_script import Person, Visit

JUNE = date(2025, 6, 1)
TWO_CARDS = {15: 3, 16: 7}
ON_MAT = range(1, 7)
# Who is registered from a line that waits; the lines that wait, by what is the matter with each.
NEW, NEW_NAME = 40, ("Rehema", "Nyale", "Thuo")
_ABSENT = {2: (29, 30), 3: (27, 28, 29, 30), 4: range(25, 31), 6: (10,)}
_LAST_DAY, _NO_LIST = 30, 21
_MISREAD_MAT = 5
_EVENTS = {"Usafi wa mazingira": ("clean_up", 18, 7), "Baraza la chifu": ("public_baraza", 30, 22)}
WAITING_EVENT = ("Siku ya familia", "family_day", 12, 16)
_TICK, _DITTO = "✓", '"'


@dataclass(frozen=True)
class Month:
    """What happened: who is known, who came, and the visits of lines that wait until somebody settles them."""

    people: dict[int, Person]
    visits: list[Visit]
    waiting: Mapping[str, Visit]


def month_of(seed: int = 9) -> Month:
    """Return the month, the same each time."""
    chance = random.Random(seed)
    people = {number: _person(number, chance) for number in range(1, 15)}
    for second, first in TWO_CARDS.items():
        one = people[first]
        people[second] = Person(second, one.sex, one.ward, one.first, one.last)
    people[NEW] = Person(NEW, "female", "Karuri", NEW_NAME[0], NEW_NAME[2])
    who = [*range(1, 13), 15, 16, *chance.choices(range(1, 15), k=22)]
    visits = [told.a_visit(number, JUNE.replace(day=chance.randint(2, 28)), chance) for number in who]
    visits.sort(key=lambda one: one.on)
    needles = {told.NEEDLES: 4}
    waiting = {
        "ambiguous": Visit(13, JUNE.replace(day=29), needles | {told.CONDOMS: 6}),
        "unknown": Visit(NEW, JUNE.replace(day=29), needles, back=3),
        "unreadable": Visit(14, JUNE.replace(day=5), needles),
    }
    return Month(people, [_as_books_say(one) for one in visits], waiting)


def _person(number: int, chance: random.Random) -> Person:
    one = told.a_person(number, chance)
    return Person(number, one.sex, one.ward, one.first, f"{one.last}{'bdgkm'[number % 5]}i")


def _as_books_say(one: Visit) -> Visit:
    """Return a visit without what a register has no column for."""
    kept = frozenset(pair for pair in one.done if pair[0] in _TICKED)
    return Visit(one.who, one.on, one.given, one.back, 0, kept)


# The books


def code(number: int) -> str:
    """Return the code of somebody, as this programme writes it."""
    return f"SIF/{number:03}"


def mat_number(number: int) -> str:
    """Return the clinic's number of somebody."""
    return f"KLN-{number:05}"


def names(one: Person) -> tuple[str, str, str]:
    """Return three names: the middle one tells people apart."""
    middle = "abcdefghijklmnop"[TWO_CARDS.get(one.number, one.number) - 1].upper() if one.number < NEW else ""
    return one.first, f"{middle}mani" if middle else NEW_NAME[1], one.last


def line_list(month: Month) -> bytes:
    """Return the line list, with one line that nobody can read."""
    headings = ["NA.", "NAMBA", "JINA", "JINSIA", "TAREHE YA KUZALIWA", "SIMU", "WADI"]
    headings += ["TAREHE YA KWANZA KUFIKA", "NAMBA YA MAT", "TAREHE YA KUANZA MAT", "HALI"]
    rows: list[list[Any]] = [["ORODHA YA WANACHAMA", "Juni 2025"], [], headings]
    for one in month.people.values():
        if one.number == NEW:
            continue
        same = TWO_CARDS.get(one.number, one.number)
        mat = [mat_number(same), date(2023, 5, same), "Anaendelea"] if one.number in ON_MAT else [None] * 3
        born, phone = date(1975 + same, same % 12 + 1, same), f"07110008{same:02}"
        sex, ward = _about(one)
        known = [code(one.number), " ".join(names(one)), sex, born, phone, ward, first_contact(same)]
        rows.append([one.number, *known, *mat])
    rows += [[99, None, "?", "Me"], ["JUMLA", None, len(rows) - 3]]
    return as_xlsx({"Wanachama": rows})


def _about(one: Person) -> tuple[str, str]:
    return {"male": "Me", "female": "Ke"}[one.sex], one.ward


def first_contact(number: int) -> date:
    """Return when somebody was first met: some in this very month."""
    return date(2025, 6, number - 6) if number in (8, 9) else date(2022, 1, number)


_SUPPLIES = {told.NEEDLES: "SINDANO ZILIZOTOLEWA", told.CONDOMS: "KONDOMU", told.LUBRICANTS: "VILAINISHI"}
_SUPPLIES |= {told.NALOXONE: "NALOXONE"}
_TICKED = {told.SUPPORT: "USHAURI WA KISAIKOLOJIA", told.COUNSELLING: "USHAURI WA RIKA"}
_TICKED |= {told.LEGAL_AID: "MSAADA WA KISHERIA"}
_REFERRED = {told.HIV: "VVU", told.TB: "TB"}


def register(month: Month) -> bytes:
    """Return the register: ditto marks, totals, one column for referrals, and four lines that wait."""
    headings = [
        "NA.",
        "TAREHE",
        "NAMBA",
        "JINA",
        "JINSIA",
        "WADI",
        *_SUPPLIES.values(),
        "SINDANO ZILIZORUDISHWA",
        "RUFAA",
    ]
    rows: list[list[Any]] = [["REJISTA YA WATEMBELEAJI", "JUNI 2025"], [*headings, *_TICKED.values()]]
    above: date | None = None
    for place, one in enumerate(month.visits, 1):
        if above and one.on != above:
            rows += [["JUMLA"], []]
        day = _DITTO if one.on == above else f"{one.on.day}/{one.on.month}/2025"
        rows.append([place, day, code(one.who), "", *_about(month.people[one.who]), *_given(one)])
        above = one.on
    other, ambiguous, new = month.people[12], month.waiting["ambiguous"], _about(month.people[NEW])
    rows.append(
        [91, "29/6/2025", code(ambiguous.who), " ".join(names(other)), None, None, *_given(ambiguous)]
    )
    rows.append([92, "29/6/2025", code(NEW), " ".join(NEW_NAME), *new, *_given(month.waiting["unknown"])])
    rows.append(
        [
            93,
            "??",
            code(month.waiting["unreadable"].who),
            "",
            None,
            None,
            *_given(month.waiting["unreadable"]),
        ]
    )
    rows.append([94, "29/6/2025", "", "Mgeni", None, None, 2])
    return as_ods({"Juni": rows})


def _given(one: Visit) -> list[Any]:
    services = {service for service, _topic in one.done}
    referred = " na ".join(words for service, words in _REFERRED.items() if service in services)
    ticks = [_TICK if service in services else None for service in _TICKED]
    return [*(one.given.get(item) for item in _SUPPLIES), one.back or None, referred, *ticks]


def attendance(month: Month) -> bytes:
    """Return the clinic's month; one line has a number that nobody has."""
    rows: list[list[Any]] = [["MAHUDHURIO, JUNI 2025"], ["NAMBA YA MAT", *range(1, _LAST_DAY + 1)]]
    for number in ON_MAT:
        absent = _ABSENT.get(number, ())
        marks = ["H" if day in absent else "K" for day in range(1, _LAST_DAY + 1)]
        marks[_NO_LIST - 1] = ""
        rows.append([mat_number(number if number != _MISREAD_MAT else 77), *marks])
    return as_xlsx({"Juni": [["K = amekunywa   H = hakuja"], *rows]})


def events() -> bytes:
    """Return the list of events; of one the heads cannot be read."""
    rows: list[list[Any]] = [["TAREHE", "SHUGHULI", "MAHALI", "WANAUME", "WANAWAKE"]]
    rows += [
        [f"{4 + place}/6/2025", name, "Karuri", *heads[1:]]
        for place, (name, heads) in enumerate(_EVENTS.items())
    ]
    return as_csv([*rows, ["20/6/2025", WAITING_EVENT[0], "Ndenderu", "?", ""]])


# What a careful clerk gets


def figures_of(month: Month, site: str, *, settled: bool, joined: bool) -> Figures:
    """Return June: as the books came in, once the lines that waited are settled, and once the cards are joined."""
    june = Reckoning(month.people, site, TWO_CARDS if joined else {})
    for one in [*month.visits, *(month.waiting.values() if settled else ())]:
        june.visit(one, is_new=one.who == NEW or first_contact(TWO_CARDS.get(one.who, one.who)) >= JUNE)
    for number in ON_MAT:
        june.person("mat.ever_inducted", number)
        if settled or number != _MISREAD_MAT:
            june.person("mat.active", number)
    for number, band in ((2, "1_2"), (3, "3_4"), (4, "5_plus")):
        june.person(f"mat.missing_{band}", number)
    june.person("mat.returned", 6)
    heads = list(_EVENTS.values()) + ([WAITING_EVENT[1:]] if settled else [])
    for activity, men, women in heads:
        june.add("community.events", 1)
        june.add("community.participants", men + women)
        for part, number in ((("sex", "male"), men), (("sex", "female"), women)):
            june.sums["community.participants", frozenset({part})] += number
            june.sums["community.participants", frozenset({part, ("activity", activity)})] += number
        june.sums["community.participants", frozenset({("activity", activity)})] += men + women
        june.sums["community.events", frozenset({("activity", activity)})] += 1
    return june.figures()
