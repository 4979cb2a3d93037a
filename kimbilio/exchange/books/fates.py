"""What becomes of a line as far as the book itself tells, and what makes two lines the same line."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kimbilio.exchange.books.sheets import Place
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.identity.rules import name_words, normalise_outside_number


class Fate(StrEnum):
    """The one end of a line. `unknown` and more of `ambiguous` are for the door, which knows the people."""

    ACCEPTED = "accepted"
    CORRECTED = (
        "corrected"  # accepted, with something read otherwise than written, or left out: the notes say what
    )
    COPIES = "copies"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"

    @property
    def is_taken(self) -> bool:
        """Tell whether the line goes in."""
        return self in (Fate.ACCEPTED, Fate.CORRECTED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line's fate with its reason, and notes on what was read otherwise than written."""

    fate: Fate
    reason: Words | None = None
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """A place and the person that a line there is of, for telling copies and clashes."""

    place: Place
    identity: str


def taken(notes: Iterable[Words]) -> Judgement:
    """Return the judgement of a line that goes in: corrected where there is anything to note."""
    kept = tuple(dict.fromkeys(notes))
    return Judgement(Fate.CORRECTED if kept else Fate.ACCEPTED, None, kept)


def as_copy_of(earlier: Place) -> dict[str, Any]:
    """Return what becomes of a line that is the same as an earlier one of its book."""
    sentence = gettext_noop("The same as line %(line)s of '%(sheet)s'.")
    reason = say(sentence, line=earlier.line, sheet=earlier.sheet)
    return {"fate": Fate.COPIES, "reason": reason, "notes": ()}


def person_key(code: str, mat_number: str, names: str) -> str:
    """Return what tells one person from another in books: the code, else the MAT number, else the names."""
    if code:
        return f"code {normalise_outside_number(code)}"
    if mat_number:
        return f"mat {normalise_outside_number(mat_number)}"
    return f"names {' '.join(name_words(names))}"


def line_identity(kind: str, person: str, contents: Any) -> str:
    """Return the identity of a line: the same for the same line in any file, in any style of date or code.

    A digest of what was read, in no key: whoever keeps it must key it first, since names can be guessed.
    """
    said = json.dumps([kind, person, contents], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
