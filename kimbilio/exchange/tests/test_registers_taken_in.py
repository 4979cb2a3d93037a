"""The registers taken in: who has missed how many days at the end of the month, as a careful clerk counts them."""

import json
from collections import Counter
from datetime import date

from kimbilio.exchange.actions import undo_import
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.tests.door import Door, contents_of_tables, fates
from kimbilio.exchange.tests.reading import REGISTERS, with_registers
from kimbilio.mat.choices import StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries import days_without_a_list, runs_as_at

MONTH = REGISTERS / "karuri-2025-06"
END = date(2025, 6, 30)

pytestmark = with_registers


def book(kind: Kind, name: str) -> GivenBook:
    return GivenBook(kind, name, (MONTH / name).read_bytes())


def test_the_runs_of_absences_and_the_day_without_a_list_are_the_clerks(programme):
    door = Door(programme)
    expected = json.loads((MONTH / "expected.json").read_text("utf-8"))
    before = contents_of_tables()
    people = door.takes_in(book(Kind.LINE_LIST, "line-list.xlsx"))
    days = door.takes_in(book(Kind.ATTENDANCE, "mat-attendance.xlsx"))
    runs = [run for run in runs_as_at(door.by, door.site, END) if run.days]
    assert Counter(run.step for run in runs) == expected["attendance"]["missing_at_month_end"]
    clerk = expected["attendance"]
    assert len(runs) + clerk["not_missing"] == clerk["clients"] == fates(days)["rows"]
    without = days_without_a_list(door.clinic, date(2025, 6, 1), END)
    assert [day.isoformat() for day in without] == [clerk["day_without_a_list"]]
    started = JourneyStep.objects.filter(kind=StepKind.INDUCTED).values_list("client", flat=True)
    assert len(set(started)) == expected["line_list"]["ever_inducted"]
    ended = Counter(JourneyStep.objects.exclude(kind=StepKind.INDUCTED).values_list("kind", flat=True))
    assert ended[StepKind.OUT_OF_TOUCH] == 83 + 53
    for made in (days, people):
        undo_import(by=door.by, book_import=made)
        assert made.kept == 0
    assert contents_of_tables() == before
