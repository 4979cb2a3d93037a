"""The pages of a MAT clinic: its days, the list to be marked, a person's journey, and what the clinic decides."""

from playwright.sync_api import expect

from tests.stories.homes import LIAISON
from tests.stories.pages import fill, send, shown_to
from tests.stories.visitor import Visitor


@shown_to(to=LIAISON)
def clinic_today(v: Visitor) -> None:
    v.opens("/day")


@shown_to(to=LIAISON)
def clinic_day_with_a_list(v: Visitor) -> None:
    clinic_today(v)
    v.page.locator(".short-row").nth(2).click()
    v.page.locator("[aria-labelledby=lists] summary").first.click()


@shown_to(to=LIAISON)
def list_to_be_marked(v: Visitor) -> None:
    clinic_today(v)
    v.page.locator("main a.button").first.click()
    expect(v.page.locator("#sought")).to_be_visible()


@shown_to(to=LIAISON)
def list_that_does_not_add_up(v: Visitor) -> None:
    list_to_be_marked(v)
    v.page.locator("main details summary").click()
    fill(v, lines="KRMAT-9999", said="1")
    send(v, "button[value=record]")


@shown_to(to=LIAISON)
def list_with_names(v: Visitor) -> None:
    list_to_be_marked(v)
    send(v, "button[value=names]")


@shown_to(to=LIAISON)
def list_to_be_corrected(v: Visitor) -> None:
    clinic_day_with_a_list(v)
    v.page.locator("main a.button").first.click()


def _somebody_absent(v: Visitor) -> None:
    clinic_day_with_a_list(v)
    v.page.locator("[aria-labelledby=list] a.row").first.click()


@shown_to(to=LIAISON)
def journey(v: Visitor) -> None:
    _somebody_absent(v)
    v.page.locator(".strip summary").click()
    v.page.locator(".rows summary").first.click()


@shown_to(to=LIAISON)
def journey_on_the_persons_page(v: Visitor) -> None:
    _somebody_absent(v)
    v.opens(f"/p/{v.page.url.split('/')[-2]}")
    v.page.locator("#journey a.button").click()
    expect(v.page.locator("#journey .strip")).to_be_visible()


@shown_to(to=LIAISON)
def new_step(v: Visitor) -> None:
    _somebody_absent(v)
    v.page.locator("#journey a[href$='/step']").click()


@shown_to(to=LIAISON)
def new_step_with_mistakes(v: Visitor) -> None:
    new_step(v)
    fill(v, occurred_on="2999-01-01")
    send(v)


@shown_to(to=LIAISON)
def one_day_put_right(v: Visitor) -> None:
    _somebody_absent(v)
    v.page.locator("#journey a[href$='/day']").click()


@shown_to(to=LIAISON)
def what_the_clinic_decides(v: Visitor) -> None:
    v.opens("/clinic")


@shown_to(to=LIAISON)
def number_with_mistakes(v: Visitor) -> None:
    v.opens("/clinic")
    v.page.locator("main .row a").first.click()
    fill(v, value="many", source="")
    send(v)


@shown_to(to=LIAISON)
def nothing_to_look_into(v: Visitor) -> None:
    v.opens("/look-into")
