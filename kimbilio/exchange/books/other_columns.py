"""Columns of which nothing is taken although something stands in them: said, so that nothing is lost in silence."""

from collections.abc import Iterable, Iterator

from kimbilio.exchange.books.cells import is_blank, is_ditto, number_of, says_nothing, tick_of
from kimbilio.exchange.books.column_sets import ColumnGuess, TableColumns
from kimbilio.exchange.books.fields import SERVICES, SERVICES_IN_WORDS, SUPPLIES
from kimbilio.exchange.books.heading_words import HeadingWords
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.wording import Words, gettext_noop, say

_OF_A_VISIT = frozenset({*SUPPLIES, *SERVICES, *SERVICES_IN_WORDS, "needles_returned", "other_supplies"})
_MOSTLY = 0.8
_MOST_DIFFERENT = 30  # beyond so many different numbers it is a code, a weight or a time


def visit_columns(table: TableColumns) -> tuple[int, ...]:
    """Return the columns without a field that say what was given or done: by their heading, or by ticks and numbers."""
    words = HeadingWords()
    return tuple(
        guess.column for guess in table.columns if not guess.field and _is_of_a_visit(table, guess, words)
    )


def _is_of_a_visit(table: TableColumns, guess: ColumnGuess, words: HeadingWords) -> bool:
    if not guess.heading:
        return False
    own = next(heading.text for heading in table.table.headings if heading.column == guess.column)
    meanings = words.meanings(own) or words.meanings(guess.heading)
    if meanings:
        return not _OF_A_VISIT.isdisjoint(meanings)
    filled = [cell for cell in table.table.column(guess.column) if not is_blank(cell)]
    like_one = sum(_is_like_a_tick(cell) for cell in filled)
    return bool(filled) and like_one >= _MOSTLY * len(filled) and len(set(filled)) <= _MOST_DIFFERENT


def _is_like_a_tick(cell: Cell) -> bool:
    return tick_of(cell) is not None or number_of(cell) is not None or is_ditto(cell) or says_nothing(cell)


def told_of_others(tables: Iterable[TableColumns]) -> Iterator[Words]:
    """Yield what is to be said of columns that have headings, are not taken, and in which something stands."""
    counts: dict[str, int] = {}
    for table in tables:
        for guess in table.columns:
            if guess.field or not guess.heading:
                continue
            column = table.table.column(guess.column)
            said = sum(not (is_blank(cell) or tick_of(cell) is False) for cell in column)
            counts[guess.heading] = counts.get(guess.heading, 0) + said
    for heading, count in counts.items():
        if count:
            sentence = gettext_noop(
                "Nothing is taken from column '%(heading)s' (lines that fill it: %(count)s)."
            )
            yield say(sentence, heading=heading, count=count)
