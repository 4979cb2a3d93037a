"""How far somebody reaches: by role and site at this moment, not by address, and not by an old sign-in."""

import re
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.models import SiteRole, Staff
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.audit.queries import events_about, events_by
from kimbilio.identity.models import PersonalDetails
from tests.matrix.addresses import addresses
from tests.matrix.belongings import CANARY
from tests.programme import AnsweringBrowser, actor_with, person, sign_in_as, staff_with

# Differs on every page.
_CSRF = re.compile(r"(?<=[\"'])[A-Za-z0-9]{64}(?=[\"'])")
SEE_NAMES = {
    Role.PEER_EDUCATOR,
    Role.OUTREACH_WORKER,
    Role.DESK_OFFICER,
    Role.COUNSELLOR,
    Role.PARALEGAL,
    Role.MAT_LIAISON,
    Role.PROGRAMME_MANAGER,
}


@pytest.fixture
def there(programme):
    """Somebody who is known at the other site."""
    by = actor_with(Role.DESK_OFFICER, programme.other_site)
    return person(by, programme.other_site, first=CANARY, phone="0722000111", number=f"{CANARY}-1")


@pytest.fixture
def here(programme):
    """Somebody who is known at the first site."""
    return person(actor_with(Role.DESK_OFFICER, programme.site), programme.site, first=CANARY)


def test_names_are_for_those_in_care_and_for_who_manages_them():
    assert {role for role in Role if Permission.OPEN_IDENTITY in WHAT_ROLES_MAY[role]} == SEE_NAMES
    assert {role for role in Role if Permission.EDIT_IDENTITY in WHAT_ROLES_MAY[role]} == SEE_NAMES


def test_staff_keys_and_audit_are_for_few():
    def roles_with(permission: Permission) -> set[Role]:
        return {role for role in Role if permission in WHAT_ROLES_MAY[role]}

    assert roles_with(Permission.MANAGE_STAFF) == {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}
    assert roles_with(Permission.READ_AUDIT) == {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}
    assert roles_with(Permission.MANAGE_KEYS) == {Role.ADMINISTRATOR}
    assert WHAT_ROLES_MAY[Role.REPORT_READER] == {Permission.SEE_REPORTS}


@pytest.mark.parametrize("method", ["post", "get"])
@pytest.mark.parametrize("name", ["show_identity", "edit_details", "edit_locator"])
def test_names_of_somebody_at_another_site_are_not_here_and_leave_no_trace(sign_in, there, name, method):
    before = events_about(there.organisation_id, there.pk).count()
    answer = getattr(sign_in(Role.PROGRAMME_MANAGER), method)(reverse(name, args=[there.code]))
    allowed = {"post": (404,), "get": (404, 405)}[method]
    assert answer.status_code in allowed
    assert CANARY not in answer.content.decode()
    assert events_about(there.organisation_id, there.pk).count() == before


def test_nothing_can_be_written_about_somebody_at_another_site(sign_in, there):
    typed = {"token": "0199d2b4-0000-4000-8000-000000000001", "first": "Changed", "last": "Changed"}
    browser = sign_in(Role.DESK_OFFICER)
    assert browser.post(reverse("edit_details", args=[there.code]), typed).status_code == HTTPStatus.NOT_FOUND
    standing = PersonalDetails.objects.get(client=there)
    assert (standing.first, standing.replaced_at) == (CANARY, None)


@pytest.mark.parametrize("typed", [CANARY, "0722000111", f"{CANARY}-1"])
def test_nobody_finds_somebody_of_another_site(sign_in, there, typed):
    answer = sign_in(Role.DESK_OFFICER).post("/", {"q": typed})
    assert answer.status_code == HTTPStatus.OK
    assert there.code not in answer.content.decode()


def test_what_is_not_here_looks_like_what_never_was(sign_in, there):
    browser = sign_in(Role.DESK_OFFICER)
    real, made_up = browser.get(reverse("person", args=[there.code])), browser.get("/p/2222222")
    assert (real.status_code, made_up.status_code) == (404, 404)
    said = [_CSRF.sub("", page.content.decode()) for page in (real, made_up)]
    assert said[0].replace(there.code, "2222222") == said[1]


def test_who_was_not_let_in_or_asked_for_what_is_not_theirs_is_written_down(sign_in, there):
    browser = sign_in(Role.DESK_OFFICER)
    browser.get(reverse("history"))
    browser.get(reverse("person", args=[there.code]))
    entries = events_by(there.organisation_id, browser.staff.pk, ["entry.refused"])
    assert [entry.detail for entry in entries] == [
        {"page": "person", "answer": 404},
        {"page": "history", "answer": 403},
    ]
    assert {entry.about for entry in entries} == {None}
    assert there.code not in str([entry.detail for entry in entries])


