"""What a borrowed computer still shows of a visit: nothing."""

from collections.abc import Callable

import pytest

from tests.stories.homes import SOMEBODY, DemoHome
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story


def test_back_shows_nothing_after_signing_out(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo)
    officer.signs_in()
    officer.arrives_at("Find a person")
    opens_somebody_with_their_name(officer)
    officer.presses("Sign out")
    officer.arrives_at("Sign in")
    for _step in range(3):
        officer.page.go_back()
        officer.arrives_at("Sign in")
        nothing_of_them_is_to_be_found(officer)


def test_back_shows_nothing_after_hiding(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo)
    officer.signs_in()
    officer.arrives_at("Find a person")
    opens_somebody_with_their_name(officer)
    officer.page.keyboard.press("Escape")
    officer.page.keyboard.press("Escape")
    officer.is_at("/hidden")
    officer.page.go_back()
    nothing_of_them_is_to_be_found(officer)


def test_no_name_that_was_typed_stands_in_the_history(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo)
    visited: list[str] = []
    officer.page.on("framenavigated", lambda frame: visited.append(frame.url))
    officer.signs_in()
    officer.types("Code, name, phone or number", "Zawadi")
    officer.presses("Find")
    officer.sees("Same name")
    opens_somebody_with_their_name(officer)
    assert visited
    assert not [url for url in visited if "zawadi" in url.lower() or "?" in url]


def opens_somebody_with_their_name(officer: Visitor) -> None:
    officer.opens(f"/p/{officer.home.somebody}")
    officer.presses("Show name and contacts")
    officer.sees("Zawadi Wairimu Mkamburi")


def nothing_of_them_is_to_be_found(officer: Visitor) -> None:
    written = officer.page.content()
    assert not [text for text in (SOMEBODY["first"], SOMEBODY["last"], "712000456") if text in written]
