"""The pairs of a site that a person should decide about: whose, in which order, how fresh, and that no name is kept."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core import vault
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.identity import actions, duplicates
from kimbilio.identity.duplicates import Pair, drop_pairs, likely_pairs, undecided_pairs
from kimbilio.identity.queries import identity_of, known_people
from kimbilio.people.actions import (
    AboutClient,
    correct_client,
    merge_clients,
    part_clients,
    say_two_people,
    take_back_two_people,
)
from kimbilio.people.choices import Sex
from kimbilio.people.models import Client
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]


@pytest.fixture
def by(actor: MakeActor) -> Actor:
    """The MAT liaison who asks."""
    return actor(Role.MAT_LIAISON)


def twice(by: Actor, programme: Programme, phone: str = "0712345678") -> tuple[Client, Client]:
    """Enter somebody twice."""
    site = programme.site
    return (
        person(by, site, first="Zawadi", phone=phone, number="KSS-0048"),
        person(by, site, first="Zawadhi", phone=phone),
    )


def clients_of(pairs: list[Pair]) -> list[tuple[Client, Client]]:
    return [(pair.a, pair.b) for pair in pairs]


def test_a_pair_is_offered_with_its_reasons_the_first_registered_in_front(
    programme: Programme, by: Actor
) -> None:
    two = twice(by, programme)
    (pair,) = likely_pairs(by, programme.site)
    assert (pair.a, pair.b) == two
    assert set(pair.reasons) == {"name_alike", "same_phone", "same_birth_year"}
    assert 0.7 <= pair.score <= 1


def test_the_likeliest_come_first_and_who_is_unlike_is_not_offered(programme: Programme, by: Actor) -> None:
    alike = twice(by, programme)
    same = [person(by, programme.site, first="Baraka", phone="0722000111") for _ in "ab"]
    person(by, programme.site, first="Wanjiku", phone="0712345678")
    assert clients_of(likely_pairs(by, programme.site)) == [(same[0], same[1]), alike]


def test_people_of_another_site_are_not_compared(programme: Programme, by: Actor) -> None:
    twice(by, programme)[0]
    for site in (programme.other_site, programme.site_elsewhere):
        person(actor_with(Role.DESK_OFFICER, site), site, first="Zawadi", phone="0712345678")
        with pytest.raises(NotHere):
            likely_pairs(by, site)
    assert len(likely_pairs(by, programme.site)) == 1


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.ME_OFFICER, Role.ADMINISTRATOR])
def test_others_are_told_of_no_pair(programme: Programme, actor: MakeActor, by: Actor, role: Role) -> None:
    twice(by, programme)
    with pytest.raises(Refused):
        likely_pairs(actor(role), programme.site)
    with pytest.raises(Refused):
        actions.list_duplicates(by=actor(role), site=programme.site)
    assert not AuditEvent.objects.filter(event="people.duplicates_listed").exists()


def test_what_was_decided_is_not_asked_again_until_it_is_taken_back(programme: Programme, by: Actor) -> None:
    one, other = twice(by, programme)
    alias = merge_clients(by=by, client=other, into=one)
    assert likely_pairs(by, programme.site) == []
    part_clients(by=by, alias=alias)
    assert len(likely_pairs(by, programme.site)) == 1
    said = say_two_people(by=by, client=one, other=other)
    assert likely_pairs(by, programme.site) == []
    take_back_two_people(by=by, said=said)
    assert len(likely_pairs(by, programme.site)) == 1


def test_a_third_record_is_offered_once_beside_the_person_and_not_once_for_each_record(
    programme: Programme, by: Actor
) -> None:
    one, other = twice(by, programme)
    third = person(by, programme.site, first="Zawadi", phone="0712345678")
    assert len(likely_pairs(by, programme.site)) == 3
    merge_clients(by=by, client=one, into=other)
    (pair,) = likely_pairs(by, programme.site)
    assert {pair.a, pair.b} == {other, third}
    assert "name_exact" in pair.reasons
    say_two_people(by=by, client=third, other=one)
    assert likely_pairs(by, programme.site) == []


def test_every_change_of_who_somebody_is_is_seen_at_once(programme: Programme, by: Actor) -> None:
    one, other = twice(by, programme)
    site = programme.site
    assert len(likely_pairs(by, site)) == 1
    actions.record_details(by=by, client=other, details=actions.Details(first="Wanjiku", last="Kamau"))
    assert likely_pairs(by, site) == []
    actions.record_details(by=by, client=other, details=actions.Details(first="Zawadi", last="Kamau"))
    actions.end_entry(by=by, row=identity_of(one).phones[0])
    assert likely_pairs(by, site) == []
    actions.add_phone(by=by, client=one, phone=actions.PhoneDetails("0712 345 678"))
    assert len(likely_pairs(by, site)) == 1
    correct_client(by=by, client=one, about=AboutClient(sex=Sex.FEMALE, birth_year=1950))
    assert likely_pairs(by, site) == []


def test_sex_that_nobody_stated_speaks_against_nobody(programme: Programme, by: Actor) -> None:
    one, _other = twice(by, programme)
    correct_client(by=by, client=one, about=AboutClient(sex=Sex.NOT_STATED, birth_year=1988))
    assert len(likely_pairs(by, programme.site)) == 1


def test_only_those_who_changed_are_read_again(programme: Programme, by: Actor) -> None:
    one, _other = twice(by, programme)
    with patch.object(duplicates, "known_people", wraps=known_people) as read:
        undecided_pairs(programme.site)
        undecided_pairs(programme.site)
        actions.record_details(by=by, client=one, details=actions.Details(first="Zawadi"))
        undecided_pairs(programme.site)
    asked = [len(call.args[1]) for call in read.call_args_list]
    assert asked == [2, 1]


def test_one_who_changed_is_looked_at_alone_and_what_changes_nobody_is_passed_over(
    programme: Programme, by: Actor
) -> None:
    one, other = twice(by, programme)
    undecided_pairs(programme.site)
    with patch.object(duplicates, "_rows_that_stand", wraps=duplicates._rows_that_stand) as looked:
        identity_of(one)
        actions.open_identity(by=by, client=one)
        say_two_people(by=by, client=one, other=other)
        undecided_pairs(programme.site)
        actions.record_details(by=by, client=one, details=actions.Details(first="Zawadi"))
        third = person(by, programme.site, first="Baraka", phone="0722000111")
        undecided_pairs(programme.site)
    assert [set(call.args[1]) for call in looked.call_args_list] == [{one.pk, third.pk}]


def test_of_many_written_at_once_everybody_is_looked_at(programme: Programme, by: Actor) -> None:
    one, other = twice(by, programme)
    undecided_pairs(programme.site)
    actions.record_many(
        by=by,
        site=programme.site,
        people=[actions.WhoTheyAre(other, actions.Details("Wanjiku", "", "Otieno", "", ""), [], [])],
    )
    assert len(undecided_pairs(programme.site)) == len(likely_pairs(by, programme.site))
    assert set(duplicates._warm[programme.site.pk].read_from) == {one.pk, other.pk}


def test_what_was_seen_in_an_action_that_was_taken_back_is_not_believed(
    programme: Programme, by: Actor
) -> None:
    person(by, programme.site, first="Zawadi", phone="0712345678")
    undecided_pairs(programme.site)
    with transaction.atomic():
        person(by, programme.site, first="Zawadi", phone="0712345678")
        assert len(undecided_pairs(programme.site)) == 1
        transaction.set_rollback(True)
    assert undecided_pairs(programme.site) == {}
    person(by, programme.site, first="Zawadhi", phone="0712345678")
    assert len(undecided_pairs(programme.site)) == 1


def test_names_are_dropped_when_the_home_locks(programme: Programme, by: Actor) -> None:
    twice(by, programme)
    undecided_pairs(programme.site)
    assert programme.site.pk in duplicates._warm
    assert drop_pairs in vault._to_drop
    drop_pairs()
    assert duplicates._warm == {}
    assert len(undecided_pairs(programme.site)) == 1


def test_somebody_whose_keys_were_destroyed_is_no_longer_compared(programme: Programme, by: Actor) -> None:
    one, _other = twice(by, programme)
    assert len(undecided_pairs(programme.site)) == 1
    vault.keyring().destroy_client_keys(by.organisation_id, one.pk)
    assert undecided_pairs(programme.site) == {}


def test_a_list_that_leaves_is_an_export_in_the_audit_with_its_length(
    programme: Programme, by: Actor
) -> None:
    one, other = twice(by, programme)
    (listed,) = actions.list_duplicates(by=by, site=programme.site)
    assert listed.codes == ("KSS-0048", other.code)
    entry = AuditEvent.objects.get(event="people.duplicates_listed")
    assert (entry.actor_id, entry.site_id, entry.about) == (by.staff_id, programme.site.pk, None)
    assert entry.detail == {"rows": 1}
    merge_clients(by=by, client=one, into=other)
    third = person(by, programme.site, first="Zawadi", phone="0712345678")
    (listed,) = actions.list_duplicates(by=by, site=programme.site)
    assert listed.codes == ("KSS-0048", third.code)


def test_the_pairs_take_as_many_statements_for_many_as_for_few(programme: Programme, by: Actor) -> None:
    def asked() -> int:
        likely_pairs(by, programme.site)
        with CaptureQueriesContext(connection) as captured:
            likely_pairs(by, programme.site)
        return len(captured)

    twice(by, programme)
    few = asked()
    for place in range(10):
        twice(by, programme, phone=f"07220001{place:02}")
    assert asked() == few <= 6
