"""Every page, in both languages, on a phone and on a laptop: open to everyone, and giving nothing away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.stories.homes import Office
from tests.stories.inspection import LAPTOP, PHONE, faults_of, faults_when_narrow_or_enlarged, look_at
from tests.stories.pages import Shown
from tests.stories.pages_of_sign_in import ALL_PAGES
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
Seat = Callable[[Office, Shown, str], Visitor]


@pytest.fixture(scope="module")
def seat(chromium: Browser) -> Iterator[Seat]:
    """Return a function that seats a person of each role and language once, since opening a browser takes long."""
    seated: dict[tuple[str, ...], Visitor] = {}

    def sit_down(home: Office, shown: Shown, language: str) -> Visitor:
        who = (home.url, shown.who, language, str(shown) if shown.alone else "")
        if who not in seated:
            seated[who] = Visitor(chromium, home, language=language)
            if shown.who:
                seated[who].context.add_cookies(home.cookies_of(shown.who, alone=shown.alone))
        return seated[who]

    yield sit_down
    for visitor in seated.values():
        visitor.leaves()


@pytest.mark.parametrize("language", ["en", "sw"])
@pytest.mark.parametrize("shown", ALL_PAGES, ids=str)
def test_a_page_is_open_to_everyone(
    shown: Shown, language: str, seat: Seat, pictures: Path | None, request: pytest.FixtureRequest
) -> None:
    visitor = seat(request.getfixturevalue(shown.home), shown, language)
    shown.reach(visitor)
    faults = []
    for width in (LAPTOP, PHONE):
        look_at(visitor.page, width)
        if pictures:
            visitor.page.screenshot(path=pictures / f"{shown}-{language}-{width}.png", full_page=True)
        faults += [f"{width} px: {fault}" for fault in faults_of(visitor.page, language=language)]
    faults += faults_when_narrow_or_enlarged(visitor.page)
    assert not faults, "\n".join([visitor.page.url, *faults])
    visitor.finds_nothing_wrong()
