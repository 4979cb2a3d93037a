"""A book as it was read: sheets of cells. And the room that one may take while it is being read."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kimbilio.exchange.books import limits
from kimbilio.exchange.books.wording import BookFault, gettext_noop, say

# Text, number, truth, day, or nothing. Text has its spaces and letters as written; it is never ''.
Cell = str | float | bool | date | None
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, each as row and column from 0


class UnreadableBook(BookFault):
    """A file that is no book, or none that may be read; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its sheet, and its number as the spreadsheet shows it (from 1)."""

    sheet: str
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the top, each as long as it was written. Row 0 is line 1."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a file that can be seen; of hidden ones only the names are kept."""

    name: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()

    def cells_at(self, place: Place) -> list[Cell]:
        """Return a line as it was written; empty where the book has no such line."""
        for sheet in self.sheets:
            if sheet.name == place.sheet and 0 < place.line <= len(sheet.rows):
                return sheet.rows[place.line - 1]
        return []


class Room:
    """Counts what a book takes while it is read, and refuses it as soon as that is too much."""

    def __init__(self) -> None:
        self._cells = 0
        self._text = 0
        self._sheets = 0
        self._same: dict[str, str] = {}

    def sheet(self) -> None:
        """Count one more sheet."""
        self._sheets += 1
        if self._sheets > limits.MOST_SHEETS:
            sentence = gettext_noop(
                "The book has more than %(most)s sheets. Save the ones you need as a book."
            )
            raise UnreadableBook(say(sentence, most=limits.MOST_SHEETS))

    def row(self, sheet: str, line: int, cells: Iterable[Cell]) -> list[Cell]:
        """Return one row as it is kept: text cleaned, nothing after its last filled cell."""
        kept = [self._kept(cell, sheet, line) if isinstance(cell, str) else cell for cell in cells]
        while kept and kept[-1] is None:
            kept.pop()
        self._cells += len(kept)
        if line > limits.MOST_LINES and kept:
            sentence = gettext_noop(
                "Sheet '%(sheet)s' goes on to line %(line)s, and %(most)s is the most. "
                "Clear what stands below the list, and try again."
            )
            raise UnreadableBook(say(sentence, sheet=sheet, line=line, most=limits.MOST_LINES))
        if len(kept) > limits.MOST_COLUMNS:
            sentence = gettext_noop(
                "Line %(line)s of sheet '%(sheet)s' has %(columns)s columns, and %(most)s is the most. "
                "Clear what stands beside the list, and try again."
            )
            values = {"line": line, "columns": len(kept), "most": limits.MOST_COLUMNS}
            raise UnreadableBook(say(sentence, sheet=sheet, **values))
        if self._cells > limits.MOST_CELLS or self._text > limits.MOST_TEXT:
            sentence = gettext_noop("The book holds more than can be read at once. Divide it, and try again.")
            raise UnreadableBook(say(sentence))
        return kept

    def _kept(self, text: str, sheet: str, line: int) -> str | None:
        if len(text) > limits.MOST_IN_A_CELL:
            sentence = gettext_noop(
                "A cell in line %(line)s of sheet '%(sheet)s' holds %(long)s characters, and %(most)s is the most."
            )
            values = {"line": line, "long": len(text), "most": limits.MOST_IN_A_CELL}
            raise UnreadableBook(say(sentence, sheet=sheet, **values))
        same = self._same.get(text)
        if same is not None:
            return same
        cleaned = text if text.isascii() and text.isprintable() else _cleaned(text)
        if not cleaned or cleaned.isspace():
            return None
        self._text += len(cleaned)
        if len(self._same) < 50_000 and len(text) < 40:
            self._same[text] = cleaned
        return cleaned


def _cleaned(text: str) -> str:
    """Return text with composed letters, plain spaces and new lines, and no sign that cannot be seen."""
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ")
    return "".join(letter for letter in text if letter in "\n\t " or _is_seen(letter))


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
