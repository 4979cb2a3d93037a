"""A peer educator's afternoon: their own list, one person found, one not, and a way back agreed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.stories.homes import PEER, DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
_AFTER_A_NO = {"Yes": "Asked anew, with this no in sight: yes", "No": "No, as before"}
A_PERSON = re.compile(r"/follow/p/[0-9A-Z]{7}$")


@pytest.mark.parametrize(("width", "language"), [(PHONE, "en"), (PHONE, "sw"), (LAPTOP, "en")])
def test_with_a_finger_or_a_mouse(
    demo: DemoHome, arrive: Callable[..., Visitor], width: int, language: str
) -> None:
    peer = arrive(demo, width=width, language=language)
    sees_their_own_list(peer)
    does_not_find_one(peer)
    finds_another_and_agrees_a_way_back(peer)


def test_with_the_keyboard_alone(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    peer = arrive(demo, kind=KeyboardVisitor, width=PHONE)
    sees_their_own_list(peer)
    does_not_find_one(peer)


def test_without_a_script(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    peer = arrive(demo, script=False, width=PHONE)
    sees_their_own_list(peer)
    does_not_find_one(peer)
    finds_another_and_agrees_a_way_back(peer)


def test_whoever_does_not_want_calls_is_not_called(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    peer = arrive(demo, width=PHONE)
    sees_their_own_list(peer)
    opens_one(peer, number=1)
    says_how_they_may_be_reached(peer, call="No", visit="Yes")
    peer.follows("Record an attempt")
    peer.sees("Call: No")
    tries(peer, how="By phone", result="Nobody was reached")
    peer.sees("This person does not want to be called. Nothing was recorded.")
    peer.chooses("By going there", of="How you tried")
    peer.presses("Save")
    peer.sees("Saved.")


def sees_their_own_list(peer: Visitor) -> None:
    peer.signs_in(PEER)
    peer.arrives_at("Find a person")
    peer.opens("/follow")
    peer.arrives_at("People to look for")
    peer.sees("the people you look for")
    peer.sees("Assess before dose")
    peer.does_not_see("Print a sheet, or an answer to the clinic")


def opens_one(peer: Visitor, *, number: int) -> None:
    """Open one of the people on the list, the most urgent being the first."""
    code = peer.page.locator("main a.row .code").nth(number).inner_text()
    peer.follows(code)
    peer.arrives_at(code)
    peer.is_at(A_PERSON)


def does_not_find_one(peer: Visitor) -> None:
    opens_one(peer, number=0)
    says_how_they_may_be_reached(peer, call="Yes", visit="Yes")
    peer.follows("Record an attempt")
    peer.arrives_at("An attempt to reach them")
    tries(peer, how="By phone", result="Nobody was reached")
    peer.sees("Saved.")
    peer.sees("Nobody was reached")
    peer.follows("People to look for")
    peer.arrives_at("People to look for")
    peer.sees("Nobody was reached")


def finds_another_and_agrees_a_way_back(peer: Visitor) -> None:
    opens_one(peer, number=1)
    says_how_they_may_be_reached(peer, call="No", visit="Yes")
    peer.follows("Record an attempt")
    peer.picks("Found", of="What you learnt (optional)")
    peer.picks("Bus fare or the way", of="Why they stopped coming (optional)")
    tries(peer, how="By going there", result="We spoke with them")
    peer.sees("Stopped because of: Bus fare or the way")
    peer.page.locator("main a[href$='/back']").first.click()
    peer.arrives_at("The way back")
    peer.types("On which day", (date.today() + timedelta(days=1)).isoformat())  # noqa: DTZ011  # as a browser has it
    peer.types("At what time (optional)", "07:30")
    peer.chooses("One of us goes with them", of="Who goes with them")
    peer.presses("Save")
    peer.sees("Saved.")
    peer.sees("07:30 · One of us goes with them")
    peer.follows("People to look for")
    peer.sees("On the way back")
    peer.sees("07:30 · One of us goes with them")


def says_how_they_may_be_reached(peer: Visitor, *, call: str, visit: str) -> None:
    peer.follows("Record what they say")
    peer.arrives_at("What they say of being looked for")
    answers(peer, call, to="May we call? (optional)")
    answers(peer, visit, to="May we come? (optional)")
    answers(peer, "Yes", to="May we tell the clinic? (optional)")
    peer.presses("Save")
    peer.sees("Saved.")
    peer.is_at(A_PERSON)


def answers(peer: Visitor, answer: str, *, to: str) -> None:
    """Choose what they say; after an earlier no, the same answer is offered in other words."""
    after_a_no = _AFTER_A_NO[answer]
    group = peer.page.get_by_role("group", name=peer.said(to))
    said_no = group.get_by_role("radio", name=peer.said(after_a_no), exact=True).count()
    peer.chooses(after_a_no if said_no else answer, of=to)


def tries(peer: Visitor, *, how: str, result: str) -> None:
    peer.chooses(how, of="How you tried")
    peer.chooses(result, of="Who was reached")
    peer.presses("Save")
