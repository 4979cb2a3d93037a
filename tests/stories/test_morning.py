"""A desk officer's morning: somebody is found, somebody new is welcomed, and the screen is hidden when it must be."""

import re
from collections.abc import Callable

import pytest

from tests.stories.homes import DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
A_PERSON = re.compile(r"/p/[0-9A-Z]{7}$")
SHARED_PHONE = "0711 000 357"
HIDDEN_WITHIN = 200


@pytest.fixture(scope="module")
def known(demo: DemoHome) -> str:
    """Have somebody registered whose name is written in more than one way; return their card code, as it is shown."""
    code = demo.registered(first="Muhammad", last="Njoroge", sex="male", phone=SHARED_PHONE)
    return f"{code[:3]}-{code[3:]}"


def test_with_a_mouse(demo: DemoHome, arrive: Callable[..., Visitor], known: str) -> None:
    officer = arrive(demo)
    signs_in(officer)
    finds_somebody_whose_name_is_spelled_otherwise(officer, known)
    registers_somebody_new(officer, nickname="Tall", like=known)
    shows_the_name_and_adds_a_phone(officer, nickname="Tall")
    hides_by_escape_and_comes_back(officer)


@pytest.mark.parametrize("width", [LAPTOP, pytest.param(PHONE, marks=pytest.mark.soak)])
def test_with_the_keyboard_alone(
    demo: DemoHome, arrive: Callable[..., Visitor], known: str, width: int
) -> None:
    officer = arrive(demo, kind=KeyboardVisitor, width=width)
    signs_in(officer)
    finds_somebody_whose_name_is_spelled_otherwise(officer, known)
    registers_somebody_new(officer, nickname=f"Keys {width}", like=known)
    shows_the_name_and_adds_a_phone(officer, nickname=f"Keys {width}")
    hides_by_escape_and_comes_back(officer)


def test_without_a_script(demo: DemoHome, arrive: Callable[..., Visitor], known: str) -> None:
    officer = arrive(demo, script=False)
    signs_in(officer)
    finds_somebody_whose_name_is_spelled_otherwise(officer, known)
    registers_somebody_new(officer, nickname="Plain", like=known)
    shows_the_name_and_adds_a_phone(officer, nickname="Plain")
    hides_by_the_link_and_comes_back(officer)


def signs_in(officer: Visitor) -> None:
    officer.opens("/")
    officer.arrives_at("Sign in")
    officer.types("Sign-in name", officer.home.username)
    officer.types("Password", officer.home.password)
    officer.presses("Sign in")
    officer.arrives_at("Find a person")


def finds_somebody_whose_name_is_spelled_otherwise(officer: Visitor, code: str) -> None:
    looks_for(officer, "mohamed njoroje")
    officer.sees(code)
    officer.sees("Name sounds alike")
    officer.arrives_at("Find a person")
    officer.does_not_see("Muhammad")
    officer.follows(code)
    officer.arrives_at(code)
    officer.does_not_see("Muhammad")
    officer.follows("Find another person")


def looks_for(officer: Visitor, text: str) -> None:
    officer.types("Code, name, phone or number", text)
    if not officer.has_script:
        officer.presses("Find")


def registers_somebody_new(officer: Visitor, *, nickname: str, like: str) -> None:
    """Find nobody; type a name and phone that somebody has already, see who, and say that this is somebody else."""
    looks_for(officer, f"{nickname} Xqzzv")
    officer.sees("Nobody matches this")
    officer.follows("Register a new person")
    officer.arrives_at("Register a new person")
    officer.types("First name (optional)", "Mohammed")
    officer.types("Last name (optional)", "Njoroje")
    officer.types("Nickname (optional)", nickname)
    officer.chooses("Male", of="Sex")
    officer.picks("Karuri", of="Ward where they live (optional)")
    officer.does_not_see("Is it one of these?")
    officer.types("Phone number (optional)", SHARED_PHONE)
    if officer.has_script:
        says_that_this_is_somebody_else(officer, like)
    officer.ticks("They agree that we keep a record")
    officer.presses("Register this person")
    if not officer.has_script:
        says_that_this_is_somebody_else(officer, like)
        officer.presses("Register this person")
    officer.sees("Registered. The card code is")
    officer.is_at(A_PERSON)
    officer.arrives_at("Person")


def says_that_this_is_somebody_else(officer: Visitor, like: str) -> None:
    officer.sees("Is it one of these?")
    officer.sees(like)
    officer.sees("Same phone")
    officer.arrives_at("Register a new person")
    officer.ticks("None of these: this is somebody new")


def shows_the_name_and_adds_a_phone(officer: Visitor, *, nickname: str) -> None:
    officer.does_not_see(nickname)
    shows_the_name(officer)
    officer.sees(nickname)
    officer.follows("Add a phone")
    officer.arrives_at("New phone")
    officer.types("Phone number", "0722 000 918")
    officer.chooses("Any of our staff", of="Who may call")
    officer.presses("Save")
    officer.sees("Saved.")
    officer.is_at(A_PERSON)
    officer.does_not_see(nickname)
    shows_the_name(officer)
    officer.sees("+254722000918")


def shows_the_name(officer: Visitor) -> None:
    officer.presses("Show name and contacts")
    officer.sees("Mohammed Njoroje")
    officer.arrives_at("Person")


def hides_by_escape_and_comes_back(officer: Visitor) -> None:
    with officer.page.expect_console_message(lambda message: "emptied after" in message.text) as said:
        officer.page.keyboard.press("Escape")
        officer.page.keyboard.press("Escape")
    assert float(said.value.text.rpartition(" ")[2]) < HIDDEN_WITHIN
    is_hidden_and_comes_back(officer)


def hides_by_the_link_and_comes_back(officer: Visitor) -> None:
    officer.follows("Hide")
    is_hidden_and_comes_back(officer)


def is_hidden_and_comes_back(officer: Visitor) -> None:
    officer.is_at("/hidden")
    officer.arrives_at("Kimbilio")
    officer.does_not_see("Mohammed")
    officer.follows("Carry on")
    officer.arrives_at("Find a person")
