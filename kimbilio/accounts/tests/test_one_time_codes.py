"""A new password by a manager's one-time code."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts import one_time_codes
from kimbilio.accounts.actions import disable_staff, give_one_time_code, set_password_with_code
from kimbilio.accounts.models import OneTimeCode
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import Refused
from tests.programme import PASSWORD, staff_with

NEW = "maji safi nyumba kubwa"


@pytest.fixture
def manager(actor):
    return actor(Role.PROGRAMME_MANAGER)


@pytest.fixture
def staff(programme):
    return staff_with(Role.DESK_OFFICER, programme.site, "w.kamau")


def reset(code, password=NEW, username="w.kamau", browser=None):
    typed = {"username": username, "code": code, "password1": password, "password2": password}
    return (browser or Browser()).post("/reset", typed)


def may_sign_in(password, username="w.kamau"):
    return Browser().post("/sign-in", {"login": username, "password": password}).status_code == 302


def test_a_code_is_long_and_has_no_sign_that_is_read_as_another():
    code = one_time_codes.new_code()
    assert re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}", code)
    assert len(one_time_codes.ALPHABET) ** one_time_codes.LENGTH > 2**60


def test_a_code_sets_a_new_password_and_the_old_one_ends(staff, manager):
    assert reset(give_one_time_code(by=manager, staff=staff))["Location"] == "/sign-in"
    assert may_sign_in(NEW)
    assert not may_sign_in(PASSWORD)


def test_a_new_password_by_code_still_asks_for_the_second_step(staff, manager):
    TOTP.activate(staff, generate_totp_secret())
    reset(give_one_time_code(by=manager, staff=staff))
    browser = Browser()
    answer = browser.post("/sign-in", {"login": "w.kamau", "password": NEW})
    assert answer["Location"] == "/second-step"
    assert browser.get("/account")["Location"].startswith("/sign-in")


def test_only_its_digest_is_kept(staff, manager):
    code = give_one_time_code(by=manager, staff=staff)
    kept = str(vars(OneTimeCode.objects.get())) + str([vars(event) for event in AuditEvent.objects.all()])
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_small_letters_and_missing_dashes_do_no_harm(staff, manager):
    code = give_one_time_code(by=manager, staff=staff)
    assert reset(f" {code.lower().replace('-', ' ')} ").status_code == 302


def test_a_code_works_once(staff, manager):
    code = give_one_time_code(by=manager, staff=staff)
    reset(code)
    assert reset(code, "kiti cha mbao na jiwe").status_code == 200
    assert may_sign_in(NEW)


def test_a_code_runs_out_after_a_day(staff, manager):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = give_one_time_code(by=manager, staff=staff)
        clock.shift(timedelta(hours=24))
        assert reset(code).status_code == 200


def test_a_new_code_ends_the_earlier_ones(staff, manager):
    earlier = give_one_time_code(by=manager, staff=staff)
    later = give_one_time_code(by=manager, staff=staff)
    assert reset(earlier).status_code == 200
    assert reset(later).status_code == 302


def test_a_code_works_for_nobody_else(staff, manager, programme):
    staff_with(Role.DESK_OFFICER, programme.site, "otieno")
    code = give_one_time_code(by=manager, staff=staff)
    assert reset(code, username="otieno").status_code == 200
    assert not may_sign_in(NEW, "otieno")


def test_a_wrong_code_an_unknown_name_and_a_disabled_person_are_refused_in_the_same_words(
    staff, manager, programme
):
    gone = staff_with(Role.DESK_OFFICER, programme.site, "gone")
    theirs = give_one_time_code(by=manager, staff=gone)
    disable_staff(by=manager, staff=gone)
    answers = [
        reset("2222-2222-2222-2222"),
        reset("2222-2222-2222-2222", username="nobody"),
        reset(theirs, username="gone"),
    ]
    assert len({str(answer.context["form"].non_field_errors()) for answer in answers}) == 1
    refused = AuditEvent.objects.filter(event="sign_in_refused", detail={"by": "one-time code"})
    assert [event.record_id for event in refused.order_by("seq")] == [staff.pk, None, gone.pk]


def test_a_weak_password_is_refused_and_the_code_stays_good(staff, manager):
    code = give_one_time_code(by=manager, staff=staff)
    assert reset(code, "passwordpassword").status_code == 200
    staff.display_name = "Wanjiru Kamau Njeri"
    staff.save()
    with pytest.raises(Refused, match="a name"):
        set_password_with_code(username="w.kamau", code=code, password="wanjiru kamau njeri")
    assert reset(code).status_code == 302


def test_two_passwords_that_differ_are_refused(staff, manager):
    typed = {"username": "w.kamau", "code": "x", "password1": NEW, "password2": "kiti cha mbao na jiwe"}
    assert "not the same" in Browser().post("/reset", typed).content.decode()


def test_a_new_password_ends_every_open_sign_in_and_lifts_the_limit(staff, manager, client):
    client.post("/sign-in", {"login": "w.kamau", "password": PASSWORD})
    assert client.get("/account").status_code == 200
    for _ in range(5):
        may_sign_in("a wrong password indeed")
    reset(give_one_time_code(by=manager, staff=staff))
    assert client.get("/account").status_code == 302
    assert may_sign_in(NEW)


def test_codes_cannot_be_tried_without_end(staff, manager):
    for _ in range(5):
        reset("2222-2222-2222-2222")
    answer = reset(give_one_time_code(by=manager, staff=staff))
    assert "Too many tries" in answer.content.decode()


def test_the_new_password_is_written_down_without_itself(staff, manager):
    code = give_one_time_code(by=manager, staff=staff)
    reset(code)
    event = AuditEvent.objects.get(event="password.set")
    assert (event.actor_id, event.record_id, event.detail) == (staff.pk, staff.pk, {"by": "one-time code"})
