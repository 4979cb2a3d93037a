"""Some of many cells, and how many of them differ."""

from collections.abc import Sequence

from kimbilio.exchange.books.cells import is_blank, is_ditto, says_nothing, text_of
from kimbilio.exchange.books.sheets import Cell

LOOKED_AT = 240
MOST_READ = 3_000


def share_of_different(found: Sequence[object]) -> float:
    """Return how many of them are different, as a share."""
    return len(set(found)) / max(len(found), 1)


def distinct_within(column: Sequence[Cell], days: Sequence[str]) -> float:
    """Return how many cells are different from others of their day, as a share."""
    lines = zip(days[:MOST_READ], column[:MOST_READ], strict=False)
    said = ((day, cell) for day, cell in lines if not (is_blank(cell) or is_ditto(cell)))
    return share_of_different([(day, text_of(cell)) for day, cell in said if not says_nothing(cell)])


def spread(cells: list[Cell]) -> list[Cell]:
    """Return some of the cells, from all over the column."""
    return cells[:: max(1, len(cells) // LOOKED_AT)][:LOOKED_AT]
