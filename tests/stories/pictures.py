"""The README's pictures, taken anew from a demo: `python -m tests.stories.pictures`."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.stories.homes import MANAGER, DemoHome
from tests.stories.inspection import LAPTOP
from tests.stories.visitor import Visitor
from tests.stories.window import open_window
from tools.system_packages import CHROMIUM

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_BELOW = 24  # pixels of paper below what is shown


def take(page: Page, name: str, *, down_to: Locator) -> None:
    """Take a picture of the top of a page, cut below a part of it."""
    page.evaluate("scrollTo(0, 0)")
    box = down_to.bounding_box()
    assert box
    page.set_viewport_size({"width": LAPTOP, "height": round(box["y"] + box["height"]) + _BELOW})
    page.screenshot(path=PICTURES / f"{name}.png")


def of_a_person(officer: Visitor) -> None:
    """Take a picture of somebody being found, and of their page."""
    officer.signs_in()
    officer.types("Code, name, phone or number", "Njoroje")
    officer.sees("Only if none of these is the person")
    take(officer.page, "find", down_to=officer.page.locator("main .sheet"))
    officer.page.locator("#results .rows a").first.click()
    officer.arrives_at("Person")
    take(officer.page, "person", down_to=officer.page.locator(".sheet", has=officer.page.locator("#about")))


def of_a_month(manager: Visitor) -> None:
    """Take a picture of the last whole month's report, from its top."""
    last = date.today().replace(day=1) - timedelta(days=1)  # noqa: DTZ011  # as a browser has it
    manager.signs_in(MANAGER)
    manager.opens(f"/reports/{last:%Y-%m}")
    take(manager.page, "report", down_to=manager.page.locator(".sheet", has=manager.page.locator("#people")))


def main() -> None:
    """Take every picture from one demo."""
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoHome(Path(folder) / "demo") as home,
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(
            executable_path=CHROMIUM.found(), args=["--no-sandbox", "--disable-gpu"]
        )
        for pictures in (of_a_person, of_a_month):
            pictures(Visitor(open_window(browser), home))
        browser.close()


if __name__ == "__main__":
    main()
