"""Books as a programme keeps them, made for the stories: a list of its people in Kiswahili, and their month."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kimbilio.exchange.tests.making import as_xlsx
from kimbilio.exchange.tests.styles import KISWAHILI

# The second of two names stands where one would look for the middle of three.
SECOND_NAME = "Jina la pili"
_PEOPLE = (("Ramadhani", "Mgandi", "Me"), ("Mwanajuma", "Kitsao", "Ke"), ("Nassoro", "Mwachiro", "Me"))
_FIRST_LINE = 4
AMBIGUOUS_LINE, UNREADABLE_LINE = (_FIRST_LINE + len(_PEOPLE) + n for n in range(2))
_DAYS = 31
_HERE = ZoneInfo("Africa/Nairobi")
_MISSED = 2


def line_list(of: str) -> bytes:
    """Return three people, a line with the code of somebody who has another name, and one that nobody can read.

    `of` are the letters before each number; the last of the headings has them too, so that no other book is like it.
    """
    headings = ["Simu", "Wadi", "Jinsia", SECOND_NAME, "Jina la kwanza", "Namba ya kadi", "Namba ya MAT"]
    headings += ["Tarehe ya kuanza MAT", "Hali ya MAT", f"Maoni {of}"]
    people = [
        [
            *(f"0722 000 70{n}", "Karuri", sex, second, first, code(of, n), mat_number(of, n)),
            *(date(2023, 5, n), "Anaendelea", None),
        ]
        for n, (first, second, sex) in enumerate(_PEOPLE, 1)
    ]
    other_name = [None, "Karuri", "Me", "Wanyonyi", "Simiyu", known_code(of), None, None, None, None]
    unreadable = [None, "Karuri", "Me", None, "?", None, None, None, None, "haisomeki"]
    total = ["JUMLA", len(people) + 2]
    rows: list[list[Any]] = [["ORODHA YA WANACHAMA"], [], headings, *people, other_name, unreadable, total]
    return as_xlsx({"Wanachama": rows})


def month(of: str) -> bytes:
    """Return the month of yesterday: the first two of the list missed its last days, the third always came."""
    yesterday = datetime.now(_HERE).date() - timedelta(days=1)
    title = f"MAHUDHURIO YA KILA SIKU, {KISWAHILI[yesterday.month - 1].upper()} {yesterday.year}"
    rows: list[list[Any]] = [[title], ["K = amekunywa   H = hakuja"]]
    rows.append(["Na.", "Jina kamili", "Namba ya MAT", *range(1, _DAYS + 1)])
    for n, (first, second, _sex) in enumerate(_PEOPLE, 1):
        missed = 0 if n == len(_PEOPLE) else min(_MISSED, yesterday.day)
        marks = ["K"] * (yesterday.day - missed) + ["H"] * missed
        rows.append([n, f"{first} {second}", mat_number(of, n), *marks])
    return as_xlsx({"Mwezi": rows})


def known_code(of: str) -> str:
    """Return the code in the list of somebody whom the desk knows already, by another name."""
    return f"{of}-0090"


def code(of: str, n: int) -> str:
    """Return the code of the person in this line of the list."""
    return f"{of}-{n:04}"


def mat_number(of: str, n: int) -> str:
    """Return the clinic's number of the person in this line of the list."""
    return f"{of}MAT{n:05}"
