"""The pages of who opened whom, of saying why, and of records that leave in a file."""

from playwright.sync_api import expect

from tests.stories.homes import MANAGER, ME_OFFICER
from tests.stories.pages import fill, open_with_password, send, shown_to
from tests.stories.visitor import Visitor


def _somebody_new(v: Visitor) -> str:
    return v.home.registered(first="Mwanaisha", last="Kilonzo")


@shown_to(to=MANAGER)
def why_a_person_is_opened(v: Visitor) -> None:
    v.page.goto(f"{v.home.url}/p/{_somebody_new(v)}")
    expect(v.page.locator("button[value=emergency]")).to_be_visible()


@shown_to(to=MANAGER)
def who_opened_whom(v: Visitor) -> None:
    v.opens("/history/week")


@shown_to(to=MANAGER)
def who_opened_whom_long_ago(v: Visitor) -> None:
    v.opens("/history/week/2025-06-04")


@shown_to(to=MANAGER)
def entries_behind_what_stands_out(v: Visitor) -> None:
    v.opens("/history/week")
    v.page.locator("ol.rows a").first.click()
    expect(v.page.locator("button[value=talked]")).to_be_visible()


@shown_to(to=MANAGER)
def files_out(v: Visitor) -> None:
    v.opens("/files")


@shown_to(to=MANAGER, alone=True)
def asking_for_a_file(v: Visitor) -> None:
    open_with_password(v, "/files/ask")


@shown_to(to=MANAGER, alone=True)
def asking_for_a_file_with_mistakes(v: Visitor) -> None:
    open_with_password(v, "/files/ask")
    fill(v, first="2025-06", last="2025-05")
    send(v)


@shown_to(to=MANAGER)
def file_that_waits(v: Visitor) -> None:
    _open_file(v, 0)


@shown_to(to=MANAGER, alone=True)
def approving_a_file(v: Visitor) -> None:
    _open_file(v, 0)
    v.page.locator("main a.main").click()
    if "/account/again" in v.page.url:
        fill(v, password=v.home.password)
        send(v)


@shown_to(to=ME_OFFICER)
def file_that_is_ready(v: Visitor) -> None:
    _open_file(v, 1)


@shown_to(to=ME_OFFICER, alone=True)
def taking_a_file(v: Visitor) -> None:
    _open_file(v, 1)
    open_with_password(v, v.page.locator("main a.main").get_attribute("href") or "")


def _open_file(v: Visitor, place: int) -> None:
    """Open one of the two files that the demo asked for, the newest first."""
    v.opens("/files")
    v.page.locator("main ol.rows a").nth(place).click()
