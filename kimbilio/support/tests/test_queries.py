"""What is asked about sessions: between two days, of a kind, of a person; a person with two cards is one."""

from collections.abc import Callable
from datetime import date

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.core.refusals import Refused
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from kimbilio.support.actions import (
    add_attendance,
    strike_attendance,
)
from kimbilio.support.choices import SessionKind
from kimbilio.support.queries import (
    last_session_of,
    leaders_at,
    sessions_between,
    sessions_of,
)
from kimbilio.support.tests.meeting import came_to, held
from tests.programme import Programme, person, staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def people(programme: Programme, desk: Actor) -> list[Client]:
    return [person(desk, programme.site, first=name) for name in ("Njoroge", "Wanjiku", "Otieno")]


def test_a_person_with_two_cards_comes_once(
    programme: Programme, actor: Callable[..., Actor], desk: Actor, people: list[Client]
) -> None:
    one, other, third = people
    before = held(desk, programme, [one, other])
    merge_clients(by=actor(Role.PROGRAMME_MANAGER), client=other, into=one)
    assert came_to(desk, programme, before) == [one.code]
    after = held(desk, programme, [other, one, third])
    assert came_to(desk, programme, after) == [one.code, third.code]
    assert add_attendance(by=desk, session=after, client=other).client_id == one.pk
    assert sessions_of(desk, one) == [after, before]
    add_attendance(by=desk, session=before, client=third)
    strike_attendance(by=desk, session=before, client=one)
    assert came_to(desk, programme, before) == [third.code]


def test_what_is_asked_between_two_days_holds_both(
    programme: Programme, actor: Callable[..., Actor], desk: Actor, people: list[Client]
) -> None:
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1)]
    for day, kind, client in zip(days, (*SessionKind,)[:4], [*people, people[0]], strict=True):
        held(desk, programme, [client], occurred_on=day, kind=kind)
    june = sessions_between(desk, programme.site, days[1], days[2])
    assert [one.session.occurred_on for one in june] == [days[2], days[1]]
    officer = actor(Role.ME_OFFICER)
    assert {person for one in june for person in one.people} == {people[1].pk, people[2].pk}
    with pytest.raises(Refused):
        sessions_between(officer, programme.site, days[1], days[2])
    assert sessions_between(officer, programme.site, days[1], days[2], may=Permission.SEE_TODAY) == june


def test_the_last_session_of_a_kind_offers_who_came(
    programme: Programme, desk: Actor, people: list[Client]
) -> None:
    assert last_session_of(desk, programme.site, SessionKind.CBT) is None
    held(desk, programme, people[:2], kind=SessionKind.CBT, occurred_on=date(2025, 6, 10))
    held(desk, programme, people[2:], kind=SessionKind.CBT, occurred_on=date(2025, 6, 3))
    last = last_session_of(desk, programme.site, SessionKind.CBT)
    assert last is not None
    assert last.people == (people[0].pk, people[1].pk)


def test_those_who_work_with_people_at_the_site_may_lead(programme: Programme) -> None:
    peer = staff_with(Role.PEER_EDUCATOR, programme.site)
    staff_with(Role.ME_OFFICER, programme.site)
    staff_with(Role.COUNSELLOR, programme.other_site)
    assert [leader.id for leader in leaders_at(programme.site)] == [peer.pk]
