"""Signing in and out."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.urls import get_resolver, reverse
from django.utils import timezone

from kimbilio.accounts.actions import disable_staff, unlock_staff
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from tests.programme import PASSWORD, staff_with

CANARY = "kanari-mwitu-7731"


@pytest.fixture
def staff(programme):
    return staff_with(Role.DESK_OFFICER, programme.site, "w.kamau")


def sign_in_at(browser, username, password):
    return browser.post("/sign-in", {"login": username, "password": password})


def events(kind):
    return list(AuditEvent.objects.filter(event=kind))


def test_a_name_and_its_password_open_a_sign_in_and_are_written_down(client, staff):
    response = sign_in_at(client, "W.Kamau ", PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert [event.actor_id for event in events("sign_in")] == [staff.pk]


def test_a_wrong_password_is_refused_and_written_down_by_id_alone(client, staff):
    response = sign_in_at(client, staff.username, CANARY)
    assert "is not right" in response.content.decode()
    (event,) = events("sign_in_refused")
    assert event.record_id == staff.pk
    assert event.detail == {"by": "password"}


def test_an_unknown_name_is_refused_in_the_same_words_and_written_down_without_it(client, staff):
    known = sign_in_at(client, staff.username, CANARY).context["form"].non_field_errors()
    unknown = sign_in_at(client, CANARY, CANARY).context["form"].non_field_errors()
    assert known == unknown
    assert [event.record_id for event in events("sign_in_refused")] == [staff.pk, None]


def test_a_disabled_sign_in_is_refused_in_the_same_words_even_with_the_right_password(client, staff):
    wrong = sign_in_at(client, staff.username, CANARY).context["form"].non_field_errors()
    staff.is_active = False
    staff.save()
    assert sign_in_at(client, staff.username, PASSWORD).context["form"].non_field_errors() == wrong
    assert len(events("sign_in_refused")) == 2


def test_after_five_failures_even_the_right_password_is_refused_for_a_quarter_of_an_hour(client, staff):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            sign_in_at(client, staff.username, "a wrong password indeed")
        response = sign_in_at(client, staff.username, PASSWORD)
        assert "Too many tries" in response.content.decode()
        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in_at(client, staff.username, PASSWORD).status_code == 302


def test_the_host_name_under_which_one_tries_makes_no_difference_to_the_limit(staff):
    for number in range(5):
        browser = Browser(headers={"host": ("localhost", "127.0.0.1")[number % 2]})
        sign_in_at(browser, staff.username.upper(), "a wrong password indeed")
    assert "Too many tries" in sign_in_at(Browser(), staff.username, PASSWORD).content.decode()


def test_a_manager_unlocks_and_the_right_password_works_at_once(client, staff, actor):
    for _ in range(5):
        sign_in_at(client, staff.username, "a wrong password indeed")
    unlock_staff(by=actor(Role.PROGRAMME_MANAGER), staff=staff)
    assert sign_in_at(client, staff.username, PASSWORD).status_code == 302


def test_forty_quick_tries_from_one_computer_are_answered_with_a_page_of_ours(client, staff):
    answers = [sign_in_at(client, f"name{number}", CANARY) for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Kimbilio" in answers[-1].content.decode()


def test_an_address_that_the_browser_claims_makes_no_difference(staff):
    answers = [
        sign_in_at(Browser(headers={"x-forwarded-for": f"10.0.0.{number}"}), f"name{number}", CANARY)
        for number in range(31)
    ]
    assert answers[-1].status_code == 429


def test_the_session_gets_a_new_key_at_sign_in(client, staff):
    client.get("/sign-in")
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in_at(client, staff.username, PASSWORD)
    assert client.session.session_key != session.session_key


def test_signing_out_needs_a_post_ends_the_session_and_empties_the_browsers_store(client, staff):
    sign_in_at(client, staff.username, PASSWORD)
    assert client.get("/sign-out").status_code == 405
    response = client.post("/sign-out")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/account").status_code == 302
    assert len(events("sign_out")) == 1


def test_disabling_somebody_ends_the_sign_in_they_have_open(client, staff, actor):
    sign_in_at(client, staff.username, PASSWORD)
    disable_staff(by=actor(Role.PROGRAMME_MANAGER), staff=staff)
    response = client.get("/account")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in")


def test_somebody_without_a_role_sees_a_plain_page_and_can_sign_out(client, programme):
    nobody = staff_with(None, programme.site)
    sign_in_at(client, nobody.username, PASSWORD)
    response = client.get("/account")
    assert response.status_code == 403
    assert "no role here yet" in response.content.decode()
    assert client.post("/sign-out").status_code == 302


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_sign_in_leads_to_no_other_site(client, staff, where):
    response = client.post(
        f"/sign-in?next={where}", {"login": staff.username, "password": PASSWORD, "next": where}
    )
    assert response["Location"] == "/"


def test_nothing_typed_stays_in_sessions_counters_or_the_audit(client, staff):
    sign_in_at(client, CANARY, PASSWORD)
    sign_in_at(client, staff.username, CANARY)
    sign_in_at(client, staff.username, PASSWORD)
    client.post("/account/password", {"password": CANARY, "password1": CANARY, "password2": CANARY})
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    kept += [str(vars(event)) for event in AuditEvent.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM sign_in_limits")
        keys = [key for (key,) in cursor.fetchall()]
    assert keys
    kept += [*keys, *(str(cache.get(key.split(":", 2)[2])) for key in keys)]
    assert not [text for text in kept if CANARY in text or PASSWORD in text]


def test_every_page_forbids_keeping_it(client, staff):
    for page in ("/sign-in", "/reset", "/account", "/account/not-here/account_signup"):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_every_address_declares_who_may_enter():
    patterns = list(_leaves(get_resolver().url_patterns))
    assert [pattern.name for pattern in patterns if not hasattr(pattern.callback, "entry")] == []


def _leaves(patterns):
    for pattern in patterns:
        yield from _leaves(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


@pytest.mark.parametrize(
    "name", ["account_signup", "account_inactive", "account_email", "mfa_reauthenticate", "usersessions_list"]
)
def test_a_page_of_allauth_that_we_do_not_have_is_not_here(client, programme, name):
    assert client.get(reverse(name)).status_code == 404


def test_the_cross_site_check_stands_before_signing_in(staff):
    strict = Browser(enforce_csrf_checks=True)
    assert sign_in_at(strict, staff.username, PASSWORD).status_code == 403
