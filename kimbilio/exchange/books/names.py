"""Names as books hold them: in three columns or in one, in capitals, with a nickname in brackets."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kimbilio.exchange.books.cells import in_title_case, is_ditto, text_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import JOINS_THE_NEXT, NAME_TITLES, NICKNAME_BEGINS, NO_NAME, fold

_IN_BRACKETS = re.compile(r"[(\[\"“”‘][^()\[\]\"“”]{2,40}[)\]\"“”’]")
_LETTER = re.compile(r"[^\W\d_]")
_EDGES = " .,;:-_*/\\|"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one person, each '' where it is not known."""

    first: str = ""
    middle: str = ""
    last: str = ""
    nickname: str = ""

    def __bool__(self) -> bool:
        return bool(self.first or self.last)

    @property
    def full(self) -> str:
        """Return the names in their order, without the nickname."""
        return " ".join(name for name in (self.first, self.middle, self.last) if name)


def name_of(cell: Cell) -> str:
    """Return the one name in a cell; '' where it cannot be read ('?', 'unknown', 'haijulikani')."""
    if not isinstance(cell, str) or is_ditto(cell):
        return ""
    name = text_of(cell).strip(_EDGES)
    if "?" in name or len(_LETTER.findall(name)) < 2 or fold(name) in NO_NAME or any(map(str.isdigit, name)):
        return "" if len(name) != 1 or not name.isalpha() else name.upper()  # K., an initial
    return in_title_case(name)


def names_in_one(cell: Cell) -> Names:
    """Return the names in one cell: first, middle and last in the order written, or after 'Waweru, Peter Kamau'."""
    if not isinstance(cell, str) or is_ditto(cell) or "?" in cell:
        return Names()
    text, nickname = _without_nickname(text_of(cell))
    last, comma, given = text.partition(",")
    words = _words(given) if comma and _words(given) else _words(text.replace(",", " "))
    if comma and _words(given):
        words = [*words, " ".join(_words(last))]
    if not words or fold(" ".join(words)) in NO_NAME or any(any(map(str.isdigit, word)) for word in words):
        return Names(nickname=nickname)
    if len(words) == 1:
        only = name_of(words[0])
        return Names(first=only, nickname=nickname)
    return Names(words[0], " ".join(words[1:-1]), words[-1], nickname)


def read_names(cell_of: Callable[[str], Cell]) -> Names:
    """Return the names of a line, in whichever columns it has them; what cannot be read is left out.

    `cell_of` gives the cell of a field: first_name, middle_name, last_name, or full_name, or other_names.
    """
    nickname = name_of(cell_of("nickname"))
    names = Names(
        name_of(cell_of("first_name")), name_of(cell_of("middle_name")), name_of(cell_of("last_name"))
    )
    others = names_in_one(cell_of("other_names"))
    if others:
        rest = " ".join(name for name in (others.middle, others.last) if name)
        first = names.first or others.first
        names = Names(first, names.middle or (rest if not names.first else others.full), names.last)
    whole = names_in_one(cell_of("full_name"))
    if whole and len(whole.full) > len(names.full):
        names = whole
    return Names(names.first, names.middle, names.last, nickname or whole.nickname or others.nickname)


def _without_nickname(text: str) -> tuple[str, str]:
    found = _IN_BRACKETS.search(text)
    if found:
        rest = text[: found.start()] + " " + text[found.end() :]
        words = found.group()[1:-1].split()
        if words and fold(words[0]) in NICKNAME_BEGINS:
            words = words[1:]
        return rest, name_of(" ".join(words))
    words = text.split()
    for place, word in enumerate(words):
        if place and fold(word) in NICKNAME_BEGINS and place + 1 < len(words):
            return " ".join(words[:place]), name_of(" ".join(words[place + 1 :]))
    return text, ""


def _words(text: str) -> list[str]:
    """Return the names in a text; 'bin' and 'wa' stay with the name they lead to."""
    words = [word.strip(_EDGES) for word in in_title_case(text.strip()).split()]
    words = [word for word in words if word and _LETTER.search(word)]
    if words and fold(words[0]) in NAME_TITLES:
        words = words[1:]
    joined: list[str] = []
    for word in reversed(words):
        if joined and fold(word) in JOINS_THE_NEXT:
            joined[-1] = f"{word} {joined[-1]}"
        else:
            joined.append(word)
    return joined[::-1]
