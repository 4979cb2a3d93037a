"""Which column a heading means, by the words that books use for it, in either language, slips forgiven."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kimbilio.exchange.books.vocabulary import HEADINGS, KEY_WORDS, WHOSE, fold

SURE, LIKELY, MAYBE = 1.0, 0.92, 0.6
BY_A_WORD = 0.75
KNOWN = 0.8  # from here on a heading is known for what it is

_LONGEST = 100  # no heading is longer without its brackets; a title or a remark is
_IN_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]?")
_SIDE_BY_SIDE = re.compile(r"\s*[/|\n\r]\s*|\s+[-–]\s+")
_LETTERS = re.compile(r"\b[a-z](?: [a-z]\b)+")
_MOST_WORDS = 9
# Whose name, phone or code it is goes without saying.
_ENGLISH, _KISWAHILI = "|".join(WHOSE["english"]), "|".join(WHOSE["kiswahili"])
_WHOSE = re.compile(
    rf"^(?:(?:{_ENGLISH})(?: s)? )+(?:the )?|^(?:of )?(?:the )|(?: of| for)? (?:the )?(?:{_ENGLISH})$"
    rf"|(?: [vywlzcj]a)? (?:{_KISWAHILI})$"
)
_ALIKE = 86.0  # of 100: one slip in seven letters
_TOO_SHORT_FOR_SLIPS = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a heading may mean, and how surely, from 0 to 1."""

    field: str
    sure: float


def _known_words() -> dict[str, dict[str, float]]:
    """Return every known heading with the fields that it may mean, each with how surely."""
    known: dict[str, dict[str, float]] = {}
    for field, words in HEADINGS.items():
        for sure, weight in (("sure", SURE), ("likely", LIKELY), ("maybe", MAYBE)):
            for word in words.get(sure, ()):
                fields = known.setdefault(fold(word), {})
                fields[field] = max(weight, fields.get(field, 0.0))
    return known


_WORDS = _known_words()
_CHOICES = [word for word in _WORDS if len(word) > _TOO_SHORT_FOR_SLIPS]


@functools.cache
def _as_long_as(length: int) -> list[str]:
    """Return the headings that are about so long: no other can be alike."""
    return [word for word in _CHOICES if 2 * min(length, len(word)) * 100 >= _ALIKE * (length + len(word))]


class HeadingWords:
    """Answers what headings mean, and remembers the answers only as long as one book is read."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._given = {fold(heading) for heading in known}
        self._answers: dict[str, dict[str, float]] = {}

    def meanings(self, text: str) -> Mapping[str, float]:
        """Return every field that a heading may mean, each with how surely."""
        if not text or (len(text) > _LONGEST and len(_bare(text)) > _LONGEST):
            return {}
        answer = self._answers.get(text)
        if answer is None:
            answer = self._answers[text] = self._looked_up(text)
        return answer

    def best(self, text: str) -> Meaning | None:
        """Return the likeliest field, None where the heading is not known."""
        found = self.meanings(text)
        if not found:
            return None
        field = max(found, key=found.__getitem__)
        return Meaning(field, found[field])

    def is_known(self, text: str) -> bool:
        """Tell whether this is a heading by its words alone, or one that the user has named."""
        if fold(text[:_LONGEST]) in self._given:
            return True
        return any(sure >= MAYBE * 0.9 for sure in self.meanings(text).values())

    def is_exactly_known(self, text: str) -> bool:
        """Tell whether this is a heading to the letter: a quick answer, for looking at every line."""
        return len(text) <= _LONGEST and ((folded := fold(text)) in _WORDS or folded in self._given)

    def is_given(self, text: str) -> bool:
        """Tell whether the user has named this very heading."""
        return bool(self._given) and len(text) <= 200 and fold(text) in self._given

    def _looked_up(self, text: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for variant, weight in _variants(text):
            for field, sure in self._of_words(variant).items():
                found[field] = max(found.get(field, 0.0), sure * weight)
        if max(found.values(), default=0.0) < MAYBE:  # no more than a part in brackets left a known word
            return _by_key_words(fold(text)) or found or _by_key_words(fold(_bare(text)))
        return found

    def _of_words(self, folded: str) -> dict[str, float]:
        exact = _WORDS.get(folded)
        if exact is not None:
            return exact
        if len(folded) <= _TOO_SHORT_FOR_SLIPS:
            return {}
        alike = process.extractOne(folded, _as_long_as(len(folded)), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if alike is None:
            return {}
        word, score, _place = alike
        return {field: sure * score / 100 for field, sure in _WORDS[word].items()}


def _bare(text: str) -> str:
    return _IN_BRACKETS.sub(" ", text)


def _variants(text: str) -> Iterable[tuple[str, float]]:
    """Yield a heading whole, without its brackets, each side of 'NAMBA YA SIMU / PHONE', and without 'Client's'."""
    whole, bare = fold(text), fold(_bare(text))
    yield whole, 1.0
    sides = [fold(side) for side in _SIDE_BY_SIDE.split(_bare(text))]
    variants = [bare, *(side for side in sides if len(side) > 2 and len(sides) > 1)]
    variants += [_LETTERS.sub(lambda run: run.group().replace(" ", ""), bare)]  # M.A.T. No.
    for variant in dict.fromkeys(variants):
        if variant and variant != whole:
            yield variant, 0.97
    for variant in dict.fromkeys((whole, bare)):
        whose = _WHOSE.sub("", variant)
        if whose and whose != variant:
            yield whose, 0.95


def _by_key_words(folded: str) -> dict[str, float]:
    """Return the field that a few words of an unknown heading speak for."""
    words = set(folded.split())
    if not 2 <= len(words) <= _MOST_WORDS:
        return {}
    fields = (field for field, groups in KEY_WORDS if any(group <= words for group in groups))
    field = next(fields, None)
    return {field: BY_A_WORD} if field else {}
