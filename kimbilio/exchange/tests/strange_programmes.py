"""Line lists of programmes that nobody has seen: columns left out, in any order, under any of many headings."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kimbilio.exchange.books.line_list import LineListLine
from kimbilio.exchange.tests.fiction import Someone, some_people
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.strange_headings import HEADINGS
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, SEXES, STATUS_WORDS, a_code, a_day, a_phone

__all__ = ["HEADINGS", "StrangeBook", "a_strange_programme"]

Check = Callable[[LineListLine, Someone], bool]

_CHECKS: dict[str, Check] = {
    "full_name": lambda line, who: line.names.full.casefold() == who.full.casefold(),
    "first_name": lambda line, who: line.first == who.first,
    "middle_name": lambda line, who: line.middle == who.middle,
    "last_name": lambda line, who: line.last == who.last,
    "sex": lambda line, who: line.sex == who.sex,
    "birth_date": lambda line, who: line.birth_date == who.born,
    "phone": lambda line, who: line.phone == (f"+254{who.phone}" if who.phone else ""),
    "ward": lambda line, who: line.ward == who.ward,
    "first_contact_on": lambda line, who: line.first_contact_on == who.met,
    "mat_number": lambda line, who: bool(line.mat_number) == (who.mat is not None),
    "inducted_on": lambda line, who: line.inducted_on == who.inducted,
    "status": lambda line, who: (line.status or "") == who.status,
    "remarks": lambda line, who: line.remarks == who.remarks,
}


@dataclass(frozen=True)
class StrangeBook:
    """A made book, the people in it, and what each of its columns should say of them."""

    name: str
    data: bytes
    people: list[Someone]
    headings: dict[str, str]
    checks: dict[str, Check]


def a_strange_programme(seed: int) -> StrangeBook:
    """One book of its own shape for each seed."""
    chance = random.Random(seed)
    people = some_people(chance.choice([25, 120]), seed=seed)
    fields = _some_fields(chance)
    headings = {field: chance.choice(HEADINGS[field]) for field in fields}
    language = chance.choice(["english", "kiswahili"])
    extension = chance.choice(["xlsx", "ods", "csv"])
    rows: list[list[Any]] = [["ORODHA"], [], [headings[field] for field in fields]]
    for line, who in enumerate(people, 1):
        cells = _cells(who, chance, language, real=extension != "csv")
        rows.append([line if field == "line_number" else cells[field]() for field in fields])
    rows.append([None, "JUMLA", len(people)])
    return StrangeBook(
        f"book.{extension}",
        _as_file(rows, extension, chance),
        people,
        headings,
        {field: check for field, check in _CHECKS.items() if field in fields},
    )


def _some_fields(chance: random.Random) -> list[str]:
    names = ["full_name"] if chance.random() < 0.5 else ["first_name", "middle_name", "last_name"]
    others = ["sex", "birth_date", "phone", "ward", "first_contact_on", "mat_number"]
    fields = ["code", *names, *others, "inducted_on", "status", "remarks"]
    if chance.random() < 0.4:
        fields = [field for field in fields if field in {"code", *names} or chance.random() < 0.75]
    if chance.random() < 0.6:
        chance.shuffle(fields)
    return ["line_number", *fields] if chance.random() < 0.6 else fields


def _as_file(rows: list[list[Any]], extension: str, chance: random.Random) -> bytes:
    if extension == "csv":
        return as_csv(rows, chance.choice(",;\t|"), chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return as_xlsx({"Sheet1": rows}) if extension == "xlsx" else as_ods({"Sheet1": rows})


def _cells(who: Someone, chance: random.Random, language: str, *, real: bool) -> dict[str, Callable[[], Any]]:
    months = KISWAHILI if language == "kiswahili" else ENGLISH
    return {
        "code": lambda: a_code("NRB", "-", who.number, 4, chance),
        "first_name": lambda: who.first,
        "middle_name": lambda: who.middle,
        "last_name": lambda: who.last,
        "full_name": lambda: who.full if chance.random() < 0.7 else who.full.upper(),
        "sex": lambda: chance.choice(SEXES[language][who.sex]),
        "birth_date": lambda: a_day(who.born, chance, months, real=real),
        "phone": lambda: a_phone(who.phone, chance, real=real),
        "ward": lambda: who.ward,
        "first_contact_on": lambda: a_day(who.met, chance, months, real=real),
        "mat_number": lambda: a_code("KRR", "", who.mat, 5, chance) if who.mat is not None else None,
        "inducted_on": lambda: a_day(who.inducted, chance, months, real=real) if who.inducted else None,
        "status": lambda: chance.choice(STATUS_WORDS[language][who.status]) if who.status else None,
        "remarks": lambda: who.remarks or None,
    }
