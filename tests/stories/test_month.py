"""A month from its books to its report on the screen: taken in, settled, joined, closed by two people, carried away."""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.opening import open_book
from tests.running import SITE, RunningHome
from tests.stories import month_script as told
from tests.stories.day_numbers import Figures
from tests.stories.inspection import LAPTOP, PHONE
from tests.stories.month_at_desk import (
    is_left_out,
    is_settled,
    joins_every_pair,
    puts_right,
    takes_in,
    two_people_close,
)
from tests.stories.reading_pages import assert_same, every_number_opens, figures_in, only_of
from tests.stories.visitor import Visitor

pytestmark = pytest.mark.story
JUNE = "2025-06"
RECKONED = ("sex", "ward", "week", "site", "activity")
Seat = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> RunningHome:
    return RunningHome(tmp_path_factory.mktemp("fresh") / "running")


@pytest.fixture
def home(fresh: RunningHome, tmp_path: Path) -> Iterator[RunningHome]:
    with RunningHome(tmp_path / "running", copy_of=fresh, demo=True) as home:
        yield home


@pytest.mark.parametrize(
    ("language", "width"),
    [("en", PHONE), pytest.param("sw", LAPTOP, marks=pytest.mark.soak)],  # as test_day
)
def test_the_books_of_a_programme_become_its_report(
    home: RunningHome, arrive: Callable[..., Visitor], language: str, width: int
) -> None:
    def seated(who: str) -> Visitor:
        visitor = arrive(home, apart=True, language=language, width=width)
        visitor.signs_in(who)
        return visitor

    month, clerk, officer = told.month_of(), seated("mat_liaison"), seated("me_officer")
    takes_in(clerk, Kind.LINE_LIST, "orodha.xlsx", told.line_list(month))
    takes_in(clerk, Kind.ATTENDANCE, "mwezi.xlsx", told.attendance(month))
    takes_in(clerk, Kind.REGISTER, "rejista.ods", told.register(month))
    takes_in(clerk, Kind.EVENTS, "matukio.csv", told.events())
    assert_same(as_table(officer), told.figures_of(month, SITE, settled=False, joined=False))
    settles_what_waits(clerk, month)
    assert_same(as_table(officer), told.figures_of(month, SITE, settled=True, joined=False))
    assert joins_every_pair(clerk) == len(told.TWO_CARDS)
    expected = told.figures_of(month, SITE, settled=True, joined=True)
    assert_same(as_table(officer), expected)
    the_page_says_so_and_opens(officer, expected)
    two_people_close(officer, seated("programme_manager"), JUNE)
    the_report_is_carried_away(officer, expected)


# Lines that wait


def settles_what_waits(clerk: Visitor, month: told.Month) -> None:
    """Settle each line in its turn, as a clerk does who asks around: nobody's, put right, whose it is, somebody new."""
    clerk.opens("/books/waiting")
    clerk.arrives_at("Lines that wait")
    clerk.follows("Begin with the first")
    is_left_out(clerk, "Nobody remembers it")
    comes_to_a_line_of(clerk, "mwezi.xlsx")
    puts_right(clerk, mat_number=told.mat_number(5))
    comes_to_a_line_of(clerk, "rejista.ods")
    number = told.code(month.waiting["ambiguous"].who)
    is_settled(clerk, clerk.page.locator("main label", has_text=number).inner_text().strip())
    is_settled(clerk, "A new person: register them as the line says")
    puts_right(clerk, day=f"{month.waiting['unreadable'].on:%d/%m/%Y}")
    is_left_out(clerk, "A visitor from elsewhere")
    comes_to_a_line_of(clerk, "matukio.csv")
    _name, _activity, men, women = told.WAITING_EVENT
    puts_right(clerk, male=str(men), female=str(women))
    clerk.arrives_at("Lines that wait")
    clerk.sees("No line waits")


def comes_to_a_line_of(clerk: Visitor, book: str) -> None:
    """See the next line, which is of this book."""
    expect(clerk.page.locator("#written")).to_be_visible()
    expect(clerk.page.get_by_role("link", name=book).first).to_be_visible()


# The report


def as_table(officer: Visitor) -> Figures:
    """Return the month's figures as its CSV table has them."""
    officer.opens(f"/reports/{JUNE}")
    return only_of(figures_in(downloads(officer, "CSV table")), *RECKONED)


def downloads(officer: Visitor, label: str) -> bytes:
    """Take the report along in this form."""
    with officer.page.expect_download() as download:
        officer.presses(label)
    return Path(download.value.path()).read_bytes()


def the_page_says_so_and_opens(officer: Visitor, expected: Figures) -> None:
    """Every number of the page is the expected one, and opens to its records."""
    officer.opens(f"/reports/{JUNE}")
    officer.arrives_at("2025")
    every_number_opens(officer.page, officer.home.url, JUNE, expected)


def the_report_is_carried_away(officer: Visitor, expected: Figures) -> None:
    """The closed month as PDF, workbook and table."""
    officer.opens(f"/reports/{JUNE}")
    officer.arrives_at("2025")
    assert_same(as_table(officer), expected)
    pdf = downloads(officer, "PDF")
    assert pdf.startswith(b"%PDF-1.7")
    assert 2 <= pages_of(pdf) <= 4
    sheets = open_book(downloads(officer, "Workbook"), "report.xlsx").sheets
    numbers = {
        row[3]: int(float(row[1])) for row in rows_with_codes(sheets) if row[3] in dict(whole(expected))
    }
    assert numbers == dict(whole(expected))


def whole(figures: Figures) -> list[tuple[str, int]]:
    return [(code, value) for (code, part), value in figures.items() if not part]


def rows_with_codes(sheets: Any) -> list[list[str]]:
    """Return the rows of the workbook that hold a title, a number, what it is of, and a code."""
    rows = [[str(cell or "") for cell in row] for sheet in sheets for row in sheet.rows]
    return [row for row in rows if len(row) >= 4 and re.fullmatch(r"[a-z]+\.[a-z0-9_]+", row[3])]


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF says that it has."""
    found = re.findall(rb"/Type ?/Pages[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type ?/Pages", pdf)
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        found += re.findall(rb"/Type ?/Pages[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type ?/Pages", text)
    return max(int(one or other) for one, other in found)
