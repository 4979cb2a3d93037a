"""The line list of the registers, read plainly, for trying the rules on people as books really hold them."""

import json
import re
from datetime import date, datetime

import python_calamine

from kimbilio.identity.rules import Known, normalise_phone
from tests.house.tree import ROOT

FOLDER = ROOT.parent / "shared" / "registers" / "karuri-2025-06"
LINE_LIST = FOLDER / "line-list.xlsx"

_CODE = re.compile(r"KSS([0-9O]{4})")
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_FIRST_LINE = 3


def known_by_code() -> dict[str, Known]:
    """Return what each line with a readable code and names says, by that code."""
    book = python_calamine.CalamineWorkbook.from_path(str(LINE_LIST))
    lines = book.get_sheet_by_index(0).to_python()[_FIRST_LINE:]
    found = {}
    for code, first, middle, last, sex, born, phone, *_ in lines:
        match = _CODE.fullmatch(re.sub(r"[\s/-]", "", str(code)).upper())
        if match and (first or last):
            found[f"KSS-{match[1].replace('O', '0')}"] = Known(
                first=str(first),
                middle=str(middle),
                last=str(last),
                phones=frozenset(filter(None, [normalise_phone(str(phone))])),
                birth_date=_day(born),
                sex={"m": "male", "f": "female"}.get(str(sex).strip().lower()[:1]),
            )
    return found


def expected_pairs() -> set[tuple[str, str]]:
    """Return the pairs that a careful clerk knows to be one person."""
    expected = json.loads((FOLDER / "expected.json").read_text("utf-8"))
    return {(one, other) for one, other in expected["line_list"]["duplicate_pairs"]}


def _day(value: object) -> date | None:
    """Read a day as it is typed, day first; years of two digits are of the last century."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    parts = re.findall(r"[A-Za-z]+|\d+", str(value))
    if len(parts) < 3:
        return None
    year, month, day = parts[:3] if len(parts[0]) == 4 else parts[2::-1]
    number = _MONTHS[month[:3].lower()] if month.isalpha() else int(month)
    return date(int(year) + (1900 if len(year) == 2 else 0), number, int(day))
