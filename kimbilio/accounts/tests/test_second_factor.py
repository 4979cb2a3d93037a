"""The second step at sign-in."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts import second_factor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.encryption import CannotUnseal
from tests.programme import PASSWORD, staff_with


def password_only(staff):
    browser = Browser()
    browser.post("/sign-in", {"login": staff.username, "password": PASSWORD})
    return browser


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def secret_on(browser):
    page = browser.get("/account/second-step").content.decode()
    return re.search(r'class="secret">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")


def set_up(browser):
    """Set the second step up as a person would, and return the secret and the recovery codes."""
    secret = secret_on(browser)
    codes = browser.post("/account/second-step", {"code": code_of(secret)}, follow=True).context[
        "unused_codes"
    ]
    return secret, codes


@pytest.fixture
def manager(programme):
    return staff_with(Role.PROGRAMME_MANAGER, programme.site, "njoki")


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ME_OFFICER, Role.ADMINISTRATOR])
def test_those_who_reach_much_are_led_to_set_it_up_before_anything_else(programme, role):
    browser = password_only(staff_with(role, programme.site))
    for page in ("/account", "/staff", "/account/password"):
        assert browser.get(page)["Location"] == "/account/second-step"


def test_others_are_not_asked(programme):
    assert password_only(staff_with(Role.DESK_OFFICER, programme.site)).get("/account").status_code == 200


def test_nobody_is_asked_in_a_demo_home(manager, settings):
    settings.DEMO = True
    assert password_only(manager).get("/staff").status_code == 200


def test_the_page_shows_a_picture_of_its_own_and_the_secret_in_fours(manager):
    page = password_only(manager).get("/account/second-step").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'href="otpauth://totp/' in page
    assert re.search(r'class="secret">([A-Z2-7]{4} ){7}[A-Z2-7]{4}<', page)


def test_the_first_code_turns_it_on_shows_ten_recovery_codes_once_and_is_written_down(manager):
    browser = password_only(manager)
    _secret, codes = set_up(browser)
    assert len(codes) == 10
    assert browser.get("/staff").status_code == 200
    again = browser.get("/account/recovery-codes")
    assert again.context["unused_codes"] == []
    assert not [code for code in codes if code in again.content.decode()]
    assert AuditEvent.objects.filter(event="second_factor.set", actor_id=manager.pk).count() == 1


def test_the_secret_stays_the_same_until_its_first_code_is_typed_and_is_another_on_another_phone(manager):
    browser = password_only(manager)
    scanned = secret_on(browser)
    browser.get("/staff", follow=True)
    assert secret_on(browser) == scanned
    browser.post("/account/second-step", {"code": code_of(scanned)})
    browser.post("/account/second-step/another-phone")
    assert secret_on(browser) != scanned


def test_a_wrong_first_code_turns_nothing_on(manager):
    browser = password_only(manager)
    browser.get("/account/second-step")
    assert browser.post("/account/second-step", {"code": "000000"}).status_code == 200
    assert not second_factor.is_set_up(manager)


def test_the_secret_is_readable_neither_in_the_table_nor_in_the_stored_sign_in(manager):
    browser = password_only(manager)
    secret = secret_on(browser)
    assert secret not in str(dict(browser.session))
    browser.post("/account/second-step", {"code": code_of(secret)})
    phone = Authenticator.objects.get(user=manager, type="totp")
    assert secret not in str(phone.data)
    assert second_factor.unseal_text(phone.data["secret"]) == secret


def test_a_secret_sealed_for_one_organisation_opens_for_no_other(programme):
    kept = second_factor.seal_text("SECRET", programme.organisation.pk)
    moved = kept.replace(programme.organisation.pk.hex, programme.other_organisation.pk.hex)
    with pytest.raises(CannotUnseal):
        second_factor.unseal_text(moved)


def test_the_next_sign_in_asks_for_the_code_and_a_wrong_one_is_written_down(manager):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        secret, _codes = set_up(password_only(manager))
        clock.shift(timedelta(minutes=2))
        browser = password_only(manager)
        assert browser.get("/staff")["Location"].startswith("/sign-in")
        assert "is not right" in browser.post("/second-step", {"code": "000000"}).content.decode()
        assert AuditEvent.objects.filter(event="sign_in_refused", detail={"by": "second step"}).count() == 1
        assert browser.post("/second-step", {"code": code_of(secret)})["Location"] == "/"
        assert browser.get("/staff").status_code == 200


def test_the_same_code_lets_nobody_in_twice_however_slow_the_second_is(manager, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    with time_machine.travel(timezone.now(), tick=False) as clock:
        secret, _codes = set_up(password_only(manager))
        clock.shift(timedelta(minutes=2))
        code = code_of(secret)
        assert password_only(manager).post("/second-step", {"code": code}).status_code == 302
        clock.shift(timedelta(seconds=31))
        assert password_only(manager).post("/second-step", {"code": code}).status_code == 200


def test_a_phone_half_a_minute_behind_is_let_in(manager, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    with time_machine.travel(timezone.now(), tick=False) as clock:
        secret, _codes = set_up(password_only(manager))
        code = code_of(secret)
        clock.shift(timedelta(seconds=30))
        assert password_only(manager).post("/second-step", {"code": code}).status_code == 302


def test_a_recovery_code_lets_in_once(manager):
    _secret, codes = set_up(password_only(manager))
    assert password_only(manager).post("/second-step", {"code": codes[0]}).status_code == 302
    assert password_only(manager).post("/second-step", {"code": codes[0]}).status_code == 200


def test_a_second_step_posted_without_a_code_is_asked_again(manager):
    set_up(password_only(manager))
    browser = password_only(manager)
    assert browser.post("/second-step", {"credential": "{}"}).status_code == 200


def test_new_recovery_codes_need_a_fresh_password_and_end_the_old_ones(manager):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = password_only(manager)
        _secret, old = set_up(browser)
        clock.shift(timedelta(minutes=6))
        asked = browser.post("/account/recovery-codes/new")
        assert asked["Location"] == "/account/again?next=%2Faccount%2Frecovery-codes"
        browser.post(asked["Location"], {"password": PASSWORD, "next": "/account/recovery-codes"})
        new = browser.post("/account/recovery-codes/new", follow=True).context["unused_codes"]
        assert len(new) == 10
        assert not set(new) & set(old)


def test_what_was_posted_before_the_password_was_asked_again_is_not_stored(manager):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = password_only(manager)
        browser.get("/account/second-step")
        clock.shift(timedelta(minutes=6))
        browser.post("/account/second-step", {"code": "kanari-7731"})
        assert "kanari-7731" not in str(dict(browser.session))


def test_another_phone_ends_the_old_one_and_leads_to_setting_up(manager):
    browser = password_only(manager)
    set_up(browser)
    assert browser.get("/account/second-step")["Location"] == "/account/second-step/another-phone"
    assert browser.get("/account/second-step/another-phone")["Location"] == "/account"
    assert browser.post("/account/second-step/another-phone")["Location"] == "/account/second-step"
    assert not second_factor.is_set_up(manager)
    assert browser.get("/account/second-step").status_code == 200
