"""The readers' sentences, in the language of whoever reads them; and kept so that it can be chosen later."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from kimbilio.exchange.books.wording import Words

# Values of a sentence that are messages of their own.
_TRANSLATED = frozenset({"field"})


def in_words(words: Words) -> str:
    """Return a sentence in the language of now."""
    values = {name: gettext(str(value)) if name in _TRANSLATED else value for name, value in words.values}
    return gettext(words.msgid) % values if values else gettext(words.msgid)


def as_kept(reason: Words | None, notes: Iterable[Words]) -> str | None:
    """Return the values of a reason and the whole notes as one text to be sealed; None where there are none."""
    kept: dict[str, Any] = {}
    if reason is not None and reason.values:
        kept["reason"] = dict(reason.values)
    if told := [[note.msgid, dict(note.values)] for note in notes]:
        kept["notes"] = told
    return json.dumps(kept, ensure_ascii=False) if kept else None


def from_kept(reason: str, kept: str | None) -> tuple[Words | None, tuple[Words, ...]]:
    """Return the reason and the notes again."""
    told: Mapping[str, Any] = json.loads(kept) if kept else {}
    notes = tuple(_words(msgid, values) for msgid, values in told.get("notes", ()))
    return (_words(reason, told.get("reason", {})) if reason else None), notes


def written_in(contents: str) -> list[tuple[str, str]]:
    """Return what is written in a line that waits, by heading."""
    return [(heading, text) for heading, text in json.loads(contents)["written"]]


def _words(msgid: str, values: Mapping[str, str | int]) -> Words:
    return Words(msgid, tuple(sorted(values.items())))
