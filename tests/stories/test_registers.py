"""The registers of a month as it is really kept, on the screen: every figure is the clerk's, also once joined."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.tests.reading import REGISTERS, with_registers
from kimbilio.people.rules import display_card_code
from tests.running import RunningHome
from tests.stories.day_numbers import Figures, Part
from tests.stories.month_at_desk import is_joined, takes_in
from tests.stories.reading_pages import assert_same, every_number_opens, figures_in
from tests.stories.visitor import Visitor

pytestmark = [pytest.mark.story, with_registers]
_OF_A_PERSON = re.compile(r"/p/([^/?]+)")
MONTH, JUNE = REGISTERS / "karuri-2025-06", "2025-06"
BOOKS: dict[str, Kind] = {
    "line-list.xlsx": Kind.LINE_LIST,
    "mat-attendance.xlsx": Kind.ATTENDANCE,
    "safe-space-register.xlsx": Kind.REGISTER,
    "community-events.csv": Kind.EVENTS,
}
_SUMS = {
    "visits.visits": "visits",
    "supplies.needles": "needles_given",
    "supplies.needles_returned": "needles_returned",
    "supplies.condoms": "condoms",
    "supplies.lubricants": "lubricants",
    "supplies.naloxone_kits": "naloxone",
    "referrals.hiv": "hiv_referral_ticks",
    "referrals.tb": "tb_referral_ticks",
    "support.peer_counselling": "peer_counselling_ticks",
}
_BANDS = {"mat.missing_1_2": "1-2", "mat.missing_3_4": "3-4", "mat.missing_5_plus": "5+"}
_SEXES = {"men": "male", "women": "female"}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RunningHome]:
    with RunningHome(tmp_path / "running", demo=True) as home:
        yield home


def test_june_is_the_clerks_as_taken_in_and_after_the_pairs_are_joined(
    home: RunningHome, arrive: Callable[..., Visitor]
) -> None:
    expected = json.loads((MONTH / "expected.json").read_text("utf-8"))
    clerk, officer = arrive(home, apart=True), arrive(home, apart=True)
    clerk.signs_in("mat_liaison")
    officer.signs_in("me_officer")
    for name, kind in BOOKS.items():
        takes_in(clerk, kind, name, (MONTH / name).read_bytes())
    figures, register = as_table(officer), expected["register"]
    assert_clerks(figures, expected, register["as_imported"])
    for kind in ("needles", "condoms"):
        assert figures[f"supplies.{kind}_people", _whole()] == register[f"{kind}_people_as_imported"]
    for one, other in expected["line_list"]["duplicate_pairs"]:
        joins(clerk, one, other)
    figures = as_table(officer)
    assert_clerks(figures, expected, register["after_merging_duplicates"])
    officer.arrives_at("2025")
    every_number_opens(officer.page, home.url, JUNE, figures)


def joins(clerk: Visitor, one: str, other: str) -> None:
    """Look at a pair by both codes, and say that it is one person."""
    cards = [card_of(clerk, number) for number in (one, other)]
    clerk.opens("/duplicates/{}/{}".format(*cards))
    clerk.arrives_at("One person or two?")
    is_joined(clerk)
    clerk.sees("They are one person. {1} now leads to {0}.".format(*map(display_card_code, cards)))


def card_of(clerk: Visitor, number: str) -> str:
    """Find somebody by their number in the line list; return the code of their card."""
    clerk.opens("/")
    clerk.types("Code, name, phone or number", number)
    clerk.presses("Find")
    clerk.page.wait_for_url(_OF_A_PERSON)
    return str(_OF_A_PERSON.findall(clerk.page.url)[0])


def as_table(officer: Visitor) -> Figures:
    """Return June's figures as the CSV table has them."""
    officer.opens(f"/reports/{JUNE}")
    with officer.page.expect_download() as download:
        officer.presses("CSV table")
    return figures_in(Path(download.value.path()).read_bytes())


def clerks(expected: Any, people: dict[str, int]) -> Figures:
    """Return the figures of June as the clerk wrote them down; those of people as imported, or after joining."""
    register = expected["register"]
    found: Figures = {(code, _whole()): register["totals"][name] for code, name in _SUMS.items()}
    found["visits.people", _whole()] = people["people"]
    found |= {("visits.people", _part(sex=sex)): people[name] for name, sex in _SEXES.items()}
    found["support.people", _whole()] = register["psychosocial_people"]
    found |= {
        ("support.people", _part(week=f"2025-W{week}")): number
        for week, number in register["psychosocial_people_by_iso_week"].items()
    }
    found["legal.people", _whole()] = register["legal_aid_people"]
    found["mat.ever_inducted", _whole()] = expected["line_list"]["ever_inducted"]
    found["mat.inducted", _whole()] = expected["attendance"]["inducted_in_month"]
    missing = expected["attendance"]["missing_at_month_end"]
    found |= {(code, _whole()): missing[band] for code, band in _BANDS.items()}
    for name, heads in expected["events"].items():
        activity = name.lower().replace(" ", "_")
        for sex, number in zip(("male", "female"), heads, strict=True):
            found["community.participants", _part(activity=activity, sex=sex)] = number
        found["community.participants", _part(activity=activity)] = sum(heads)
    return found


def assert_clerks(figures: Figures, expected: Any, people: dict[str, int]) -> None:
    """Hold the figures against the clerk's; a week or an activity that the clerk does not know is wrong too."""
    told = clerks(expected, people)
    listed = {
        (code, part): number
        for (code, part), number in figures.items()
        if (code, *dict(part)) == ("support.people", "week")
        or (code == "community.participants" and "activity" in dict(part))
    }
    assert_same(listed | {key: figures.get(key, 0) for key in told}, told)


def _whole() -> Part:
    return frozenset()


def _part(**split: str) -> Part:
    return frozenset(split.items())
