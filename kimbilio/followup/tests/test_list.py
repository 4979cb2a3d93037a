"""The list of people to look for: who is on it, in which order, and who sees whom."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup.actions import (
    PlannedReturn,
    Try,
    agree_way_back,
    end_way_back,
    record_attempt,
)
from kimbilio.followup.choices import GoesWith, Group, HowEnded, HowTried, Outcome, Result
from kimbilio.followup.models import WayBack
from kimbilio.followup.queries import entries_at, returns_at
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking, today
from kimbilio.mat.choices import StepKind
from kimbilio.people.actions import merge_clients
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db
ROWS = ["PPPPPPPA", "PPPPPAAA", "PPAAAAAA", "PPPPPPPP"]


@pytest.fixture
def looking(programme: Programme) -> Looking:
    return make_looking(programme, ROWS)


def numbers(looking: Looking, by: Actor | None = None) -> list[int]:
    places = {person.pk: number for number, person in enumerate(looking.people)}
    return [places[one.client_id] for one in looking.entries(by)]


def test_the_longest_run_stands_first_and_whoever_came_not_at_all(looking: Looking) -> None:
    assert numbers(looking) == [2, 1, 0]
    assert [one.run.step for one in looking.entries()] == ["5+", "3-4", "1-2"]
    assert {one.group for one in looking.entries()} == {Group.MISSING}


def test_a_worker_sees_their_own_people_only(looking: Looking) -> None:
    assert numbers(looking, looking.peer) == []
    looking.gives(1)
    looking.gives(2, looking.other_worker)
    assert numbers(looking, looking.peer) == [1]
    looking.gives(1, looking.other_worker)
    assert numbers(looking, looking.peer) == []
    assert numbers(looking) == [2, 1, 0]


@pytest.mark.parametrize(
    "role", [Role.DESK_OFFICER, Role.COUNSELLOR, Role.MAT_LIAISON, Role.PROGRAMME_MANAGER]
)
def test_those_at_the_desk_see_everybody_of_their_site(
    looking: Looking, actor: Callable[..., Actor], role: Role
) -> None:
    assert numbers(looking, actor(role)) == [2, 1, 0]


@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.ME_OFFICER, Role.ADMINISTRATOR, Role.REPORT_READER])
def test_others_see_no_list(looking: Looking, actor: Callable[..., Actor], role: Role) -> None:
    with pytest.raises(Refused):
        entries_at(actor(role), looking.place.site, today())


def test_a_list_of_another_site_is_not_here(looking: Looking, programme: Programme) -> None:
    with pytest.raises(NotHere):
        entries_at(actor_with(Role.MAT_LIAISON, programme.other_site), looking.place.site, today())
    require(looking.liaison, Permission.SEE_FOLLOW_UP, looking.place.site)


def test_whoever_is_on_the_way_back_stands_there_and_leaves_the_list_with_a_dose(looking: Looking) -> None:
    plan = PlannedReturn(today(), GoesWith.WORKER)
    agreed = agree_way_back(by=looking.liaison, client=looking.people[2], plan=plan)
    assert looking.entry_of(2).group == Group.ON_THE_WAY
    assert numbers(looking) == [1, 0, 2]
    end_way_back(by=looking.liaison, way_back=agreed, how=HowEnded.ARRIVED, on=today())
    assert looking.entry_of(2).group == Group.ON_THE_WAY
    looking.place.list_of(today(), "AAPP")
    assert numbers(looking) == [1, 0]
    back = returns_at(
        looking.liaison, looking.place.site, today(), {one.client_id for one in looking.entries()}
    )
    assert [(one.client_id, one.dosed_on, one.started_again) for one in back] == [
        (looking.people[2].pk, today(), False)
    ]


def test_a_worker_sees_only_their_own_people_come_back(looking: Looking) -> None:
    looking.gives(1)
    for number in (1, 2):
        plan = PlannedReturn(today(), GoesWith.ALONE)
        agree_way_back(by=looking.liaison, client=looking.people[number], plan=plan)
    looking.place.list_of(today(), "PPPP")
    looking.place.claim(1, StepKind.RE_INDUCTED, today())
    back = returns_at(looking.peer, looking.place.site, today(), set())
    assert [(one.client_id, one.started_again) for one in back] == [(looking.people[1].pk, True)]


def test_a_way_back_whose_day_has_passed_puts_them_back_where_they_were(looking: Looking) -> None:
    plan = PlannedReturn(today() + timedelta(days=2), GoesWith.ALONE)
    agreed = agree_way_back(by=looking.liaison, client=looking.people[2], plan=plan)
    assert looking.entry_of(2).group == Group.ON_THE_WAY
    end_way_back(by=looking.liaison, way_back=agreed, how=HowEnded.NOT_COME, on=today())
    assert looking.entry_of(2).group == Group.MISSING


def test_of_whom_it_is_known_where_they_are_nobody_looks_any_further(looking: Looking) -> None:
    found = Try(HowTried.VISIT, Result.OTHER_INFORMANT, today(), Outcome.IMPRISONED)
    record_attempt(by=looking.liaison, client=looking.people[2], attempt=found)
    assert looking.entry_of(2).group == Group.ANSWERED
    met = Try(HowTried.VISIT, Result.REACHED, today(), Outcome.FOUND)
    record_attempt(by=looking.liaison, client=looking.people[2], attempt=met)
    assert looking.entry_of(2).group == Group.MISSING


def test_a_claim_on_the_journey_explains_an_absence_too(looking: Looking) -> None:
    looking.place.claim(2, StepKind.IMPRISONED, days_ago(1))
    assert looking.entry_of(2).group == Group.ELSEWHERE
    assert numbers(looking) == [1, 0, 2]


def test_what_is_recorded_under_either_card_of_one_person_is_theirs(looking: Looking) -> None:
    looking.gives(1)
    aside, standing = looking.people[1], looking.people[2]
    merge_clients(by=looking.liaison, client=aside, into=standing)
    one = looking.entry_of(2)
    assert one.worker_id == looking.peer_staff.pk
    assert numbers(looking, looking.peer) == [2]


def test_the_list_of_a_past_day_knows_no_way_back_agreed_later(looking: Looking) -> None:
    plan = PlannedReturn(today() + timedelta(days=1), GoesWith.ALONE)
    agreed = agree_way_back(by=looking.liaison, client=looking.people[2], plan=plan)
    assert way_back_on(looking, today()) == (Group.ON_THE_WAY, agreed)
    assert way_back_on(looking, days_ago(1)) == (Group.MISSING, None)
    WayBack.objects.update(recorded_at=timezone.now() - timedelta(days=3))
    end_way_back(by=looking.liaison, way_back=agreed, how=HowEnded.NOT_COME, on=today())
    assert way_back_on(looking, days_ago(1)) == (Group.ON_THE_WAY, agreed)
    assert way_back_on(looking, today()) == (Group.MISSING, agreed)


def way_back_on(looking: Looking, on: date) -> tuple[Group, WayBack | None]:
    entries = entries_at(looking.liaison, looking.place.site, on)
    found = next(one for one in entries if one.client_id == looking.people[2].pk)
    return found.group, found.way_back
