"""A day at a safe space, written down before it happens: who comes, what each is given, and what goes wrong."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kimbilio.exchange.tests.making import as_csv

NEEDLES, CONDOMS = "Needles and syringes", "Condoms"
LUBRICANTS, NALOXONE = "Lubricants", "Naloxone kits"
ITEMS = (NEEDLES, CONDOMS, LUBRICANTS, NALOXONE)
RETURNED = "Needles brought back"
EDUCATION, SUPPORT, LEGAL_AID = "Health education", "Psychosocial support", "Legal aid"
COUNSELLING, HIV, TB = "Peer counselling", "Referral for HIV testing", "Referral for TB screening"
TOPICS = ("Preventing overdose", "Stigma reduction", "Substance use")
DONE = (SUPPORT, LEGAL_AID, COUNSELLING, HIV, TB, "Wound care", "Shower", "Meal")
WARDS, SUB_COUNTY = ("Karuri", "Ndenderu", "Muchatha"), "Kiambaa"
VISITS, KNOWN = 60, 46
# One who was entered twice; one whom nobody knows yet; one who is mistaken for somebody else and never comes.
TWICE, SECOND_CARD, NEWCOMER, MISTAKEN = 44, 45, 47, 46
TWO_CARDS = {SECOND_CARD: TWICE}
_FIRST = "Kamau Juma Salim Peter Omar Baya Kahindi Rashid Mwangi Ali Hamisi Karisa".split()
_WOMEN = "Esther Mary Fatuma Amina Grace Lucy Mwanaisha Wanjiru".split()
_LAST = "Waweru Njoroge Kiarie Charo Ngala Mwaringa Kazungu Thuo Gitau Abdalla Nyale Chege Mureithi".split()
_HOW_MANY = {
    NEEDLES: (0, 2, 4, 5, 10),
    CONDOMS: (0, 0, 3, 12),
    LUBRICANTS: (0, 0, 0, 2),
    NALOXONE: (0,) * 9 + (1,),
}


@dataclass(frozen=True)
class Person:
    """Somebody of the line list, or who is registered on the day."""

    number: int
    sex: str
    ward: str
    first: str
    last: str

    @property
    def code(self) -> str:
        """Their number in the line list."""
        return f"SIK-{self.number:04}"


@dataclass(frozen=True)
class Visit:
    """One coming: what was given by item, what was done as service and topic."""

    who: int
    on: date
    given: Mapping[str, int]
    back: int = 0
    others: int = 0
    done: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Group:
    """A session: who came, and guests."""

    kind: str
    on: date
    people: tuple[int, ...]
    men: int = 0
    women: int = 0


@dataclass(frozen=True)
class Script:
    """A day, and the visits of earlier days that a book tells of. `slips` are places in `comings`."""

    today: date
    people: dict[int, Person]
    earlier: list[Visit]
    comings: list[Visit]
    groups: list[Group]
    without_a_name: list[tuple[str, int]]
    received: Mapping[str, int]
    undone_first: int = 5
    moved: int = 11
    put_right: int = 17
    joined: int = 30
    differences: Mapping[str, int] = field(default_factory=lambda: {NEEDLES: -3, LUBRICANTS: 2})


def script_of(today: date, seed: int = 4) -> Script:
    """Return the script of a day. The last who comes, comes after the count."""
    chance = random.Random(seed)
    people = {number: a_person(number, chance) for number in (*range(1, KNOWN + 1), NEWCOMER)}
    one = people[TWICE]
    people[SECOND_CARD] = Person(SECOND_CARD, one.sex, one.ward, one.first, f"{one.last}h")
    coming = [number for number in people if number != MISTAKEN]
    coming += chance.sample(range(1, TWICE), VISITS - len(coming))
    chance.shuffle(coming)
    earlier = [
        a_visit(number, today - timedelta(days=days), chance)
        for days, first, last in ((40, 1, 15), (3, 10, 25), (1, 20, 30))
        for number in range(first, last)
    ]
    everybody = range(1, TWICE)
    groups = [
        Group("Psychosocial group", today, tuple(chance.sample(everybody, 12)), 2, 1),
        Group(EDUCATION, today, tuple(chance.sample(everybody, 20)), 0, 4),
        Group("Family session", today, (3, 4), 3, 5),
    ]
    taps = [(CONDOMS, 10), (NEEDLES, 5), (NEEDLES, 5), (NALOXONE, 1), (RETURNED, 10), (RETURNED, 1)]
    received = {NEEDLES: 600, CONDOMS: 500, LUBRICANTS: 100, NALOXONE: 3}
    comings = [a_visit(number, today, chance) for number in coming]
    return Script(today, people, earlier, comings, groups, taps, received)


def a_person(number: int, chance: random.Random) -> Person:
    """Return somebody, by chance."""
    sex = "female" if chance.random() < 0.25 else "male"
    first = chance.choice(_WOMEN if sex == "female" else _FIRST)
    return Person(number, sex, chance.choice(WARDS), first, f"{chance.choice(_LAST)}{'aeiou'[number % 5]}")


def a_visit(number: int, on: date, chance: random.Random) -> Visit:
    """Return a visit of somebody on a day, by chance."""
    given = {item: pieces for item, some in _HOW_MANY.items() if (pieces := chance.choice(some))}
    done = {(service, "") for service in DONE if chance.random() < 0.15}
    if chance.random() < 0.2:
        done |= {(EDUCATION, topic) for topic in chance.sample(TOPICS, chance.choice((1, 2)))}
    back, others = chance.choice((0, 0, 3, 8)), chance.choice((0, 0, 0, 0, 0, 2))
    return Visit(number, on, given, back, others, frozenset(done))


def line_list(script: Script) -> bytes:
    """Return the line list of everybody but the newcomer; whoever is entered twice has the same phone and birth."""
    rows: list[list[Any]] = [["Code", "First name", "Last name", "Sex", "Date of birth", "Phone", "Ward"]]
    for one in script.people.values():
        if one.number != NEWCOMER:
            same = TWO_CARDS.get(one.number, one.number)
            born, phone = f"{same % 27 + 1}/{same % 12 + 1}/{1970 + same % 30}", f"07220004{same:02}"
            rows.append([one.code, one.first, one.last, one.sex, born, phone, one.ward])
    return as_csv(rows)


def earlier_book(script: Script) -> bytes:
    """Return the register that tells of the earlier days."""
    given = {NEEDLES: "N&S given", CONDOMS: "Condoms", LUBRICANTS: "Lubricants", NALOXONE: "Naloxone kit"}
    ticks = {SUPPORT: "Psychosocial", COUNSELLING: "Peer counselling", LEGAL_AID: "Legal aid"}
    ticks |= {HIV: "HIV ref", TB: "TB ref"}
    rows: list[list[Any]] = [["NO.", "Date", "Client code", *given.values(), "N&S returned", *ticks.values()]]
    for place, one in enumerate(script.earlier, 1):
        pieces = [one.given.get(item, "") for item in given]
        done = ["x" if (service, "") in one.done else "" for service in ticks]
        code = script.people[one.who].code
        rows.append([place, f"{one.on:%d/%m/%Y}", code, *pieces, one.back or "", *done])
    return as_csv(rows)
