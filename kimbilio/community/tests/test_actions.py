"""Community events: permitted, whole, audited without a word of them; a correction keeps the original."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.once import once
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.community.actions import (
    NewEvent,
    correct_event,
    record_event,
    record_events,
    undo_event,
    void_events,
)
from kimbilio.community.choices import Activity, Fault
from kimbilio.community.models import CommunityEvent
from kimbilio.community.queries import event_within_reach, events_between, may_take_back
from kimbilio.core.references import reference_to
from kimbilio.core.refusals import NotHere, Refused
from tests.programme import Programme

pytestmark = pytest.mark.django_db


def baraza(**more: object) -> NewEvent:
    told = {"activity": Activity.PUBLIC_BARAZA, "occurred_on": timezone.localdate(), "male": 40, "female": 22}
    return NewEvent(**(told | more))  # type: ignore[arg-type]


@pytest.fixture
def desk(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.DESK_OFFICER)


def put_on_an_earlier_day(event: CommunityEvent) -> CommunityEvent:
    earlier = timezone.now() - timedelta(days=2)
    CommunityEvent.objects.filter(pk=event.pk).update(recorded_at=earlier)
    event.refresh_from_db()
    return event


def test_an_event_keeps_all_that_was_told(programme: Programme, desk: Actor) -> None:
    told = baraza(unsorted=5, venue=" Chief's camp ", facilitator="Sub-chief", named="World drug day")
    event = record_event(by=desk, site=programme.site, event=told)
    event.refresh_from_db()
    assert (event.activity, event.named, event.venue, event.facilitator) == (
        "public_baraza",
        "World drug day",
        "Chief's camp",
        "Sub-chief",
    )
    assert (event.male, event.female, event.unsorted, event.recorded_by) == (40, 22, 5, desk.staff_id)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"occurred_on": date(2999, 1, 1)}, Fault.FUTURE),
        ({"occurred_on": date(1925, 6, 1)}, Fault.LONG_AGO),
        ({"male": -1}, Fault.TOO_MANY),
        ({"unsorted": 100_000}, Fault.TOO_MANY),
        ({"activity": Activity.OTHER, "named": " "}, Fault.NO_NAME),
        ({"venue": "v" * 81}, Fault.TOO_LONG),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    programme: Programme, desk: Actor, wrong: dict[str, object], fault: Fault
) -> None:
    with pytest.raises(Refused, match=str(fault.label)):
        record_events(by=desk, site=programme.site, events=[baraza(), baraza(**wrong)])
    assert not CommunityEvent.objects.exists()
    assert not AuditEvent.objects.filter(event__startswith="community.").exists()


def test_tomorrow_is_refused(programme: Programme, desk: Actor) -> None:
    with pytest.raises(Refused):
        record_event(
            by=desk,
            site=programme.site,
            event=baraza(occurred_on=timezone.localdate() + timedelta(days=1)),
        )


@pytest.mark.parametrize("role", [Role.ME_OFFICER, Role.ADMINISTRATOR, Role.REPORT_READER])
def test_who_does_not_work_there_with_people_is_refused(
    programme: Programme, actor: Callable[..., Actor], desk: Actor, role: Role
) -> None:
    event = record_event(by=desk, site=programme.site, event=baraza())
    other = actor(role)
    with pytest.raises(Refused):
        record_event(by=other, site=programme.site, event=baraza())
    with pytest.raises(Refused):
        correct_event(by=other, event=event, right=baraza(male=1))
    with pytest.raises(Refused):
        undo_event(by=other, event=event)
    with pytest.raises(Refused):
        events_between(other, programme.site, date(2020, 1, 1), timezone.localdate())


def test_another_sites_events_are_not_here(
    programme: Programme, actor: Callable[..., Actor], desk: Actor
) -> None:
    event = record_event(by=desk, site=programme.site, event=baraza())
    for stranger in (
        actor(Role.DESK_OFFICER, programme.other_site),
        actor(Role.DESK_OFFICER, programme.site_elsewhere),
    ):
        with pytest.raises(NotHere):
            correct_event(by=stranger, event=event, right=baraza())
        with pytest.raises(NotHere):
            event_within_reach(stranger, programme.site, event.occurred_on, reference_to(event))


def test_a_correction_keeps_the_original_and_stands_alone(programme: Programme, desk: Actor) -> None:
    first = record_event(by=desk, site=programme.site, event=baraza())
    right = correct_event(by=desk, event=first, right=baraza(male=41))
    first.refresh_from_db()
    assert (first.male, first.voided_by) == (40, desk.staff_id)
    assert first.voided_at is not None
    assert right.replaces_id == first.pk
    assert events_between(desk, programme.site, right.occurred_on, right.occurred_on) == [right]
    with pytest.raises(Refused, match=str(Fault.STANDS_NO_MORE.label)):
        correct_event(by=desk, event=first, right=baraza(male=42))


def test_a_correction_that_is_refused_leaves_the_original_standing(programme: Programme, desk: Actor) -> None:
    event = record_event(by=desk, site=programme.site, event=baraza())
    with pytest.raises(Refused):
        correct_event(by=desk, event=event, right=baraza(occurred_on=date(2999, 1, 1)))
    event.refresh_from_db()
    assert event.voided_at is None


def test_it_is_taken_back_on_its_day_by_anybody_and_later_by_who_answers_for_the_report(
    programme: Programme, actor: Callable[..., Actor], desk: Actor
) -> None:
    event = put_on_an_earlier_day(record_event(by=desk, site=programme.site, event=baraza()))
    corrected_today = correct_event(by=desk, event=event, right=baraza(male=3))
    assert not may_take_back(desk, corrected_today)
    with pytest.raises(Refused, match=str(Fault.EARLIER_DAY.label)[:30]):
        undo_event(by=desk, event=corrected_today)
    manager = actor(Role.PROGRAMME_MANAGER)
    assert undo_event(by=manager, event=corrected_today).voided_by == manager.staff_id
    todays = record_event(by=desk, site=programme.site, event=baraza())
    undo_event(by=desk, event=todays)
    assert not events_between(desk, programme.site, date(2020, 1, 1), timezone.localdate())
    with pytest.raises(Refused):
        undo_event(by=desk, event=todays)


def test_many_from_a_book_are_one_entry_in_their_order_and_go_back_together(
    programme: Programme, desk: Actor
) -> None:
    day = date(2025, 6, 7)
    told = [baraza(occurred_on=day, male=number) for number in range(12)]
    events = record_events(by=desk, site=programme.site, events=told)
    assert [event.male for event in events] == list(range(12))
    (entry,) = AuditEvent.objects.filter(event="community.events_recorded")
    assert entry.detail["rows"] == 12
    undo_event(by=desk, event=events[0])
    ids = [event.pk for event in events]
    assert {event.pk for event in void_events(by=desk, site=programme.site, events=ids)} == set(ids[1:])
    assert void_events(by=desk, site=programme.site, events=ids) == []
    assert not events_between(desk, programme.site, day, day)


def test_what_was_put_right_of_a_book_goes_with_the_book(programme: Programme, desk: Actor) -> None:
    events = record_events(by=desk, site=programme.site, events=[baraza(), baraza(male=5)])
    right = correct_event(by=desk, event=events[0], right=baraza(male=7))
    right = correct_event(by=desk, event=right, right=baraza(male=8))
    kept = record_event(by=desk, site=programme.site, event=baraza(male=9))
    gone = void_events(by=desk, site=programme.site, events=[event.pk for event in events])
    assert {event.pk for event in gone} == {right.pk, events[1].pk}
    assert list(CommunityEvent.objects.filter(voided_at__isnull=True)) == [kept]


def test_events_of_another_site_are_not_voided_with_ours(
    programme: Programme, actor: Callable[..., Actor], desk: Actor
) -> None:
    theirs = record_event(
        by=actor(Role.DESK_OFFICER, programme.other_site), site=programme.other_site, event=baraza()
    )
    assert void_events(by=desk, site=programme.site, events=[theirs.pk]) == []
    theirs.refresh_from_db()
    assert theirs.voided_at is None


def test_the_same_form_twice_is_one_event(programme: Programme, desk: Actor) -> None:
    token = uuid4()

    def do() -> CommunityEvent:
        return record_event(by=desk, site=programme.site, event=baraza())

    assert once(desk, token, do) == once(desk, token, do)
    assert CommunityEvent.objects.count() == 1


def test_the_audit_says_who_and_when_and_nothing_of_what_was_typed(programme: Programme, desk: Actor) -> None:
    event = record_event(by=desk, site=programme.site, event=baraza(venue="Ndenderu", facilitator="Wairimu"))
    undo_event(
        by=desk, event=correct_event(by=desk, event=event, right=replace(baraza(), venue="Ndenderu market"))
    )
    entries = AuditEvent.objects.filter(event__startswith="community.").order_by("seq")
    assert [entry.event for entry in entries] == [
        "community.event_recorded",
        "community.event_corrected",
        "community.event_undone",
    ]
    for entry in entries:
        assert (entry.actor_id, entry.site_id, entry.detail) == (desk.staff_id, programme.site.pk, {})


def test_events_between_two_days_hold_both_and_tell_the_latest_first(
    programme: Programme, actor: Callable[..., Actor], desk: Actor
) -> None:
    days = [date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1)]
    record_events(by=desk, site=programme.site, events=[baraza(occurred_on=day) for day in days])
    june = events_between(desk, programme.site, date(2025, 6, 1), date(2025, 6, 30))
    assert [event.occurred_on for event in june] == [date(2025, 6, 30), date(2025, 6, 1)]
    manager = actor(Role.ME_OFFICER)
    assert june == events_between(manager, programme.site, days[1], days[2], may=Permission.SEE_REPORTS)
