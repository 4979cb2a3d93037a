"""A group is over and 25 people are written down; a baraza is counted. By keyboard, on a phone, without a script."""

import re
from collections.abc import Callable

import pytest

from tests.stories.homes import DESK, DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
BOX = "One person a line (optional)"
NUMBERS = [f"KSS-{number:04}" for number in range(1, 26)]
# From the sessions of the month: the link, the kind, the box, two guests, Save. Typing is not counted.
MOST_STEPS = 6


@pytest.mark.parametrize("width", [LAPTOP, pytest.param(PHONE, marks=pytest.mark.soak)])
@pytest.mark.parametrize("language", ["en", "sw"])
def test_25_people_by_the_keyboard_alone(
    demo: DemoHome, arrive: Callable[..., Visitor], language: str, width: int
) -> None:
    officer = arrive(demo, kind=KeyboardVisitor, language=language, width=width)
    comes_to_sessions(officer)
    steps = [
        lambda: officer.follows("Take attendance"),
        lambda: officer.chooses("Health education", of="Session"),
        lambda: officer.types(BOX, "\n".join(NUMBERS)),
        lambda: officer.types("Guests, men (optional)", "2"),
        lambda: officer.types("Guests, women (optional)", "1"),
        lambda: officer.presses("Save"),
    ]
    for step in steps:
        step()
    assert len(steps) <= MOST_STEPS
    officer.sees("Recorded: 25 people and 3 guests.")
    officer.arrives_at("Health education")
    takes_it_back(officer)


def test_names_are_looked_at_and_lines_of_nobodys_stay(
    demo: DemoHome, arrive: Callable[..., Visitor]
) -> None:
    officer = arrive(demo, script=False)
    comes_to_sessions(officer)
    officer.follows("Take attendance")
    officer.chooses("Family session", of="Session")
    code = demo.somebody
    officer.types(BOX, f"Zawadi Wairimu Mkamburi\n{NUMBERS[0]}\nNobody Atall")
    officer.presses("Save")
    officer.sees("Nobody was found for these lines. They stay in the box:")
    officer.sees(f"{code[:3]}-{code[3:]}")
    officer.arrives_at("Take attendance")
    officer.ticks("Save without these lines")
    officer.presses("Save")
    officer.sees("Recorded: 2 people.")
    strikes_one_off(officer)
    takes_it_back(officer)


def test_who_came_last_time_is_ticked_at_once(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo)
    comes_to_sessions(officer)
    officer.follows("Take attendance")
    officer.sees("Came last time")
    officer.presses("All of them came")
    officer.presses("Save")
    officer.sees(re.compile(r"Recorded: \d+ people"))
    takes_it_back(officer)


@pytest.mark.parametrize("width", [LAPTOP, PHONE])
def test_a_baraza_is_counted(demo: DemoHome, arrive: Callable[..., Visitor], width: int) -> None:
    officer = arrive(demo, kind=KeyboardVisitor, width=width)
    officer.signs_in(DESK)
    officer.arrives_at("Find a person")
    officer.goes_to("Community events")
    officer.follows("Record an event")
    officer.chooses("Public baraza", of="Event")
    officer.types("Men and boys (optional)", "48")
    officer.types("Women and girls (optional)", "many")
    officer.types("Place (optional)", "Gathanga")
    officer.presses("Save")
    officer.sees("Type a number, such as 48.")
    officer.types("Women and girls (optional)", "40")
    officer.presses("Save")
    officer.sees("Saved.")
    officer.arrives_at("Community events")
    officer.sees("Gathanga")
    officer.follows("Public baraza")
    officer.opens_up("This was recorded by mistake: take it back")
    officer.presses("Take this event back")
    officer.sees("Taken back. It is kept, and counts no more.")
    officer.does_not_see("Gathanga")


def comes_to_sessions(officer: Visitor) -> None:
    officer.signs_in(DESK)
    officer.arrives_at("Find a person")
    officer.goes_to("Sessions")


def strikes_one_off(officer: Visitor) -> None:
    officer.page.locator("main .rows details summary").first.click()
    officer.presses("They did not come")
    officer.sees(re.compile("is struck off"))
    officer.sees("1 person")


def takes_it_back(officer: Visitor) -> None:
    officer.opens_up("This was recorded by mistake: take it back")
    officer.presses("Take this session back")
    officer.sees("Taken back. It is kept, and counts no more.")
    officer.arrives_at("Sessions")
