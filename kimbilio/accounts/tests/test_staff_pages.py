"""The staff page."""

import re

import pytest
from django.test import Client as Browser

from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from tests.programme import PASSWORD, sign_in_as, staff_with

NEW = "maji safi nyumba kubwa"


@pytest.fixture
def manager(sign_in):
    return sign_in(Role.PROGRAMME_MANAGER)


@pytest.fixture
def staff(programme):
    return staff_with(Role.DESK_OFFICER, programme.site, "w.kamau")


def added(browser, **changed):
    typed = {
        "display_name": "Halima",
        "username": "halima",
        "role": "counsellor",
        "site": "Karuri",
        **changed,
    }
    return browser.post("/staff/add", typed)


def test_the_list_shows_ones_own_staff_with_their_roles_and_nobody_elses(manager, staff, programme):
    staff_with(Role.DESK_OFFICER, programme.other_site, "at.thika")
    staff_with(Role.DESK_OFFICER, programme.site_elsewhere, "at.malindi")
    page = manager.get("/staff").content.decode()
    assert "w.kamau" in page
    assert "Desk officer, Karuri" in page
    assert "at.thika" not in page
    assert "at.malindi" not in page


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(
    manager, programme, django_assert_max_num_queries
):
    manager.get("/staff")
    for number in range(20):
        staff_with(Role.ME_OFFICER, programme.site, f"many{number}")
    with django_assert_max_num_queries(10):
        manager.get("/staff")


def test_somebody_added_gets_a_code_shown_once_with_which_they_choose_their_password(manager):
    response = added(manager)
    code = re.search(r'class="secret">([0-9A-Z-]{19})<', response.content.decode()).group(1)
    assert code not in manager.get("/staff/halima").content.decode()
    Browser().post("/reset", {"username": "halima", "code": code, "password1": NEW, "password2": NEW})
    assert Browser().post("/sign-in", {"login": "halima", "password": NEW}).status_code == 302


def test_a_name_that_is_taken_is_said_beside_its_field(manager, staff):
    response = added(manager, username="w.kamau")
    assert response.context["form"].errors["username"] == ["This sign-in name is taken."]


def test_a_manager_is_offered_neither_other_sites_nor_the_role_of_administrator(manager):
    form = manager.get("/staff/add").context["form"]
    assert [value for value, _label in form.fields["site"].choices] == ["Karuri"]
    assert "administrator" not in dict(form.fields["role"].choices)
    assert added(manager, role="administrator").status_code == 200
    assert added(manager, site="Thika").status_code == 200
    assert not Staff.objects.filter(username="halima").exists()


def test_roles_are_given_and_ended_on_the_page(manager, staff, programme):
    manager.post("/staff/w.kamau/role", {"role": "paralegal", "site": "Karuri"})
    assert actor_for(staff).roles[programme.site.pk] == {Role.DESK_OFFICER, Role.PARALEGAL}
    manager.post("/staff/w.kamau/role/end", {"role": "desk_officer", "site": "Karuri"})
    assert actor_for(staff).roles[programme.site.pk] == {Role.PARALEGAL}
    assert (
        manager.post("/staff/w.kamau/role/end", {"role": "desk_officer", "site": "Karuri"}).status_code == 404
    )


def test_a_role_held_already_is_said_beside_its_field(manager, staff):
    response = manager.post("/staff/w.kamau/role", {"role": "desk_officer", "site": "Karuri"})
    assert "already" in response.context["role_form"].errors["role"][0]


def test_disabling_is_at_once_and_can_be_undone(manager, staff):
    browser = Browser()
    browser.post("/sign-in", {"login": "w.kamau", "password": PASSWORD})
    assert manager.post("/staff/w.kamau/disable", follow=True).status_code == 200
    assert browser.get("/account").status_code == 302
    manager.post("/staff/w.kamau/enable")
    assert Browser().post("/sign-in", {"login": "w.kamau", "password": PASSWORD}).status_code == 302


def test_who_is_locked_out_is_shown_and_unlocked_with_one_button(manager, staff):
    for _ in range(5):
        Browser().post("/sign-in", {"login": "w.kamau", "password": "a wrong password indeed"})
    assert "/staff/w.kamau/unlock" in manager.get("/staff/w.kamau").content.decode()
    manager.post("/staff/w.kamau/unlock")
    assert "/staff/w.kamau/unlock" not in manager.get("/staff/w.kamau").content.decode()
    assert Browser().post("/sign-in", {"login": "w.kamau", "password": PASSWORD}).status_code == 302


def test_a_second_step_is_taken_off_on_the_page(manager, programme):
    other = staff_with(Role.ME_OFFICER, programme.site, "barasa")
    sign_in_as(Browser(), other)
    assert "/staff/barasa/second-step" in manager.get("/staff/barasa").content.decode()
    manager.post("/staff/barasa/second-step")
    assert "/staff/barasa/second-step" not in manager.get("/staff/barasa").content.decode()


@pytest.mark.parametrize(
    "what", ["", "/code", "/disable", "/enable", "/unlock", "/second-step", "/role", "/role/end"]
)
def test_staff_of_other_sites_and_organisations_are_not_here(manager, programme, what):
    for site, username in ((programme.other_site, "at.thika"), (programme.site_elsewhere, "at.malindi")):
        staff_with(Role.DESK_OFFICER, site, username)
        ask = manager.post if what else manager.get
        assert ask(f"/staff/{username}{what}", {"role": "paralegal", "site": "Karuri"}).status_code == 404


def test_those_who_do_not_manage_staff_are_refused(sign_in, staff):
    desk = sign_in(Role.DESK_OFFICER)
    assert desk.get("/staff").status_code == 403
    assert desk.post("/staff/w.kamau/disable").status_code == 403


def test_ones_own_page_offers_no_button_against_oneself(manager):
    page = manager.get(f"/staff/{manager.staff.username}").content.decode()
    for what in ("disable", "role/end", "second-step"):
        assert f"/{what}" not in page


def test_what_a_manager_may_not_do_is_explained_and_not_offered(manager, programme):
    staff_with(Role.ADMINISTRATOR, programme.site, "root.keeper")
    page = manager.get("/staff/root.keeper").content.decode()
    assert "Only an administrator" in page
    for what in ("code", "disable", "unlock", "role/end", "second-step"):
        assert f"/staff/root.keeper/{what}" not in page
