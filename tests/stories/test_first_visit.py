"""The first visit to a Kimbilio that has nobody in it: a token from the terminal, one page, and then the sign-in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stories.homes import EmptyHome
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
ANSWERS = {
    "Name of the organisation": "Pwani safe spaces",
    "County": "Kilifi",
    "Name of the first site": "Malindi safe space",
    "MAT clinic it works beside": "Malindi MAT clinic",
    "Your sign-in name": "amina",
}
PASSWORD = "nine kites above the harbour"


def test_a_programme_is_set_up_in_the_browser(tmp_path: Path, arrive: Callable[..., Visitor]) -> None:
    with EmptyHome(tmp_path / "running") as home:
        first = arrive(home)
        first.opens("/")
        first.is_at("/setup")
        first.arrives_at("Set up this Kimbilio")
        answers(first, token="guessed")
        first.sees("This is not the token that was printed.")
        first.arrives_at("Set up this Kimbilio")
        answers(first, token=home.token)
        first.sees("Your programme is set up. Sign in to begin.")
        first.arrives_at("Sign in")

        first.opens("/setup")
        first.arrives_at("This page is not here")
        first.signs_in("amina", PASSWORD)
        first.arrives_at("Set up the second step")


def answers(first: Visitor, *, token: str) -> None:
    first.types("One-time token", token)
    for label, text in ANSWERS.items():
        first.types(label, text)
    first.types("Your password", PASSWORD)
    first.types("Your password again", PASSWORD)
    first.presses("Set up and sign in")
