"""Who has a name like this: an index of names in memory, tolerant of Kenyan spellings.

Names repeat: ten thousand people share a few hundred words. So the index keeps every word once, with the
people who have it; a search weighs each typed word against the words, and then only the people who have
a fitting word for every typed one. It lives as long as its owner keeps it; nothing here is written down.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from kimbilio.identity.rules.name_likeness import (
    INITIAL,
    SAME_LETTERS,
    WORTH_A_LOOK,
    pair_up,
    score_beginning,
    score_initial,
    word_likeness,
)
from kimbilio.identity.rules.name_sounds import fold_word, name_words
from kimbilio.identity.rules.reasons import Reason

# Searching starts with two letters: one fits half the people.
FEWEST_LETTERS = 2
# Nobody has more names than this, and a pasted page must not keep the desk waiting.
MOST_WORDS = 6
# Of the words that sound most alike, how many are weighed with care.
_WEIGHED_WITH_CARE = 60
# Words further apart in length are hardly ever one name; leaving them out halves the work.
_LENGTHS_APART = 2
_TURNED_ROUND = 0.02  # taken from the score, so that names in their order come first


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody whose names fit what was typed: how well, from 0 to 1, and why."""

    person_id: UUID
    score: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class _Person:
    words: list[str]
    names: int = 0  # how many of the words are names; the rest are nicknames


class NameIndex:
    """An index of people by name. Not safe for two threads at once: its owner holds a lock."""

    def __init__(self) -> None:
        self._people: dict[UUID, _Person] = {}
        self._holders: dict[str, set[UUID]] = {}  # by word, in plain letters
        self._words: list[str] = []  # the same words, sorted, to find those that begin alike
        self._spelled: dict[str, set[str]] = {}  # by sound: the words that sound so
        self._sounds: dict[int, list[str]] = {}  # the same sounds, by their length

    def __len__(self) -> int:
        return len(self._people)

    def add(self, person_id: UUID, names: Iterable[str], nicknames: Iterable[str] = ()) -> None:
        """Put a person's names into the index, beside what it has of them; `remove` first to replace."""
        person = self._people.setdefault(person_id, _Person([]))
        words = [word for name in names for word in name_words(name)]
        person.words[person.names : person.names] = words
        person.names += len(words)
        person.words += (more := [word for name in nicknames for word in name_words(name)])
        for word in (*words, *more):
            self._hold(word, person_id)

    def remove(self, person_id: UUID) -> None:
        """Forget a person, and every word that nobody else has."""
        person = self._people.pop(person_id, None)
        for word in set(person.words if person else ()):
            self._holders[word].discard(person_id)
            if not self._holders[word]:
                self._forget(word)

    def search(self, text: str, limit: int = 6) -> list[Match]:
        """Return the people whose names fit every word of the text, in any order, best first.

        A word fits when it is the same, begins the name, or sounds alike; a single letter fits as an initial
        beside a word that fits better. Among equals those with fewest other names come first.
        """
        typed = name_words(text)[:MOST_WORDS]
        if len("".join(typed)) < FEWEST_LETTERS:
            return []
        fits = [self._fitting(word) for word in typed]
        scored = []
        for person_id in self._candidates(typed, fits, limit):
            person = self._people[person_id]
            score, pairing = _score(person, typed, fits)
            if score:
                scored.append((-score, len(person.words), person_id, pairing))
        return [
            Match(person_id, -score, _reasons(self._people[person_id], typed, pairing))
            for score, _words, person_id, pairing in nsmallest(limit, scored)
        ]

    def sharing(self, text: str, *, fewest: int = 2, limit: int = 200) -> list[UUID]:
        """Return the people who share so many of these names, those who share most first.

        A wide net for `likely_duplicate`, which then weighs each: unlike `search` it also catches somebody of
        whom fewer names are known. Names must be the same or sound alike; initials and beginnings are not enough.
        """
        typed = [word for word in dict.fromkeys(name_words(text)[:MOST_WORDS]) if len(word) > 1]
        shared: dict[UUID, int] = {}
        for word in typed:
            alike = {spelling for _likeness, spelling in self._alike(word)}
            for person_id in set().union(*(self._holders[spelling] for spelling in alike)):
                shared[person_id] = shared.get(person_id, 0) + 1
        needed = min(fewest, len(typed))
        return nsmallest(
            limit,
            (person_id for person_id, count in shared.items() if count >= needed),
            key=lambda person_id: (-shared[person_id], person_id),
        )

    def _hold(self, word: str, person_id: UUID) -> None:
        holders = self._holders.get(word)
        if holders is not None:
            holders.add(person_id)
            return
        self._holders[word] = {person_id}
        insort(self._words, word)
        sound = fold_word(word)
        if sound not in self._spelled:
            self._spelled[sound] = set()
            self._sounds.setdefault(len(sound), []).append(sound)
        self._spelled[sound].add(word)

    def _forget(self, word: str) -> None:
        del self._holders[word]
        del self._words[bisect_left(self._words, word)]
        sound = fold_word(word)
        self._spelled[sound].discard(word)
        if not self._spelled[sound]:
            del self._spelled[sound]
            self._sounds[len(sound)].remove(sound)

    def _fitting(self, typed: str) -> dict[str, float]:
        """Return the words that fit one typed word, with how well. Nothing for a single letter."""
        if len(typed) == 1:
            return {}
        fitting = {word: likeness for likeness, word in self._alike(typed)}
        for word in _beginning_with(typed, self._words):
            fitting[word] = max(fitting.get(word, 0.0), score_beginning(typed, word))
        if typed in self._holders:
            fitting[typed] = SAME_LETTERS
        return fitting

    def _alike(self, typed: str) -> Iterator[tuple[float, str]]:
        sound = fold_word(typed)
        near_in_length = range(len(sound) - _LENGTHS_APART, len(sound) + _LENGTHS_APART + 1)
        close = process.extract(
            sound,
            [heard for length in near_in_length for heard in self._sounds.get(length, ())],
            scorer=JaroWinkler.similarity,
            processor=None,
            score_cutoff=WORTH_A_LOOK,
            limit=_WEIGHED_WITH_CARE,
        )
        for heard, _score, _place in close:
            likeness = word_likeness(sound, heard)
            if likeness:
                yield from ((likeness, word) for word in self._spelled[heard] if len(word) > 1)

    def _candidates(self, typed: tuple[str, ...], fits: list[dict[str, float]], limit: int) -> set[UUID]:
        """Return the people who have, for every typed word, a word that fits it or an initial of it."""
        if len(typed) == 1:
            return self._holders_of_best(fits[0], limit)
        found: set[UUID] | None = None
        for word, fitting in zip(typed, fits, strict=True):
            if len(word) > 1:
                here = set(self._holders.get(word[0], ()))
                here.update(*(self._holders[fit] for fit in fitting))
                found = here if found is None else found & here
        return found or set()

    def _holders_of_best(self, fitting: dict[str, float], limit: int) -> set[UUID]:
        """Return enough people for the limit, taking words that fit equally well together, best first."""
        found: set[UUID] = set()
        weakest = 0.0
        for score, word in sorted(((score, word) for word, score in fitting.items()), reverse=True):
            if len(found) >= limit and score < weakest:
                break
            found |= self._holders[word]
            weakest = score
        return found


