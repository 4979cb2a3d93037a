"""Somebody closes Kimbilio: they see that it is closed, and what stands on everybody else's screen is covered."""

import pytest
from playwright.sync_api import expect

from tests.running import PASSWORD, RunningHome
from tests.stories.window import open_window

pytestmark = pytest.mark.story
NAME = "Zubeida"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with RunningHome(tmp_path_factory.mktemp("closing") / "running") as home:
        yield home


@pytest.fixture
def window(chromium):
    opened = []

    def open_one(home, username):
        page = open_window(chromium)
        opened.append(page)
        page.goto(f"{home.url}/sign-in")
        page.get_by_label("Sign-in name").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{home.url}/")
        return page

    yield open_one
    for page in opened:
        page.context.close()


def test_one_press_and_one_to_confirm_close_it_and_cover_every_other_screen(home, window):
    closes, looks_on = window(home, "desk_officer"), window(home, "counsellor")
    looks_on.clock.install()
    looks_on.goto(f"{home.url}/register")
    first = looks_on.locator("main [name=first]")
    first.fill(NAME)

    closes.get_by_role("link", name="Close Kimbilio on this machine").first.click()
    closes.get_by_role("button", name="Close now").click()
    expect(closes.locator("h1")).to_contain_text("Kimbilio is closed")
    home.server.wait(20)
    home.server = None

    cover = looks_on.locator("#cover")
    expect(cover).to_be_hidden()
    for _look in range(2):
        looks_on.clock.run_for(10_000)
        looks_on.wait_for_timeout(300)
    expect(cover).to_be_visible()
    expect(first).to_be_hidden()

    home.start()
    looks_on.clock.run_for(10_000)
    expect(looks_on.locator("h1")).to_contain_text("Sign in")


def test_where_only_the_answer_was_away_the_page_comes_back_with_what_was_typed(home, window):
    page = window(home, "counsellor")
    page.clock.install()
    page.goto(f"{home.url}/register")
    first = page.locator("main [name=first]")
    first.fill(NAME)
    page.context.set_offline(True)
    for _look in range(2):
        page.clock.run_for(10_000)
        page.wait_for_timeout(300)
    expect(page.locator("#cover")).to_be_visible()
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.locator("#cover")).to_be_hidden()
    expect(first).to_have_value(NAME)
