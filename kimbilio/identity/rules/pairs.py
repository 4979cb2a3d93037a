"""Which of many people are likely one: the pairs that `likely_duplicate` would offer, without comparing all with all.

A pair reaches LIKELY only if names fit, and more fits than names. So only those are weighed who have in common a
phone and a name that sounds alike; or two such names and a birthday (the same, or a slip apart), a nickname, or a
middle name with the year of birth; or a birthday and a nickname. No other pair can reach it by the points of
`duplicates`, which a test tries by weighing all with all.
Source: blocking, as record linkage calls it; Christen, 'Data Matching' (2012), chapter 4.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from kimbilio.identity.rules.duplicates import Known, Likeness, likely_duplicate
from kimbilio.identity.rules.name_likeness import WORTH_A_LOOK, word_likeness


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two people who are likely one, in the order of their ids."""

    one: UUID
    other: UUID
    likeness: Likeness


class _Holders:
    """Who has what: people by a phone, a part of a birthday or a word."""

    def __init__(self) -> None:
        self._people: dict[Hashable, set[UUID]] = {}

    def add(self, things: Iterable[Hashable], person_id: UUID) -> None:
        for thing in things:
            self._people.setdefault(thing, set()).add(person_id)

    def remove(self, things: Iterable[Hashable], person_id: UUID) -> None:
        for thing in things:
            self._people[thing].discard(person_id)
            if not self._people[thing]:
                del self._people[thing]

    def of_any(self, things: Iterable[Hashable]) -> set[UUID]:
        return set().union(*(self._people[thing] for thing in things if thing in self._people))


class _Vocabulary:
    """Words as they sound, each with those that sound alike. A word stays while somebody has it."""

    def __init__(self) -> None:
        self._alike: dict[str, set[str]] = {}
        self._uses: dict[str, int] = {}

    def add(self, words: Iterable[str]) -> None:
        for word in words:
            if word not in self._alike:
                self._meet(word)
            self._uses[word] = self._uses.get(word, 0) + 1

    def remove(self, words: Iterable[str]) -> None:
        for word in words:
            self._uses[word] -= 1
            if not self._uses[word]:
                del self._uses[word]
                for other in self._alike.pop(word) - {word}:
                    self._alike[other].discard(word)

    def alike(self, word: str) -> set[str]:
        return self._alike[word]

    def _meet(self, word: str) -> None:
        near = self._near(word)
        self._alike[word] = near | {word}
        for other in near:
            self._alike[other].add(word)

    def _near(self, word: str) -> set[str]:
        close = process.extract(
            word,
            list(self._alike),
            scorer=JaroWinkler.similarity,
            processor=None,
            score_cutoff=WORTH_A_LOOK,
            limit=None,
        )
        return {other for other, _score, _place in close if word_likeness(word, other)}


class PairIndex:
    """People, and the likely pairs among them, kept true while people are added and removed.

    Not safe for two threads at once. It holds names while it lives, so its owner drops it when the home locks.
    """

    def __init__(self) -> None:
        self._people: dict[UUID, Known] = {}
        self._vocabulary = _Vocabulary()
        self._by_phone, self._by_birthday, self._by_two_names = _Holders(), _Holders(), _Holders()
        self._by_middle, self._by_nickname = _Holders(), _Holders()
        self._likely: dict[UUID, dict[UUID, Likeness]] = {}

    def __len__(self) -> int:
        return len(self._people)

    def add(self, person_id: UUID, known: Known) -> None:
        """Take a person in, in place of what was known of them, and weigh whoever may be the same."""
        self.remove(person_id)
        self._vocabulary.add(_words(known))
        for other_id in self._worth_weighing(known):
            likeness = likely_duplicate(known, self._people[other_id])
            if likeness.is_likely:
                self._likely.setdefault(person_id, {})[other_id] = likeness
                self._likely.setdefault(other_id, {})[person_id] = likeness
        self._people[person_id] = known
        for holders, things in self._held(known):
            holders.add(things, person_id)

    def remove(self, person_id: UUID) -> None:
        """Forget a person and every pair they were in."""
        known = self._people.pop(person_id, None)
        if known is None:
            return
        for other_id in self._likely.pop(person_id, {}):
            del self._likely[other_id][person_id]
        for holders, things in self._held(known):
            holders.remove(things, person_id)
        self._vocabulary.remove(_words(known))

    def pairs(self) -> Iterator[LikelyPair]:
        """Yield every likely pair once."""
        for one, others in self._likely.items():
            for other, likeness in others.items():
                if one < other:
                    yield LikelyPair(one, other, likeness)

    def _held(self, known: Known) -> list[tuple[_Holders, Iterable[Hashable]]]:
        """Return by what a person is found, and where that is kept."""
        return [
            (self._by_phone, known.phones),
            (self._by_birthday, _parts_of_birthday(known.birth_date)),
            (self._by_two_names, _two_names(known)),
            (
                self._by_middle,
                {(word, known.year, known.knows_birthday) for word in _longer(known.sounds.middle)},
            ),
            (self._by_nickname, set(_longer(known.sounds.nicknames))),
        ]

    def _worth_weighing(self, known: Known) -> set[UUID]:
        """Return everybody who may reach LIKELY with this person, and a few who do not."""
        names = [self._vocabulary.alike(word) for word in known.sounds.names]
        every_name = set().union(*names)
        with_phone = {
            person_id
            for person_id in self._by_phone.of_any(known.phones)
            if not every_name.isdisjoint(self._people[person_id].sounds.names)
        }
        with_birthday = self._by_birthday.of_any(_parts_of_birthday(known.birth_date))
        with_nickname = self._by_nickname.of_any(self._alike(known.sounds.nicknames))
        with_more = with_birthday | with_nickname | self._with_middle_and_year(known)
        two_names = (product(some, more) for some, more in combinations(names, 2))
        with_names = self._by_two_names.of_any(_sorted(two) for pairs in two_names for two in pairs)
        return with_phone | (with_birthday & with_nickname) | (with_names & with_more)

    def _with_middle_and_year(self, known: Known) -> set[UUID]:
        """Return who has a middle name like this person's and their year, unless both birthdays are known."""
        if known.year is None:
            return set()
        precisions = (False,) if known.knows_birthday else (False, True)
        return self._by_middle.of_any(product(self._alike(known.sounds.middle), (known.year,), precisions))

    def _alike(self, words: Iterable[str]) -> set[str]:
        """Return the words that somebody has and that sound like one of these; initials are like nothing."""
        return set().union(*(self._vocabulary.alike(word) for word in words if len(word) > 1))


def _two_names(known: Known) -> set[tuple[str, ...]]:
    """Return every two of a person's names, as they sound, in the order of the alphabet."""
    return set(map(_sorted, combinations(known.sounds.names, 2)))


def _parts_of_birthday(day: date | None) -> set[tuple[str, int, int]]:
    """Return parts of a date of which a slip leaves one at least as it was.

    Of 1 January, which stands for any day of a year, day and month say nothing.
    """
    if day is None:
        return set()
    first, second = sorted((day.day, day.month))
    around = [date.fromordinal(max(1, day.toordinal() + days)) for days in (-2, 0, 2)]
    parts = {("year and month", near.year, near.month) for near in around}
    parts.add(("year and day", day.year, day.day))
    return parts if second == 1 else parts | {("day and month", first, second)}


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words))


def _words(known: Known) -> set[str]:
    return {*known.sounds.names, *_longer(known.sounds.nicknames)}


def _longer(words: Iterable[str]) -> list[str]:
    """Leave initials out: they say nothing of whom to look at."""
    return [word for word in words if len(word) > 1]
