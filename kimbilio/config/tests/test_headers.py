"""What every answer tells the browser, over HTTPS and without; and what the settings say to Django's own checks."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client as Browser
from django.test import override_settings

from kimbilio.accounts.roles import Role
from tests.programme import PASSWORD, staff_with

PAGES = ("/sign-in", "/account", "/healthz", "/nothing-here", "/static/core/kimbilio.css")
SAID = (
    "import json, django; from django.conf import settings; django.setup();"
    "print(json.dumps({name: getattr(settings, name) for name in dir(settings)"
    " if name.startswith(('SESSION_COOKIE', 'CSRF_COOKIE', 'LANGUAGE_COOKIE', 'SECURE_HSTS'))}))"
)


def with_settings(*command: str, **said: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with these settings of an installation."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KIMBILIO_")}
    environment |= {f"KIMBILIO_{name}": value for name, value in said.items()}
    environment["DJANGO_SETTINGS_MODULE"] = "kimbilio.config.settings"
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def desk(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_forbids_framing_guessing_and_what_comes_from_elsewhere(desk, page):
    response = desk.get(page)
    policy = response["Content-Security-Policy"]
    for said in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert said in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_says_what_it_is_and_in_which_characters(desk, page):
    kind = desk.get(page)["Content-Type"]
    assert kind == "application/json" or kind.endswith(('; charset="utf-8"', "; charset=utf-8"))


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "NONSENSE"])
def test_a_method_that_nobody_declared_is_refused(desk, method):
    response = desk.generic(method, "/account")
    assert response.status_code == 405
    assert b"sessionid" not in response.content


@pytest.mark.parametrize(
    "path", ["/static/", "/static/core/", "/static/../config/settings.py", "/.git/config"]
)
def test_no_folder_is_listed_and_only_our_own_files_are_given(desk, path):
    assert desk.get(path).status_code == 404


def test_an_error_tells_nothing_of_the_inside(desk, monkeypatch):
    def fail(*_given: object) -> None:
        raise ValueError("the inside of it")

    monkeypatch.setattr("kimbilio.accounts.views.account.sign_ins.history", fail)
    desk.raise_request_exception = False
    response = desk.get("/account")
    assert response.status_code == 500
    for told in (b"the inside of it", b"ValueError", b"Traceback", b"account.py"):
        assert told not in response.content


def test_what_another_site_asks_for_is_not_shared_with_it(desk):
    response = desk.get("/account", headers={"origin": "https://elsewhere.example"})
    assert not [name for name in response.headers if name.lower().startswith("access-control-")]


def test_a_field_that_comes_twice_or_in_the_address_is_not_taken_for_the_form(programme):
    staff_with(Role.DESK_OFFICER, programme.site, "wanja")
    browser = Browser()
    browser.post(f"/sign-in?login=wanja&password={PASSWORD}", {"login": "", "password": ""})
    assert "_auth_user_id" not in browser.session


@override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_over_https_every_answer_keeps_the_browser_there(desk):
    for page in PAGES:
        said = desk.get(page, secure=True)["Strict-Transport-Security"]
        assert "max-age=31536000" in said
        assert "includeSubDomains" in said


def test_over_https_cookies_go_to_this_host_alone():
    said = json.loads(with_settings("-c", SAID, HTTPS="true").stdout)
    names = [said["SESSION_COOKIE_NAME"], said["CSRF_COOKIE_NAME"], said["LANGUAGE_COOKIE_NAME"]]
    assert all(name.startswith("__Host-") for name in names)
    assert said["SESSION_COOKIE_SECURE"]
    assert said["CSRF_COOKIE_SECURE"]
    # What makes a browser refuse a cookie of such a name.
    assert {said["SESSION_COOKIE_DOMAIN"], said["CSRF_COOKIE_DOMAIN"]} == {None}
    assert {said["SESSION_COOKIE_PATH"], said["CSRF_COOKIE_PATH"]} == {"/"}


def test_no_script_reads_a_cookie_and_no_other_site_has_one_sent(programme):
    staff_with(Role.DESK_OFFICER, programme.site, "wanja")
    browser = Browser()
    browser.get("/sign-in")
    browser.post("/sign-in", {"login": "wanja", "password": PASSWORD})
    browser.post("/language", {"language": "sw"})
    assert {"sessionid", "csrftoken", "language"} <= set(browser.cookies)
    for cookie in browser.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Strict", cookie.key
        assert len(cookie.OutputString()) < 4096


def test_djangos_checks_for_serving_find_nothing():
    checked = with_settings("-m", "django", "check", "--deploy", "--fail-level", "WARNING", HTTPS="true")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://a:b@db.example/kimbilio", "verify-full"),
        ("postgresql:///kimbilio?host=db.example", "verify-full"),
        ("postgresql://localhost/kimbilio?hostaddr=10.0.0.5", "verify-full"),
        ("postgresql://a:b@db.example/kimbilio?sslmode=verify-ca", "verify-ca"),
        ("postgresql://a:b@localhost/kimbilio", None),
        ("postgresql:///kimbilio?host=/run/postgresql", None),
    ],
)
def test_a_database_on_another_machine_is_reached_encrypted(address, mode):
    shown = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'].get('sslmode'))"
    said = with_settings("-c", shown, DATABASE_URL=address)
    assert said.stdout.strip() == str(mode), said.stderr


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require"])
def test_a_database_on_another_machine_is_never_reached_readably(mode):
    address = f"postgresql://a:sesame@db.example/kimbilio?sslmode={mode}"
    said = with_settings("-c", "import kimbilio.config.settings", DATABASE_URL=address)
    assert said.returncode != 0
    assert "reached encrypted" in said.stderr
    assert "sesame" not in said.stderr
