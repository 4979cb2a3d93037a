"""Books of attendance as four other clinics keep them, and lists of one day."""

import random
from datetime import date, timedelta
from typing import Any

from kimbilio.exchange.tests.fiction import Someone
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.making_xls import as_xls
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, a_code, a_day

WEEKDAYS = ["Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"]
JUNE = [date(2025, 6, day) for day in range(1, 31)]

KISWAHILI_MARKS = {"dosed": ["K", "k", "K "], "missed": ["H", "h"], "take_home": ["N"], "transit": ["S"]}
KISWAHILI_MARKS |= {"admitted": ["L"], "imprisoned": ["J"]}
TICKS = {"dosed": ["✓", "✓", "√", "v"], "missed": ["x", "X"], "take_home": ["TH"], "transit": ["T"]}
TICKS |= {"admitted": ["HOSP"], "imprisoned": ["Jail"]}
LETTERS = {"dosed": ["P", "p ", "P"], "missed": ["A", "Abs"], "take_home": ["TH", "T/H"], "transit": ["T"]}
LETTERS |= {"admitted": ["H", "Adm"], "imprisoned": ["J"]}


def a_mark(marks: dict[str, list[str]], mark: str, chance: random.Random) -> Any:
    """A mark as this clinic writes it."""
    return chance.choice(marks[mark]) if mark else None


def island_xlsx(people: list[Someone], seed: int = 5) -> bytes:
    """Kiswahili, a legend of other letters, days under their names on two levels, remarks before the days."""
    chance = random.Random(seed)
    rows: list[list[Any]] = [
        ["KLINIKI YA KISIWANI – MAHUDHURIO YA KILA SIKU", None, None, None, "MWEZI: JUNI 2025"],
        [
            "K = amekunywa   H = hakuja   N = dozi ya nyumbani   L = amelazwa   S = safarini   J = jela   wazi = tupu"
        ],
        ["NA.", "JINA KAMILI", "MAONI", "NAMBA YA MAT", "SIKU ZA MWEZI"],
        [None] * 4 + [f"{WEEKDAYS[day.weekday()]} {day.day}" for day in JUNE],
    ]
    for line, who in enumerate(people, 1):
        marks = [a_mark(KISWAHILI_MARKS, who.marks.get(day, ""), chance) for day in JUNE]
        rows.append(
            [line, who.full, who.remarks or None, a_code("ISL", "-", who.mat or 0, 5, chance), *marks]
        )
    rows.append([None, "JUMLA", None, None, *[sum(day in who.marks for who in people) for day in JUNE]])
    rows += [[], ["Imekaguliwa na:", "Muuguzi wa zamu"]]
    return as_xlsx({"JUNI": rows}, {"JUNI": [(2, 4, 2, 33)]})


def weekly_ods(people: list[Someone], seed: int = 6) -> bytes:
    """A sheet a week, its columns only days of the week, ticks and crosses; the week stands in the title."""
    chance = random.Random(seed)
    sheets: dict[str, list[list[Any]]] = {}
    first = date(2025, 5, 26)
    while first <= JUNE[-1]:
        days = [first + timedelta(days=n) for n in range(7)]
        inside = [day for day in days if day in JUNE]
        title = f"Week {inside[0].day} - {inside[-1].day} June 2025"
        rows: list[list[Any]] = [["DOSING REGISTER"], [title], []]
        rows.append(
            ["MAT No.", "Surname", "First name", *[f"{day:%A}" for day in inside], "Total", "Remarks"]
        )
        for who in people:
            marks = [a_mark(TICKS, who.marks.get(day, ""), chance) for day in inside]
            came = sum(who.marks.get(day) == "dosed" for day in inside)
            rows.append([f"{who.mat:05d}", who.last, who.first, *marks, came, None])
        rows.append(["Total present", None, None, *[len(people)] * len(inside)])
        sheets[f"Wk {len(sheets) + 1}"] = rows
        first += timedelta(days=7)
    return as_ods(sheets)


def halves_xls(people: list[Someone], seed: int = 7) -> bytes:
    """An old xls, the month in two halves one below the other, real dates for headings, amounts instead of ticks."""
    chance = random.Random(seed)
    rows: list[list[Any]] = [["MMT CLINIC"]]
    for days in (JUNE[:15], JUNE[15:]):
        rows += [[], ["Client No", *days, "Days missed"]]
        for who in people:
            cells: list[Any] = []
            for day in days:
                mark = who.marks.get(day, "")
                cells.append(
                    float(chance.randrange(20, 120, 5)) if mark == "dosed" else a_mark(LETTERS, mark, chance)
                )
            rows.append([a_code("MMT", "/", who.mat or 0, 5, chance), *cells, 0])
    return as_xls({"June": rows})


def daily_csv(people: list[Someone], seed: int = 8) -> bytes:
    """One line a person and day, with ditto marks for the day, in English."""
    chance = random.Random(seed)
    rows: list[list[Any]] = [["No.", "Date", "Clinic number", "Attendance", "Remarks"]]
    for day in JUNE:
        listed = [who for who in people if who.marks.get(day)]
        for place, who in enumerate(listed):
            written = (
                a_day(day, chance, ENGLISH, real=False)
                if place == 0
                else chance.choice(['"', ",,", "-do-", "''"])
            )
            mark = a_mark(LETTERS, who.marks[day], chance)
            rows.append([len(rows), written, a_code("KRR", "", who.mat or 0, 5, chance), mark, ""])
        rows += [["", "TOTAL", "", len(listed), ""], []]
    return as_csv(rows)


def absentees_csv(people: list[Someone], day: date) -> bytes:
    """A list of one day that holds only those who did not come, in Kiswahili."""
    rows: list[list[Any]] = [
        [f"WALIOKOSA DOZI {day.day} {KISWAHILI[day.month - 1]} {day.year}"],
        ["NA.", "NAMBA YA MAT", "JINA"],
    ]
    missed = [who for who in people if who.marks.get(day) == "missed"]
    rows += [[line, f"KRR{who.mat:05d}", who.full] for line, who in enumerate(missed, 1)]
    return as_csv([*rows, ["", f"JUMLA {len(missed)}", ""]], "\t", "utf-16")


def ticked_csv(people: list[Someone], day: date) -> bytes:
    """A list of one day with a column to tick for each answer."""
    rows: list[list[Any]] = [
        ["MAT CLINIC", "", "Date:", f"{day:%d/%m/%Y}"],
        ["MAT ID", "Name", "Dosed", "Absent", "Take home", "Admitted"],
    ]
    columns = ("dosed", "missed", "take_home", "admitted")
    for who in people:
        ticks = ["✓" if who.marks.get(day) == mark else "" for mark in columns]
        rows += [[f"KRR{who.mat:05d}", who.full, *ticks]]
    return as_csv(rows, ",", "utf-8-sig")
