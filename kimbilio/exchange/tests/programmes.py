"""Line lists as three other programmes keep them: other columns, another order, Kiswahili, two-level headings."""

import random
from typing import Any

from kimbilio.exchange.tests.fiction import Someone
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, SEXES, STATUS_WORDS, a_code, a_day, a_phone

_TWO_LEVELS = (
    "NA.,MAT,,,MAONI,JINA,,,JINSIA,KADI,MAWASILIANO,,TAREHE,".split(","),
    ",Namba,Tarehe ya kuanza,Hali,,La ukoo,La kwanza,La kati,,,Simu,Wadi,Kuzaliwa,Kusajiliwa".split(","),
)


def coast_csv(people: list[Someone], seed: int = 2) -> bytes:
    """A CSV with semicolons from an old Windows: Kiswahili, all names in one column, no dates of birth but ages."""
    chance = random.Random(seed)
    rows: list[list[Any]] = [
        ["MRADI WA PWANI – ORODHA YA WANACHAMA"],
        [],
        ["NA.", "NAMBA", "JINA", "JINSIA", "UMRI", "WADI", "SIMU", "TAREHE YA KWANZA KUFIKA", "NAMBA YA MAT"],
    ]
    rows[-1] += ["TAREHE YA KUANZA MAT", "HALI", "MAONI"]
    for line, who in enumerate(people, 1):
        age = 2025 - who.born.year
        rows.append(
            [
                line,
                a_code("MLD", "/", who.number, 4, chance),
                who.full.upper() if chance.random() < 0.3 else who.full,
                chance.choice(SEXES["kiswahili"][who.sex]),
                chance.choice([age, f"{age}", f"miaka {age}"]),
                chance.choice([who.ward, f"WADI YA {who.ward.upper()}"]),
                a_phone(who.phone, chance, real=False),
                a_day(who.met, chance, KISWAHILI, real=False),
                a_code("PWN", "-", who.mat, 5, chance) if who.mat is not None else "",
                a_day(who.inducted, chance, KISWAHILI, real=False) if who.inducted else "",
                chance.choice(STATUS_WORDS["kiswahili"][who.status]) if who.status else "",
                who.remarks,
            ]
        )
        if line % 60 == 0:
            rows += [["", "JUMLA", 60], []]
    rows += [["JUMLA KUU", "", len(people)], ["Imeandaliwa na: karani wa kituo"]]
    return as_csv(rows, ";", "cp1252")


def harbour_xlsx(people: list[Someone], seed: int = 3) -> bytes:
    """A workbook with two-level headings in Kiswahili, men and women on sheets of their own, the order turned round."""
    chance = random.Random(seed)
    over, under = ([heading or None for heading in level] for level in _TWO_LEVELS)
    sheets, merged = {}, {}
    for name, sex in (("WANAUME", "male"), ("WANAWAKE", "female")):
        rows: list[list[Any]] = [
            ["KITUO CHA BANDARINI"],
            ["Orodha ya watu wote", None, None, "2025"],
            over,
            under,
        ]
        for line, who in enumerate((who for who in people if who.sex == sex), 1):
            if line % 45 == 0:
                rows += [[None, "JUMLA YA UKURASA", None, 44], [], over, under]
            rows.append(
                [
                    line,
                    f"BND{who.mat:05d}" if who.mat is not None else None,
                    a_day(who.inducted, chance, KISWAHILI) if who.inducted else None,
                    chance.choice(STATUS_WORDS["kiswahili"][who.status]) if who.status else "-",
                    who.remarks or None,
                    who.last.upper(),
                    who.first.upper(),
                    who.middle.upper(),
                    chance.choice(SEXES["kiswahili"][who.sex]),
                    who.number + 20_000,
                    a_phone(who.phone, chance),
                    who.ward if chance.random() < 0.9 or line == 1 else who.ward.lower(),
                    a_day(who.born, chance, KISWAHILI),
                    a_day(who.met, chance, KISWAHILI),
                ]
            )
        sheets[name] = rows
        merged[name] = [(2, 1, 2, 3), (2, 5, 2, 7), (2, 10, 2, 11), (2, 12, 2, 13), (0, 0, 0, 13)]
    sheets["MAELEZO"] = [["Kitabu hiki ni cha kituo."], ["Maswali: piga simu ofisini."]]
    return as_xlsx(sheets, merged)


def highland_ods(people: list[Someone], seed: int = 4) -> bytes:
    """A LibreOffice book in English under other words: Surname and Other names, year of birth, Cell, Residence."""
    chance = random.Random(seed)
    rows: list[list[Any]] = [
        ["Register of members"],
        ["Programme:", "Highland", None, "Printed:", "30/06/2025"],
        [],
        [
            "Enrolment date",
            "Reg No",
            "Surname",
            "Other names",
            "Gender (M/F)",
            "YOB",
            "Cell No.",
            "Residence",
        ],
        [f"({n})" for n in range(1, 15)],
    ]
    rows[3] += ["MMT No.", "Induction date", "Current status", "Next of kin", "Kin phone", "Comments"]
    for who in people:
        rows += [
            [
                a_day(who.met, chance, ENGLISH),
                a_code("HL", "-", who.number, 5, chance),
                who.last,
                f"{who.first} {who.middle}",
                chance.choice(SEXES["english"][who.sex]),
                who.born.year,
                a_phone(who.phone, chance),
                who.ward,
                f"{who.mat:05d}" if who.mat is not None else None,
                a_day(who.inducted, chance, ENGLISH) if who.inducted else None,
                chance.choice(STATUS_WORDS["english"][who.status]) if who.status else None,
                "Somebody Else" if chance.random() < 0.5 else None,
                "0711222333" if chance.random() < 0.5 else None,
                who.remarks or None,
            ]
        ]
    rows += [["Total", len(people)], ["Checked by", "the officer in charge"]]
    return as_ods({"Members": rows})