def test_a_role_at_another_site_counts_there_alone(programme, here, there):
    staff = staff_with(Role.DESK_OFFICER, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation, staff=staff, site=programme.other_site, role=Role.ME_OFFICER
    )
    browser = _signed_in(staff)
    assert CANARY in browser.post(reverse("show_identity", args=[here.code])).content.decode()
    page = browser.get(reverse("person", args=[there.code]))
    assert page.status_code == HTTPStatus.OK
    assert reverse("show_identity", args=[there.code]) not in page.content.decode()
    answer = browser.post(reverse("show_identity", args=[there.code]))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert browser.get(reverse("edit_details", args=[there.code])).status_code == HTTPStatus.NOT_FOUND


def test_working_at_another_of_ones_sites_gives_no_more_than_the_role_there(programme):
    staff = staff_with(Role.PROGRAMME_MANAGER, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation, staff=staff, site=programme.other_site, role=Role.REPORT_READER
    )
    browser = _signed_in(staff)
    browser.post("/site", {"site": programme.other_site.name})
    colleague = staff_with(Role.DESK_OFFICER, programme.other_site)
    assert browser.get(reverse("staff_member", args=[colleague.username])).status_code == HTTPStatus.NOT_FOUND
    assert browser.post("/site", {"site": programme.site_elsewhere.name}).status_code == HTTPStatus.NOT_FOUND


def test_a_disabled_member_of_staff_is_out_at_once(programme, sign_in, here):
    staff = staff_with(Role.DESK_OFFICER, programme.site)
    browser = _signed_in(staff)
    page = reverse("person", args=[here.code])
    assert browser.get(page).status_code == HTTPStatus.OK
    sign_in(Role.PROGRAMME_MANAGER).post(reverse("disable_staff", args=[staff.username]))
    assert _led_back_to(browser.get(page)) == page
    assert browser.post(reverse("show_identity", args=[here.code])).status_code == HTTPStatus.FOUND


def test_a_sign_in_that_was_overlooked_is_out_too(programme, here):
    staff = staff_with(Role.DESK_OFFICER, programme.site)
    browser = _signed_in(staff)
    type(staff).objects.filter(pk=staff.pk).update(is_active=False)
    assert browser.get(reverse("person", args=[here.code])).status_code == HTTPStatus.FOUND


def test_a_role_that_ended_counts_no_more_in_an_open_sign_in(programme, here):
    staff = staff_with(Role.DESK_OFFICER, programme.site)
    browser = _signed_in(staff)
    SiteRole.objects.filter(staff=staff).update(ended_at=timezone.now())
    assert browser.get(reverse("person", args=[here.code])).status_code == HTTPStatus.FORBIDDEN
    assert browser.get("/account").status_code == HTTPStatus.FORBIDDEN


def test_signing_in_leads_back_only_to_a_page_that_can_be_looked_at(client, here):
    values = {
        "code": here.code,
        "other": here.code,
        "username": "nobody",
        "number": "1",
        "passkey": "1",
        "serial": "S-1",
        "attempt": "1",
        "clinic": "0123456789ab",
        "on": "2025-06-30",
        "rule": "assess_from",
        "step": "0123456789ab",
        "asked": "0123456789ab",
        "told": "0123456789ab",
        "upload": "0123456789abcdef",
        "imported": "1",
        "position": "1",
        "file": "csv",
        "month": "2025-06",
        "indicator": "visits.people",
        "check": "not_stated",
        "visit": "0123456789ab",
        "session": "0123456789ab",
        "event": "0123456789ab",
        "item": "0123456789ab",
        "day": "2026-06-01",
        "paper": "0123456789ab",
    }
    led_wrongly = []
    for address in addresses():
        back = parse_qs(urlsplit(client.get(address.filled(values)).headers.get("Location", "")).query).get(
            "next"
        )
        if back and ("GET" not in address.entry.methods or address.name == "locked"):
            led_wrongly.append(f"/{address.route}")
    assert not led_wrongly, "\n".join(led_wrongly)


def _led_back_to(answer: HttpResponse) -> str:
    """Return where signing in leads back to; '' for an answer that does not lead to the sign-in page at all."""
    parts = urlsplit(answer.headers.get("Location", ""))
    return parse_qs(parts.query).get("next", [""])[0] if parts.path == "/sign-in" else ""


def _signed_in(staff: Staff) -> Browser:
    browser = AnsweringBrowser()
    sign_in_as(browser, staff)
    return browser
