"""The lines of a sheet that are its headings: found by their words, with the groups above and the halves below."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kimbilio.exchange.books.cells import is_blank, text_of
from kimbilio.exchange.books.codes import looks_like_a_code
from kimbilio.exchange.books.dates import ANY_DAY, date_of, month_number
from kimbilio.exchange.books.day_headings import day_heading, is_weekday_letter
from kimbilio.exchange.books.heading_levels import ADDS_NOTHING, Heading, cell_at, headings_of, is_numbering
from kimbilio.exchange.books.heading_words import HeadingWords
from kimbilio.exchange.books.sheets import Cell, Sheet
from kimbilio.exchange.books.vocabulary import fold

_LINES_LOOKED_AT = 60
_ENOUGH = 1.9  # two known headings in a line
_AS_GOOD = 0.6  # of several such lines the first that is nearly as good as the best
_DAYS = 5  # so many days in one line are headings of days
_GROUP_LONGEST = 45
_SAME = 0.7  # so much of a line is as above where the headings are repeated


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """The heading lines from `top` to before `after`, as rows from 0, and the heading of each column."""

    top: int
    after: int
    headings: tuple[Heading, ...]
    rows: tuple[dict[int, str], ...] = ()  # the words of each heading line by column, as they are compared

    def repeats(self, filled: Sequence[tuple[int, Cell]]) -> bool:
        """Tell whether the filled cells of a line further down are one of these heading lines once more."""
        if len(filled) < 2:
            return False
        for row in self.rows:
            same = sum(row.get(column) == fold(text_of(cell)) for column, cell in filled)
            if same >= 2 and same >= _SAME * len(filled) and same >= 0.5 * len(row):
                return True
        return False


def find_heading_block(sheet: Sheet, start: int, words: HeadingWords) -> HeadingBlock | None:
    """Return the headings in the first lines from `start` on; a block of no lines where data begins without any."""
    rows = sheet.rows[start : start + _LINES_LOOKED_AT]
    scores = [score_line(row, words) for row in rows]
    best = max(scores, default=0.0)
    if best >= _ENOUGH:
        main = next(place for place, score in enumerate(scores) if score >= best * _AS_GOOD)
        return block_around(sheet, start + main, start, words)
    return _by_shape(sheet, start, words)


def score_line(row: Sequence[Cell], words: HeadingWords) -> float:
    """Return how much a line looks like headings: known words and days speak for it, data against."""
    filled = [cell for cell in row if not is_blank(cell)]
    texts = {text_of(cell) for cell in filled if isinstance(cell, str) and not text_of(cell).endswith(":")}
    given = sum(words.is_given(text) for text in texts)
    known = {fold(text) for text in texts if len(fold(text)) > 1 and words.is_known(text)}
    rest = [cell for cell in filled if not (isinstance(cell, str) and fold(text_of(cell)) in known)]
    days = sum(day_heading(cell) is not None for cell in rest)
    data = sum(is_data(cell) for cell in rest if day_heading(cell) is None)
    of_days = min(days, 10) * 0.3 if days >= _DAYS else 0.0
    share = (len(known) + (days if of_days else 0)) / max(len(filled), 1)
    return (len(known) + of_days) * (0.4 + 0.6 * min(share, 1.0)) + 3 * given - 1.5 * data


def has_days_in_a_row(row: Sequence[Cell]) -> bool:
    """Tell whether a line counts days: 16, 17, 18 ... or one date after the other."""
    found = [day_heading(cell) for cell in row]
    days = [heading.day for heading in found if heading and heading.day]
    return sum(b - a == 1 for a, b in pairwise(days)) >= _DAYS - 1


def is_data(cell: Cell) -> bool:
    """Tell whether a cell is data rather than words: a code, a day, a phone, a number above any day of a month."""
    if isinstance(cell, str):
        text = text_of(cell)
        figures = sum(letter.isdigit() for letter in text)
        if figures < 3:
            return False
        return looks_like_a_code(cell) or figures >= 9 or date_of(cell, ANY_DAY) is not None
    return isinstance(cell, float) and cell > 31


def block_around(sheet: Sheet, main: int, start: int, words: HeadingWords) -> HeadingBlock:
    """Return the block whose line of words is `main`: with group lines above it and second lines below."""
    top, after = main, main + 1
    while after - main < 3 and after < len(sheet.rows) and _continues(sheet.rows, main, after, words):
        after += 1
    while main - top < 2 and top > start and _is_group_line(sheet, top - 1, main):
        top -= 1
    rows = tuple(
        {column: fold(text_of(cell)) for column, cell in enumerate(row) if not is_blank(cell)}
        for row in sheet.rows[top:after]
    )
    return HeadingBlock(top, after, tuple(headings_of(sheet, top, after)), rows)


def _continues(rows: Sequence[Sequence[Cell]], main: int, below: int, words: HeadingWords) -> bool:
    """Tell whether a line below the headings is their second half: sub-headings, days, letters, '(M/F)'."""
    filled = [(column, cell) for column, cell in enumerate(rows[below]) if not is_blank(cell)]
    if not filled:
        return False
    above = rows[main]
    if all(isinstance(cell, str) and ADDS_NOTHING.fullmatch(text_of(cell).casefold()) for _c, cell in filled):
        return len(filled) >= 2 or fold(text_of(filled[0][1])) in {"m f", "f m"}
    if is_numbering(rows[below], above):
        return True
    letters = sum(is_weekday_letter(cell) for _column, cell in filled)
    if letters >= _DAYS and letters >= 0.7 * len(filled):
        return sum(day_heading(cell_at(above, column)) is not None for column, _cell in filled) >= _DAYS
    fitting = sum(
        day_heading(cell) is not None or (isinstance(cell, str) and words.is_known(text_of(cell)))
        for _column, cell in filled
    )
    under_nothing = sum(is_blank(cell_at(above, column)) for column, _cell in filled)
    no_key = is_blank(cell_at(rows[below], _first_filled(above))) or any(
        is_blank(cell_at(rows[below], column)) for column, cell in enumerate(above) if not is_blank(cell)
    )
    return fitting >= 0.75 * len(filled) and 2 * under_nothing >= len(filled) and no_key and len(filled) > 1


def _is_group_line(sheet: Sheet, line: int, main: int) -> bool:
    """Tell whether a line above the headings names groups of them, and is not a title."""
    filled = [(column, cell) for column, cell in enumerate(sheet.rows[line]) if not is_blank(cell)]
    width = sum(not is_blank(cell) for cell in sheet.rows[main])
    if not filled or len(filled) >= width:
        return False
    if any(is_data(cell) and not _names_a_month(cell) for _column, cell in filled):
        return False
    if any(len(text_of(cell)) > _GROUP_LONGEST or text_of(cell).endswith(":") for _column, cell in filled):
        return False
    for (first, left), (last, right) in sheet.merged:
        spans_all = right - left + 1 >= 0.8 * len(sheet.rows[main])
        if first <= line <= last and spans_all and all(left <= column <= right for column, _c in filled):
            return False
    return len(filled) >= 2 or filled[0][0] >= 2


def _names_a_month(cell: Cell) -> bool:
    """Tell whether a cell is such as 'JUNI 2025', which may stand over the days of it."""
    words = fold(text_of(cell)).split() if isinstance(cell, str) else []
    return any(month_number(word) for word in words if len(word) > 2 and word.isalpha())


def _by_shape(sheet: Sheet, start: int, words: HeadingWords) -> HeadingBlock | None:
    """Return headings whose words nobody knows, or none at all, by the data that begins below them."""
    rows = sheet.rows
    end = min(len(rows), start + _LINES_LOOKED_AT)
    for line in range(start, end):
        filled = [cell for cell in rows[line] if not is_blank(cell)]
        if not any(is_data(cell) for cell in filled):
            continue
        before = next(
            (n for n in range(line - 1, start - 1, -1) if any(not is_blank(c) for c in rows[n])), None
        )
        if before is not None and _may_be_headings(rows[before], len(filled), words):
            return block_around(sheet, before, start, words)
        return HeadingBlock(line, line, ())
    return None


def _may_be_headings(row: Sequence[Cell], width: int, words: HeadingWords) -> bool:
    texts = [text_of(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
    if len(texts) != sum(not is_blank(cell) for cell in row) or len(set(texts)) != len(texts):
        return False
    one_that_is_known = len(texts) == 1 and words.is_known(texts[0])
    return one_that_is_known or (len(texts) >= 2 and len(texts) >= width / 2 and max(map(len, texts)) <= 60)


def _first_filled(row: Sequence[Cell]) -> int:
    return next((column for column, cell in enumerate(row) if not is_blank(cell)), 0)
