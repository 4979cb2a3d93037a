"""What stands in one cell: text, numbers, ticks, ditto marks, sexes, ages, as people and spreadsheets write them."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import (
    ABOUT_WORDS,
    DITTOS,
    NO_VALUE,
    NOT_TICKS,
    SEXES,
    TICKS,
    WARD_WORDS,
    YEARS_WORDS,
    fold,
    fold_mark,
)

_EXCEL_BEGINS = date(1899, 12, 30)
_LONGEST_NOTHING = max(map(len, NO_VALUE)) + 4
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?")
_UNITS = re.compile(
    r"\s*(?:pcs?|pieces?|pkts?|packets?|kits?|x|vipande|vidonge|mls?|mgs?|no|nos|\.)*\.?\s*$", re.IGNORECASE
)
_YEARS = "|".join(map(re.escape, sorted(YEARS_WORDS, key=len, reverse=True)))
_ABOUT = "|".join(map(re.escape, ABOUT_WORDS))
_AGE = re.compile(
    rf"""(?P<about> (?:{_ABOUT})\b\.? | [~+±] )? \s* (?:{_YEARS})? \s*
    (?P<years> \d{{1,3}} ) \s* (?P<tens> '?s )? (?P<more> [+?] )? \s* (?:{_YEARS})? \.? (?P<and_more> \+ )?""",
    re.VERBOSE,
)


def text_of(cell: Cell) -> str:
    """Return a cell as one line of text; a whole number has no fraction, a day is written 2025-06-30."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:g}"
    return cell.isoformat()


def is_blank(cell: Cell) -> bool:
    """Tell whether nothing is written here."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_ditto(cell: Cell) -> bool:
    """Tell whether this is a mark that repeats what stands above: " or ,, or '' or -do-."""
    return isinstance(cell, str) and cell.strip().casefold() in DITTOS


def says_nothing(cell: Cell) -> bool:
    """Tell whether nothing can be read here: blank, a dash, question marks, 'n/a', 'hakuna'."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > _LONGEST_NOTHING:
        return False
    folded = fold(cell)
    return not folded or folded in NO_VALUE


def tick_of(cell: Cell) -> bool | None:
    """Return whether a box is ticked; None where it is neither a tick nor one of the signs for none.

    Source: what clerks of safe spaces write.
    """
    if isinstance(cell, float | bool):
        return bool(cell) if cell in (0, 1) else None
    if isinstance(cell, date):
        return None
    mark = fold_mark(cell or "")
    return True if mark in TICKS else False if mark in NOT_TICKS else None


def serial_of(day: date) -> float:
    """Return the number that a spreadsheet keeps for a day: an age of 34 in a column of dates is 3 February 1900."""
    days = (day - _EXCEL_BEGINS).days
    return float(days if day >= date(1900, 3, 1) else days - 1)


def number_of(cell: Cell) -> float | None:
    """Return the number in a cell, without its unit ('4 pcs'); None where there is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float):
        return cell
    if isinstance(cell, date):
        return serial_of(cell) if cell.year < 1901 else None
    bare = _UNITS.sub("", cell or "").strip()
    return float(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else None


class Sex(StrEnum):
    """Sex as a book says it; the values are those of our own records."""

    MALE = "male"
    FEMALE = "female"
    INTERSEX = "intersex"


def sex_of(cell: Cell) -> Sex | None:
    """Return the sex that a cell says, in either language: ' M', Male, Me, Mwanaume; F, Ke, Mwanamke."""
    found = SEXES.get(fold(cell)) if isinstance(cell, str) else None
    return Sex(found) if found else None


@dataclass(frozen=True, slots=True)
class WrittenAge:
    """Completed years, and whether somebody guessed them: 'abt 37', '30s'."""

    years: int
    about: bool


def age_of(cell: Cell) -> WrittenAge | None:
    """Return the age that a cell says: 42, '39yrs', 'abt 37', '30s' (taken as 35), 'miaka 28'."""
    if isinstance(cell, float | date) and not isinstance(cell, bool):
        years = number_of(cell)
        return WrittenAge(int(years), about=False) if years is not None and 0 < years <= 120 else None
    found = _AGE.fullmatch(cell.strip().casefold()) if isinstance(cell, str) else None
    if found is None:
        return None
    years = int(found["years"]) + (5 if found["tens"] else 0)
    about = any(found[part] for part in ("about", "tens", "more", "and_more"))
    return WrittenAge(years, about) if 0 < years <= 120 else None


def ward_of(cell: Cell) -> str:
    """Return a ward's name alone: 'KARURI WARD' and 'Wadi ya Karuri' are Karuri."""
    if not isinstance(cell, str) or says_nothing(cell) or is_ditto(cell):
        return ""
    words = text_of(cell).strip(" .,;:-")
    folded = words.casefold()
    for word in WARD_WORDS:
        if folded.endswith(" " + word):
            words = words[: -len(word) - 1]
            break
        if folded.startswith(word + " "):
            words = words[len(word) + 1 :]
            break
    return in_title_case(words.strip())


def in_title_case(text: str) -> str:
    """Return words that were all capitals, or all small, with one capital each; others as they were written."""
    if text.isupper() or text.islower():
        return " ".join(_capitalised(word) for word in text.split())
    return text


def _capitalised(word: str) -> str:
    """Return ng'ang'a as Ng'ang'a, and al-amin as Al-Amin."""
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
