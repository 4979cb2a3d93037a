"""The table in a sheet: its headings, its lines, and what stands between them that is no data.

Every line of a sheet is exactly one of: above the headings, a heading, a line, ignored (with why), or blank.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kimbilio.exchange.books.cells import is_blank, text_of
from kimbilio.exchange.books.heading_block import (
    HeadingBlock,
    block_around,
    find_heading_block,
    has_days_in_a_row,
    score_line,
)
from kimbilio.exchange.books.heading_levels import Heading
from kimbilio.exchange.books.heading_words import HeadingWords
from kimbilio.exchange.books.lines import LineJudge, Why
from kimbilio.exchange.books.sheets import Book, Cell, Place, Sheet
from kimbilio.exchange.books.vocabulary import fold

_ANOTHER_TABLE = 2.9  # three known headings in a line below make another table
_SHOWN = 400  # a legend may stand behind a line of sums


class TableLine(NamedTuple):
    """One line that is data: its number, and its cells, one for each column of the table."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class IgnoredLine:
    """A line below the headings that is no data."""

    place: Place
    why: Why
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one sheet; a sheet may hold several, one below the other. Lines are counted from 1."""

    sheet: str
    titles: tuple[str, ...]  # the lines above the headings, each as one text
    beside: tuple[str, ...]  # what stands to the right of the table, such as a legend
    headings: tuple[Heading, ...]  # one for each column; without words where nothing stands over it
    heading_lines: range
    lines: tuple[TableLine, ...]
    ignored: tuple[IgnoredLine, ...]
    blank: int

    @property
    def first_line(self) -> int:
        """Return the number of the first line below the headings."""
        return self.heading_lines.stop

    def column(self, number: int) -> list[Cell]:
        """Return the cells of one column from the top."""
        return [line.cells[number] for line in self.lines]

    def place(self, line: TableLine) -> Place:
        """Return where a line of this table stands."""
        return Place(self.sheet, line.number)


def find_tables(book: Book, known: Iterable[str] = ()) -> list[Table]:
    """Return the tables of every sheet, in their order; `known` are headings that the user has named."""
    words = HeadingWords(known)
    return [table for sheet in book.sheets for table in tables_of(sheet, words)]


def tables_of(sheet: Sheet, words: HeadingWords) -> list[Table]:
    """Return the tables of one sheet; none where nothing in it looks like one."""
    first = find_heading_block(sheet, 0, words)
    if first is None:
        return []
    tables, above = [], 0
    blocks = [first, *_later_blocks(sheet, first, words)]
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        end = following.top if following else len(sheet.rows)
        tables.append(_table(sheet, block, above, end, words))
        above = end
    return tables


def _later_blocks(sheet: Sheet, first: HeadingBlock, words: HeadingWords) -> Iterator[HeadingBlock]:
    """Yield the blocks of other headings further down; the same headings once more begin no new table."""
    if not first.headings:
        return
    headings: dict[str, bool] = {}
    block, line = first, first.after
    while line < len(sheet.rows):
        row = sheet.rows[line]
        known = _known_in(row, headings, words)
        may_be = known >= 3 or (known and has_days_in_a_row(row))
        if may_be and not block.repeats(_filled(row)) and score_line(row, words) >= _ANOTHER_TABLE:
            block = block_around(sheet, line, block.after, words)
            yield block
            line = block.after
            continue
        line += 1


def _known_in(row: Sequence[Cell], seen: dict[str, bool], words: HeadingWords) -> int:
    """Return how many different known headings stand in a line; quick, since it is asked of every line."""
    known = 0
    for cell in set(row):
        if type(cell) is str and len(cell) > 1:
            answer = seen.get(cell)
            if answer is None:
                answer = seen[cell] = len(fold(cell)) > 1 and words.is_exactly_known(cell)
            known += answer
    return known


def _filled(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    return [(column, cell) for column, cell in enumerate(row) if not is_blank(cell)]


def _table(sheet: Sheet, block: HeadingBlock, above: int, end: int, words: HeadingWords) -> Table:
    width = max((len(row) for row in sheet.rows[block.after : end]), default=0)
    width = max(len(block.headings), width if not block.headings else 0)
    judge = LineJudge(block, words)
    repeated = _merged_below(sheet, block.after)
    lines: list[TableLine] = []
    ignored: list[IgnoredLine] = []
    blank = 0
    for number, row in enumerate(sheet.rows[block.after : end], block.after + 1):
        why = judge.why_not(row)
        if why is None:
            cells = row[:width] + [None] * (width - len(row))
            for column, cell in repeated.get(number - 1, ()):
                if column < width:
                    cells[column] = cell
            lines.append(TableLine(number, cells))
        elif why is Why.BLANK:
            blank += 1
        else:
            ignored.append(IgnoredLine(Place(sheet.name, number), why, _as_text(row)))
    headings = block.headings or tuple(Heading(column, "") for column in range(width))
    titles = tuple(text for row in sheet.rows[above : block.top] if (text := _as_text(row)))
    beside = tuple(
        text for row in sheet.rows[block.top : end] if len(row) > width and (text := _as_text(row[width:]))
    )
    span = range(block.top + 1, block.after + 1)
    return Table(sheet.name, titles, beside, headings, span, tuple(lines), tuple(ignored), blank)


def _merged_below(sheet: Sheet, after: int) -> dict[int, list[tuple[int, Cell]]]:
    """Return what merged cells below the headings say in the cells that they cover, by row."""
    said: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for (top, left), (bottom, right) in sheet.merged:
        if top < after or top >= len(sheet.rows) or (bottom - top + 1) * (right - left + 1) > 5_000:
            continue
        row = sheet.rows[top]
        cell = row[left] if left < len(row) else None
        for line in range(top, bottom + 1) if cell is not None else ():
            said[line] += [(column, cell) for column in range(left, right + 1)]
    return said


def _as_text(row: Sequence[Cell]) -> str:
    return " ".join(text for cell in row if (text := text_of(cell)))[:_SHOWN]
