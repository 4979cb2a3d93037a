"""What those who manage staff can do: allowed, refused, audited, whole."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from kimbilio.accounts import actions
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import SiteRole, Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from tests.programme import PASSWORD, sign_in_as, staff_with

MANAGERS = [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR]
OTHERS = [role for role in Role if Permission.MANAGE_STAFF not in WHAT_ROLES_MAY[role]]
ON_A_PERSON = [
    actions.disable_staff,
    actions.unlock_staff,
    actions.clear_second_factor,
    actions.give_one_time_code,
]


def add(by, site, role=Role.DESK_OFFICER, username="w.kamau", **more):
    return actions.add_staff(
        by=by, site=site, username=username, display_name="Wanjiru Kamau", role=role, **more
    )


def last_event():
    return AuditEvent.objects.order_by("seq").last()


@pytest.mark.parametrize("role", MANAGERS)
def test_a_manager_adds_somebody_with_one_role_and_no_password(programme, actor, role):
    by = actor(role)
    staff = add(by, programme.site)
    assert not staff.has_usable_password()
    assert actor_for(staff).roles == {programme.site.pk: {Role.DESK_OFFICER}}
    event = last_event()
    assert (event.event, event.actor_id, event.record_id) == ("staff.added", by.staff_id, staff.pk)
    assert (event.site_id, event.detail) == (programme.site.pk, {"role": "desk_officer"})


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_adds_staff(programme, actor, role):
    with pytest.raises(Refused):
        add(actor(role), programme.site)


def test_the_keeper_of_the_passphrase_adds_staff_with_a_password(programme):
    staff = add(
        Actor.keeper(programme.organisation.pk), programme.site, Role.ADMINISTRATOR, password=PASSWORD
    )
    assert staff.check_password(PASSWORD)
    assert last_event().actor_id is None


def test_a_weak_password_adds_nobody_and_writes_nothing_down(programme, actor):
    by = actor(Role.PROGRAMME_MANAGER)
    with pytest.raises(Refused):
        add(by, programme.site, password="passwordpassword")
    assert not Staff.objects.filter(username="w.kamau").exists()
    assert not AuditEvent.objects.filter(event="staff.added").exists()


@pytest.mark.parametrize("username", ["W.Kamau", " w.kamau "])
def test_a_sign_in_name_that_is_taken_is_refused_in_any_case(programme, actor, username):
    by = actor(Role.PROGRAMME_MANAGER)
    add(by, programme.site)
    with pytest.raises(Refused, match="taken"):
        add(by, programme.site, username=username)


@pytest.mark.parametrize("username", ["add", "two words", "../x", "", "ũ", "a" * 61])
def test_a_sign_in_name_that_makes_no_address_is_refused(programme, actor, username):
    with pytest.raises(Refused):
        add(actor(Role.PROGRAMME_MANAGER), programme.site, username=username)


def test_a_manager_gives_roles_at_their_own_sites_only(programme, actor):
    by = actor(Role.PROGRAMME_MANAGER)
    staff = staff_with(Role.DESK_OFFICER, programme.site)
    held = actions.give_role(by=by, site=programme.site, staff=staff, role=Role.COUNSELLOR)
    assert last_event().detail == {"role": "counsellor", "staff": str(staff.pk)}
    assert last_event().record_id == held.pk
    for site in (programme.other_site, programme.site_elsewhere):
        with pytest.raises(NotHere):
            actions.give_role(by=by, site=site, staff=staff, role=Role.COUNSELLOR)


def test_only_an_administrator_makes_or_unmakes_an_administrator(programme, actor):
    staff = staff_with(Role.ADMINISTRATOR, programme.site)
    manager, administrator = actor(Role.PROGRAMME_MANAGER), actor(Role.ADMINISTRATOR)
    held = SiteRole.objects.get(staff=staff)
    with pytest.raises(Refused):
        add(manager, programme.site, Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        actions.end_role(by=manager, held=held)
    assert actions.end_role(by=administrator, held=held).ended_at
    assert not actor_for(staff).roles


def test_a_role_is_held_once_and_may_be_given_again_after_it_ended(programme, actor):
    by, staff = actor(Role.PROGRAMME_MANAGER), staff_with(Role.DESK_OFFICER, programme.site)
    with pytest.raises(Refused, match="already"):
        actions.give_role(by=by, site=programme.site, staff=staff, role=Role.DESK_OFFICER)
    actions.end_role(by=by, held=SiteRole.objects.get(staff=staff))
    actions.give_role(by=by, site=programme.site, staff=staff, role=Role.DESK_OFFICER)
    assert SiteRole.objects.filter(staff=staff).count() == 2


@pytest.mark.parametrize("do", ON_A_PERSON)
def test_a_manager_cannot_reach_an_administrator(programme, actor, do):
    staff = staff_with(Role.ADMINISTRATOR, programme.site)
    with pytest.raises(Refused, match="administrator"):
        do(by=actor(Role.PROGRAMME_MANAGER), staff=staff)
    do(by=actor(Role.ADMINISTRATOR), staff=staff)


@pytest.mark.parametrize("do", ON_A_PERSON)
def test_staff_of_another_organisation_or_of_other_sites_alone_are_not_here(programme, actor, do):
    by = actor(Role.PROGRAMME_MANAGER)
    for site in (programme.other_site, programme.site_elsewhere):
        with pytest.raises(NotHere):
            do(by=by, staff=staff_with(Role.DESK_OFFICER, site))


@pytest.mark.parametrize("do", ON_A_PERSON)
def test_whoever_also_works_where_one_does_not_manage_staff_is_left_to_others(programme, actor, do):
    staff = staff_with(Role.DESK_OFFICER, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation,
        staff=staff,
        site=programme.other_site,
        role=Role.PROGRAMME_MANAGER,
    )
    with pytest.raises(Refused, match="also work"):
        do(by=actor(Role.PROGRAMME_MANAGER), staff=staff)


@pytest.mark.parametrize("do", ON_A_PERSON)
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_does_any_of_it(programme, actor, do, role):
    with pytest.raises(Refused):
        do(by=actor(role), staff=staff_with(Role.DESK_OFFICER, programme.site))


@pytest.mark.parametrize(
    ("do", "event"),
    [
        (actions.disable_staff, "staff.disabled"),
        (actions.unlock_staff, "staff.unlocked"),
        (actions.clear_second_factor, "second_factor.cleared"),
        (actions.give_one_time_code, "staff.code_given"),
    ],
)
def test_each_is_written_down_with_who_did_it_and_to_whom(programme, actor, do, event):
    by, staff = actor(Role.PROGRAMME_MANAGER), staff_with(Role.DESK_OFFICER, programme.site)
    do(by=by, staff=staff)
    written = last_event()
    assert (written.event, written.actor_id, written.record_id) == (event, by.staff_id, staff.pk)


def test_disabling_ends_open_sign_ins_and_codes_and_enabling_brings_the_roles_back(programme, actor, client):
    by, staff = actor(Role.PROGRAMME_MANAGER), staff_with(Role.DESK_OFFICER, programme.site)
    client.post("/sign-in", {"login": staff.username, "password": PASSWORD})
    code = actions.give_one_time_code(by=by, staff=staff)
    actions.disable_staff(by=by, staff=staff)
    assert client.get("/account").status_code == 302
    actions.enable_staff(by=by, staff=staff)
    assert last_event().event == "staff.enabled"
    with pytest.raises(Refused):
        actions.set_password_with_code(username=staff.username, code=code, password="maji safi nyumba kubwa")
    assert client.post("/sign-in", {"login": staff.username, "password": PASSWORD}).status_code == 302


def test_taking_off_a_second_step_signs_its_owner_out(programme, actor):
    staff = staff_with(Role.ME_OFFICER, programme.site)
    browser = Browser()
    sign_in_as(browser, staff)
    actions.clear_second_factor(by=actor(Role.PROGRAMME_MANAGER), staff=staff)
    assert not Authenticator.objects.filter(user=staff).exists()
    assert browser.get("/account")["Location"] == "/account/second-step"


def test_nobody_disables_themselves_or_ends_their_own_roles(programme):
    staff = staff_with(Role.PROGRAMME_MANAGER, programme.site)
    by = actor_for(staff)
    with pytest.raises(Refused):
        actions.disable_staff(by=by, staff=staff)
    with pytest.raises(Refused):
        actions.end_role(by=by, held=SiteRole.objects.get(staff=staff))


def test_the_first_administrator_is_programme_manager_too_and_there_is_one_first(programme):
    first = {"organisation": programme.organisation, "site": programme.site, "password": PASSWORD}
    staff = actions.create_first_administrator(username="njoki", **first)
    assert actor_for(staff).roles == {programme.site.pk: {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}}
    with pytest.raises(Refused):
        actions.create_first_administrator(username="second", **first)


@pytest.mark.parametrize("do", ON_A_PERSON)
def test_the_keeper_of_the_passphrase_may_do_it_for_everybody_in_the_organisation_alone(programme, do):
    keeper = Actor.keeper(programme.organisation.pk)
    do(by=keeper, staff=staff_with(Role.ADMINISTRATOR, programme.other_site))
    with pytest.raises(NotHere):
        do(by=keeper, staff=staff_with(Role.DESK_OFFICER, programme.site_elsewhere))
