"""Printed sheets: who stands on them, what they say, and what the clinic may hear."""

from datetime import timedelta

import pytest

from kimbilio.audit.models import AuditEvent
from kimbilio.followup import actions
from kimbilio.followup.actions import PlannedReturn, Said, Try
from kimbilio.followup.choices import GoesWith, HowTried, Result, SheetKind, Wish
from kimbilio.followup.models import SheetLine
from kimbilio.followup.queries import answer_rows, sheet_rows
from kimbilio.followup.tests.looking import Looking, make_looking, today
from tests.programme import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def looking(programme: Programme) -> Looking:
    return make_looking(programme, ["PPPPPPPA", "PPPPPAAA", "PPAAAAAA", "PPPPPPPP"])


def test_a_sheet_says_who_stands_on_it_and_until_when_it_is_kept(looking: Looking) -> None:
    site = looking.place.site
    actions.record_wish(by=looking.liaison, client=looking.people[0], said=Said(Wish.NO, Wish.NO))
    rows = sheet_rows(looking.liaison, site, today(), None)
    sheet = actions.print_sheet(
        by=looking.liaison, site=site, kind=SheetKind.LOOK_FOR, as_at=today(), rows=rows
    )
    lines = list(SheetLine.objects.filter(sheet=sheet).order_by("place"))
    assert [line.client_id for line in lines] == [looking.people[2].pk, looking.people[1].pk]
    assert (lines[0].days, lines[0].step, lines[0].assess) == (6, "5+", True)
    assert sheet.shred_by == today() + timedelta(days=2)
    entry = AuditEvent.objects.get(event="followup.sheet_printed")
    assert entry.detail == {"serial": sheet.serial, "kind": "look_for", "rows": 2}


def test_a_sheet_of_one_worker_has_their_people_only(looking: Looking) -> None:
    looking.gives(1)
    rows = sheet_rows(looking.liaison, looking.place.site, today(), looking.worker.id)
    assert [row.client_id for row in rows] == [looking.people[1].pk]


def test_the_clinic_hears_only_of_those_who_agreed(looking: Looking) -> None:
    site, clinic = looking.place.site, looking.place.clinic
    actions.record_wish(by=looking.liaison, client=looking.people[1], said=Said(tell_clinic=Wish.YES))
    for number in (1, 2):
        met = Try(HowTried.PHONE, Result.REACHED, today())
        actions.record_attempt(by=looking.liaison, client=looking.people[number], attempt=met)
    plan = PlannedReturn(today() + timedelta(days=1), GoesWith.ALONE)
    actions.agree_way_back(by=looking.liaison, client=looking.people[1], plan=plan)
    rows, left_out = answer_rows(looking.liaison, site, today(), clinic)
    assert [(row.client_id, row.told, row.coming_on) for row in rows] == [
        (looking.people[1].pk, "coming", plan.on)
    ]
    assert left_out == 1
