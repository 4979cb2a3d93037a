"""A clock that stands in 1970, that runs two years ahead, or that is put back: the order holds, nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from kimbilio.accounts.actions import give_one_time_code
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.verify import verify_chain
from kimbilio.desk.tests.visiting import address, desk_of, typed
from kimbilio.visits.models import Visit
from tests.programme import PASSWORD, Programme, actor_with, sign_in_as, staff_with

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
IN_1970 = datetime(1970, 1, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def at_desk(clock: Any, programme: Programme) -> Any:
    browser = Browser()
    sign_in_as(browser, staff_with(Role.DESK_OFFICER, programme.site, "wanja"))
    return browser, desk_of(browser, programme)


def save_a_visit(browser: Browser, desk: Any, needles: int) -> Any:
    """Send the form of a visit of today, as the clock has it, after the password where the lock fell."""
    path = address(desk.people[1])
    if browser.get(path).status_code == 302:
        browser.post("/sign-in", {"login": "wanja", "password": PASSWORD})
        browser.force_login(browser.staff)
    if browser.get(path).status_code == 423:
        browser.post(path, {"unlock-password": PASSWORD})
    return browser.post(path, typed(desk, needles=needles))


def in_order(programme: Programme) -> list[str]:
    """Fail where the chain does not hold; returns its events in its own order."""
    assert verify_chain(programme.organisation.pk).entries
    entries = AuditEvent.objects.filter(organisation_id=programme.organisation.pk).order_by("seq")
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    return [one.event for one in entries]


def given_in_order() -> list[int]:
    """Return what was given by each visit, in the order of the audit."""
    recorded = AuditEvent.objects.filter(event="visits.recorded").order_by("seq")
    visits = [Visit.objects.get(pk=one.record_id) for one in recorded]
    return [sum(visit.supplies.values_list("quantity", flat=True)) for visit in visits]


@pytest.mark.parametrize("ahead", [timedelta(days=731), timedelta(days=-731)])
def test_work_at_a_wrong_clock_is_kept_and_stays_in_the_order_in_which_it_was_done(
    ahead: timedelta, at_desk: Any, clock: Any, programme: Programme
) -> None:
    browser, desk = at_desk
    assert save_a_visit(browser, desk, 3).status_code == 302
    clock.move_to(NOW + ahead)
    assert save_a_visit(browser, desk, 4).status_code == 302
    assert browser.get("/today").status_code == 200
    clock.move_to(NOW + timedelta(minutes=1))
    assert save_a_visit(browser, desk, 5).status_code == 302
    assert given_in_order() == [3, 4, 5], "told in the order of the clock, or not at all"
    assert browser.get(address(desk.people[1], "visits")).status_code == 200
    in_order(programme)


def test_at_a_clock_that_stands_in_1970_a_visit_is_refused_in_words_until_it_is_put_right(
    at_desk: Any, clock: Any, programme: Programme
) -> None:
    browser, desk = at_desk
    assert save_a_visit(browser, desk, 3).status_code == 302
    clock.move_to(IN_1970)
    refused = save_a_visit(browser, desk, 47)
    assert refused.status_code == 200
    assert b'value="47"' in refused.content, "what was typed stays"
    assert b"error" in refused.content
    for page in ("/", "/today", "/stock", "/follow", "/reports", address(desk.people[1], "visits")):
        assert browser.get(page).status_code in (200, 403, 404), page
    clock.move_to(NOW + timedelta(minutes=1))
    assert save_a_visit(browser, desk, 5).status_code == 302
    assert given_in_order() == [3, 5]
    in_order(programme)


def test_a_clock_put_back_within_the_day_changes_no_order(
    at_desk: Any, clock: Any, programme: Programme
) -> None:
    browser, desk = at_desk
    for hours in (0, 3, 1, 2):
        clock.move_to(NOW + timedelta(hours=hours))
        assert save_a_visit(browser, desk, 2 + hours).status_code == 302
    assert given_in_order() == [2, 5, 3, 4]
    in_order(programme)


@pytest.mark.parametrize("back", [timedelta(minutes=11), timedelta(hours=13), timedelta(days=900)])
def test_a_clock_put_back_locks_the_page_as_one_that_ran_on(
    at_desk: Any, clock: Any, back: timedelta
) -> None:
    """Else a sign-in that was last seen in days to come would never be idle again."""
    browser, _ = at_desk
    assert browser.get("/account").status_code == 200
    clock.move_to(NOW - back)
    assert browser.get("/account").status_code == 423
    assert browser.post("/account", {"unlock-password": PASSWORD}).status_code == 302
    assert browser.get("/account").status_code == 200


def test_a_one_time_code_of_a_clock_that_ran_ahead_is_no_use_once_it_is_put_right(
    clock: Any, programme: Programme
) -> None:
    by, staff = (
        actor_with(Role.PROGRAMME_MANAGER, programme.site),
        staff_with(Role.DESK_OFFICER, programme.site),
    )
    code = give_one_time_code(by=by, staff=staff)
    clock.move_to(NOW + timedelta(days=731))
    assert not sets_password(staff.username, code), "it had run out by this clock"
    late = give_one_time_code(by=by, staff=staff)
    assert not sets_password(staff.username, code), "another one was given since"
    assert sets_password(staff.username, late)
    assert not sets_password(staff.username, late), "a code is good for once"


def sets_password(username: str, code: str) -> bool:
    new = "seven green kites over hills"
    answer = Browser().post(
        "/reset", {"username": username, "code": code, "password1": new, "password2": new}
    )
    return answer.status_code == 302
