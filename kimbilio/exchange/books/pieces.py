"""How many pieces a cell says, and which services: '2pcs', '1O', '10+5', a tick, 'HIV / TB'."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kimbilio.exchange.books.cells import is_blank, number_of, says_nothing, text_of, tick_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import BETWEEN_SERVICES, PACKETS, REFERRALS, SERVICES, fold

# As much as a visit may have of one thing; above it is a slip of the pen.
MOST = 1000

_O_FOR_ZERO = re.compile(r"(?<=\d)[oO]+|\b[oO](?=\d)|^\s*[oO]\s*$")
_SUM = re.compile(r"\s*\d{1,3}(?:\s*\+\s*\d{1,3})+\s*")
_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[/,;|\n&+]|\s-\s|\.\s")


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many, and whether that was read otherwise than it is plainly written."""

    count: int
    as_written: bool = True


def pieces_of(cell: Cell, *, tick_is_one: bool = False) -> Pieces | None:
    """Return how many pieces a cell says, 0 where it says none; None where that cannot be read."""
    if isinstance(cell, str | bool) and tick_of(cell) and number_of(cell) is None:
        return Pieces(1, as_written=False) if tick_is_one else None
    if says_nothing(cell) or tick_of(cell) is False:
        return Pieces(0)
    if isinstance(cell, str) and _SUM.fullmatch(cell):
        return _whole(float(sum(map(int, re.findall(r"\d+", cell)))), as_written=False)
    if isinstance(cell, str):
        cell = _O_FOR_ZERO.sub(lambda found: "0" * len(found.group().strip()), cell)
    return _whole(number_of(cell), as_written=not _has_packets(cell))


def _whole(number: float | None, *, as_written: bool) -> Pieces | None:
    if number is None or not number.is_integer() or not 0 <= number <= MOST:
        return None
    return Pieces(int(number), as_written)


def _has_packets(cell: Cell) -> bool:
    return isinstance(cell, str) and any(fold(word) in PACKETS for word in _WORD.findall(cell))


def done_of(cell: Cell, service: str = "") -> bool | None:
    """Return whether something was done, by a tick, a number or its own name; None where that cannot be read."""
    ticked = tick_of(cell)
    if ticked is not None:
        return ticked
    number = number_of(cell)
    if number is not None:
        return number > 0 if number.is_integer() and 0 <= number <= MOST else None
    if says_nothing(cell):
        return False
    found, unknown = services_in(cell, referrals=service.endswith("_referral"))
    return True if found == {service} and not unknown else None


def services_in(cell: Cell, *, referrals: bool) -> tuple[set[str], list[str]]:
    """Return the services that a cell names, and the parts of it that name none that we know.

    In a column of referrals 'HIV' alone is a referral for testing; elsewhere it could be anything.
    """
    if is_blank(cell) or says_nothing(cell) or tick_of(cell) is False:
        return set(), []
    if tick_of(cell):
        return set(), [text_of(cell)]
    known = REFERRALS | SERVICES if referrals else SERVICES
    found: set[str] = set()
    unknown: list[str] = []
    for part in filter(
        None, map(str.strip, _PARTS.split(str(cell) if isinstance(cell, str) else text_of(cell)))
    ):
        named = _named(fold(part).split(), known)
        found |= named or set()
        unknown += [] if named is not None else [part]
    return found, unknown


def _named(words: list[str], known: Mapping[str, str]) -> set[str] | None:
    """Return the services that some words name, the longest names first; None where a word is left over."""
    found: set[str] = set()
    while words:
        if words[0] in BETWEEN_SERVICES:
            words = words[1:]
            continue
        size = next((size for size in range(len(words), 0, -1) if " ".join(words[:size]) in known), 0)
        if not size:
            return None
        found.add(known[" ".join(words[:size])])
        words = words[size:]
    return found


def topics_in(cell: Cell, topics: Mapping[str, str]) -> set[str]:
    """Return the topics that a cell names."""
    parts: Iterable[str] = _PARTS.split(text_of(cell))
    return {topics[words] for part in parts if (words := fold(part)) in topics}
