"""Months of clinics that nobody has seen: days, marks, legends, titles and names of columns of many kinds."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kimbilio.exchange.tests.fiction import Someone, some_people, without_repeated_numbers
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.making_xls import as_xls
from kimbilio.exchange.tests.strange_headings import HEADINGS
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, a_code

_SHORT = {"en": [month[:3] for month in ENGLISH]}
_SHORT["sw"] = "Jan Feb Mac Apr Mei Jun Jul Ago Sep Okt Nov Des".split()
_WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun".split(),
    "sw": "Jtt Jnn Jtn Alh Iju Jms Jpl".split(),
}
_MEANINGS = ("dosed", "missed", "take_home", "transit", "admitted", "imprisoned")
# The marks of each meaning, and the line that explains them; '' where nothing does.
MARKS = [
    ("P A TH T H J", ""),
    ("p a th t h j", "P=Present, A=Absent, TH=Take Home, T=Transit, H=Hospital, J=Jail"),
    ("✓ x TH T H J", "✓ dosed; x missed; TH take home; T transit; H admitted; J prison"),
    ("1 0 TH T H J", ""),
    (
        "K H N S L G",
        "UFUNGUO: K - amekuja, H - hakuja, N - nyumbani, S - safarini, L - amelazwa, G - gerezani",
    ),
    ("D M TH TR ADM PR", "D: Dosed | M: Missed | TH: Take home | TR: Transit | ADM: Admitted | PR: Prison"),
    (
        "✓ A TH T H J",
        "Key: ✓=Dosed A=Absent TH=Take-home T=In transit H=Hospitalised J=In prison Blank=No record",
    ),
    ("Ndiyo Hapana Nyumbani Safari Hospitali Jela", ""),
    ("P X TH T H J", "P = alikunywa dozi, X = hakufika, TH = nyumbani, H = amelazwa, J = jela, T = safarini"),
    ("Y N TH T H J", "Y (dosed) N (not dosed) TH (take home) T (transit) H (hospital) J (jail)"),
    ("1 2 3 4 5 6", "1=Dosed 2=Missed 3=Take home 4=Transit 5=Admitted 6=Prison"),
]
_TITLES = ["MAT CLINIC {n} {y}", "Mahudhurio ya mwezi: {n}, {y}", "MONTH: {n}   YEAR: {y}", "{m:02d}/{y}"]
_TITLES += ["{n}-{y}", "Mwezi wa {m} {y}", "", "", ""]
_WHO = [
    ["code"],
    ["mat_number"],
    ["full_name"],
    ["mat_number", "full_name"],
    ["code", "mat_number", "full_name"],
]
_WHO += [["mat_number", "last_name", "first_name"], ["code", "sex", "full_name", "phone"]]
_AFTER = [[], ["Total"], ["JUMLA", "MAONI"], ["Remarks"], ["Days dosed", "Days missed", "Comments"]]


@dataclass(frozen=True)
class StrangeMonth:
    """A made book of attendance; `month` is given beside it where it does not say its own."""

    name: str
    data: bytes
    people: list[Someone]
    days: list[date]
    no_list: date
    who: list[str]
    month: date | None


def a_strange_month(seed: int) -> StrangeMonth:
    """One book of its own shape for each seed."""
    chance = random.Random(seed)
    first, no_list = date(2025, chance.choice([1, 2, 5, 6, 9, 12]), 1), chance.choice([3, 14, 21])
    people = without_repeated_numbers(some_people(chance.choice([60, 200]), seed, first, no_list))
    days = [day for n in range(31) if (day := first + timedelta(days=n)).month == first.month]
    language, who = chance.choice(["en", "sw"]), chance.choice(_WHO)
    if who == ["full_name"]:
        people = list({one.full: one for one in people}.values())
    month = {"en": ENGLISH, "sw": KISWAHILI}[language][first.month - 1]
    title = chance.choice(_TITLES).format(
        n=chance.choice([month, month.upper(), month[:3]]), y=first.year, m=first.month
    )
    extension = chance.choice(["xlsx", "ods", "csv", "xls"])
    told = title or chance.choice(["file", "sheet" if extension != "csv" else "", ""])
    rows = [[title or "MAT"], *_table(people, days, language, who, chance)]
    sheet = f"{month} {first.year}" if told == "sheet" else "Sheet1"
    name = f"mat_{month.lower()}_{first.year}.{extension}" if told == "file" else f"book.{extension}"
    data = _as_file(sheet, rows, extension, chance)
    return StrangeMonth(
        name, data, people, days, first + timedelta(days=no_list - 1), who, None if told else first
    )


def _table(
    people: list[Someone], days: list[date], language: str, who: list[str], chance: random.Random
) -> list[list[Any]]:
    marks, legend = chance.choice(MARKS)
    written = dict(zip(_MEANINGS, marks.split(), strict=True))
    place, after, style = (
        chance.choice(["top", "bottom", "beside"]),
        chance.choice(_AFTER),
        chance.randrange(13),
    )
    fields = ["line_number", *who] if chance.random() < 0.7 else who
    headings = [chance.choice(HEADINGS[field]) for field in fields]
    rows: list[list[Any]] = [[legend]] if legend and place == "top" else []
    rows.append([*headings, *(_day_heading(day, style, language) for day in days), *after])
    if chance.random() < 0.2:
        rows.append([None] * len(headings) + [f"{day:%a}"[0] for day in days])
    for line, one in enumerate(people, 1):
        cells = [_mark(written.get(one.marks.get(day, "")), chance) for day in days]
        dosed = sum(mark == "dosed" for mark in one.marks.values())
        sums = [None if heading in {"MAONI", "Remarks", "Comments"} else dosed for heading in after]
        rows.append([*(_person(one, field, line, chance) for field in fields), *cells, *sums])
    totals = [None] * (len(headings) - 1)
    rows.append([*totals, "JUMLA" if language == "sw" else "Present", *[len(people)] * len(days)])
    if legend and place == "beside":
        rows[-1] += [None, legend]
    return [*rows, [], [legend] if legend and place == "bottom" else ["Imeandaliwa na: muuguzi"]]


def _mark(mark: str | None, chance: random.Random) -> str | None:
    if mark is None or not mark.isascii() or chance.random() > 0.15:
        return mark
    return chance.choice([mark.lower(), f"{mark} ", f" {mark}", mark.upper()])


def _day_heading(day: date, style: int, language: str) -> Any:
    short = _SHORT[language][day.month - 1]
    numbered = f"Siku {day.day}" if language == "sw" else f"D{day.day}"
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    written = [
        day.day,
        str(day.day),
        day,
        f"{short} {day.day}",
        f"{day.day}/{day.month}",
        f"{day.day}-{short}",
    ]
    written += [f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{_WEEKDAYS[language][day.weekday()]} {day.day}"]
    return [*written, numbered, day.isoformat(), f"{day.day:02d}", f"{day.day}{ending}"][style]


def _person(one: Someone, field: str, line: int, chance: random.Random) -> Any:
    if field == "line_number":
        return line
    told: dict[str, Callable[[], Any]] = {
        "code": lambda: a_code("NRB", "-", one.number, 4, chance),
        "mat_number": lambda: a_code("KRR", "", one.mat or 0, 5, chance),
        "full_name": lambda: one.full,
        "first_name": lambda: one.first,
        "last_name": lambda: one.last,
        "sex": one.sex[0].upper,
        "phone": lambda: f"0{one.phone}" if one.phone else None,
    }
    return told[field]()


def _as_file(sheet: str, rows: list[list[Any]], extension: str, chance: random.Random) -> bytes:
    if extension == "csv":
        return as_csv(rows, chance.choice(",;\t"), chance.choice(["utf-8-sig", "utf-8", "utf-16"]))
    return {"xlsx": as_xlsx, "ods": as_ods, "xls": as_xls}[extension]({sheet: rows})
