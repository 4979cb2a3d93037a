"""Whose record belongs to whose work, role by role."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.caseload.queries import is_in_caseload
from kimbilio.caseload.rules import BONDS_OF_ROLE
from kimbilio.followup.actions import Try, assign, record_attempt
from kimbilio.followup.choices import HowTried, Result
from kimbilio.followup.queries import workers_at
from kimbilio.mat.actions import Claim, record_step, void_step
from kimbilio.mat.choices import StepKind
from kimbilio.people.actions import merge_clients
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind
from kimbilio.visits.actions import NewVisit, record_visit
from tests.programme import actor_with, person, staff_with

FIELD = [Role.PEER_EDUCATOR, Role.OUTREACH_WORKER]


@pytest.fixture
def somebody(programme):
    return person(actor_with(Role.DESK_OFFICER, programme.site), programme.site)


def visit(by: Actor, client, days_ago: int = 0):
    on = timezone.localdate() - timedelta(days=days_ago)
    return record_visit(by=by, client=client, at_site=client.site, visit=NewVisit(client.pk, on))


def test_every_role_that_opens_people_says_whom_it_works_for():
    opens = {role.value for role in Role if Permission.OPEN_PERSON in WHAT_ROLES_MAY[role]}
    assert set(BONDS_OF_ROLE) == opens


@pytest.mark.parametrize("role", [role for role in Role if role.value in BONDS_OF_ROLE])
def test_only_the_desk_works_for_everybody(actor, somebody, role):
    assert is_in_caseload(actor(role), somebody) == (role == Role.DESK_OFFICER)


@pytest.mark.parametrize("role", [*FIELD, Role.COUNSELLOR, Role.PARALEGAL])
def test_whom_one_met_is_ones_own_for_ninety_days(actor, somebody, role):
    by = actor(role)
    visit(by, somebody, days_ago=91)
    assert not is_in_caseload(by, somebody)
    visit(by, somebody, days_ago=90)
    assert is_in_caseload(by, somebody)


@pytest.mark.parametrize("role", FIELD)
def test_whom_one_looks_for_is_ones_own(programme, somebody, role):
    staff = staff_with(role, programme.site)
    worker = next(one for one in workers_at(programme.site) if one.id == staff.pk)
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    assign(by=manager, client=somebody, worker=worker)
    assert is_in_caseload(actor_for(staff), somebody)
    assert not is_in_caseload(actor_with(role, programme.site), somebody)
    assign(by=manager, client=somebody, worker=None)
    assert not is_in_caseload(actor_for(staff), somebody)


def test_an_attempt_ties_who_made_it(actor, somebody):
    by = actor(Role.COUNSELLOR)
    tried = Try(HowTried.PHONE, Result.NOT_REACHED, timezone.localdate())
    record_attempt(by=by, client=somebody, attempt=tried)
    assert is_in_caseload(by, somebody)
    assert not is_in_caseload(actor(Role.COUNSELLOR), somebody)


def test_a_counsellor_has_who_came_to_their_session_however_long_ago(actor, programme, somebody):
    by, on = actor(Role.COUNSELLOR), timezone.localdate() - timedelta(days=400)
    record_session(by=by, site=programme.site, kind=SessionKind.FAMILY, occurred_on=on, people=[somebody])
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert is_in_caseload(by, somebody)
        assert not is_in_caseload(actor(Role.COUNSELLOR), somebody)


def test_a_counsellor_has_who_is_at_the_site_today_and_not_who_was_yesterday(actor, somebody):
    desk = actor(Role.DESK_OFFICER)
    visit(desk, somebody, days_ago=1)
    assert not is_in_caseload(actor(Role.COUNSELLOR), somebody)
    visit(desk, somebody)
    assert is_in_caseload(actor(Role.COUNSELLOR), somebody)
    assert not is_in_caseload(actor(Role.PARALEGAL), somebody)


def test_the_liaison_has_who_has_a_step_on_mat_and_who_is_looked_for(actor, programme, somebody):
    liaison, manager = actor(Role.MAT_LIAISON), actor(Role.PROGRAMME_MANAGER)
    claim = Claim(StepKind.INDUCTED, timezone.localdate())
    step = record_step(by=manager, client=somebody, claim=claim)
    assert is_in_caseload(liaison, somebody)
    void_step(by=manager, step=step)
    assert not is_in_caseload(liaison, somebody)
    staff_with(Role.PEER_EDUCATOR, programme.site)
    assign(by=manager, client=somebody, worker=workers_at(programme.site)[0])
    assert is_in_caseload(liaison, somebody)


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, *FIELD, Role.PARALEGAL, Role.COUNSELLOR])
def test_whoever_registered_a_person_just_now_works_for_them(actor, programme, role):
    by = actor(role)
    mine = person(by, programme.site)
    assert is_in_caseload(by, mine)
    assert not is_in_caseload(actor(role), mine)


def test_roles_at_one_site_add_up_and_roles_elsewhere_do_not(programme, somebody):
    staff = staff_with(Role.PROGRAMME_MANAGER, programme.site)
    given = {"organisation": programme.organisation, "staff": staff}
    SiteRole.objects.create(site=programme.other_site, role=Role.DESK_OFFICER, **given)
    assert not is_in_caseload(actor_for(staff), somebody)
    SiteRole.objects.create(site=programme.site, role=Role.DESK_OFFICER, **given)
    assert is_in_caseload(actor_for(staff), somebody)


def test_a_person_with_two_cards_is_one(actor, programme, somebody):
    by, desk = actor(Role.PARALEGAL), actor(Role.DESK_OFFICER)
    second = person(desk, programme.site, first="Otieno", last="Odhiambo")
    visit(by, second)
    assert not is_in_caseload(by, somebody)
    merge_clients(by=desk, client=second, into=somebody)
    somebody.joined_ids = None
    assert is_in_caseload(by, somebody)


def test_whom_a_counsellor_writes_into_a_session_today_is_theirs_only_if_seen_that_day(actor, programme):
    by, desk, today = actor(Role.COUNSELLOR), actor(Role.DESK_OFFICER), timezone.localdate()
    typed, seen = person(desk, programme.site), person(desk, programme.site, first="Otieno", last="Odhiambo")
    on = today - timedelta(days=1)
    visit(desk, seen, days_ago=1)
    record_session(by=by, site=programme.site, kind=SessionKind.FAMILY, occurred_on=on, people=[typed, seen])
    assert [is_in_caseload(by, one) for one in (typed, seen)] == [False, True]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert is_in_caseload(by, typed)


def test_whom_a_colleague_wrote_into_ones_session_is_ones_own(actor, programme, somebody):
    by, colleague = actor(Role.COUNSELLOR), actor(Role.COUNSELLOR)
    on = timezone.localdate()
    session = record_session(
        by=by, site=programme.site, kind=SessionKind.FAMILY, occurred_on=on, people=[somebody]
    )
    assert not is_in_caseload(by, somebody)
    session.attendances.update(recorded_by=colleague.staff_id)
    assert is_in_caseload(by, somebody)
