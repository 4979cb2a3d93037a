"""Two cards of one person are joined and parted again: their histories show as one, and nothing of either is gone."""

from collections.abc import Callable

import pytest

from kimbilio.people.rules import display_card_code
from tests.stories.homes import DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story


def test_with_a_mouse(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    two_cards_are_joined_and_parted(arrive(demo), "Jefwa", "0722 000 611")


@pytest.mark.parametrize(
    ("width", "name"), [(LAPTOP, "Tsuma"), pytest.param(PHONE, "Kombo", marks=pytest.mark.soak)]
)
def test_with_the_keyboard_alone(
    demo: DemoHome, arrive: Callable[..., Visitor], width: int, name: str
) -> None:
    officer = arrive(demo, kind=KeyboardVisitor, width=width)
    two_cards_are_joined_and_parted(officer, name, f"0722 000 {width % 1000:03}")


def test_without_a_script(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    two_cards_are_joined_and_parted(arrive(demo, script=False), "Nyundo", "0722 000 613")


def two_cards_are_joined_and_parted(officer: Visitor, name: str, phone: str) -> None:
    home = officer.home
    assert isinstance(home, DemoHome)
    known = {"first": "Zuberi", "born": "1979", "phone": phone, "sex": "male"}
    card = display_card_code(home.registered(last=name, nickname="Simba", **known))
    second = display_card_code(home.registered(last=f"{name}h", **known))
    officer.signs_in()
    officer.arrives_at("Find a person")
    looks_at_the_pair(officer, card, second)
    opens_the_names_of_both(officer, name)
    joins_them(officer, card, second)
    finds_one_person_by_either_card(officer, name, card, second)
    parts_them_again(officer, card, second)
    keeps_that_they_are_two(officer, card, second)


def looks_at_the_pair(officer: Visitor, card: str, second: str) -> None:
    officer.opens("/duplicates")
    officer.arrives_at("Entered twice?")
    officer.follows(f"{card} and {second}")
    officer.arrives_at("One person or two?")
    officer.sees("Same phone")
    officer.does_not_see("Zuberi")


def opens_the_names_of_both(officer: Visitor, name: str) -> None:
    officer.presses("Show names of both")
    officer.sees(f"Zuberi {name}h")
    officer.sees("Simba")
    officer.arrives_at("One person or two?")


def joins_them(officer: Visitor, card: str, second: str) -> None:
    officer.presses("They are one person")
    officer.sees(f"They are one person. {second} now leads to {card}.")


def finds_one_person_by_either_card(officer: Visitor, name: str, card: str, second: str) -> None:
    officer.opens("/")
    officer.types("Code, name, phone or number", f"Zuberi {name}")
    if not officer.has_script:
        officer.presses("Find")
    officer.sees("Same name")
    assert officer.page.locator("#results .rows li").count() == 1
    officer.opens(f"/p/{second.replace('-', '')}")
    officer.is_at(f"/p/{card.replace('-', '')}")
    officer.arrives_at(card)
    officer.sees("Also known here as")
    officer.presses("Show name and contacts")
    officer.sees("Also written")
    officer.sees(f"Zuberi {name}h")


def parts_them_again(officer: Visitor, card: str, second: str) -> None:
    officer.opens(f"/p/{card.replace('-', '')}")
    officer.opens_up(f"Part them again: {second}")
    officer.presses("Part them: they are two people, or I am not sure")
    officer.sees("Parted. Each code stands for itself again.")
    officer.arrives_at("One person or two?")


def keeps_that_they_are_two(officer: Visitor, card: str, second: str) -> None:
    officer.presses("They are two people")
    officer.sees(f"Kept: {second} and {card} are two people.")
    officer.opens("/duplicates")
    officer.arrives_at("Entered twice?")
    assert officer.page.get_by_role("link", name=f"{card} and {second}").count() == 0
