"""Which lines of a table are data, and why the others are not."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from kimbilio.exchange.books.cells import is_blank, is_ditto, number_of, text_of
from kimbilio.exchange.books.codes import looks_like_a_code
from kimbilio.exchange.books.dates import ANY_DAY, date_of
from kimbilio.exchange.books.heading_block import HeadingBlock
from kimbilio.exchange.books.heading_words import KNOWN, HeadingWords
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import NOTE_BEGINNINGS, NOTE_WORDS, SUMS, TOTALS, fold

_LEGEND = re.compile(r"\S{1,12}\s*[=:]\s*\S.*\s\S{1,12}\s*[=:]\s*\S")
_WORDS = re.compile(r"\w+")
_MOST_WORDS_OF_A_TOTAL = 6
_MANY_FIGURES = 5  # a number of so many figures may be a code where no heading says which column holds those
_MOSTLY_NUMBERS = 0.8  # of a line of sums, in which a dash or a remark may stand too


class Why(StrEnum):
    """Why a line is no data."""

    TOTAL = "total"
    NOTE = "note"
    LEGEND = "legend"
    HEADING = "heading"  # the headings once more, as on the next page
    BLANK = "blank"


class LineJudge:
    """Judges the lines below one block of headings."""

    def __init__(self, block: HeadingBlock, words: HeadingWords) -> None:
        roles = [_role(heading.whole, heading.text, words) for heading in block.headings]
        self._block = block
        self._width = len(roles)
        self._numbers = {column for column, role in enumerate(roles) if role == "line_number"}
        self._sums = {column for column, role in enumerate(roles) if role == "sums"}
        self._codes = {column for column, role in enumerate(roles) if role in {"code", "mat_number"}}
        self._remarks = {column for column, role in enumerate(roles) if role == "remarks"}
        self._names = {
            c for c, role in enumerate(roles) if role and role.endswith(("_name", "_names", "nickname"))
        }
        self._days = {column for column, role in enumerate(roles) if role in {"day", "first_contact_on"}}

    def why_not(self, row: Sequence[Cell]) -> Why | None:
        """Return why a line is no data, or None where it is."""
        if self._is_plainly_data(row):
            return None
        filled = [(column, cell) for column, cell in enumerate(row) if not is_blank(cell)]
        if self._width:
            inside = [(column, cell) for column, cell in filled if column < self._width]
            if not inside and filled:
                return Why.NOTE
        said = [(column, cell) for column, cell in filled if not self._is_empty_sum(column, cell)]
        if all(column in self._numbers and _is_number(cell) for column, cell in said):
            return Why.BLANK
        has_code = self._has_code(filled)
        if self._is_total(filled, has_code=has_code):
            return Why.TOTAL
        if self._block.repeats(filled):
            return Why.HEADING
        return None if has_code else self._why_a_note(filled)

    def _is_plainly_data(self, row: Sequence[Cell]) -> bool:
        """Tell at a glance that a line is data, as nearly all are: a code stands where codes stand."""
        for column in self._codes:
            cell = row[column] if column < len(row) else None
            if isinstance(cell, str) and any(map(str.isdigit, cell)) and looks_like_a_code(cell):
                first = next(other for other in row if isinstance(other, str))
                return not _begins_a_total(cell) and not _begins_a_total(first)
        return False

    def _is_empty_sum(self, column: int, cell: Cell) -> bool:
        return column in self._sums and number_of(cell) == 0

    def _has_code(self, filled: list[tuple[int, Cell]]) -> bool:
        for column, cell in filled:
            if column in self._codes or (not self._codes and column not in self._numbers):
                text = text_of(cell)
                figures = sum(map(str.isdigit, text))
                enough = figures > 0 if self._codes else figures >= _MANY_FIGURES or not text.isdigit()
                if figures and enough and looks_like_a_code(cell) and not _begins_a_total(text):
                    return True
        return False

    def _is_total(self, filled: list[tuple[int, Cell]], *, has_code: bool) -> bool:
        if self._width:
            filled = [(column, cell) for column, cell in filled if column < self._width]
        texts = [(column, text_of(cell)) for column, cell in filled if isinstance(cell, str)]
        if not texts:
            return False
        others = [cell for column, cell in filled if column != texts[0][0]]
        numbers = sum(number_of(cell) is not None or text_of(cell).endswith("%") for cell in others)
        if texts[0][0] in self._remarks:
            return fold(texts[0][1]) in TOTALS and numbers == len(others) > 0
        if any(_begins_a_total(text) and column not in self._remarks for column, text in texts[:2]):
            return not has_code or numbers >= _MOSTLY_NUMBERS * len(others)
        mostly = numbers >= max(_MOSTLY_NUMBERS * len(others), 2)
        return mostly and fold(texts[0][1]) in SUMS and not has_code

    def _why_a_note(self, filled: list[tuple[int, Cell]]) -> Why | None:
        written = [(column, text_of(cell)) for column, cell in filled if isinstance(cell, str)]
        if not written or any(column in self._remarks for column, _text in written[:1]):
            return None
        column, text = written[0]
        if any(_LEGEND.search(words) for _column, words in written) and len(filled) <= 3:
            return Why.LEGEND
        if len(filled) <= 4 and _begins_a_note(text) and not self._is_name_of_line(column, filled):
            return Why.NOTE
        if len(filled) <= 2 and any(
            _says_a_note(words) for place, words in written if place not in self._remarks
        ):
            return Why.NOTE
        if len(filled) > 1 or self._width == 1:
            return None
        return Why.NOTE if self._stands_alone(column, text) else None

    def _is_name_of_line(self, column: int, filled: list[tuple[int, Cell]]) -> bool:
        """Tell whether the words are in a name's column beside other things: a person, whatever the name."""
        return column in self._names and len(filled) > 2

    def _stands_alone(self, column: int, text: str) -> bool:
        """Tell whether the one text of a line is a note, by the column in which it stands."""
        count = len(_WORDS.findall(text))
        if column in self._names:
            return count > 5
        if column in self._numbers:
            return True
        if column in self._codes:
            return count >= 2 and "?" not in text
        if column in self._days:
            return not is_ditto(text) and date_of(text, ANY_DAY) is None and count >= 1
        return count >= 2


def _role(whole: str, text: str, words: HeadingWords) -> str | None:
    for said in (whole, text):
        best = words.best(said)
        if best and best.sure >= KNOWN:
            return best.field
    best = words.best(text)
    return best.field if best else None


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, float) or bool(re.fullmatch(r"\d{1,6}[.)]?", text_of(cell)))


def _begins_a_total(text: str) -> bool:
    if len(text) > 60:
        return False
    folded = fold(text)
    if folded in TOTALS:
        return True
    if len(folded.split()) > _MOST_WORDS_OF_A_TOTAL:
        return False
    return folded.startswith(
        ("total ", "jumla ", "sub total ", "subtotal ", "grand total ")
    ) or folded.endswith((" total", " totals", " subtotal", " jumla"))


def _begins_a_note(text: str) -> bool:
    folded = fold(text[:80])
    return folded in NOTE_BEGINNINGS or any(folded.startswith(words + " ") for words in NOTE_BEGINNINGS)


def _says_a_note(text: str) -> bool:
    words = fold(text[:200]).split()
    pairs = (" ".join(pair) for pair in pairwise(words))
    return any(word in NOTE_WORDS for word in (*words, *pairs)) and not any(map(str.isdigit, text[:3]))
