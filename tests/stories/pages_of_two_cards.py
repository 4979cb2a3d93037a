"""The pages on which somebody says whether two records are of one person."""

from playwright.sync_api import expect

from tests.stories.homes import DESK
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=DESK)
def entered_twice(v: Visitor) -> None:
    v.opens("/duplicates")


@shown_to(to=DESK)
def entered_twice_with_mistakes(v: Visitor) -> None:
    v.opens("/duplicates")
    fill(v, one="2222222", other="K")
    send(v, "form .button")


@shown_to(to=DESK)
def one_person_or_two(v: Visitor) -> None:
    v.opens("/duplicates/{}/{}".format(*v.home.somebody_twice))


@shown_to(to=DESK)
def one_person_or_two_with_names(v: Visitor) -> None:
    one_person_or_two(v)
    v.page.locator("#compared button").click()
    expect(v.page.locator("#compared tbody.off-paper").first).to_be_visible()


@shown_to(to=DESK)
def person_who_was_joined(v: Visitor) -> None:
    v.opens(f"/p/{v.home.somebody_joined}")
    v.page.locator("#identity button").click()
    expect(v.page.locator("#identity dl")).to_be_visible()
    v.page.locator("[aria-labelledby=joined] summary").click()
