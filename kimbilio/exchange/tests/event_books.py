"""Books of community events as programmes keep them: other words, orders, languages, dates and formats."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.making_xls import as_xls
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, a_day

CALLED = {
    "clean_up": {
        "en": ["Clean up", "CLEAN-UP", "Community clean up exercise"],
        "sw": ["Usafi wa mazingira", "USAFI"],
    },
    "public_baraza": {
        "en": ["Public baraza", "Chief's Baraza", "baraza"],
        "sw": ["Baraza la chifu", "Baraza"],
    },
    "family_day": {"en": ["Family day", "FAMILY DAY"], "sw": ["Siku ya familia"]},
    "community_sensitization": {
        "en": ["Community sensitization", "Sensitisation meeting", "Comunity sensitization"],
        "sw": ["Uhamasishaji wa jamii", "Uhamasishaji"],
    },
    "overdose_response_training": {
        "en": ["Overdose response training", "Training on overdose response"],
        "sw": ["Mafunzo ya kukabiliana na overdose", "Mafunzo ya overdose"],
    },
    "": {"en": ["Candlelight vigil", "World Hepatitis Day march"], "sw": ["Mkesha wa mishumaa"]},
}
_HEADINGS: dict[str, dict[str, list[str]]] = {
    "day": {"en": ["Date", "Date held", "DATE"], "sw": ["TAREHE", "Tarehe ya shughuli"]},
    "activity": {"en": ["Activity", "Type of activity", "EVENT"], "sw": ["SHUGHULI", "Aina ya shughuli"]},
    "venue": {"en": ["Venue", "Place", "Location"], "sw": ["MAHALI", "Mahali pa tukio"]},
    "male": {"en": ["Male", "MEN", "M"], "sw": ["WANAUME", "Me"]},
    "female": {"en": ["Female", "WOMEN", "F"], "sw": ["WANAWAKE", "Ke"]},
    "heads": {"en": ["Total", "Participants"], "sw": ["JUMLA", "WASHIRIKI"]},
    "facilitator": {"en": ["Facilitator", "Led by"], "sw": ["MWEZESHAJI", "Msimamizi"]},
}
VENUES = ["Gachie", "Ruaka", "Kiambaa", "Muchatha", "Banana"]


@dataclass(frozen=True)
class Held:
    """One event, as the truth has it: `heads` are men, women, and those counted without their sex."""

    day: date
    activity: str
    called: str
    venue: str
    heads: tuple[int, int, int]


def a_book_of_events(seed: int) -> tuple[bytes, str, list[Held]]:
    """A book of a few events with the name of its file, and what was so."""
    chance = random.Random(seed)
    language = chance.choice(["en", "sw"])
    by_sex = chance.random() < 0.75
    months = ENGLISH if language == "en" else KISWAHILI
    events = _some_events(chance, language, by_sex=by_sex)
    columns = ["day", "activity", "venue", *(("male", "female") if by_sex else ())]
    columns += ["heads"] if not by_sex or chance.random() < 0.5 else []
    columns += ["facilitator"] if chance.random() < 0.6 else []
    if chance.random() < 0.5:
        chance.shuffle(columns)
    kind = chance.choice(["xlsx", "xls", "ods", "csv"])
    rows: list[list[Any]] = [[], *_headings(columns, language, chance)]
    for event in events:
        male, female, _unsorted = event.heads
        cells = {
            "day": a_day(event.day, chance, months, real=kind != "csv"),
            "activity": event.called,
            "venue": event.venue,
            "male": male or chance.choice([0, "-", None]),
            "female": female or chance.choice([0, "-", None]),
            "heads": chance.choice([sum(event.heads), str(sum(event.heads))]),
            "facilitator": "Peer educator",
        }
        rows.append([cells[column] for column in columns])
    words = {"en": "TOTAL", "sw": "JUMLA"}[language]
    rows.append([words, *[99 if column in {"male", "female", "heads"} else None for column in columns[1:]]])
    if kind == "csv":
        return as_csv(rows, chance.choice(",;")), "events.csv", events
    made = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}[kind]({"Events": rows})
    return made, f"events.{kind}", events


def _some_events(chance: random.Random, language: str, *, by_sex: bool) -> list[Held]:
    events = []
    for number in range(chance.randrange(5, 12)):
        activity = chance.choice(list(CALLED))
        heads = (
            (chance.randrange(60), chance.randrange(1, 60), 0) if by_sex else (0, 0, chance.randrange(5, 90))
        )
        day = date(2025, 3, 1) + timedelta(days=number * 3)
        events.append(
            Held(day, activity, chance.choice(CALLED[activity][language]), chance.choice(VENUES), heads)
        )
    return events


def _headings(columns: list[str], language: str, chance: random.Random) -> list[list[Any]]:
    """One line of headings, or two where the men and women stand side by side under those who came."""
    chosen = [chance.choice(_HEADINGS[column][language]) for column in columns]
    beside = (
        "male" in columns
        and "female" in columns
        and abs(columns.index("male") - columns.index("female")) == 1
    )
    if not beside or chance.random() < 0.5:
        return [chosen]
    groups: list[Any] = [None] * len(columns)
    groups[min(columns.index("male"), columns.index("female"))] = {"en": "PARTICIPANTS", "sw": "WASHIRIKI"}[
        language
    ]
    return [groups, chosen]
