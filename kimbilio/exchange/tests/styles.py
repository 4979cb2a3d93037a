"""How clerks write: the same day, code, phone and sex in many ways, by a seeded chance."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

ENGLISH = "January February March April May June July August September October November December".split()
KISWAHILI = "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba".split()


def a_day(day: date, chance: random.Random, months: list[str], *, real: bool = True) -> Any:
    """A day in one of seven styles, months in one language; a real date where the format has those."""
    month = months[day.month - 1]
    styles: list[Callable[[], Any]] = [
        lambda: f"{day.day:02d}/{day.month:02d}/{day.year}",
        lambda: f"{day.day}/{day.month}/{day.year % 100:02d}",
        lambda: f"{day.day} {month} {day.year}",
        lambda: f"{day.day}-{month[:3]}-{day.year}",
        lambda: f"{day.day:02d}.{day.month:02d}.{day.year}",
        lambda: f"{day.day}{_ordinal(day.day)} {month} {day.year}",
        lambda: day if real else day.isoformat(),
        lambda: day if real else day.isoformat(),
    ]
    return chance.choice(styles)()


def _ordinal(number: int) -> str:
    return "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def a_code(prefix: str, sign: str, number: int, width: int, chance: random.Random) -> str:
    """A code typed in one of six ways."""
    figures = f"{number:0{width}d}"
    slip = figures.replace("0", "O", 1)
    return chance.choice(
        [f"{prefix}{sign}{figures}"] * 8
        + [
            f"{prefix.lower()}{sign}{figures}",
            f"{prefix} {figures}",
            f"{prefix}/{figures}",
            f"{prefix}{figures}",
            f"{prefix}{sign}{slip}",
            f" {prefix}{sign}{figures} ",
        ]
    )


def a_phone(nine: str, chance: random.Random, *, real: bool = True) -> Any:
    """A phone as people and spreadsheets write it."""
    if not nine:
        return None
    spaced = f"{nine[:3]} {nine[3:6]} {nine[6:]}"
    choices: list[Any] = [f"0{nine}", f"+254{nine}", f"254 {spaced}", f"0{spaced.replace(' ', '-')}"]
    return chance.choice([*choices, float(nine)] if real else choices)


SEXES = {
    "english": {"male": ["M", "m", "Male", " M", "MALE"], "female": ["F", "f", "Female", "F ", "FEMALE"]},
    "kiswahili": {"male": ["Me", "ME", "Mwanaume", "me"], "female": ["Ke", "KE", "Mwanamke", "ke"]},
}
STATUS_WORDS = {
    "english": {
        "active": ["Active", "On MAT", "active"],
        "completed": ["Weaned off", "Completed"],
        "transferred": ["Transferred out", "T/O"],
        "out_of_touch": ["LTFU", "Defaulted"],
        "died": ["Died", "Deceased"],
        "stopped_by_choice": ["Stopped", "Dropped out"],
        "imprisoned": ["In prison", "Jail"],
    },
    "kiswahili": {
        "active": ["Anaendelea", "ANAENDELEA", "Yupo"],
        "completed": ["Amemaliza", "Amehitimu"],
        "transferred": ["Amehamishwa", "Amehama"],
        "out_of_touch": ["Amepotea", "Hajulikani alipo"],
        "died": ["Amefariki", "Marehemu"],
        "stopped_by_choice": ["Ameacha", "Aliacha dawa"],
        "imprisoned": ["Yuko jela", "Gerezani"],
    },
}
