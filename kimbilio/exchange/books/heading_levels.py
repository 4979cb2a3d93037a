"""What stands over each column, where headings have several lines: groups above, halves below, days under weeks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from kimbilio.exchange.books.cells import is_blank, text_of
from kimbilio.exchange.books.day_headings import day_heading, is_weekday_letter
from kimbilio.exchange.books.sheets import Cell, Sheet

# '(M/F)', 'a)' or '2)' below a heading adds nothing to it.
ADDS_NOTHING = re.compile(r"[(\[].*[)\]]|[a-z]\)?|\d{1,2}\)")

# Beside each other they are no numbering: M and F under 'Participants'.
_SEXES = {"m", "f"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column: its own words, and those of the group that it stands in."""

    column: int
    text: str
    over: str = ""
    cell: Cell = None  # as written: a day of the month is a number or a date

    @property
    def whole(self) -> str:
        """Return the group's words and its own: 'MAT No.'."""
        return f"{self.over} {self.text}".strip()


def headings_of(sheet: Sheet, top: int, after: int) -> list[Heading]:
    """Return the heading of each column from the heading lines `top` to before `after`."""
    width = max((len(row) for row in sheet.rows[top:after]), default=0)
    lines = [
        line
        for line in range(top, after)
        if line == top or not is_numbering(sheet.rows[line], sheet.rows[line - 1])
    ]
    levels = [_spread(sheet, line, after, width) for line in lines]
    sexes = any({text_of(cell).casefold() for cell in level} >= _SEXES for level in levels)
    return [_heading(column, [level[column] for level in levels], sexes=sexes) for column in range(width)]


def _heading(column: int, levels: list[Cell], *, sexes: bool) -> Heading:
    """Return the heading of one column from what stands over it, from the top."""
    said = [cell for cell in levels if not is_blank(cell)]
    while len(said) > 1 and _adds_nothing(said[-2], said[-1]):
        if sexes and text_of(said[-1]).casefold() in _SEXES and day_heading(said[-2]) is None:
            break
        said.pop()
    if not said:
        return Heading(column, "")
    over = " ".join(dict.fromkeys(text_of(cell) for cell in said[:-1]))
    own = text_of(said[-1])
    return Heading(column, own, "" if over == own else over, said[-1])


def _adds_nothing(above: Cell, below: Cell) -> bool:
    text = text_of(below)
    if isinstance(below, str) and ADDS_NOTHING.fullmatch(text.casefold()) and not is_weekday_letter(below):
        return True
    found = day_heading(above)
    return found is not None and found.day is not None and is_weekday_letter(below)


def is_numbering(row: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Tell whether a line only numbers or letters the columns: 1, 2, 3 ... or a, b, c from the first heading on."""
    filled = [(column, cell) for column, cell in enumerate(row) if not is_blank(cell)]
    if len(filled) < 4 or day_heading(cell_at(above, filled[-1][0])) is not None:
        return False
    if any(is_blank(cell_at(above, column)) for column, _cell in filled):
        return False
    said = [text_of(cell).strip("() .").lower() for _column, cell in filled]
    return said in ([str(place) for place in range(1, len(said) + 1)], list(ascii_lowercase[: len(said)]))


def _spread(sheet: Sheet, line: int, after: int, width: int) -> list[Cell]:
    """Return the cells of a heading line, a group's words over each of its columns."""
    row = sheet.rows[line]
    cells: list[Cell] = [cell_at(row, column) for column in range(width)]
    merged = [
        (left, right)
        for (first, left), (last, right) in sheet.merged
        if first <= line <= last and right > left
    ]
    for left, right in merged:
        first = next((cell for cell in cells[left : right + 1] if not is_blank(cell)), None)
        cells[left : min(right + 1, width)] = [first] * (min(right + 1, width) - left)
    if merged or line + 1 >= after:
        return cells
    below = [
        any(not is_blank(cell_at(lower, column)) for lower in sheet.rows[line + 1 : after])
        for column in range(width)
    ]
    for column in range(1, width):
        if (
            is_blank(cells[column])
            and below[column]
            and below[column - 1]
            and not is_blank(cells[column - 1])
        ):
            cells[column] = cells[column - 1]
    return cells


def cell_at(row: Sequence[Cell], column: int) -> Cell:
    """Return a cell, or nothing beyond the end of the row."""
    return row[column] if column < len(row) else None
