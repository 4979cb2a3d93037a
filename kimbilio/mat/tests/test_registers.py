"""The month of a real clinic's book gives the counts of a careful clerk, where the registers are at hand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.mat.actions import record_days
from kimbilio.mat.choices import DayMark
from kimbilio.mat.queries import days_without_a_list, missing_by_step, runs_as_at
from kimbilio.mat.rules import Thresholds, run_of_absences, step_of_run
from kimbilio.mat.tests.clinic import make_place
from tests.house.tree import ROOT
from tests.programme import Programme, actor_with

REGISTERS = ROOT.parent / "shared" / "registers" / "karuri-2025-06"
END = date(2025, 6, 30)
MARKS = {
    "P": DayMark.DOSED,
    "A": DayMark.MISSED,
    "TH": DayMark.TAKE_HOME,
    "T": DayMark.TRANSIT,
    "H": DayMark.ADMITTED,
    "J": DayMark.IMPRISONED,
}

pytestmark = pytest.mark.skipif(not REGISTERS.exists(), reason="the registers are not beside this tree")


@pytest.fixture(scope="module")
def rows() -> list[dict[date, DayMark]]:
    """Each person's days: the least reading that this one book needs. Books as such are read in `exchange`."""
    from python_calamine import CalamineWorkbook

    sheet = (
        CalamineWorkbook.from_path(str(REGISTERS / "mat-attendance.xlsx")).get_sheet_by_index(0).to_python()
    )
    lines = [line for line in sheet if isinstance(line[0], float)]
    return [
        {
            date(2025, 6, day): MARKS[str(cell).strip().upper()]
            for day, cell in enumerate(line[2:32], start=1)
            if str(cell).strip()
        }
        for line in lines
    ]


@pytest.fixture(scope="module")
def expected() -> Any:
    return json.loads(Path(REGISTERS / "expected.json").read_text("utf-8"))["attendance"]


def test_runs_by_the_rule_are_those_of_a_careful_clerk(rows, expected) -> None:
    steps = [step_of_run(run_of_absences(marks, END).days, Thresholds()) for marks in rows]
    assert {step: steps.count(step) for step in sorted(set(steps) - {""})} == expected["missing_at_month_end"]
    assert (len(rows), steps.count("")) == (expected["clients"], expected["not_missing"])


@pytest.mark.django_db
def test_the_list_of_people_to_look_for_is_that_of_a_careful_clerk(
    programme: Programme, rows, expected
) -> None:
    place = make_place(actor_with(Role.MAT_LIAISON, programme.site), programme.site, count=len(rows))
    days = {client.pk: marks for client, marks in zip(place.people, rows, strict=True)}
    record_days(by=place.by, clinic=place.clinic, days=days)
    runs = runs_as_at(place.by, place.site, END)
    assert missing_by_step(runs) == expected["missing_at_month_end"]
    without = days_without_a_list(place.clinic, date(2025, 6, 1), END)
    assert [str(day) for day in without] == [expected["day_without_a_list"]]
