"""What a person is known by, while it can still be read: by it, lines of books are found that are nobody's yet."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from kimbilio.core.many import in_batches
from kimbilio.core.sealed import SealedText
from kimbilio.core.sealed_books import SealedBookText
from kimbilio.identity.models import PersonalDetails
from kimbilio.people.models import Client
from kimbilio.people.traces import tables_about_people

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = r"[\s/.,()+-]*"  # what people write between the signs of a number
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FEWEST_SIGNS = 4  # a shorter number stands in every book
_PHONE_DIGITS = 9
_NAMES = ("first", "middle", "last")


@dataclass(frozen=True)
class KnownBy:
    """Numbers, as patterns, and the names that call somebody together."""

    numbers: tuple[re.Pattern[str], ...]
    names: frozenset[frozenset[str]]

    def is_in(self, text: str | None) -> bool:
        """Tell whether a text holds a number of theirs, or two of their names."""
        if not text:
            return False
        plain = _plain(text)
        if any(number.search(plain) for number in self.numbers):
            return True
        words = set(_WORD.findall(plain))
        return any(names <= words for names in self.names)


def known_by(ids: Collection[UUID]) -> KnownBy:
    """Return what these records of one person are known by, from everything sealed about them and their cards."""
    codes = [code for some in in_batches(ids) for code in _codes(some)]
    numbers = {number for text in [*_texts_of(ids), *codes] if (number := _number_in(text))}
    return KnownBy(tuple(map(_pattern, sorted(numbers))), frozenset(_full_names(ids)))


def _codes(ids: Iterable[UUID]) -> Iterable[str]:
    return Client.objects.filter(pk__in=list(ids)).values_list("code", flat=True)


def _texts_of(ids: Collection[UUID]) -> Iterator[str]:
    """Yield every text that is sealed under these people's own keys, in whatever table."""
    for model, columns in tables_about_people():
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, SealedText) and not isinstance(field, SealedBookText)
        ]
        for column in columns if fields else ():
            for some in in_batches(ids):
                for row in model._default_manager.filter(**{f"{column}__in": some}):
                    yield from filter(None, (getattr(row, name) for name in fields))


def _full_names(ids: Collection[UUID]) -> Iterator[frozenset[str]]:
    """Yield which two names call them: those that stand beside each other, and the first with the last."""
    for row in PersonalDetails.objects.filter(client__in=list(ids)):
        words = [word for part in _NAMES for word in _WORD.findall(_plain(getattr(row, part) or ""))]
        pairs = [*pairwise(words), (words[0], words[-1])] if words else []
        yield from (frozenset(pair) for pair in pairs if len(set(pair)) > 1)


def _number_in(text: str) -> str:
    """Return the signs of a number, of a phone without its country; '' for what is no number."""
    plain = _plain(text).strip()
    signs = re.sub(r"[\s/.,()+-]", "", plain)
    is_number = any(sign.isdigit() for sign in signs) and signs.isalnum() and len(signs) >= _FEWEST_SIGNS
    if not is_number or _DAY.fullmatch(plain) or len(_WORD.findall(plain)) > 1:
        return ""
    return signs[-_PHONE_DIGITS:] if signs.isdigit() else signs


def _pattern(number: str) -> re.Pattern[str]:
    """Return how a number is found however it is written, and not within a longer one."""
    signs = _BETWEEN.join(map(re.escape, number))
    before = r"(?:(?<!\d)|(?<=0)|(?<=254))" if len(number) == _PHONE_DIGITS else r"(?<!\w)"
    return re.compile(rf"{before}{signs}(?!\w)")


def _plain(text: str) -> str:
    """Return a text in small letters, without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
