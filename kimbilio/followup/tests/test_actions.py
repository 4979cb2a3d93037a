"""What staff can do about looking for people: permitted, kept, corrected without loss, audited without a value."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup import actions
from kimbilio.followup.actions import PlannedReturn, Said, Try
from kimbilio.followup.choices import (
    Because,
    Fault,
    GoesWith,
    HowEnded,
    HowTried,
    Outcome,
    Result,
    WhyStopped,
    Wish,
)
from kimbilio.followup.models import Assignment, Attempt, ContactWish, WayBack, WayBackEnd
from kimbilio.followup.queries import (
    followed,
    person_within_reach,
    suggestions,
    wishes_of,
    worker_named,
)
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking, today
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import standing_consent
from kimbilio.places.actions import add_hotspot
from kimbilio.places.choices import HotspotKind
from tests.programme import Programme, actor_with, staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def looking(programme: Programme) -> Looking:
    return make_looking(programme, ["PPPPPPPA", "PPPPPAAA", "PPAAAAAA", "PPPPPPPP"])


def tried(**more: object) -> Try:
    return Try(**{"how": HowTried.PHONE, "result": Result.NOT_REACHED, "occurred_on": today()} | more)  # type: ignore[arg-type]


# Who looks


def test_who_looks_is_kept_with_why_and_what_stood_before(looking: Looking) -> None:
    looking.gives(1)
    looking.gives(1, looking.other_worker)
    rows = Assignment.objects.filter(client=looking.people[1]).order_by("pk")
    assert [(row.worker, row.replaced_at is None) for row in rows] == [
        (looking.worker.id, False),
        (looking.other_worker.id, True),
    ]
    entry = AuditEvent.objects.filter(event="followup.assigned").latest("seq")
    assert (entry.about, entry.detail) == (looking.people[1].pk, {})


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.DESK_OFFICER, Role.ME_OFFICER])
def test_only_those_who_arrange_it_say_who_looks(
    looking: Looking, actor: Callable[..., Actor], role: Role
) -> None:
    with pytest.raises(Refused):
        actions.assign(by=actor(role), client=looking.people[1], worker=looking.worker)


def test_nobody_looks_who_is_not_wanted(looking: Looking) -> None:
    only = Said(only_worker=looking.other_worker)
    actions.record_wish(by=looking.liaison, client=looking.people[1], said=only)
    with pytest.raises(Refused, match=str(Fault.NOT_THIS_WORKER.label)):
        looking.gives(1)
    actions.record_wish(by=looking.liaison, client=looking.people[2], said=Said(Wish.NO, Wish.NO))
    with pytest.raises(Refused):
        looking.gives(2)


def test_a_wish_for_another_ends_who_looked_before(looking: Looking) -> None:
    looking.gives(1)
    said = Said(only_worker=looking.other_worker)
    actions.record_wish(by=looking.peer, client=looking.people[1], said=said)
    assert looking.entry_of(1).worker_id is None
    with pytest.raises(NotHere):
        actions.record_attempt(by=looking.peer, client=looking.people[1], attempt=tried())


def test_nobody_can_want_a_worker_of_another_site(looking: Looking, programme: Programme) -> None:
    staff = staff_with(Role.PEER_EDUCATOR, programme.other_site)
    said = Said(only_worker=worker_named(programme.other_site, staff.username))
    with pytest.raises(NotHere):
        actions.record_wish(by=looking.liaison, client=looking.people[1], said=said)
    assert not ContactWish.objects.exists()


def test_many_are_given_at_once_with_one_entry(looking: Looking) -> None:
    site = looking.place.site
    found = suggestions(site, [person.pk for person in looking.people[:3]])
    assert {because for _worker, because in found.values()} == {Because.FEWEST}
    assert {worker for worker, _why in found.values()} == {looking.worker.id, looking.other_worker.id}
    pairs = [(person, worker, why) for person, (worker, why) in found.items()]
    actions.assign_many(by=looking.liaison, site=site, suggested=pairs)
    assert all(one.worker_id for one in looking.entries())
    assert AuditEvent.objects.filter(event="followup.many_assigned").count() == 1


def test_the_rule_knows_trust_hotspot_and_wish(looking: Looking) -> None:
    site = looking.place.site
    manager = actor_with(Role.PROGRAMME_MANAGER, site)
    hotspot = add_hotspot(by=manager, site=site, code="KR-01", kind=HotspotKind.STREET)
    for number in (0, 1):
        actions.record_wish(by=looking.liaison, client=looking.people[number], said=Said(hotspot=hotspot))
    looking.gives(0, looking.other_worker)
    assert suggestions(site, [looking.people[1].pk]) == {
        looking.people[1].pk: (looking.other_worker.id, Because.HOTSPOT)
    }
    looking.gives(2)
    met = tried(result=Result.REACHED)
    actions.record_attempt(by=looking.peer, client=looking.people[2], attempt=met)
    assert suggestions(site, [looking.people[2].pk])[looking.people[2].pk] == (
        looking.worker.id,
        Because.TRUST,
    )
    looking.gives(2, looking.other_worker)
    other = actor_for(looking.other_peer)
    actions.record_attempt(by=other, client=looking.people[2], attempt=replace(met, occurred_on=days_ago(3)))
    assert suggestions(site, [looking.people[2].pk])[looking.people[2].pk][0] == looking.worker.id


# Attempts


def test_an_attempt_is_kept_with_who_made_it(looking: Looking) -> None:
    looking.gives(1)
    met = Try(HowTried.VISIT, Result.REACHED, today(), Outcome.FOUND, WhyStopped.TRANSPORT)
    row = actions.record_attempt(by=looking.peer, client=looking.people[1], attempt=met)
    assert (row.made_by, row.outcome, row.why_stopped) == (looking.peer_staff.pk, "found", "transport")
    entry = AuditEvent.objects.get(event="followup.attempt_recorded")
    assert (entry.about, entry.detail) == (looking.people[1].pk, {})


def test_whoever_does_not_look_for_somebody_records_nothing(looking: Looking) -> None:
    looking.gives(1, looking.other_worker)
    with pytest.raises(NotHere):
        actions.record_attempt(by=looking.peer, client=looking.people[1], attempt=tried())
    assert not Attempt.objects.exists()


def test_a_call_that_is_not_wanted_is_refused_with_a_sentence(looking: Looking) -> None:
    actions.record_wish(by=looking.liaison, client=looking.people[1], said=Said(call=Wish.NO))
    with pytest.raises(Refused, match="does not want to be called"):
        actions.record_attempt(by=looking.liaison, client=looking.people[1], attempt=tried())
    visit = tried(how=HowTried.VISIT)
    assert actions.record_attempt(by=looking.liaison, client=looking.people[1], attempt=visit).pk


def test_a_correction_keeps_the_original(looking: Looking) -> None:
    looking.gives(1)
    wrong = actions.record_attempt(by=looking.peer, client=looking.people[1], attempt=tried())
    right = tried(result=Result.REACHED)
    row = actions.correct_attempt(by=looking.liaison, attempt=wrong, right=right)
    wrong.refresh_from_db()
    assert (row.corrects_id, row.made_by) == (wrong.pk, looking.peer_staff.pk)
    assert wrong.voided_at is not None
    assert [one.pk for one in followed(looking.people[1], today()).attempts] == [row.pk]
    with pytest.raises(Refused):
        actions.correct_attempt(by=looking.liaison, attempt=wrong, right=right)


def test_an_attempt_is_put_right_also_after_they_said_no(looking: Looking) -> None:
    wrong = actions.record_attempt(by=looking.liaison, client=looking.people[1], attempt=tried())
    actions.record_wish(by=looking.liaison, client=looking.people[1], said=Said(call=Wish.NO))
    right = tried(result=Result.REACHED)
    assert actions.correct_attempt(by=looking.liaison, attempt=wrong, right=right).result == Result.REACHED


def test_an_attempt_taken_back_counts_no_more_and_is_kept(looking: Looking) -> None:
    row = actions.record_attempt(by=looking.liaison, client=looking.people[1], attempt=tried())
    actions.void_attempt(by=looking.liaison, attempt=row)
    assert followed(looking.people[1], today()).attempts == []
    assert Attempt.objects.count() == 1


# The way back


def test_a_new_way_back_changes_the_open_one(looking: Looking) -> None:
    client = looking.people[1]
    for days in (1, 2):
        plan = PlannedReturn(today() + timedelta(days=days), GoesWith.WORKER)
        actions.agree_way_back(by=looking.liaison, client=client, plan=plan)
    rows = WayBack.objects.filter(client=client).order_by("pk")
    assert [row.ended_at is None for row in rows] == [False, True]
    assert WayBackEnd.objects.get().how == HowEnded.CHANGED
    assert rows[1].worker == looking.liaison.staff_id


def test_what_came_of_it_is_recorded_once(looking: Looking) -> None:
    plan = PlannedReturn(today(), GoesWith.FAMILY)
    row = actions.agree_way_back(by=looking.liaison, client=looking.people[1], plan=plan)
    assert row.worker is None
    actions.end_way_back(by=looking.liaison, way_back=row, how=HowEnded.ARRIVED, on=today())
    with pytest.raises(Refused):
        actions.end_way_back(by=looking.liaison, way_back=row, how=HowEnded.NOT_COME, on=today())


def test_a_way_back_in_the_past_is_refused(looking: Looking) -> None:
    plan = PlannedReturn(today() - timedelta(days=1), GoesWith.ALONE)
    with pytest.raises(Refused):
        actions.agree_way_back(by=looking.liaison, client=looking.people[1], plan=plan)


# Wishes and reach


def test_a_wish_is_kept_with_what_was_said_before(looking: Looking) -> None:
    client = looking.people[1]
    assert wishes_of(client).call == Wish.ASK
    actions.record_wish(by=looking.liaison, client=client, said=Said(Wish.YES, Wish.NO, Wish.YES))
    actions.record_wish(by=looking.liaison, client=client, said=Said(Wish.NO))
    assert (wishes_of(client).call, wishes_of(client).visit) == (Wish.NO, Wish.NO)
    assert wishes_of(client).tell_clinic == Wish.YES
    assert ContactWish.objects.filter(client=client).count() == 2


def test_a_yes_after_a_no_is_refused_unless_they_were_asked_anew(looking: Looking) -> None:
    client = looking.people[1]
    actions.record_wish(by=looking.liaison, client=client, said=Said(call=Wish.NO))
    with pytest.raises(Refused, match="asked anew"):
        actions.record_wish(by=looking.liaison, client=client, said=Said(call=Wish.YES))
    (no,) = standing_consent(client)[ConsentPurpose.PHONE_CONTACT].noes
    lifts = {ConsentPurpose.PHONE_CONTACT: frozenset({no.pk})}
    actions.record_wish(by=looking.liaison, client=client, said=Said(call=Wish.YES, lifts=lifts))
    assert wishes_of(client).call == Wish.YES


def test_a_person_whom_one_does_not_look_for_is_not_here(looking: Looking) -> None:
    code = looking.people[1].code
    with pytest.raises(NotHere):
        person_within_reach(looking.peer, code, Permission.SEE_FOLLOW_UP)
    looking.gives(1)
    assert person_within_reach(looking.peer, code, Permission.SEE_FOLLOW_UP) == looking.people[1]
