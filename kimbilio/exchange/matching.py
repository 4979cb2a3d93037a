"""Whose a line is: people of a site by the numbers and the names that books know. A few questions for many lines."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from uuid import UUID

from kimbilio.accounts.models import Site
from kimbilio.core import vault
from kimbilio.core.keyring import Domain
from kimbilio.core.many import in_batches
from kimbilio.exchange.books.names import Names
from kimbilio.identity.models import OutsideNumber
from kimbilio.identity.queries import known_people, outside_number_index
from kimbilio.identity.rules import Known, name_words, normalise_outside_number, score_names
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids
from kimbilio.people.rules import normalise_card_code

# Our own card codes, beside the kinds of outside numbers: a register kept since may hold them.
CARD = "card"
_FULL_NAME = 3


class PeopleOfSite:
    """The people of one site, by what books say of them; read as far as it is asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._numbers: dict[str, dict[str, set[UUID]]] = {}
        self._known: dict[UUID, Known] = {}

    @cached_property
    def _standing(self) -> dict[UUID, UUID]:
        return standing_ids(self.site.organisation_id)

    @cached_property
    def _keys(self) -> dict[tuple[UUID, int], bytes]:
        return vault.keyring().client_keys(self.site.organisation_id, Domain.IDENTITY)

    def look_up(self, numbers: Iterable[str]) -> None:
        """Look many outside numbers up at once."""
        wanted = {normal for number in numbers if (normal := normalise_outside_number(number))}
        organisation_id = self.site.organisation_id
        by_index = {
            outside_number_index(organisation_id, normal): normal for normal in wanted - self._numbers.keys()
        }
        for normal in by_index.values():
            self._numbers[normal] = defaultdict(set)
        for some in in_batches(by_index):
            rows = OutsideNumber.objects.filter(
                organisation=organisation_id,
                number_index__in=some,
                replaced_at__isnull=True,
                client__site=self.site,
            )
            for index, kind, client_id in rows.values_list("number_index", "kind", "client_id"):
                person = self._standing.get(client_id, client_id)
                self._numbers[by_index[bytes(index)]][kind].add(person)

        self._look_up_cards(set(by_index.values()))

    def _look_up_cards(self, numbers: Collection[str]) -> None:
        cards = {card: number for number in numbers if (card := normalise_card_code(number))}
        here = Client.objects.filter(organisation=self.site.organisation_id, site=self.site)
        for some in in_batches(cards):
            for code, client_id in here.filter(code__in=some).values_list("code", "pk"):
                self._numbers[cards[code]][CARD].add(self._standing.get(client_id, client_id))

    def with_number(self, number: str, kinds: Collection[str]) -> set[UUID]:
        """Return who has this number, of the first of these kinds that anybody has it as; look it up first."""
        found = self._numbers.get(normalise_outside_number(number), {})
        return next((found[kind] for kind in kinds if found.get(kind)), set())

    def read_names(self, ids: Iterable[UUID]) -> None:
        """Read the names of these people."""
        wanted = [one for one in dict.fromkeys(ids) if one not in self._known]
        keys = self._keys if len(wanted) > 50 else None
        for some in in_batches(wanted):
            self._known |= known_people(self.site.organisation_id, some, keys)

    def known(self, client_id: UUID) -> Known | None:
        """Return what is known of somebody whose names were read."""
        return self._known.get(client_id)

    def may_be(self, client_id: UUID, names: Names) -> bool:
        """Tell whether a name in a book may be this person's: every word of the shorter is alike one of the longer."""
        known = self._known.get(client_id)
        theirs = name_words(f"{known.first} {known.middle} {known.last}") if known else []
        words = name_words(names.full)
        if not theirs or not words:
            return True
        shorter, longer = sorted((words, theirs), key=len)
        return score_names(shorter, longer) > 0

    def words_alike(self, client_id: UUID, names: Names) -> int:
        """Return how many words of a name in a book are alike one of this person's."""
        known = self._known.get(client_id)
        theirs = name_words(f"{known.first} {known.middle} {known.last}") if known else ()
        return sum(score_names([word], theirs) > 0 for word in name_words(names.full))

    @cached_property
    def _everybody(self) -> Mapping[tuple[str, ...], set[UUID]]:
        """Read everybody of the site, by their names."""
        here = Client.objects.filter(organisation=self.site.organisation_id, site=self.site)
        self.read_names(here.values_list("pk", flat=True))
        found: dict[tuple[str, ...], set[UUID]] = defaultdict(set)
        for client_id, known in self._known.items():
            words = tuple(name_words(f"{known.first} {known.middle} {known.last}"))
            found[words].add(self._standing.get(client_id, client_id))
        return found

    def named(self, names: Names) -> set[UUID]:
        """Return who has exactly these three names."""
        words = tuple(name_words(names.full))
        return self._everybody.get(words, set()) if len(words) >= _FULL_NAME else set()

    @cached_property
    def _by_word(self) -> Mapping[str, set[tuple[str, ...]]]:
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for theirs in self._everybody:
            for word in theirs:
                found[word].add(theirs)
        return found

    def could_be_named(self, names: Names) -> set[UUID]:
        """Return who could be meant by fewer names than they have: each word is one of theirs, or its first letter."""
        words = name_words(names.full)
        whole = [word for word in words if len(word) > 1]
        if len(words) < 2 or not whole:
            return set()
        fitting = set.intersection(*(self._by_word.get(word, set()) for word in whole))
        initials = [word for word in words if len(word) == 1]
        return {
            one
            for theirs in fitting
            if _has_initials(initials, [word for word in theirs if word not in whole])
            for one in self._everybody[theirs]
        }


def _has_initials(initials: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(letter) for word in words) for letter in initials)
