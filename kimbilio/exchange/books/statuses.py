"""How it goes with methadone, as old books say it, in the words of our own dated steps."""

from collections import defaultdict
from enum import StrEnum

from rapidfuzz import fuzz, process

from kimbilio.exchange.books.cells import text_of
from kimbilio.exchange.books.sheets import Cell
from kimbilio.exchange.books.vocabulary import STATUSES, fold

_ALIKE = 88.0
_LONG_ENOUGH_FOR_SLIPS = 5
_LONG_ENOUGH_TO_BEGIN = 4
_CHOICES = [word for word in STATUSES if len(word) >= _LONG_ENOUGH_FOR_SLIPS]
_BY_FIRST_WORD: defaultdict[str, list[str]] = defaultdict(list)
for _words in STATUSES:
    if len(_words) >= _LONG_ENOUGH_TO_BEGIN:
        _BY_FIRST_WORD[_words.partition(" ")[0]].append(_words)


class Status(StrEnum):
    """What a status means here, as a dated step is called.

    Two are no steps: ACTIVE, somebody who takes it, and DISCONTINUED, where nobody says who ended it.
    """

    ACTIVE = "active"
    DISCONTINUED = "discontinued"
    REFERRED = "referred"
    SCREENED_ELIGIBLE = "screened_eligible"
    SCREENED_NOT_ELIGIBLE = "screened_not_eligible"
    PREPARING = "preparing"
    ALREADY_ON_MAT = "already_on_mat"
    STABILISING = "stabilising"
    MAINTENANCE = "maintenance"
    TAPERING = "tapering"
    RETURNED = "returned"
    IN_TRANSIT = "in_transit"
    ADMITTED = "admitted"
    IMPRISONED = "imprisoned"
    OUT_OF_TOUCH = "out_of_touch"
    COMPLETED = "completed"
    TRANSFERRED = "transferred"
    STOPPED_BY_CHOICE = "stopped_by_choice"
    STOPPED_BY_CLINIC = "stopped_by_clinic"
    RE_INDUCTED = "re_inducted"
    DIED = "died"


def status_of(cell: Cell) -> Status | None:
    """Return what a status means; None where it says nothing that we know. A slip of the pen is forgiven."""
    folded = fold(text_of(cell)[:80])
    if not folded:
        return None
    found = STATUSES.get(folded)
    if found is None and len(folded) >= _LONG_ENOUGH_FOR_SLIPS:
        alike = process.extractOne(folded, _CHOICES, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        found = STATUSES[alike[0]] if alike else _by_beginning(folded)
    return Status(found) if found else None


def _by_beginning(folded: str) -> str | None:
    """Return the meaning of 'transferred out to Malindi 3/2025': the longest known words that it begins with."""
    begins = [
        words for words in _BY_FIRST_WORD.get(folded.partition(" ")[0], ()) if folded.startswith(words + " ")
    ]
    return STATUSES[max(begins, key=len)] if begins else None
