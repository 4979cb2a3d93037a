"""The words of old books, from the files in words/: read once, in the folded form in which they are compared."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("words")
_SIGNS = {"&": " and ", "#": " no ", "№": " no ", "°": "o ", "+": " and "}
_APART = re.compile(r"[^\w]+|_+")
# The same for plain text, many times quicker: signs as words, every other mark a space.
_PLAIN = {ord(mark): " " for mark in map(chr, range(128)) if not mark.isalnum()} | {
    ord(sign): word for sign, word in _SIGNS.items()
}


def fold(text: str) -> str:
    """Return words as they are compared: small letters, no accents, one space for any mark between them.

    'N&S  Given' is 'n and s given'; 'S/N' is 's n'; 'MAT#' is 'mat no'.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _APART.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def _read(name: str) -> dict[str, Any]:
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _each(groups: Mapping[str, list[str]]) -> dict[str, str]:
    """Return each word, folded, with the group that it stands in; the first group keeps a word of two."""
    found: dict[str, str] = {}
    for group, words in groups.items():
        for word in words:
            found.setdefault(fold(word), group)
    return found


def _each_mark(groups: Mapping[str, list[str]]) -> dict[str, str]:
    """Return each mark as `fold_mark` leaves it: signs have a meaning here, so they stay."""
    return {fold_mark(mark): group for group, marks in groups.items() for mark in marks}


def fold_mark(text: str) -> str:
    """Return what stands in a cell of marks in its shortest form: 'P.', ' p ' and 'P*' are 'p'."""
    bare = text.strip().casefold()
    return bare.rstrip(".,;:*!'\"`").strip() or bare


_calendar, _marks, _people, _lines = _read("calendar"), _read("marks"), _read("people"), _read("lines")

HEADINGS: dict[str, dict[str, list[str]]] = _read("headings")
# For each field, in order, the words of which all of one group make a heading known.
KEY_WORDS: list[tuple[str, list[frozenset[str]]]] = [
    (entry["field"], [frozenset(words.split("+")) for words in entry["any"]])
    for entry in _read("key_words")["fields"]
]

MONTHS = {fold(word): int(number) for number, words in _calendar["months"].items() for word in words}
WEEKDAYS = {fold(word): int(number) for number, words in _calendar["weekdays"].items() for word in words}
MONTH_WORDS, WEEK_WORDS, DAY_WORDS = (
    frozenset(map(fold, _calendar["words"][w])) for w in ("month", "week", "day")
)

CELL_MARKS = _each_mark(_marks["cell"])
CROSSES = frozenset(map(fold_mark, _marks["cross"]["either"]))
NO_LIST = frozenset(map(fold, _marks["no_list"]["words"]))
LEGEND_BLANK = frozenset(map(fold, _marks["legend"].pop("blank")))
LEGEND = _each(_marks["legend"])
LIST_TITLES = _each(_marks["titles"])
DITTOS = frozenset(mark.casefold() for mark in _marks["dittos"]["marks"])
TICKS, NOT_TICKS = (frozenset(map(fold_mark, _marks["ticks"][answer])) for answer in ("yes", "no"))

WHOSE: dict[str, list[str]] = _people["whose"]
SEXES = _each(_people["sexes"])
STATUSES = _each(_people["statuses"])
NO_NAME = frozenset(map(fold, _people["no_name"]["words"]))
NO_VALUE = frozenset(map(fold, _people["no_value"]["words"]))
NICKNAME_BEGINS = frozenset(map(fold, _people["names"]["nickname_begins"]))
JOINS_THE_NEXT = frozenset(map(fold, _people["names"]["joins_the_next"]))
NAME_TITLES = frozenset(map(fold, _people["names"]["titles"]))
WARD_WORDS = tuple(sorted(map(fold, _people["wards"]["words"]), key=len, reverse=True))
ABOUT_WORDS, YEARS_WORDS = (tuple(_people["ages"][part]) for part in ("about", "years"))

TOTALS, SUMS = (frozenset(map(fold, _lines["totals"][part])) for part in ("words", "sums"))
NOTE_BEGINNINGS, NOTE_WORDS = (frozenset(map(fold, _lines["notes"][part])) for part in ("begins", "says"))

_services, _activities = _read("services"), _read("activities")

SERVICES, REFERRALS, TOPICS = (_each(_services[part]) for part in ("services", "referrals", "topics"))
BETWEEN_SERVICES = frozenset(map(fold, _services["between"]["words"]))
PACKETS = frozenset(map(fold, _services["pieces"]["packets"]))
ACTIVITIES = _each(_activities["activities"])
# In order, each with the words of which all make an event known.
ACTIVITY_KEY_WORDS = [
    (activity, frozenset(words.split("+")))
    for activity, groups in _activities["key_words"].items()
    for words in groups
]
