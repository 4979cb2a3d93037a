"""Phones in one cell: as typed, as a spreadsheet made numbers of them, or several side by side."""

import re

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.identity.rules import normalise_phone

_BETWEEN = re.compile(r"\s*(?:[/,;&|\n]|\bau\b|\bor\b|\band\b|\bna\b)\s*")


def phones_of(cell: Cell) -> tuple[str, ...]:
    """Return the phones of a cell in E.164, in their order; none where nothing in it is one."""
    text = text_of(cell)
    if not any(map(str.isdigit, text)):
        return ()
    whole = normalise_phone(text)
    if whole:
        return (whole,)
    parts = (normalise_phone(part) for part in _BETWEEN.split(text) if part)
    return tuple(dict.fromkeys(phone for phone in parts if phone))
