"""A whole day worked on the screen: sixty visits, three groups, a count; at its end every number of it is right."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.running import SITE, RunningHome
from tests.stories import day_script as told
from tests.stories.day_at_desk import Desk
from tests.stories.day_numbers import figures_of_month, sums_of_today, taken_without_a_name
from tests.stories.day_of_supplies import supplies_come, the_shelf_is_counted, the_store_is_right
from tests.stories.day_script import Script
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.reading_pages import (
    assert_same,
    every_number_opens,
    facts,
    figures_in,
    only_of,
    table,
)
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
# What a figure is split by in the script's own reckoning; the other splits must only add up.
RECKONED = ("sex", "ward", "week", "site")


@pytest.fixture(scope="module")
def script() -> Script:
    return told.script_of(datetime.now(ZoneInfo("Africa/Nairobi")).date())


@pytest.fixture(scope="module")
def before_the_day(script: Script, tmp_path_factory: pytest.TempPathFactory) -> RunningHome:
    """A home whose line list and earlier days came in as books."""
    folder = tmp_path_factory.mktemp("before")
    home = RunningHome(folder / "running")
    books = {"line-list": told.line_list(script), "register": told.earlier_book(script)}
    for kind, book in books.items():
        (folder / f"{kind}.csv").write_bytes(book)
    by = ["--site", SITE, "--by", "desk_officer"]
    home.several(*(["import", kind, str(folder / f"{kind}.csv"), *by] for kind in books))
    return home


@pytest.fixture
def home(before_the_day: RunningHome, tmp_path: Path) -> Iterator[RunningHome]:
    with RunningHome(tmp_path / "running", copy_of=before_the_day, demo=True) as home:
        yield home


# The other language is left to `make soak`: the story is long, and every page is looked at in both elsewhere.
@pytest.mark.parametrize(
    ("language", "width"), [pytest.param("en", LAPTOP, marks=pytest.mark.soak), ("sw", PHONE)]
)
def test_every_number_of_the_day_is_right_at_its_end(
    home: RunningHome, arrive: Callable[..., Visitor], script: Script, language: str, width: int
) -> None:
    def seated(who: str) -> Visitor:
        visitor = arrive(home, apart=True, language=language, width=width)
        visitor.signs_in(who)
        return visitor

    supplies_come(seated("counsellor"), script)
    officer = seated("desk_officer")
    desk = Desk(officer, script)
    desk.sees_all_but_the_last()
    desk.counts_what_is_taken_without_a_name()
    for group in script.groups:
        desk.takes_attendance(group)
    keeper = seated("counsellor")
    the_shelf_is_counted(keeper, script)
    desk.writes_down(script.comings[-1])
    today_is_right(officer, script)
    the_sheet_balances(officer, script)
    the_store_is_right(keeper, script)
    the_month_is_right(seated("me_officer"), script)


def today_is_right(officer: Visitor, script: Script) -> None:
    officer.opens("/today")
    officer.arrives_at("Today")
    taken = taken_without_a_name(script)
    expected = {
        officer.said(name): f"{number} + {taken[name]} {officer.said('without a name')}"
        if taken[name]
        else str(number)
        for name, number in sums_of_today(script).items()
    }
    assert facts(officer.page) == expected
    assert officer.page.locator("section[aria-labelledby=came] .rows li").count() == 40
    officer.follows("Next")
    officer.arrives_at("Today")
    assert officer.page.locator("section[aria-labelledby=came] .rows li").count() == told.VISITS - 40


def the_sheet_balances(officer: Visitor, script: Script) -> None:
    officer.opens("/today")
    officer.follows("End-of-day sheet")
    officer.arrives_at("End of the day")
    sums, taken = sums_of_today(script), taken_without_a_name(script)
    people = ("People", "New", "Returning", "Visits", "Services", "Collected for others")
    assert table(officer.page, "people") == [[str(sums[name]) for name in people]]
    expected = []
    for item in told.ITEMS:
        all_of_it = str(sums[item] + taken[item])
        expected.append([officer.said(item), str(sums[item]), str(taken[item]), all_of_it, all_of_it, "0"])
    assert table(officer.page, "supplies") == expected
    officer.sees("It balances: what was recorded as given is what left the stock.")
    back = officer.page.locator("section[aria-labelledby=supplies] > p strong.number")
    assert int(back.inner_text()) == sums[told.RETURNED] + taken[told.RETURNED]
    held = officer.page.locator("section[aria-labelledby=held] .rows li")
    assert held.count() == len(script.groups)
    for group in script.groups:
        numbers = re.findall(r"\d+", held.filter(has_text=officer.said(group.kind)).inner_text())
        assert list(map(int, numbers)) == [len(group.people), group.men + group.women]


def the_month_is_right(reader: Visitor, script: Script) -> None:
    """Every figure of the month so far, on its page and as a table; each number of the page opens to its records."""
    expected = figures_of_month(script, SITE)
    month = f"/reports/{script.today:%Y-%m}"
    reader.opens(month)
    reader.arrives_at(script.today.strftime("%Y"))
    with reader.page.expect_download() as download:
        reader.presses("CSV table")
    figures = figures_in(Path(download.value.path()).read_bytes())
    assert_same(only_of(figures, *RECKONED), expected)
    every_number_opens(reader.page, reader.home.url, f"{script.today:%Y-%m}", expected)
