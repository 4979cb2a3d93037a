"""What is logged says where something went wrong, and never what was typed."""

import logging
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

CANARY = "Qzvxwkhjbfpm"


class Logged:
    """Collects what the product's own handler would print."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.handler = logging.getLogger("django").handlers[0]

    def take(self, record: logging.LogRecord) -> None:
        """Put a record through the filters and the formatter that the settings name."""
        kept = self.handler.filter(record)
        if kept:
            self.lines.append(self.handler.format(kept if isinstance(kept, logging.LogRecord) else record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Logged:
    logged = Logged()
    monkeypatch.setattr(logged.handler, "emit", logged.take)
    return logged


@pytest.mark.parametrize("path", [f"/p/{CANARY}", f"/{CANARY}", f"/staff/{CANARY}", f"/p/{CANARY}/details"])
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_an_address_that_somebody_mistyped_is_not_logged(
    logged: Logged, sign_in: Any, path: str, method: str
) -> None:
    browser: Browser = sign_in("programme_manager")
    assert getattr(browser, method)(path).status_code >= 400
    assert CANARY not in logged.text


def test_a_request_without_the_token_against_forgery_is_logged_without_its_address(
    logged: Logged, sign_in: Any
) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.cookies = sign_in("desk_officer").cookies
    assert browser.post(f"/p/{CANARY}/details", {"first": CANARY}).status_code == 403
    assert logged.text
    assert CANARY not in logged.text


def test_an_error_is_logged_with_its_place_and_kind_but_not_with_its_words(
    logged: Logged, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an exception says may hold what was typed, such as: invalid literal for int(): 'Njoroge'."""

    def fail(**_typed: object) -> None:
        raise ValueError(f"invalid literal for int() with base 10: '{CANARY}'")

    monkeypatch.setattr("kimbilio.desk.views.finding.find_people", lambda *_args: fail())
    browser: Browser = sign_in("desk_officer")
    browser.raise_request_exception = False
    assert browser.post(reverse("find"), {"q": CANARY}).status_code == 500
    assert "ValueError" in logged.text
    assert "finding.py" in logged.text
    assert CANARY not in logged.text


def test_an_error_that_followed_from_another_is_logged_without_the_words_of_either(logged: Logged) -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise RuntimeError(CANARY) from error
    except RuntimeError:
        logging.getLogger("kimbilio.anything").error("something failed", exc_info=sys.exc_info())
    assert "RuntimeError" in logged.text
    assert CANARY not in logged.text


def test_a_line_says_its_time_in_utc(logged: Logged) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("Africa/Nairobi")), tick=False):
        logging.getLogger("kimbilio.anything").error("something failed")
    assert logged.text.startswith("2026-11-22T20:30:00.000Z ERROR")
