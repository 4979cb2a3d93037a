"""Sentences for people, kept as an English message with its values until a door translates them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence: `msgid % dict(values)`, in any language that translates the msgid."""

    msgid: str
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return self.msgid % dict(self.values) if self.values else self.msgid


def gettext_noop(msgid: str) -> str:
    """Mark a sentence for the translators, and return it as it is: these modules know no Django."""
    return msgid


def say(msgid: str, **values: str | int) -> Words:
    """Return a sentence with its values; two equal ones are equal."""
    return Words(msgid, tuple(sorted(values.items())))


class BookFault(Exception):
    """A book, or what was said about it, cannot be used: one sentence that says why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words
