"""A manager brings a colleague in, and sends one away: what that means for the colleague, at once."""

import re
from collections.abc import Callable

import pytest

from tests.stories.homes import MANAGER, DemoHome
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
NEW, THEIR_NAME, THEIR_PASSWORD = "t.mwikali", "Mwikali", "paper lamps over calm water"


def test_a_new_colleague_comes_in_and_is_sent_away(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    manager, colleague = arrive(demo), arrive(demo, apart=True)
    manager.signs_in(MANAGER)
    code = adds_somebody(manager)

    chooses_a_password_with(colleague, code)
    colleague.signs_in(NEW, THEIR_PASSWORD)
    colleague.arrives_at("Find a person")
    the_code_works_no_more(arrive(demo, apart=True), code)

    colleague.follows("Places")
    colleague.arrives_at("Places")
    disables(manager)
    colleague.follows("Find")
    colleague.arrives_at("Sign in")
    colleague.signs_in(NEW, THEIR_PASSWORD)
    colleague.sees("The sign-in name or the password is not right.")


def adds_somebody(manager: Visitor) -> str:
    """Add a desk officer and return the one-time code that is shown for them."""
    manager.arrives_at("Find a person")
    manager.goes_to("Staff")
    manager.follows("Add somebody")
    manager.arrives_at("Add somebody")
    manager.types("Name shown to colleagues", THEIR_NAME)
    manager.types("Sign-in name", NEW)
    manager.picks("Desk officer", of="Role")
    manager.presses("Add them, and make a one-time code")
    manager.arrives_at(THEIR_NAME)
    return manager.page.locator(".secret").inner_text()


def chooses_a_password_with(colleague: Visitor, code: str) -> None:
    colleague.opens("/")
    colleague.follows("I have a one-time code from my manager")
    colleague.arrives_at("Choose a new password")
    gives(colleague, code)
    colleague.sees("Your new password is set. Sign in with it.")
    colleague.arrives_at("Sign in")


def the_code_works_no_more(somebody: Visitor, code: str) -> None:
    somebody.opens("/reset")
    gives(somebody, code)
    somebody.is_at("/reset")
    somebody.sees(re.compile("code"))
    somebody.arrives_at("Choose a new password")


def gives(somebody: Visitor, code: str) -> None:
    somebody.types("Sign-in name", NEW)
    somebody.types("One-time code", code.lower().replace("-", ""))
    somebody.types("New password", THEIR_PASSWORD)
    somebody.types("The new password again", THEIR_PASSWORD)
    somebody.presses("Set the new password")


def disables(manager: Visitor) -> None:
    manager.opens("/staff")
    manager.follows(THEIR_NAME)
    manager.arrives_at(THEIR_NAME)
    manager.opens_up("They no longer work here")
    manager.presses("Disable this sign-in")
    manager.sees("They are signed out everywhere, and can sign in no more.")
    manager.arrives_at(THEIR_NAME)