def _beginning_with(typed: str, words: list[str]) -> Iterator[str]:
    """Yield those of the sorted words that begin with what was typed."""
    for place in range(bisect_left(words, typed), len(words)):
        if not words[place].startswith(typed):
            return
        yield words[place]


def _score(
    person: _Person, typed: tuple[str, ...], fits: list[dict[str, float]]
) -> tuple[float, tuple[int, ...]]:
    """Return how well a person's words fit the typed ones, 0 where they do not, and which fits which."""
    if len(typed) > len(person.words):
        return 0.0, ()
    scores = [
        [fitting.get(word) or score_initial(one, word) for word in person.words]
        for one, fitting in zip(typed, fits, strict=True)
    ]
    pairing = pair_up(scores)
    if pairing is None:
        return 0.0, ()
    paired = [row[place] for row, place in zip(scores, pairing, strict=True)]
    if max(paired) <= INITIAL:
        return 0.0, ()
    turned = _TURNED_ROUND if _turned_round(person, pairing) else 0.0
    return sum(paired) / len(paired) - turned, pairing


def _turned_round(person: _Person, pairing: tuple[int, ...]) -> bool:
    names = [place for place in pairing if place < person.names]
    return names != sorted(names)


def _reasons(person: _Person, typed: tuple[str, ...], pairing: tuple[int, ...]) -> tuple[Reason, ...]:
    reasons = [
        _reason(one, person.words[place], place >= person.names)
        for one, place in zip(typed, pairing, strict=True)
    ]
    if _turned_round(person, pairing):
        reasons.append(Reason.NAMES_TURNED_ROUND)
    return tuple(dict.fromkeys(reasons))


def _reason(typed: str, word: str, is_nickname: bool) -> Reason:
    if is_nickname:
        return Reason.NICKNAME_EXACT if typed == word else Reason.NICKNAME_ALIKE
    if len(typed) == 1 or len(word) == 1:
        return Reason.INITIAL_FITS
    if typed == word:
        return Reason.NAME_EXACT
    return Reason.NAME_BEGINS if word.startswith(typed) else Reason.NAME_ALIKE
