"""What a page says in another language: stories are told in English, and read off pages in either."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

_LOCALE = Path(__file__).resolve().parents[2] / "kimbilio" / "locale"
_GAP = re.compile(r"%\((\w+)\)s")
_LETTER = re.compile(r"[a-z]", re.IGNORECASE)
# How pages put words beside each other that are translated each by itself: 'Call: Yes', 'Nickname (optional)'.
_BESIDE = tuple(map(re.compile, (r"(.+?)( · )(.+)", r"(.+)( )(\(\w+\))", r"(.+?:)( )(.+)", r"(.+?)(: )(.+)")))
# What stands in these gaps is one word, so that '25 people and 3 guests' is no number of guests.
_ONE_WORD = {"number", "count"}
_AFTER_A_CODE = re.compile(r"([^a-z]+)(: | · )(.+)")


@cache
def said_in(language: str, text: str) -> str:
    """Return what a page in this language says for what it says in English; codes, names and dates stay."""
    if language == "en":
        return text
    for english, there in _phrases(language):
        found = english.fullmatch(text)
        if found:
            return _filled(language, there, found.groupdict())
    for beside in (*_BESIDE, _AFTER_A_CODE):
        found = beside.fullmatch(text)
        if found and (beside is _AFTER_A_CODE or said_in(language, found[1]) != found[1]):
            return f"{said_in(language, found[1])}{found[2]}{said_in(language, found[3])}"
    return text


def _filled(language: str, there: str, values: dict[str, str]) -> str:
    """Return a sentence with its gaps filled by what stood in them, said in this language too."""
    return _GAP.sub(lambda gap: said_in(language, values[gap[1]]), there)


@cache
def _phrases(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every sentence with its translation: those without gaps first, then those with most words of their own."""
    with (_LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = []
    for message in catalogue:
        here = [message.id] if isinstance(message.id, str) else message.id
        there = [message.string] if isinstance(message.id, str) else message.string
        found += [
            (_pattern(english), said)
            for english, said in zip(here, there, strict=False)
            if _LETTER.search(
                _GAP.sub("", english)
            )  # without a word of its own it only sets others beside each other
        ]
    return tuple(sorted(found, key=lambda phrase: (phrase[0].groups > 0, -_own_words(phrase[0]))))


def _own_words(phrase: re.Pattern[str]) -> int:
    """Return how long a sentence is without its gaps."""
    return len(re.sub(r"\(\?P.*?\)", "", phrase.pattern))


def _pattern(english: str) -> re.Pattern[str]:
    """Return what matches a sentence, whatever stands in its gaps."""
    parts, seen = _GAP.split(english), set[str]()
    for place in range(1, len(parts), 2):
        name = parts[place]
        said = r"\S+" if name in _ONE_WORD else ".+"
        parts[place] = f"(?P={name})" if name in seen else f"(?P<{name}>{said})"
        seen.add(name)
    parts[::2] = [re.escape(part) for part in parts[::2]]
    return re.compile("".join(parts))
