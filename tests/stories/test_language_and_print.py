"""Reading on in another language, and what stands on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.stories.homes import SOMEBODY, DemoHome
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story


def test_a_language_is_chosen_once_and_remembered(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    reader = arrive(demo)
    reader.signs_in("njeri")
    reader.arrives_at("Find a person")
    reader.opens("/places")
    reader.presses("Kiswahili")
    reader.is_at("/places")
    reader.language = "sw"
    reader.arrives_at("Mahali")
    reader.presses("Ondoka")
    reader.arrives_at("Ingia")

    elsewhere = arrive(demo, apart=True)
    elsewhere.signs_in("njeri")
    elsewhere.language = "sw"
    elsewhere.arrives_at("Tafuta mtu")
    elsewhere.language = "en"
    elsewhere.presses("English")
    elsewhere.arrives_at("Find a person")


def test_a_persons_page_on_paper_holds_no_name(demo: DemoHome, arrive: Callable[..., Visitor]) -> None:
    officer = arrive(demo, apart=True)
    officer.signs_in()
    officer.opens(f"/p/{demo.somebody}")
    officer.presses("Show name and contacts")
    officer.sees("Zawadi Wairimu Mkamburi")

    officer.page.emulate_media(media="print")
    printed = officer.page.locator("body").inner_text()
    never_printed = [SOMEBODY[part] for part in ("first", "last", "nickname", "number")] + [
        "712000456",
        "Mwende",
        "soko",
    ]
    assert not [text for text in never_printed if text in printed]
    assert "Names and contacts are not printed." in printed
    assert demo.somebody[:3] in printed
    expect(officer.page.get_by_role("link", name="Hide")).to_be_hidden()
    assert officer.page.pdf().startswith(b"%PDF")
