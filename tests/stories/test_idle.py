"""A page nobody has touched for a while is put away at once, with what was being typed in it, and nothing is lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Route, expect

from tests.stories.homes import DemoHome
from tests.stories.visitor import Visitor
from tests.stories.watch import assert_nothing_is_stored

pytestmark = pytest.mark.story
TYPED = {
    "First name (optional)": "Kasichana",
    "Nickname (optional)": "Kasi",
    "Phone number (optional)": "0744 000 283",
}
_SAY_WHEN_BLANK = """
() => new MutationObserver(() => { if (!document.body.checkVisibility()) console.info("blank"); })
  .observe(document.body, { attributes: true })
"""
EVERYBODY = "SELECT count(*) FROM people_client"


def test_a_half_filled_form_is_locked_away_and_comes_back(
    demo: DemoHome, arrive: Callable[..., Visitor]
) -> None:
    officer = arrive(demo, apart=True)
    officer.page.clock.install()
    officer.signs_in()
    officer.arrives_at("Find a person")
    before = how_many_people(demo)
    half_fills_the_form(officer)

    with held_back(officer, "**/register"), the_screen_goes_blank(officer):
        officer.page.clock.fast_forward("11:00")

    officer.arrives_at("Locked")
    nothing_typed_is_to_be_found(officer)
    assert how_many_people(demo) == before

    officer.types("Your password", "this is not the password")
    officer.presses("Unlock")
    officer.sees("This password is not right")
    officer.arrives_at("Locked")
    nothing_typed_is_to_be_found(officer)

    officer.types("Your password", demo.password)
    officer.presses("Unlock")
    officer.arrives_at("Register a new person")
    the_form_is_as_it_was(officer)
    assert how_many_people(demo) == before, "what was half typed was saved"

    finishes_and_sends_it_twice(officer)
    officer.sees("Registered. The card code is")
    assert how_many_people(demo) == before + 1, "what was sent was not saved once"


def test_a_laptop_that_fell_asleep_while_somebody_typed_keeps_the_form_too(
    demo: DemoHome, arrive: Callable[..., Visitor]
) -> None:
    officer = arrive(demo, apart=True)
    officer.page.clock.install()
    officer.signs_in()
    officer.arrives_at("Find a person")
    half_fills_the_form(officer)
    officer.types("Last name (optional)", "Mwakio")
    with held_back(officer, "**/register"), the_screen_goes_blank(officer):
        officer.page.clock.fast_forward("11:00")  # so that likely matches are asked for when it wakes up
        officer.page.wait_for_timeout(500)
    officer.arrives_at("Locked")
    officer.is_at("/register")
    officer.types("Your password", demo.password)
    officer.presses("Unlock")
    officer.arrives_at("Register a new person")
    the_form_is_as_it_was(officer)
    expect(officer.page.get_by_label("Last name (optional)", exact=True)).to_have_value("Mwakio")


def test_a_page_without_a_form_is_locked_too(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo, apart=True)
    officer.page.clock.install()
    officer.signs_in()
    officer.arrives_at("Find a person")
    officer.opens("/places")
    officer.arrives_at("Places")
    officer.page.clock.fast_forward("11:00")
    officer.arrives_at("Locked")
    officer.opens("/places")
    officer.arrives_at("Locked")
    officer.types("Your password", demo.password)
    officer.presses("Unlock")
    officer.arrives_at("Places")


def test_somebody_who_is_there_is_not_locked_out(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo, apart=True)
    officer.page.clock.install()
    officer.signs_in()
    officer.arrives_at("Find a person")
    for _while in range(3):
        officer.page.clock.fast_forward("09:00")
        officer.page.keyboard.press("Shift")
    officer.is_at("/")
    officer.arrives_at("Find a person")


def half_fills_the_form(officer: Visitor) -> None:
    officer.opens("/register")
    for label, text in TYPED.items():
        officer.types(label, text)
    officer.chooses("Female", of="Sex")
    with officer.page.expect_response("**/register/likely"):
        officer.picks("Karuri", of="Ward where they live (optional)")


@contextmanager
def held_back(officer: Visitor, address: str) -> Iterator[None]:
    """Hold back what is sent to an address: the page before it stands there until it is let go."""
    held: list[Route] = []
    officer.page.route(address, lambda route: held.append(route))  # noqa: PLW0108  # playwright marks what it is given
    yield
    for route in held:
        route.continue_()
    officer.page.unroute(address)


@contextmanager
def the_screen_goes_blank(officer: Visitor) -> Iterator[None]:
    """Wait until nothing of the page is drawn, though it has not been left yet."""
    officer.page.evaluate(_SAY_WHEN_BLANK)
    with officer.page.expect_console_message(lambda message: message.text == "blank"):
        yield


def nothing_typed_is_to_be_found(officer: Visitor) -> None:
    written = officer.page.content()
    assert not [text for text in TYPED.values() if text in written]
    assert_nothing_is_stored(officer.page)


def the_form_is_as_it_was(officer: Visitor) -> None:
    for label, text in TYPED.items():
        expect(officer.page.get_by_label(label, exact=True)).to_have_value(text)
    expect(officer.page.get_by_role("radio", name="Female", exact=True)).to_be_checked()
    ward = officer.page.get_by_label("Ward where they live (optional)", exact=True)
    expect(ward.locator("option:checked")).to_have_text("Karuri")


def finishes_and_sends_it_twice(officer: Visitor) -> None:
    officer.ticks("They agree that we keep a record")
    officer.page.get_by_role("button", name="Register this person").dblclick()


def how_many_people(home: DemoHome) -> int:
    count: int = home.rows(EVERYBODY)[0][0]
    return count
