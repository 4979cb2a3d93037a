"""Joined and parted in any order: each record leads to one person, histories are whole, and all can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.core.refusals import Refused
from kimbilio.people.actions import merge_clients, part_clients, say_two_people, take_back_two_people
from kimbilio.people.consent import answers_of
from kimbilio.people.models import Alias, Client, TwoPeople
from kimbilio.people.queries import (
    client_by_code,
    clients_within_reach,
    ids_of_one_person,
    pairs_said_two,
    standing_ids,
)
from kimbilio.people.rules import joined_below, who_stands
from tests.programme import Programme, person

RECORDS = 6
records = st.integers(0, RECORDS - 1)
steps = st.lists(
    st.tuples(st.sampled_from(["join", "join", "join", "part", "two", "take back"]), records, records),
    max_size=14,
)


@dataclass
class Oracle:
    """The same decisions, told slowly: which records lie together, found by walking over all of them again."""

    joined: dict[int, int] = field(default_factory=dict)
    two: list[tuple[int, int]] = field(default_factory=list)

    def stands(self, record: int) -> int:
        return self.stands(self.joined[record]) if record in self.joined else record

    def together(self, record: int) -> set[int]:
        return {other for other in range(RECORDS) if self.stands(other) == self.stands(record)}

    def said_two(self, one: int, other: int) -> bool:
        between = self.together(one), self.together(other)
        return any(
            (a in between[0] and b in between[1]) or (b in between[0] and a in between[1])
            for a, b in self.two
        )


@dataclass
class Desk:
    """The real thing: every step is tried, and what is refused is told."""

    by: Actor
    people: list[Client]

    def again(self, record: int) -> Client:
        return Client.objects.get(pk=self.people[record].pk)

    def join(self, one: int, other: int) -> bool:
        return self._tried(lambda: merge_clients(by=self.by, client=self.again(one), into=self.again(other)))

    def part(self, one: int) -> bool:
        alias = Alias.objects.filter(client=self.people[one], ended_at__isnull=True).first()
        return alias is not None and self._tried(lambda: part_clients(by=self.by, alias=alias))

    def two(self, one: int, other: int) -> bool:
        return self._tried(
            lambda: say_two_people(by=self.by, client=self.again(one), other=self.again(other))
        )

    def take_back(self, one: int, other: int) -> bool:
        ids = sorted((self.people[one].pk, self.people[other].pk))
        said = TwoPeople.objects.filter(client=ids[0], other=ids[1], ended_at__isnull=True).first()
        return said is not None and self._tried(lambda: take_back_two_people(by=self.by, said=said))

    @staticmethod
    def _tried(do: Callable[[], object]) -> bool:
        try:
            do()
        except Refused:
            return False
        return True


def take(step: tuple[str, int, int], desk: Desk, oracle: Oracle) -> None:
    """Take one step in both, and see that both allow it or neither does."""
    kind, one, other = step
    standing = oracle.stands(one), oracle.stands(other)
    if kind == "join":
        allowed = standing[0] != standing[1] and not oracle.said_two(one, other)
        assert desk.join(one, other) == allowed
        if allowed:
            oracle.joined[standing[0]] = standing[1]
    elif kind == "part":
        assert desk.part(one) == (one in oracle.joined)
        oracle.joined.pop(one, None)
    elif kind == "two":
        assert desk.two(one, other) == (standing[0] != standing[1])
        if standing[0] != standing[1] and not oracle.said_two(one, other):
            oracle.two.append((min(standing), max(standing)))
    else:
        pair = (min(one, other), max(one, other))
        assert desk.take_back(one, other) == (pair in oracle.two)
        oracle.two = [two for two in oracle.two if two != pair]


def agree(desk: Desk, oracle: Oracle) -> None:
    """See that every record leads where the oracle says, and that no history is halved or doubled."""
    place = {client.pk: number for number, client in enumerate(desk.people)}
    stands_for = standing_ids(desk.by.organisation_id)
    joined_to = dict(Alias.objects.filter(ended_at__isnull=True).values_list("client", "joined_to"))
    for number, client in enumerate(desk.people):
        standing = desk.people[oracle.stands(number)]
        assert client_by_code(desk.by, client.code) == standing
        assert stands_for.get(client.pk, client.pk) == who_stands(joined_to, client.pk) == standing.pk
        ids = ids_of_one_person(desk.again(number))
        assert ids[0] == standing.pk
        assert {place[pk] for pk in ids} == oracle.together(number)
        assert sorted(consent.client_id for consent in answers_of(desk.again(number))) == sorted(ids)
    shown = set(clients_within_reach(desk.by, Permission.OPEN_PERSON))
    assert shown == {desk.people[oracle.stands(number)] for number in range(RECORDS)}
    assert {(place[a], place[b]) for a, b in pairs_said_two(desk.by.organisation_id)} == set(oracle.two)


@pytest.mark.django_db
@settings(max_examples=40)
@given(taken=steps)
def test_in_any_order_each_person_is_reached_and_each_history_whole(
    programme: Programme, actor: Callable[..., Actor], taken: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        by = actor(Role.DESK_OFFICER)
        desk = Desk(by, [person(by, programme.site) for _ in range(RECORDS)])
        oracle = Oracle()
        for step in taken:
            take(step, desk, oracle)
        agree(desk, oracle)
        while oracle.joined:
            take(("part", next(iter(oracle.joined)), 0), desk, oracle)
        agree(desk, oracle)
        transaction.set_rollback(True)


joinings = st.dictionaries(st.integers(1, 9), st.integers(0, 8), max_size=9).map(
    lambda found: {one: other for one, other in found.items() if other < one}
)


@given(joinings, st.integers(0, 9))
def test_whoever_is_joined_below_somebody_leads_to_them_once_they_are_parted(
    joined_to: dict[int, int], parted: int
) -> None:
    below = joined_below(joined_to, parted)  # type: ignore[arg-type]  # numbers will do for ids
    left = {one: other for one, other in joined_to.items() if one != parted}
    for record in set(joined_to) - {parted}:
        assert (who_stands(left, record) == parted) == (record in below)  # type: ignore[arg-type]


def test_a_circle_is_told_and_not_walked_for_ever() -> None:
    with pytest.raises(ValueError, match="circle"):
        who_stands({1: 2, 2: 1}, 1)  # type: ignore[dict-item, arg-type]
