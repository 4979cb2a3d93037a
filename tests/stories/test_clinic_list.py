"""A liaison's morning: the clinic's list comes in, ten are marked absent, two are called, a slip is taken back."""

from collections.abc import Callable

import pytest

from tests.stories.homes import LIAISON, DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
# Six who were absent before, and four who were not.
TEN = [f"KRMAT-{number:04}" for number in (6, 7, 8, 9, 10, 11, 18, 19, 20, 21)]
FIND = "Find in this list by number or code"
SAID = "How many came, as the clinic's paper says (optional)"
DOES_NOT_ADD_UP = (
    "This does not add up: the paper says that 29 came; 27 are marked so, of 40 on the list. "
    "Look for who is missing from the marks."
)
THE_SUM = "27 came + 10 absent + 3 elsewhere = 40 on the list"


@pytest.mark.parametrize("language", ["en", "sw"])
def test_with_a_mouse(demo: DemoHome, arrive: Callable[..., Visitor], language: str) -> None:
    liaison = arrive(demo, language=language)
    comes_to_todays_list(liaison)
    for number in TEN:
        liaison.ticks(number)
    liaison.types(SAID, "29")
    liaison.sees("The paper says another number came.")
    liaison.presses("Record this list")
    liaison.sees(DOES_NOT_ADD_UP)
    liaison.arrives_at("Mark those who were absent")
    records_and_takes_it_back(liaison)


@pytest.mark.parametrize("width", [LAPTOP, pytest.param(PHONE, marks=pytest.mark.soak)])
def test_with_the_keyboard_alone(demo: DemoHome, arrive: Callable[..., Visitor], width: int) -> None:
    liaison = arrive(demo, kind=KeyboardVisitor, width=width)
    comes_to_todays_list(liaison)
    for number in TEN:
        liaison.types(FIND, number.removeprefix("KRMAT-"))
        liaison.page.keyboard.press("Enter")
    records_and_takes_it_back(liaison)


def test_without_a_script_from_numbers_that_were_sent(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    liaison = arrive(demo, script=False)
    comes_to_todays_list(liaison)
    liaison.opens_up("Paste numbers, or add somebody who is not on this list")
    liaison.types("Numbers or card codes, one a line (optional)", "\n".join([*TEN, "KRMAT-9999"]))
    liaison.presses("Mark them in the list")
    liaison.sees("KRMAT-9999: nobody here has this code or number")
    liaison.arrives_at("Mark those who were absent")
    liaison.ticks("Leave these lines out")
    records_and_takes_it_back(liaison)


def comes_to_todays_list(liaison: Visitor) -> None:
    liaison.signs_in(LIAISON)
    liaison.arrives_at("Find a person")
    liaison.goes_to("The clinic's day")
    liaison.sees("No list of this day yet")
    liaison.follows("Mark those who were absent")
    liaison.arrives_at("Mark those who were absent")
    liaison.sees("40 people are expected")


def calls_two(liaison: Visitor) -> None:
    """Call two of the people to look for who said that they may be called, and write down that they were reached."""
    liaison.goes_to("People to look for")
    liaison.sees("1 day missed")
    may_be_called = liaison.page.locator("main .rows a.row", has_text=liaison.said("Call: Yes")).locator(
        ".code"
    )
    codes = may_be_called.all_inner_texts()[:2]
    assert len(codes) == 2
    for code in codes:
        liaison.follows(code)
        liaison.arrives_at(code)
        liaison.follows("Record an attempt")
        liaison.arrives_at("An attempt to reach them")
        liaison.chooses("By phone", of="How you tried")
        liaison.chooses("We spoke with them", of="Who was reached")
        liaison.picks("Work", of="Why they stopped coming (optional)")
        liaison.presses("Save")
        liaison.sees("Saved.")
        liaison.arrives_at(code)
        liaison.sees("We spoke with them")
        liaison.goes_to("People to look for")


def records_and_takes_it_back(liaison: Visitor) -> None:
    liaison.types(SAID, "27")
    liaison.presses("Record this list")
    liaison.sees(f"Recorded: {THE_SUM}.")
    liaison.arrives_at("The clinic's day")
    liaison.sees("Absent, or elsewhere")
    calls_two(liaison)
    liaison.goes_to("The clinic's day")
    liaison.opens_up("Take it back")
    liaison.presses("Take this list back")
    liaison.sees("Taken back. What stood before it stands again.")
    liaison.sees("No list of this day yet")
    liaison.arrives_at("The clinic's day")
