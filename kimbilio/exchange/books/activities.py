"""What community events are called, in our own codes."""

from rapidfuzz import fuzz, process

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import ACTIVITIES, ACTIVITY_KEY_WORDS, fold

_ALIKE = 88.0
_LONG_ENOUGH_FOR_SLIPS = 6
_CHOICES = [words for words in ACTIVITIES if len(words) >= _LONG_ENOUGH_FOR_SLIPS]


def activity_of(cell: Cell) -> str | None:
    """Return the code of an activity; None where it is none that we know. A slip of the pen is forgiven."""
    folded = fold(text_of(cell)[:120])
    if not folded:
        return None
    found = ACTIVITIES.get(folded)
    if found is None and len(folded) >= _LONG_ENOUGH_FOR_SLIPS:
        alike = process.extractOne(folded, _CHOICES, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        found = ACTIVITIES[alike[0]] if alike else _by_key_words(set(folded.split()))
    return found


def _by_key_words(words: set[str]) -> str | None:
    return next((activity for activity, group in ACTIVITY_KEY_WORDS if group <= words), None)
