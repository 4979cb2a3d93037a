"""Steps of a journey: allowed, refused, audited, whole; corrected and taken back, and kept."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.actions import Claim, correct_step, record_step, record_steps, void_step, void_steps
from kimbilio.mat.choices import OddOrder, Source, Standing, StepKind, StepReason
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries import journey_of, step_within_reach, steps_of, voided_steps_of
from kimbilio.mat.tests.clinic import make_place
from kimbilio.people.actions import merge_clients
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
DAY = date(2025, 6, 1)
STARTED = Claim(StepKind.INDUCTED, DAY)
MAY_RECORD = {Role.MAT_LIAISON, Role.PROGRAMME_MANAGER}


@pytest.fixture
def place(programme: Programme, actor: MakeActor) -> Any:
    return make_place(actor(Role.MAT_LIAISON), programme.site)


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_RECORD])
def test_only_the_liaison_and_the_manager_record_steps(place, actor: MakeActor, role: Role) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(Refused):
        record_step(by=actor(role), client=place.people[0], claim=STARTED)
    with pytest.raises(Refused):
        record_steps(by=actor(role), site=place.site, claims=[(place.people[0].pk, STARTED)])
    assert not JourneyStep.objects.exists()
    assert AuditEvent.objects.count() == before


def test_the_manager_may_too(place, actor: MakeActor) -> None:
    assert record_step(by=actor(Role.PROGRAMME_MANAGER), client=place.people[0], claim=STARTED)


def test_a_step_is_in_the_audit_without_what_was_said(place) -> None:
    step = place.claim(0, StepKind.INDUCTED, DAY)
    entry = AuditEvent.objects.get(event="mat.step_recorded")
    assert (entry.about, entry.record_id, entry.site_id) == (place.people[0].pk, step.pk, place.site.pk)
    assert entry.detail == {}
    assert step.recorded_by == place.by.staff_id


def test_many_steps_have_one_entry_with_their_digest(place) -> None:
    claims = [
        (client.pk, Claim(kind, DAY))
        for client in place.people
        for kind in (StepKind.INDUCTED, StepKind.REFERRED)
    ]
    made = record_steps(by=place.by, site=place.site, claims=claims)
    entry = AuditEvent.objects.get(event="mat.steps_recorded")
    assert (len(made), entry.detail["rows"], len(entry.detail["digest"])) == (6, 6, 64)


def test_the_same_claim_again_adds_nothing(place) -> None:
    first = record_steps(by=place.by, site=place.site, claims=[(place.people[0].pk, STARTED)] * 2)
    again = record_steps(by=place.by, site=place.site, claims=[(place.people[0].pk, STARTED)])
    assert (len(first), again) == (1, [])
    assert record_step(by=place.by, client=place.people[0], claim=STARTED) == first[0]
    assert JourneyStep.objects.count() == 1


def test_another_source_or_reason_is_another_claim(place) -> None:
    for claim in (
        STARTED,
        Claim(StepKind.INDUCTED, DAY, Source.BOOK),
        Claim(StepKind.INDUCTED, DAY, reason=StepReason.OTHER),
        Claim(StepKind.INDUCTED, DAY, clinic=place.clinic),
    ):
        record_step(by=place.by, client=place.people[0], claim=claim)
    assert JourneyStep.objects.count() == 4


def test_a_step_in_the_future_is_refused(place) -> None:
    tomorrow = Claim(StepKind.INDUCTED, timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        record_step(by=place.by, client=place.people[0], claim=tomorrow)
    with pytest.raises(Refused, match="future"):
        record_steps(
            by=place.by,
            site=place.site,
            claims=[(place.people[0].pk, STARTED), (place.people[1].pk, tomorrow)],
        )
    assert not JourneyStep.objects.exists()


def test_an_odd_order_is_accepted_and_flagged(place) -> None:
    place.claim(0, StepKind.DIED, DAY)
    place.claim(0, StepKind.RE_INDUCTED, DAY + timedelta(days=1))
    journey = journey_of(place.people[0])
    assert journey.state.standing == Standing.DIED
    assert [flag.what for flag in journey.flags] == [OddOrder.STEP_AFTER_DEATH]


def test_a_death_that_was_recorded_by_mistake_is_taken_back_and_kept(place) -> None:
    place.claim(0, StepKind.INDUCTED, DAY)
    died = place.claim(0, StepKind.DIED, DAY + timedelta(days=1))
    assert void_step(by=place.by, step=died).voided_at is not None
    assert journey_of(place.people[0]).state.standing == Standing.ON_MAT
    assert [step.kind for step in voided_steps_of(place.people[0])] == ["died"]
    assert AuditEvent.objects.filter(event="mat.step_voided", about=place.people[0].pk).exists()


def test_a_corrected_step_voids_the_wrong_one(place) -> None:
    wrong = place.claim(0, StepKind.INDUCTED, DAY)
    right = correct_step(by=place.by, step=wrong, claim=Claim(StepKind.INDUCTED, DAY - timedelta(days=9)))
    assert [step.pk for step in steps_of(place.people[0])] == [right.pk]
    assert JourneyStep.objects.count() == 2
    assert AuditEvent.objects.get(event="mat.step_corrected").record_id == right.pk


def test_corrected_to_what_stands_already_only_the_wrong_one_goes(place) -> None:
    right = place.claim(0, StepKind.INDUCTED, DAY)
    wrong = place.claim(0, StepKind.INDUCTED, DAY + timedelta(days=1))
    claim = Claim(StepKind.INDUCTED, DAY, clinic=place.clinic)
    assert correct_step(by=place.by, step=wrong, claim=claim) == right


def test_many_steps_are_taken_back_at_once_and_only_at_the_site(programme: Programme, place) -> None:
    mine = record_steps(
        by=place.by, site=place.site, claims=[(client.pk, STARTED) for client in place.people]
    )
    elsewhere = make_place(actor_with(Role.MAT_LIAISON, programme.other_site), programme.other_site)
    theirs = elsewhere.claim(0, StepKind.INDUCTED, DAY)
    taken = void_steps(by=place.by, site=place.site, steps=[step.pk for step in [*mine, theirs]])
    assert {step.pk for step in taken} == {step.pk for step in mine}
    assert not JourneyStep.objects.get(pk=theirs.pk).voided_at
    assert void_steps(by=place.by, site=place.site, steps=[step.pk for step in mine]) == []
    assert [
        entry.detail["rows"] for entry in AuditEvent.objects.filter(event="mat.steps_voided").order_by("seq")
    ] == [3, 0]


def test_what_was_taken_back_may_be_recorded_again(place) -> None:
    void_step(by=place.by, step=place.claim(0, StepKind.INDUCTED, DAY))
    assert place.claim(0, StepKind.INDUCTED, DAY).voided_at is None


def test_people_and_clinics_of_others_are_not_there(programme: Programme, place) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        theirs = make_place(actor_with(Role.MAT_LIAISON, site), site, count=1)
        step = theirs.claim(0, StepKind.INDUCTED, DAY)
        with pytest.raises(NotHere):
            record_step(by=place.by, client=theirs.people[0], claim=STARTED)
        with pytest.raises(NotHere):
            record_steps(by=place.by, site=place.site, claims=[(theirs.people[0].pk, STARTED)])
        with pytest.raises(NotHere):
            void_step(by=place.by, step=step)
        with pytest.raises(NotHere):
            step_within_reach(place.by, Permission.RECORD_JOURNEY, step.pk)
    with pytest.raises(NotHere):
        record_step(
            by=place.by, client=place.people[0], claim=Claim(StepKind.INDUCTED, DAY, clinic=theirs.clinic)
        )
    assert step_within_reach(place.by, Permission.RECORD_JOURNEY, place.claim(0, StepKind.INDUCTED, DAY).pk)


def test_when_the_audit_cannot_be_written_nothing_is_recorded(place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(**_: Any) -> None:
        raise OSError("no space left")

    step = place.claim(0, StepKind.INDUCTED, DAY)
    monkeypatch.setattr("kimbilio.accounts.action.record", full_disk)
    for attempt in (
        lambda: place.claim(1, StepKind.INDUCTED, DAY),
        lambda: correct_step(by=place.by, step=step, claim=Claim(StepKind.DIED, DAY)),
        lambda: void_steps(by=place.by, site=place.site, steps=[step.pk]),
    ):
        with pytest.raises(OSError, match="no space"):
            attempt()
    assert [row.voided_at for row in JourneyStep.objects.all()] == [None]


def test_two_cards_of_one_person_have_one_journey(programme: Programme, place, actor: MakeActor) -> None:
    one, other = place.people[:2]
    place.claim(0, StepKind.INDUCTED, DAY)
    place.claim(1, StepKind.COMPLETED, DAY + timedelta(days=30))
    merge_clients(by=actor(Role.PROGRAMME_MANAGER), client=other, into=one)
    for card in (one, other):
        journey = journey_of(card)
        assert [step.kind for step in journey.steps] == ["inducted", "completed"]
        assert journey.state.standing == Standing.LEFT
