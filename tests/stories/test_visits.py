"""A desk officer's day: people come again and again, slips are undone, put right or moved, and the sheet balances."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.stories.homes import DESK, DemoHome
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.keyboard import KeyboardVisitor
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
FIND = "Code, name, phone or number"
NEEDLES, CONDOMS, BACK = "Needles and syringes", "Condoms", "Needles brought back"
A_PERSON = re.compile(r"/p/[0-9A-Z]{7}$")
VISITS, MOST_STEPS = 20, 6


@pytest.mark.parametrize("language", ["en", "sw"])
def test_with_a_mouse(demo: DemoHome, arrive: Callable[..., Visitor], language: str) -> None:
    officer = arrive(demo, language=language)
    a_morning(officer, newcomer(demo, "Mouse"), newcomer(demo, "Other"))


@pytest.mark.parametrize("width", [LAPTOP, pytest.param(PHONE, marks=pytest.mark.soak)])
def test_with_the_keyboard_alone(demo: DemoHome, arrive: Callable[..., Visitor], width: int) -> None:
    officer = arrive(demo, kind=KeyboardVisitor, width=width)
    a_morning(officer, newcomer(demo, "Keys"), newcomer(demo, "Other"))


def test_without_a_script(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo, script=False)
    a_morning(officer, newcomer(demo, "Plain"), newcomer(demo, "Other"))


def newcomer(demo: DemoHome, last: str) -> str:
    """Have somebody registered, and return their card code as it is shown."""
    code = demo.registered(first="Wekesa", last=last, sex="male")
    return f"{code[:3]}-{code[3:]}"


def a_morning(officer: Visitor, code: str, other: str) -> None:
    officer.signs_in()
    officer.arrives_at("Find a person")
    comes_for_the_first_time(officer, code)
    comes_again_and_the_usual_stands_there(officer, code)
    is_put_right(officer, code)
    was_somebody_else(officer, code, other)
    somebody_says_no_name(officer)
    the_day_ends(officer, other)


def finds(officer: Visitor, code: str) -> None:
    officer.opens("/")
    officer.types(FIND, code)
    officer.presses("Find")
    officer.is_at(A_PERSON)


def comes_for_the_first_time(officer: Visitor, code: str) -> None:
    finds(officer, code)
    officer.sees("No visits yet.")
    officer.follows("Visit")
    officer.arrives_at("Visit")
    officer.sees("First visit")
    officer.types(NEEDLES, "10")
    officer.types(CONDOMS, "6")
    officer.ticks("Health education")
    officer.ticks("Preventing overdose")
    officer.presses("Save")
    officer.arrives_at("Find a person")
    officer.sees("Visit saved:")
    expect(officer.page.locator("#id_q")).to_be_focused()
    officer.presses("Undo")
    officer.sees("Taken back. What was given is in the store again.")
    officer.sees("No visits yet.")
    officer.follows("Visit")
    officer.types(NEEDLES, "10")
    officer.types(CONDOMS, "6")
    officer.presses("Save")
    officer.sees("Visit saved:")


def comes_again_and_the_usual_stands_there(officer: Visitor, code: str) -> None:
    finds(officer, code)
    officer.follows("Visit")
    officer.arrives_at("Visit")
    assert field_of(officer, NEEDLES).input_value() == "10"
    if officer.has_script and not isinstance(officer, KeyboardVisitor):
        officer.presses(f"{officer.said('More')}: {officer.said(NEEDLES)}")
        assert field_of(officer, NEEDLES).input_value() == "11"
        officer.presses(f"{officer.said('Fewer')}: {officer.said(NEEDLES)}")
    officer.types(BACK, "7")
    officer.ticks("Referral for HIV testing")
    officer.presses("Save")
    officer.sees("Visit saved:")


def field_of(officer: Visitor, label: str):
    return officer.page.get_by_label(officer.said(label), exact=True)


def opens_the_newest_visit(officer: Visitor, code: str) -> None:
    finds(officer, code)
    officer.does_not_see("HIV")
    officer.page.goto(
        officer.home.url + officer.page.locator("a.row[href*='/visits/']").first.get_attribute("href")
    )


def is_put_right(officer: Visitor, code: str) -> None:
    opens_the_newest_visit(officer, code)
    officer.arrives_at("Visit")
    officer.sees("Referral for HIV testing")
    officer.follows("Put it right")
    officer.arrives_at("Put this visit right")
    officer.types(NEEDLES, "12")
    officer.presses("Save")
    officer.sees("Saved. What stood before is kept.")


def was_somebody_else(officer: Visitor, code: str, other: str) -> None:
    opens_the_newest_visit(officer, code)
    officer.sees("As it stood before")
    officer.follows("This was somebody else")
    officer.arrives_at("This was somebody else")
    officer.types("Code, name, phone or number of the person it was", other)
    officer.presses("Find")
    officer.presses("It was this person")
    officer.sees("Moved. It stands on this page now.")
    officer.arrives_at(other)


def somebody_says_no_name(officer: Visitor) -> None:
    officer.opens("/tally")
    officer.arrives_at("Without a name")
    officer.presses(f"+10 {officer.said(CONDOMS)}")
    officer.arrives_at("Without a name")
    officer.sees("The last taps")
    officer.presses("Undo")
    officer.sees("Taken back. What was given is in the store again.")


def the_day_ends(officer: Visitor, code: str) -> None:
    officer.opens("/today")
    officer.arrives_at("Today")
    officer.sees(code)
    officer.does_not_see("HIV")
    officer.follows("End-of-day sheet")
    officer.arrives_at("End of the day")
    officer.sees("It balances: what was recorded as given is what left the stock.")


# Twenty who come again, and how many steps each takes


@dataclass
class Steps:
    """Presses keys, and counts: one key, or what is typed into one field, is one step."""

    officer: Visitor
    taken: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.officer.page.keyboard.press(key)
        self.taken.append(key)

    def type(self, text: str) -> None:
        self.officer.page.keyboard.type(text)
        self.taken.append(text)


def test_twenty_people_come_again_by_keyboard_within_six_steps_each(
    demo: DemoHome, arrive: Callable[..., Visitor]
) -> None:
    codes = twenty_who_came_yesterday(demo)
    officer = arrive(demo)
    officer.signs_in()
    before = given_today(officer)
    for place, code in enumerate(codes):
        steps = comes_again(officer, code, needles=None if place % 3 else 20 + place)
        assert len(steps.taken) <= MOST_STEPS, steps.taken
    changed = [20 + place for place in range(VISITS) if place % 3 == 0]
    usual = 10 * (VISITS - len(changed))
    assert given_today(officer) - before == sum(changed) + usual


def twenty_who_came_yesterday(demo: DemoHome) -> list[str]:
    """Have twenty people registered who took ten needles yesterday, so that this is their usual; return their codes."""
    desk, codes = demo.session(DESK), []
    yesterday = (datetime.now(ZoneInfo("Africa/Nairobi")) - timedelta(days=1)).date().isoformat()
    for number in range(VISITS):
        person = {"first": "Barasa", "last": f"Again{number}", "sex": "male", "confirm_new": "on"}
        made = desk.submit("/register", consent="on", manner="spoken", **person)
        codes.append(made.header("Location").removeprefix("/p/"))
        page = f"/p/{codes[-1]}/visit"
        needles = re.findall(r'name="(item_[0-9a-f]+)"', desk.get(page).text)[0]
        saved = desk.submit(page, **{needles: "10", "occurred_on": yesterday})
        assert saved.status == 302, saved.text
    return codes


def comes_again(officer: Visitor, code: str, *, needles: int | None) -> Steps:
    """Find by code, and save a visit with the keys alone: the usual as it stands, or another number and a service."""
    officer.page.keyboard.type(code)
    officer.page.keyboard.press("Enter")
    officer.is_at(A_PERSON)
    # A key pressed before the page is there is lost: an officer waits for it, and so does this.
    expect(officer.page.get_by_role("link", name=officer.said("Visit"), exact=True)).to_be_focused()
    steps = Steps(officer)
    steps.press("Enter")
    expect(officer.page.locator(".step-number").first).to_be_focused()
    if needles is not None:
        steps.type(str(needles))
        steps.press("Tab")
        steps.type("0")
    steps.press("Enter")
    officer.is_at("/")
    officer.sees("Visit saved:")
    expect(officer.page.locator("#id_q")).to_be_focused()
    return steps


def given_today(officer: Visitor) -> int:
    """Return how many needles the page of today says were given to people, and go back to where people are found."""
    officer.opens("/today")
    fact = officer.page.locator(".facts > div", has=officer.page.get_by_text(NEEDLES, exact=True))
    given = int(fact.locator(".number").inner_text())
    officer.opens("/")
    return given
