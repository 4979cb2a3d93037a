"""One's own sign-in page, the choice of language and of site."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts.models import SiteRole, Staff
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from tests.programme import PASSWORD, staff_with

NEW = "maji safi nyumba kubwa"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def staff(programme):
    return staff_with(Role.DESK_OFFICER, programme.site, "w.kamau")


def signed_in(staff, user_agent=WINDOWS):
    browser = Browser(headers={"user-agent": user_agent})
    browser.post("/sign-in", {"login": staff.username, "password": PASSWORD})
    return browser


def test_the_name_that_colleagues_see_is_changed_and_written_down(staff):
    signed_in(staff).post("/account", {"display_name": "Wanjiru"})
    assert Staff.objects.get(pk=staff.pk).display_name == "Wanjiru"
    assert AuditEvent.objects.filter(event="staff.renamed", record_id=staff.pk).count() == 1


def test_open_sign_ins_are_listed_by_browser_and_each_other_one_can_be_ended(staff):
    here, phone = signed_in(staff), signed_in(staff, PHONE)
    listed = here.get("/account").context["open_sign_ins"]
    assert [(entry["from"], entry["current"]) for entry in listed] == [
        ("Chrome, Android", False),
        ("Firefox, Windows", True),
    ]
    here.post(listed[0]["end_url"])
    assert phone.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_sign_in_of_another(staff, programme):
    other = staff_with(Role.DESK_OFFICER, programme.site, "otieno")
    theirs = signed_in(other)
    first, second = signed_in(other), signed_in(staff)
    url = next(
        entry["end_url"] for entry in first.get("/account").context["open_sign_ins"] if entry["end_url"]
    )
    assert second.post(url).status_code == 404
    assert theirs.get("/account").status_code == 200


def test_all_other_sign_ins_are_ended_with_one_button(staff):
    here, there = signed_in(staff), signed_in(staff, PHONE)
    here.post("/account/sign-ins/end-others")
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_ending_sign_ins_asks_for_the_password_when_it_was_typed_long_ago(staff):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        here, there = signed_in(staff), signed_in(staff, PHONE)
        clock.shift(timedelta(minutes=6))
        one = next(
            entry["end_url"] for entry in here.get("/account").context["open_sign_ins"] if entry["end_url"]
        )
        for url in (one, "/account/sign-ins/end-others"):
            assert here.post(url)["Location"] == "/account/again?next=%2Faccount"
        assert there.get("/account").status_code == 200
        here.post("/account/again?next=%2Faccount", {"password": PASSWORD})
        here.post(one)
        assert there.get("/account").status_code == 302


def test_a_sign_in_goes_on_under_a_new_key_once_the_password_was_typed_again(staff):
    here = signed_in(staff)
    there = Browser(headers={"user-agent": WINDOWS})
    there.cookies["sessionid"] = old = here.cookies["sessionid"].value
    here.post("/account/again?next=%2Faccount", {"password": PASSWORD})
    assert here.cookies["sessionid"].value != old
    assert there.get("/account").status_code == 302
    listed = here.get("/account").context["open_sign_ins"]
    assert [entry["current"] for entry in listed] == [True]


def test_the_last_sign_ins_and_refusals_are_listed(staff):
    Browser().post("/sign-in", {"login": "w.kamau", "password": "a wrong password indeed"})
    history = signed_in(staff).get("/account").context["history"]
    assert [(entry["what"], entry["failed"]) for entry in history] == [
        ("Signed in", False),
        ("Not let in", True),
    ]


def test_a_new_password_needs_the_old_one_keeps_this_sign_in_and_ends_the_others(staff):
    here, there = signed_in(staff), signed_in(staff, PHONE)
    wrong = here.post("/account/password", {"password": "not it", "password1": NEW, "password2": NEW})
    assert "password" in wrong.context["form"].errors
    here.post("/account/password", {"password": PASSWORD, "password1": NEW, "password2": NEW})
    assert here.get("/account").status_code == 200
    assert [entry["current"] for entry in here.get("/account").context["open_sign_ins"]] == [True]
    assert there.get("/account").status_code == 302
    event = AuditEvent.objects.get(event="password.set")
    assert (event.actor_id, event.detail) == (staff.pk, {"by": "password"})


def test_a_weak_new_password_is_refused(staff):
    answer = signed_in(staff).post(
        "/account/password",
        {"password": PASSWORD, "password1": "passwordpassword", "password2": "passwordpassword"},
    )
    assert "password1" in answer.context["form"].errors


def test_a_language_is_chosen_before_signing_in_and_leads_back(client, programme):
    response = client.post("/language", {"language": "sw", "next": "/reset"})
    assert response["Location"] == "/reset"
    assert client.get("/reset")["Content-Language"] == "sw"


def test_a_language_chosen_while_signed_in_comes_along_to_another_computer(staff):
    signed_in(staff).post("/language", {"language": "sw", "next": "/account"})
    other = signed_in(staff, PHONE)
    assert other.get("/account")["Content-Language"] == "sw"


def test_without_a_choice_the_browsers_language_counts(client, programme):
    assert client.get("/sign-in", headers={"accept-language": "sw"})["Content-Language"] == "sw"
    assert client.get("/sign-in", headers={"accept-language": "de"})["Content-Language"] == "en"


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example/x", "/staff/w.kamau/code", "x", ""]
)
def test_choosing_a_language_leads_only_to_a_page_of_ours(client, programme, where):
    assert client.post("/language", {"language": "sw", "next": where})["Location"] == "/"


def test_a_language_we_do_not_have_is_not_here(client, programme):
    assert client.post("/language", {"language": "fr", "next": "/"}).status_code == 404


def test_one_works_at_another_of_ones_sites_after_choosing_it_and_at_no_other(staff, programme):
    SiteRole.objects.create(
        organisation=programme.organisation, staff=staff, site=programme.other_site, role=Role.DESK_OFFICER
    )
    browser = signed_in(staff)
    assert browser.get("/account").wsgi_request.site == programme.site
    browser.post("/site", {"site": "Thika", "next": "/account"})
    assert browser.get("/account").wsgi_request.site == programme.other_site
    assert browser.post("/site", {"site": "Malindi"}).status_code == 404


def test_ones_own_page_takes_few_queries(staff, django_assert_max_num_queries):
    browser = signed_in(staff)
    with django_assert_max_num_queries(12):
        browser.get("/account")
