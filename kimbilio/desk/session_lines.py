"""Lines typed one after another at a session: whom each means, by the rules of Find, in a few queries for all of them.

A line is a code, a name, a phone or a number from elsewhere; a number at its beginning ('12.') is the paper's.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.many import in_batches
from kimbilio.desk.queries import MOST_SHOWN, Hit
from kimbilio.identity.clinic_papers import clients_with_outside_numbers, clients_with_phones
from kimbilio.identity.name_index import Match
from kimbilio.identity.name_search import search_many_names
from kimbilio.identity.rules import Reason
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import all_who_said_no, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_code, clients_by_id
from kimbilio.people.rules import normalise_card_code

MOST_LINES = 200
# Names are matched over the whole organisation, and five of those within reach are shown. The best are asked for first;
# where too few of them are within reach, many more.
_FIRST_TRIED, _MOST_TRIED = 60, 2000
_BY_THE_NAME = frozenset({Reason.NAME_EXACT, Reason.NAMES_TURNED_ROUND})
_NUMBERED = re.compile(r"^\d{1,3}\s*[.)]\s+")


@dataclass(frozen=True)
class Meant:
    """A line and the one person it means; `certain` by a code, number or phone alone, else to be looked at."""

    text: str
    hit: Hit
    certain: bool


@dataclass(frozen=True)
class InQuestion:
    """A line that may mean several people: at most five of them, and whether there are more."""

    text: str
    hits: tuple[Hit, ...]
    more: bool = False


@dataclass(frozen=True)
class ReadLines:
    """What became of the lines: each stands in one of these."""

    meant: list[Meant]
    in_question: list[InQuestion]
    nobody: list[str]


def lines_in(text: str) -> list[str]:
    """Return the lines of a text, each once, without the numbers of a paper's lines."""
    lines = (_NUMBERED.sub("", line.strip()) for line in text.replace(";", "\n").splitlines())
    return [line for line in dict.fromkeys(lines) if line]


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def read_people(by: Actor, lines: Iterable[str]) -> ReadLines:
    """Return whom these lines mean, within the actor's reach; whoever said no to a record is nobody here."""
    silent = all_who_said_no(by.organisation_id, ConsentPurpose.HOLD_A_RECORD)
    read = ReadLines([], [], [])
    found = _Found(by, list(lines))
    for line in found.lines:
        hits, certain = found.hits_of(line)
        hits = [hit for hit in hits if hit.client.pk not in silent]
        one = hits[0] if len(hits) == 1 else _by_the_whole_name(line, hits)
        if one:
            read.meant.append(Meant(line, one, certain))
        elif hits:
            read.in_question.append(InQuestion(line, tuple(hits[:MOST_SHOWN]), len(hits) > MOST_SHOWN))
        else:
            read.nobody.append(line)
    return read


class _Found:
    """Everybody who may be meant by some lines, asked for at once."""

    def __init__(self, by: Actor, lines: list[str]) -> None:
        self.lines = lines
        self._spelled = {line: _spellings(line) for line in lines}
        every = {spelling for spellings in self._spelled.values() for spelling in spellings}
        sees_names = by.may_somewhere(Permission.OPEN_IDENTITY)
        self._by_code = clients_by_code(by, Permission.OPEN_PERSON, every)
        self._by_number = clients_with_outside_numbers(by.organisation_id, every)
        self._by_phone = clients_with_phones(by.organisation_id, every) if sees_names else {}
        ids = {one for found in (self._by_number, self._by_phone) for some in found.values() for one in some}
        self._people = clients_by_id(by, Permission.OPEN_PERSON, ids)
        self._by_name: dict[str, list[Match]] = {}
        if sees_names:
            self._search_names(by, [line for line in lines if not self._is_a_number(line)])

    def _search_names(self, by: Actor, lines: list[str]) -> None:
        """Look for these lines as names: the best, and many more where those are mostly out of reach."""
        self._ask_for(by, lines, _FIRST_TRIED)
        few = [
            line
            for line in lines
            if len(self._by_name[line]) == _FIRST_TRIED and len(self._named_hits(line)) <= MOST_SHOWN
        ]
        self._ask_for(by, few, _MOST_TRIED)

    def _ask_for(self, by: Actor, lines: list[str], limit: int) -> None:
        if not lines:
            return
        named = search_many_names(by.organisation_id, lines, limit=limit)
        self._by_name |= named
        ids = {match.person_id for found in named.values() for match in found}
        for some in in_batches(ids - self._people.keys()):
            self._people |= clients_by_id(by, Permission.OPEN_PERSON, some)

    def _is_a_number(self, line: str) -> bool:
        """Say whether a line is somebody's code, number or phone; what is found so is not tried as a name."""
        has_digit = any(letter.isdigit() for letter in line)
        return has_digit and any(self._sure_hits(spelling) for spelling in self._spelled[line])

    def hits_of(self, line: str) -> tuple[list[Hit], bool]:
        """Return who may be meant by a line, the surest first, and whether by its whole code, number or phone."""
        for spelling in self._spelled[line]:
            hits = self._sure_hits(spelling)
            if hits and (spelling != line or any(letter.isdigit() for letter in line)):
                return hits, spelling == line
            if hits:
                return _each_once([*hits, *self._named_hits(line)]), True
        return self._named_hits(line), False

    def _sure_hits(self, spelling: str) -> list[Hit]:
        code = normalise_card_code(spelling)
        hits = [Hit(self._by_code[code], ("code",))] if code in self._by_code else []
        hits += self._within_reach(self._by_number, spelling, "number")
        return _each_once([*hits, *self._within_reach(self._by_phone, spelling, "phone")])

    def _within_reach(self, found: Mapping[str, set[UUID]], text: str, why: str) -> list[Hit]:
        ids = sorted(found.get(text, ()))
        return [Hit(self._people[one], (why,)) for one in ids if one in self._people]

    def _named_hits(self, line: str) -> list[Hit]:
        return _each_once(
            Hit(self._people[match.person_id], tuple(match.reasons))
            for match in self._by_name.get(line, ())
            if match.person_id in self._people
        )


def _each_once(hits: Iterable[Hit]) -> list[Hit]:
    """Return each person once, for the first reason: two records of one person are one hit."""
    people: dict[UUID, Hit] = {}
    for hit in hits:
        people.setdefault(hit.client.pk, hit)
    return list(people.values())


def _by_the_whole_name(line: str, hits: list[Hit]) -> Hit | None:
    """Return the only one whose names are the very words typed, where all others merely sound or begin alike."""
    exact = [hit for hit in hits if hit.reasons and _BY_THE_NAME.issuperset(hit.reasons)]
    return exact[0] if len(exact) == 1 and len(line.split()) > 1 else None


def _spellings(line: str) -> list[str]:
    """Return what of a line may be a code or number, the likeliest first: the whole, then its first words."""
    words = line.replace("\t", " ").replace(",", " ").split()
    beginnings = [" ".join(words[:count]) for count in (2, 1) if count < len(words)]
    numbers: list[str] = [some for some in beginnings if any(letter.isdigit() for letter in some)]
    return [line, *numbers]


def clients_named(by: Actor, codes: Iterable[str]) -> dict[str, Client]:
    """Return the people with these card codes who may be put on a list, by the code that was asked for."""
    return clients_by_code(by, Permission.OPEN_PERSON, codes)
