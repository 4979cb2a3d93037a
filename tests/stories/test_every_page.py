"""Every page, on a phone in the language of longer words: open to everyone, and giving nothing away.

`make soak` looks at each in English on a laptop as well; the other stories look at what they pass.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stories.all_pages import ALL_PAGES
from tests.stories.inspection import LAPTOP, PHONE, faults_of, faults_when_narrow_or_enlarged, look_at
from tests.stories.pages import Shown
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
# In the language of longer words a page is looked at where it is narrowest.
WIDTHS = {"en": LAPTOP, "sw": PHONE}


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.soak), "sw"])
@pytest.mark.parametrize("shown", ALL_PAGES, ids=str)
def test_a_page_is_open_to_everyone(
    shown: Shown,
    language: str,
    arrive: Callable[..., Visitor],
    pictures: Path | None,
    request: pytest.FixtureRequest,
) -> None:
    home = request.getfixturevalue(shown.home)
    visitor = arrive(home, language=language)
    if shown.who:
        visitor.page.context.add_cookies(home.cookies_of(shown.who, alone=shown.alone))
    shown.reach(visitor)
    width = WIDTHS[language]
    look_at(visitor.page, width)
    if pictures:
        visitor.page.screenshot(path=pictures / f"{shown}-{language}-{width}.png", full_page=True)
    faults = [f"{width} px: {fault}" for fault in faults_of(visitor.page, language=language)]
    faults += faults_when_narrow_or_enlarged(visitor.page)
    assert not faults, "\n".join([visitor.page.url, *faults])
