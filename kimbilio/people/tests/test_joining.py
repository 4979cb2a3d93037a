"""Joining two records of one person, parting them, and saying that they are two: allowed, refused, audited, whole."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people import actions
from kimbilio.people.consent import answers_of
from kimbilio.people.models import Alias, Client, TwoPeople
from kimbilio.people.queries import (
    aliases_of,
    client_by_code,
    clients_by_id,
    clients_within_reach,
    corrections_of,
    ids_of_one_person,
    joining_between,
    one_person,
    pairs_said_two,
    standing_ids,
)
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]


@pytest.fixture
def by(actor: MakeActor) -> Actor:
    """The desk officer who decides."""
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def five(programme: Programme, by: Actor) -> list[Client]:
    """Five records of one site."""
    return [person(by, programme.site) for _ in range(5)]


def merge(by: Actor, client: Client, into: Client) -> Alias:
    return actions.merge_clients(by=by, client=client, into=into)


def test_the_record_that_is_set_aside_leads_to_the_one_that_stands(by: Actor, five: list[Client]) -> None:
    alias = merge(by, five[0], five[1])
    assert (alias.client, alias.stands_for, alias.joined_by) == (five[0], five[1], by.staff_id)
    assert one_person(five[0]) == one_person(five[1]) == five[1]
    for client in five[:2]:
        assert ids_of_one_person(client) == [five[1].pk, five[0].pk]
        assert client_by_code(by, client.code) == five[1]
    assert clients_by_id(by, Permission.FIND_PERSON, [five[0].pk, five[2].pk]) == {
        five[0].pk: five[1],
        five[2].pk: five[2],
    }


def test_a_person_is_counted_once(by: Actor, five: list[Client]) -> None:
    merge(by, five[0], five[1])
    assert set(clients_within_reach(by, Permission.OPEN_PERSON)) == set(five[1:])
    assert standing_ids(by.organisation_id) == {five[0].pk: five[1].pk}
    assert standing_ids(by.organisation_id, [five[2].pk]) == {}


def test_nothing_is_moved_and_both_histories_are_whole(by: Actor, five: list[Client]) -> None:
    about = actions.AboutClient(sex="female")
    for client in five[:2]:
        actions.correct_client(by=by, client=client, about=about)
    before = list(Client.objects.order_by("pk").values())
    merge(by, five[0], five[1])
    assert list(Client.objects.order_by("pk").values()) == before
    assert {consent.client_id for consent in answers_of(five[1])} == {five[0].pk, five[1].pk}
    assert {row.client_id for row in corrections_of(five[0])} == {five[0].pk, five[1].pk}


def test_joining_and_parting_stand_in_the_audit_of_both_without_a_value(
    by: Actor, five: list[Client]
) -> None:
    alias = merge(by, five[0], five[1])
    actions.part_clients(by=by, alias=alias)
    for client in five[:2]:
        kinds = AuditEvent.objects.filter(about=client.pk, event__in=("person.joined", "person.parted"))
        assert list(kinds.order_by("seq").values_list("event", "detail")) == [
            ("person.joined", {}),
            ("person.parted", {}),
        ]


def test_parting_gives_back_what_was(by: Actor, five: list[Client]) -> None:
    alias = actions.part_clients(by=by, alias=merge(by, five[0], five[1]))
    assert alias.ended_at is not None
    assert alias.ended_by == by.staff_id
    for client in five[:2]:
        assert client_by_code(by, client.code) == client
        assert ids_of_one_person(client) == [client.pk]
    with pytest.raises(Refused):
        actions.part_clients(by=by, alias=alias)
    assert merge(by, five[1], five[0]).stands_for == five[0]


def test_who_was_joined_before_goes_along_and_comes_back_with_the_one_they_were_joined_to(
    by: Actor, five: list[Client]
) -> None:
    one, two, three, four, five_ = five
    merge(by, one, two)
    later = merge(by, two, three)
    merge(by, three, four)
    assert set(Alias.objects.values_list("stands_for", flat=True)) == {four.pk}
    actions.part_clients(by=by, alias=later)
    assert one_person(one) == one_person(two) == two
    assert one_person(three) == four
    assert [alias.client for alias in aliases_of(four)] == [three]
    assert one_person(five_) == five_


def test_a_record_set_aside_is_joined_by_whoever_stands_for_it(by: Actor, five: list[Client]) -> None:
    merge(by, five[0], five[1])
    merge(by, five[2], five[3])
    alias = merge(by, five[0], five[2])
    assert (alias.client, alias.joined_to) == (five[1], five[3])
    assert {one_person(client) for client in five[:4]} == {five[3]}


def test_circles_are_refused(by: Actor, five: list[Client]) -> None:
    merge(by, five[0], five[1])
    merge(by, five[1], five[2])
    for client, into in ((five[2], five[0]), (five[0], five[2]), (five[1], five[0]), (five[3], five[3])):
        with pytest.raises(Refused, match="one person already"):
            merge(by, client, into)
    assert Alias.objects.count() == 2


def test_the_database_refuses_a_record_that_is_set_aside_twice_or_stands_for_itself(
    by: Actor, five: list[Client]
) -> None:
    merge(by, five[0], five[1])
    ours = {"organisation_id": by.organisation_id, "client": five[0]}
    for standing in (five[2], five[0]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alias.objects.create(**ours, joined_to=standing, stands_for=standing)


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.COUNSELLOR, Role.ME_OFFICER, Role.REPORT_READER])
def test_others_join_and_part_nobody(actor: MakeActor, by: Actor, five: list[Client], role: Role) -> None:
    alias, they = merge(by, five[0], five[1]), actor(role)
    with pytest.raises(Refused):
        merge(they, five[2], five[3])
    with pytest.raises(Refused):
        actions.part_clients(by=they, alias=alias)
    with pytest.raises(Refused):
        actions.say_two_people(by=they, client=five[2], other=five[3])


def test_people_of_other_sites_and_organisations_are_not_there_to_be_joined(
    programme: Programme, by: Actor, five: list[Client]
) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        theirs = person(actor_with(Role.DESK_OFFICER, site), site)
        for client, into in ((five[0], theirs), (theirs, five[0])):
            with pytest.raises(NotHere):
                merge(by, client, into)
            with pytest.raises(NotHere):
                actions.say_two_people(by=by, client=client, other=into)
            with pytest.raises(NotHere):
                actions.write_down_comparison(by=by, client=client, other=into)
    assert not Alias.objects.exists()


def test_people_of_two_sites_are_not_joined_even_by_who_works_at_both(
    programme: Programme, five: list[Client]
) -> None:
    from dataclasses import replace

    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    roles = manager.roles | {programme.other_site.pk: frozenset({Role.PROGRAMME_MANAGER})}
    manager = replace(manager, roles=roles)
    there = person(manager, programme.other_site)
    with pytest.raises(Refused, match="two sites"):
        merge(manager, there, five[0])


# Two people


def test_two_people_are_said_once_and_taken_back(by: Actor, five: list[Client]) -> None:
    said = actions.say_two_people(by=by, client=five[1], other=five[0])
    assert actions.say_two_people(by=by, client=five[0], other=five[1]) == said
    assert pairs_said_two(by.organisation_id) == [(five[0].pk, five[1].pk)]
    for client in five[:2]:
        assert AuditEvent.objects.filter(about=client.pk, event="person.said_to_be_two").exists()
    actions.take_back_two_people(by=by, said=said)
    assert pairs_said_two(by.organisation_id) == []
    with pytest.raises(Refused):
        actions.take_back_two_people(by=by, said=said)


def test_who_was_said_to_be_two_people_is_not_joined_by_any_way_round(by: Actor, five: list[Client]) -> None:
    said = actions.say_two_people(by=by, client=five[0], other=five[1])
    merge(by, five[0], five[2])
    merge(by, five[1], five[3])
    for client, into in ((five[0], five[1]), (five[3], five[2])):
        with pytest.raises(Refused, match="said to be two"):
            merge(by, client, into)
    assert actions.say_two_people(by=by, client=five[2], other=five[3]) == said
    actions.take_back_two_people(by=by, said=said)
    assert merge(by, five[3], five[2]).stands_for == five[2]


def test_what_was_told_when_a_person_was_read_is_asked_again_before_they_are_joined(
    by: Actor, five: list[Client]
) -> None:
    one, other = (client_by_code(by, client.code) for client in five[:2])
    merge(by, five[2], five[0])
    actions.say_two_people(by=by, client=five[2], other=five[1])
    with pytest.raises(Refused, match="said to be two"):
        merge(by, one, other)


def test_one_person_is_not_said_to_be_two(by: Actor, five: list[Client]) -> None:
    merge(by, five[0], five[1])
    with pytest.raises(Refused, match="Part them first"):
        actions.say_two_people(by=by, client=five[0], other=five[1])
    assert not TwoPeople.objects.exists()


def test_a_joining_is_found_by_its_two_codes_alone(by: Actor, five: list[Client]) -> None:
    alias = merge(by, five[0], five[1])
    merge(by, five[1], five[2])
    assert joining_between(by, five[1].code, five[0].code) == alias
    assert joining_between(by, five[0].code, five[2].code) is None
    assert joining_between(by, five[0].code, "nothing") is None
