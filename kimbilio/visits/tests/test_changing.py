"""Putting visits right: corrected, or moved to the person it was; what stood before is kept."""

from datetime import timedelta

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people.actions import merge_clients
from kimbilio.stock.actions import (
    Count,
    Found,
    Line,
    Move,
    Place,
    Receipt,
    Received,
    count,
    receive,
    transfer,
)
from kimbilio.stock.models import Movement
from kimbilio.stock.queries import supplies_at
from kimbilio.visits.actions import (
    Given,
    add_site_service,
    correct_visit,
    end_site_service,
    move_visit,
)
from kimbilio.visits.choices import WhyVoided
from kimbilio.visits.models import Visit
from kimbilio.visits.queries import given_at, stood_before
from kimbilio.visits.tests.a_site import (
    TOPICS,
    days_ago,
    given_by_the_ledger,
    make_desk,
    make_people,
    stock_agrees,
    today,
)
from tests.programme import actor_with, staff_with


@pytest.fixture
def desk(programme):
    return make_desk(programme)


def events(name):
    return list(AuditEvent.objects.filter(event=name).order_by("seq"))


# Corrected


def test_a_correction_stands_in_place_of_the_visit_which_is_kept(desk):
    visit = desk.records(0, desk.given(10, services=TOPICS))
    right = correct_visit(by=desk.by, visit=visit, new=desk.new(0, desk.given(3, 1), days_ago(2)))
    visit.refresh_from_db()
    assert (visit.why_voided, visit.voided_by) == (WhyVoided.CORRECTED, desk.by.staff_id)
    assert (right.replaces, right.occurred_on, right.source) == (visit, days_ago(2), visit.source)
    assert given_at(right) == Given(supplies={desk.needles.pk: 3, desk.condoms.pk: 1})
    assert [given_at(one).supplies for one in stood_before(right)] == [{desk.needles.pk: 10}]
    assert given_by_the_ledger(desk.site) == {desk.needles.pk: 3, desk.condoms.pk: 1}
    assert [entry.about for entry in events("visits.corrected")] == [desk.people[0].pk]


def test_one_visit_is_corrected_by_one_alone(desk):
    visit = desk.records(0, desk.given(10))
    stale = Visit.objects.get(pk=visit.pk)
    correct_visit(by=desk.by, visit=visit, new=desk.new(0, desk.given(1)))
    with pytest.raises(Refused, match="changed or taken back"):
        correct_visit(by=desk.by, visit=stale, new=desk.new(0, desk.given(2)))
    assert Visit.objects.filter(voided_at__isnull=True).count() == 1
    assert stock_agrees(desk.site)


def test_a_correction_records_nobody_else(desk):
    visit = desk.records(0, desk.given(10))
    with pytest.raises(Refused):
        correct_visit(by=desk.by, visit=visit, new=desk.new(1, desk.given(1)))
    visit.refresh_from_db()
    assert visit.voided_at is None


def test_a_correction_that_is_refused_leaves_the_visit_as_it_was(desk):
    visit = desk.records(0, desk.given(10))
    with pytest.raises(Refused):
        correct_visit(by=desk.by, visit=visit, new=desk.new(0, desk.given(1), today() + timedelta(days=1)))
    visit.refresh_from_db()
    assert visit.voided_at is None
    assert given_by_the_ledger(desk.site) == {desk.needles.pk: 10}


def test_what_is_no_longer_offered_may_stay_when_something_else_is_corrected(desk):
    own = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    visit = desk.records(0, Given(site_services=frozenset({own.pk})))
    end_site_service(by=desk.by, service=own)
    right = correct_visit(
        by=desk.by, visit=visit, new=desk.new(0, Given(site_services=frozenset({own.pk}), for_others=1))
    )
    assert given_at(right).site_services == {own.pk}


def test_a_correction_comes_out_of_the_same_bag(desk):
    worker = actor_with(Role.PEER_EDUCATOR, desk.site).staff_id
    receive(by=desk.by, site=desk.site, receipt=Receipt([Received(desk.needles.pk, 50)]))
    visit = desk.records(0, desk.given(4), from_bag_of=worker)
    right = correct_visit(by=desk.by, visit=visit, new=desk.new(0, desk.given(6)))
    (moved,) = Movement.objects.filter(document=right.pk).select_related("from_account")
    assert (moved.from_account.worker, moved.quantity) == (worker, 6)


def test_a_correction_comes_out_of_the_same_bag_whatever_moved_first(desk):
    """Nothing moved out of the bag by the first visit, and a count of the bag had seen the second."""
    worker = staff_with(Role.PEER_EDUCATOR, desk.site).pk
    needles, bag = desk.needles.pk, Place(desk.site.pk, worker)
    receive(by=desk.by, site=desk.site, receipt=Receipt([Received(needles, 50)], days_ago(5)))
    move = Move(Place(desk.site.pk), [Line(needles, 30)], days_ago(4))
    transfer(by=desk.by, site=desk.site, move=move, to=bag)
    count(by=desk.by, site=desk.site, counted=Count(bag, [Found(needles, 26)], days_ago(1)))
    for given, on in ((0, today()), (4, days_ago(2))):
        visit = desk.records(0, desk.given(given), on, from_bag_of=worker)
        right = correct_visit(by=desk.by, visit=visit, new=desk.new(0, desk.given(6), today()))
        (moved,) = Movement.objects.filter(document=right.pk).select_related("from_account")
        assert (moved.from_account.worker, moved.quantity) == (worker, 6)
    supply = next(one for one in supplies_at(desk.by, desk.site).items if one.item == desk.needles)
    assert (supply.in_store, supply.in_bags) == (20, {worker: 14})


# Moved


def test_a_visit_moves_to_the_person_it_was_with_all_that_was_given(desk):
    own = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    given = desk.given(
        10, 2, needles_returned=4, services=TOPICS, site_services=frozenset({own.pk}), for_others=1
    )
    visit = desk.records(0, given, days_ago(1))
    moved = move_visit(by=desk.by, visit=visit, client=desk.people[1])
    visit.refresh_from_db()
    assert (moved.client_id, moved.occurred_on, moved.replaces) == (desk.people[1].pk, days_ago(1), visit)
    assert given_at(moved) == Given(
        {desk.needles.pk: 10, desk.condoms.pk: 2}, 4, TOPICS, frozenset({own.pk}), 1
    )
    assert visit.why_voided == WhyVoided.MOVED
    assert stock_agrees(desk.site)
    assert {entry.about for entry in events("visits.moved")} == {desk.people[0].pk, desk.people[1].pk}


def test_a_visit_does_not_move_to_the_same_person_nor_to_another_site(programme, desk):
    visit = desk.records(0)
    with pytest.raises(Refused, match="that person already"):
        move_visit(by=desk.by, visit=visit, client=desk.people[0])
    elsewhere = actor_with(Role.DESK_OFFICER, programme.other_site)
    (stranger,) = make_people(elsewhere, programme.other_site, 1)
    with pytest.raises(NotHere):
        move_visit(by=desk.by, visit=visit, client=stranger)
    with pytest.raises(NotHere):
        move_visit(by=elsewhere, visit=visit, client=stranger)


def test_a_visit_does_not_move_between_two_records_of_one_person(programme, desk):
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    visit = desk.records(0)
    merge_clients(by=manager, client=desk.people[0], into=desk.people[1])
    desk.people[1].joined_ids = None
    with pytest.raises(Refused, match="that person already"):
        move_visit(by=desk.by, visit=visit, client=desk.people[1])
