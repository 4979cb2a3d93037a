"""A fictional month of visits to a safe space: the truth that registers in many shapes are made from."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kimbilio.exchange.tests.fiction import Someone

SERVICES = ("hiv_referral", "tb_referral", "psychosocial", "peer_counselling", "legal_aid")
SUPPLIES = {"needles": (2, 4, 5, 6, 10), "condoms": (3, 6, 9, 12), "lubricants": (3,), "naloxone": (1,)}
_HOW_OFTEN = {"needles": 0.5, "condoms": 0.2, "lubricants": 0.1, "naloxone": 0.05}


@dataclass(frozen=True)
class Coming:
    """One visit, as the truth has it; `written` is what a clerk wrote otherwise, by column."""

    number: int
    day: date
    who: Someone
    supplies: dict[str, int]
    returned: int
    services: frozenset[str]
    written: Mapping[str, Any] = field(default_factory=dict)


def some_visits(
    people: list[Someone], month: date, seed: int, a_day: int = 8, days: int = 12
) -> list[Coming]:
    """Visits of some days of a month, in the order in which people came; some come twice a day."""
    chance = random.Random(seed)
    visits: list[Coming] = []
    for day in sorted(chance.sample(range(28), days)):
        for _visit in range(a_day + chance.randrange(4)):
            supplies = {
                kind: chance.choice(pieces)
                for kind, pieces in SUPPLIES.items()
                if chance.random() < _HOW_OFTEN[kind]
            }
            visits.append(
                Coming(
                    len(visits) + 1,
                    month + timedelta(days=day),
                    chance.choice(people),
                    supplies,
                    chance.choice([0, 0, 1, 3, 5]),
                    frozenset(service for service in SERVICES if chance.random() < 0.12),
                )
            )
    return visits


def sums_of(visits: list[Coming]) -> Counter[str]:
    """The figures of a month, counted from the truth."""
    found: Counter[str] = Counter(visits=len(visits))
    for visit in visits:
        found.update({**visit.supplies, "needles_returned": visit.returned})
        found.update(visit.services)
    return +found
