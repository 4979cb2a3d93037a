"""Printed sheets: who stands on them, what they say, and what the clinic may hear."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kimbilio.audit.models import AuditEvent
from kimbilio.followup import actions
from kimbilio.followup.actions import PlannedReturn, Said, Try
from kimbilio.followup.choices import GoesWith, HowTried, Outcome, Result, SheetKind, Told, Wish
from kimbilio.followup.models import SheetLine, WayBack
from kimbilio.followup.queries import answer_rows, followed, sheet_rows
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking, today
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


@pytest.mark.parametrize(
    ("planned", "outcome", "told"),
    [(4, "", Told.FOUND), (-1, Outcome.DIED, Told.DIED)],
)
def test_nobody_is_coming_whose_day_has_passed_or_who_died(
    looking: Looking, planned: int, outcome: str, told: Told
) -> None:
    person = looking.people[2]
    actions.record_wish(by=looking.liaison, client=person, said=Said(tell_clinic=Wish.YES))
    actions.agree_way_back(by=looking.liaison, client=person, plan=PlannedReturn(today(), GoesWith.ALONE))
    WayBack.objects.update(planned_on=days_ago(planned))
    result = Result.OTHER_INFORMANT if outcome else Result.REACHED
    learnt = Try(HowTried.PHONE, result, days_ago(1), outcome=outcome)
    actions.record_attempt(by=looking.liaison, client=person, attempt=learnt)
    (row,), _left_out = answer_rows(looking.liaison, looking.place.site, today(), looking.place.clinic)
    assert (row.told, row.coming_on) == (told, None)


def test_somebody_found_after_prison_stands_on_the_sheet_though_the_old_attempt_is_corrected(
    looking: Looking,
) -> None:
    person = looking.people[2]
    told = Try(HowTried.VISIT, Result.OTHER_INFORMANT, days_ago(6), outcome=Outcome.IMPRISONED)
    old = actions.record_attempt(by=looking.liaison, client=person, attempt=told)
    assert person.pk not in on_sheet(looking)
    met = Try(HowTried.VISIT, Result.REACHED, days_ago(2), outcome=Outcome.FOUND)
    actions.record_attempt(by=looking.liaison, client=person, attempt=met)
    assert person.pk in on_sheet(looking)
    actions.correct_attempt(by=looking.liaison, attempt=old, right=replace(told, occurred_on=days_ago(5)))
    assert person.pk in on_sheet(looking)


@pytest.mark.parametrize("back", [3, 1])
def test_that_somebody_was_not_traced_says_nothing_about_where_they_are(looking: Looking, back: int) -> None:
    person = looking.people[2]
    told = Try(HowTried.VISIT, Result.OTHER_INFORMANT, days_ago(2), outcome=Outcome.IMPRISONED)
    actions.record_attempt(by=looking.liaison, client=person, attempt=told)
    sought = Try(HowTried.VISIT, Result.NOT_REACHED, days_ago(back), outcome=Outcome.NOT_TRACED)
    actions.record_attempt(by=looking.liaison, client=person, attempt=sought)
    assert person.pk not in on_sheet(looking)
    assert followed(person, today()).is_explained


def on_sheet(looking: Looking) -> list[UUID]:
    return [row.client_id for row in sheet_rows(looking.liaison, looking.place.site, today(), None)]
