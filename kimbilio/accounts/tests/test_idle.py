"""The lock that falls when nobody is there, and what comes back after it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts.models import Staff
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from tests.programme import PASSWORD, staff_with

CANARY = "Mwangi kanari-mwitu"
TEN_MINUTES = timedelta(minutes=10, seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def desk(programme, clock):
    """A desk officer who signed in a moment ago."""
    return signed_in(Browser(), staff_with(Role.DESK_OFFICER, programme.site, "wanja"))


def signed_in(browser, staff):
    browser.post("/sign-in", {"login": staff.username, "password": PASSWORD})
    browser.staff = staff
    return browser


def kept_in(response):
    found = re.search(r'name="kept-form" value="([^"]+)"', response.content.decode())
    return found.group(1) if found else ""


def unlock(browser, path, kept="", password=PASSWORD):
    return browser.post(path, {"unlock-password": password, "kept-form": kept})


def name_of(browser):
    return Staff.objects.get(pk=browser.staff.pk).display_name


def test_a_page_is_open_while_somebody_works(desk, clock):
    for _ in range(5):
        clock.shift(timedelta(minutes=9))
        assert desk.get("/account").status_code == 200


def test_after_ten_minutes_a_page_asks_for_the_password_at_its_own_address(desk, clock):
    clock.shift(TEN_MINUTES)
    response = desk.get("/account")
    assert response.status_code == 423
    assert 'name="unlock-password"' in response.content.decode()
    assert "Your last sign-ins" not in response.content.decode()


def test_whoever_works_without_a_pause_is_asked_for_the_password_after_twelve_hours(desk, clock):
    for _ in range(12 * 60 // 9 - 1):
        clock.shift(timedelta(minutes=9))
        assert desk.get("/account").status_code == 200
    clock.shift(timedelta(minutes=9))
    assert desk.get("/account").status_code == 423
    unlock(desk, "/account")
    clock.shift(timedelta(minutes=9))
    assert desk.get("/account").status_code == 200


def test_a_locked_page_shows_no_menu_to_whoever_stands_at_it(desk, clock):
    clock.shift(TEN_MINUTES)
    page = desk.get("/account").content.decode()
    assert 'class="menu"' not in page
    assert "data-idle-seconds" not in page


def test_the_right_password_leads_back_to_the_same_page(desk, clock):
    clock.shift(TEN_MINUTES)
    desk.get("/account?part=2")
    response = unlock(desk, "/account?part=2")
    assert (response.status_code, response["Location"]) == (302, "/account?part=2")
    assert desk.get("/account").status_code == 200


def test_after_unlocking_the_old_key_opens_nothing(desk, clock):
    other = Browser()
    other.cookies["sessionid"] = desk.cookies["sessionid"].value
    clock.shift(TEN_MINUTES)
    unlock(desk, "/account")
    assert desk.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_what_was_being_saved_when_the_lock_fell_is_saved_after_unlocking(desk, clock):
    clock.shift(TEN_MINUTES)
    locked = desk.post("/account", {"display_name": CANARY})
    assert locked.status_code == 423
    assert name_of(desk) != CANARY
    assert unlock(desk, "/account", kept_in(locked)).status_code == 302
    assert name_of(desk) == CANARY


def test_what_the_clock_kept_is_shown_again_and_not_saved(desk):
    locked = desk.post("/account", {"display_name": CANARY, "keep-for-later": "1"})
    assert locked.status_code == 423
    shown = unlock(desk, "/account", kept_in(locked))
    assert shown.status_code == 200
    assert CANARY in shown.content.decode()
    assert name_of(desk) != CANARY


def test_what_is_kept_can_be_read_neither_in_the_page_nor_in_what_is_stored(desk, clock):
    clock.shift(TEN_MINUTES)
    locked = desk.post("/account", {"display_name": CANARY})
    assert CANARY not in locked.content.decode()
    stored = [str(session.get_decoded()) for session in Session.objects.all()]
    stored += [str(vars(event)) for event in AuditEvent.objects.all()]
    assert not [text for text in stored if CANARY in text]


def test_a_wrong_password_keeps_the_page_locked_and_the_form_kept(desk, clock):
    clock.shift(TEN_MINUTES)
    kept = kept_in(desk.post("/account", {"display_name": CANARY}))
    response = unlock(desk, "/account", kept, password="not the password at all")
    assert response.status_code == 423
    assert kept_in(response) == kept
    assert "is not right" in response.content.decode()
    unlock(desk, "/account", kept_in(response))
    assert name_of(desk) == CANARY


def test_five_wrong_passwords_close_the_lock_for_a_while(desk, clock):
    clock.shift(TEN_MINUTES)
    for _ in range(5):
        unlock(desk, "/account", password="not the password at all")
    response = unlock(desk, "/account")
    assert response.status_code == 423
    assert "Too many tries" in response.content.decode()


def test_locking_unlocking_and_a_wrong_password_are_written_down_once_each(desk, clock):
    clock.shift(TEN_MINUTES)
    desk.get("/account")
    desk.get("/account")
    unlock(desk, "/account", password="not the password at all")
    unlock(desk, "/account")
    events = list(AuditEvent.objects.order_by("seq").values_list("event", "actor_id"))
    assert [event for event, _who in events] == [
        "sign_in",
        "account.locked",
        "sign_in_refused",
        "account.unlocked",
    ]
    assert {who for _event, who in events} == {desk.staff.pk}


def test_a_form_kept_for_one_person_opens_for_nobody_else(desk, clock, programme):
    other = signed_in(Browser(), staff_with(Role.DESK_OFFICER, programme.site, "otieno"))
    clock.shift(TEN_MINUTES)
    kept = kept_in(desk.post("/account", {"display_name": CANARY}))
    response = unlock(other, "/account", kept)
    assert response.status_code == 302
    assert name_of(other) != CANARY
    assert "could not be brought back" in other.get("/account").content.decode()


def test_a_kept_form_opens_in_no_other_sign_in_and_at_no_other_address(desk, clock):
    clock.shift(TEN_MINUTES)
    kept = kept_in(desk.post("/account", {"display_name": CANARY}))
    assert unlock(desk, "/account/password", kept)["Location"] == "/account/password"
    again = signed_in(Browser(), desk.staff)
    clock.shift(TEN_MINUTES)
    unlock(again, "/account", kept)
    assert name_of(desk) != CANARY


def test_the_page_for_the_idle_lock_locks_at_once_and_leads_to_the_first_page_afterwards(desk):
    assert desk.get("/locked").status_code == 423
    assert desk.get("/account").status_code == 423
    assert unlock(desk, "/locked")["Location"] == "/"
    assert desk.get("/account").status_code == 200


def test_a_page_unlocked_in_another_window_takes_the_kept_form_as_well(desk):
    kept = kept_in(desk.post("/account", {"display_name": CANARY, "keep-for-later": "1"}))
    unlock(desk, "/account")
    assert CANARY in unlock(desk, "/account", kept, password="").content.decode()


def test_a_live_search_in_a_locked_page_makes_the_whole_page_load_again(desk, clock):
    clock.shift(TEN_MINUTES)
    response = desk.get("/account", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Trigger"]) == (204, "kimbilio:lock")


def test_a_page_that_takes_no_form_is_unlocked_at_its_own_address_too(desk, clock):
    clock.shift(TEN_MINUTES)
    assert desk.get("/account/recovery-codes").status_code == 423
    assert unlock(desk, "/account/recovery-codes")["Location"] == "/account/recovery-codes"


def test_somebody_else_can_sign_out_a_locked_page(desk, clock):
    clock.shift(TEN_MINUTES)
    assert desk.post("/sign-out").status_code == 302
    assert desk.get("/account")["Location"].startswith("/sign-in")


def test_unlocking_without_the_cross_site_token_is_refused(programme, clock):
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(staff_with(Role.DESK_OFFICER, programme.site))
    strict.get("/locked")
    assert unlock(strict, "/account").status_code == 403
    assert strict.get("/account").status_code == 423


def test_the_stored_sign_in_is_not_written_at_every_page(desk, clock):
    clock.shift(timedelta(seconds=29))
    before = desk.session["seen_at"]
    desk.get("/account")
    assert desk.session["seen_at"] == before
    clock.shift(timedelta(seconds=2))
    desk.get("/account")
    assert desk.session["seen_at"] == before + 31
