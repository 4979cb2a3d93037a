"""Passkeys, as far as no device is needed: what a page offers, whose they are, what is refused."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from kimbilio.accounts import passkeys, second_factor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from tests.programme import PASSWORD, staff_with


@pytest.fixture
def manager(programme):
    return staff_with(Role.PROGRAMME_MANAGER, programme.site, "njoki")


def give_passkey(staff, number="AAAA"):
    data = {"name": "Phone", "credential": {"id": number, "response": {}}}
    return Authenticator.objects.create(user=staff, type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.mark.parametrize(
    ("host", "secure", "offered"),
    [
        ("localhost", False, True),
        ("localhost:8000", False, True),
        ("kituo.local:8443", True, True),
        ("kituo.local", False, False),
        ("127.0.0.1:8000", False, False),
        ("192.168.1.5:8443", True, False),
        ("[::1]:8000", True, False),
    ],
)
def test_a_page_offers_passkeys_where_it_has_a_name_and_a_safe_way(rf, settings, host, secure, offered):
    settings.ALLOWED_HOSTS = ["*"]
    assert passkeys.can_be_used(rf.get("/", headers={"host": host}, secure=secure)) is offered


def test_a_passkey_is_the_second_step_that_a_role_asks_for(manager):
    assert not second_factor.is_set_up(manager)
    give_passkey(manager)
    assert second_factor.is_set_up(manager)
    browser = Browser()
    answer = browser.post("/sign-in", {"login": manager.username, "password": PASSWORD})
    assert answer["Location"] == "/second-step"
    assert browser.get("/staff")["Location"].startswith("/sign-in")


def test_the_second_step_by_number_says_that_the_passkey_needs_the_name(manager):
    give_passkey(manager)
    browser = Browser(headers={"host": "127.0.0.1"})
    browser.post("/sign-in", {"login": manager.username, "password": PASSWORD})
    page = browser.get("/second-step").content.decode()
    assert "opened by a number" in page
    assert "data-passkey" not in page


NONSENSE = [
    "",
    "null",
    "[]",
    "7",
    "not json",
    "{}",
    json.dumps({"id": "AAAA"}),
    json.dumps({"id": ["AAAA"], "response": 3}),
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30"}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"},
        }
    ),
    json.dumps({"id": "\u0000", "response": {}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "authenticatorData": "gYGB" * 900, "signature": "AAAA"},
        }
    ),
    *(
        json.dumps(
            {
                "id": "AAAA",
                "rawId": "AAAA",
                "type": "public-key",
                "response": {"clientDataJSON": "e30", "attestationObject": made},
            }
        )
        for made in ("", "oQ", "gYGB" * 900, "o2NmbXQ")
    ),
    "[" * 15_000,
    "[" * 100_000,
]


@pytest.mark.parametrize("credential", NONSENSE, ids=range(len(NONSENSE)))
def test_nobody_comes_in_by_what_is_no_passkey_and_it_is_written_down(manager, credential):
    give_passkey(manager)
    browser = Browser(headers={"host": "localhost"})
    browser.post("/sign-in/passkey")
    answer = browser.post("/sign-in/passkey", {"credential": credential})
    assert answer.status_code == 200
    assert "was not taken" in answer.content.decode()
    assert browser.get("/account").status_code == 302
    assert AuditEvent.objects.filter(event="sign_in_refused", detail={"by": "passkey"}).count() == 1


@pytest.mark.parametrize("credential", NONSENSE, ids=range(len(NONSENSE)))
def test_nothing_is_kept_that_no_device_made(sign_in, credential):
    browser = sign_in(Role.DESK_OFFICER)
    made = {"credential": credential, "name": "Mine"}
    answer = browser.post("/account/passkeys/new", made, headers={"host": "localhost"}, follow=True)
    assert answer.status_code == 200
    assert passkeys.passkeys_of(browser.staff) == []


def test_a_colleagues_passkey_is_not_here(sign_in, manager):
    number, browser = give_passkey(manager).pk, sign_in(Role.DESK_OFFICER)
    assert browser.post(f"/account/passkeys/{number}/remove").status_code == 404
    assert browser.post(f"/account/passkeys/{number}/name", {"name": "Mine"}).status_code == 404
    assert len(passkeys.passkeys_of(manager)) == 1


def test_what_a_device_keeps_is_the_same_for_one_person_and_tells_no_number_of_ours(manager, programme):
    other = staff_with(Role.DESK_OFFICER, programme.site)
    assert passkeys.handle_of(manager) == passkeys.handle_of(manager) != passkeys.handle_of(other)
    assert manager.pk.bytes not in passkeys.handle_of(manager)


def test_another_phone_for_codes_leaves_the_passkeys(manager):
    give_passkey(manager)
    Authenticator.objects.create(user=manager, type=Authenticator.Type.TOTP, data={"secret": "x"})
    from kimbilio.accounts.actions import remove_own_second_factor
    from kimbilio.accounts.queries import actor_for

    remove_own_second_factor(by=actor_for(manager), staff=manager)
    assert not second_factor.has_code_app(manager)
    assert second_factor.is_set_up(manager)
