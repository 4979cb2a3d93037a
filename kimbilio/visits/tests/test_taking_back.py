"""What is taken back: a visit, a book, what was taken without a name; by whom, until when, and once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.once import once
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.models import Movement
from kimbilio.visits.actions import (
    NewVisit,
    add_site_service,
    correct_visit,
    end_site_service,
    move_visit,
    record_anonymous,
    record_visits,
    undo_anonymous,
    undo_visit,
    void_visits,
)
from kimbilio.visits.choices import VisitFault, WhyVoided
from kimbilio.visits.models import AnonymousSupply, Visit
from kimbilio.visits.queries import can_take_back
from kimbilio.visits.tests.a_site import (
    given_by_the_ledger,
    make_desk,
    today,
    tomorrow,
)
from tests.programme import actor_with


@pytest.fixture
def desk(programme):
    return make_desk(programme)


def recorded_yesterday(row):
    """Have this been recorded a day ago."""
    type(row).objects.filter(pk=row.pk).update(recorded_at=timezone.now() - timedelta(days=1))
    row.refresh_from_db()
    return row


def events(name):
    return list(AuditEvent.objects.filter(event=name).order_by("seq"))


def test_a_visit_is_undone_within_the_day_and_kept(desk):
    visit = desk.records(0, desk.given(10))
    undone = undo_visit(by=desk.by, visit=visit)
    visit = Visit.objects.get(pk=visit.pk)
    assert undone == visit
    assert (visit.why_voided, visit.voided_by) == (WhyVoided.UNDONE, desk.by.staff_id)
    assert (dict(given_by_the_ledger(desk.site)), visit.supplies.count()) == ({}, 1)
    assert [entry.record_id for entry in events("visits.undone")] == [visit.pk]


def test_a_visit_is_undone_once(desk):
    visit, token = desk.records(0, desk.given(10)), uuid4()
    for _ in range(2):
        once(desk.by, token, lambda: undo_visit(by=desk.by, visit=visit))
    with pytest.raises(Refused):
        undo_visit(by=desk.by, visit=visit)
    assert len(events("visits.undone")) == 1
    assert Movement.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "own", "earlier", "may"),
    [
        (Role.PEER_EDUCATOR, True, False, True),
        (Role.PEER_EDUCATOR, False, False, False),
        (Role.PEER_EDUCATOR, True, True, False),
        (Role.DESK_OFFICER, False, False, True),
        (Role.DESK_OFFICER, True, True, False),
        (Role.MAT_LIAISON, False, True, False),
        (Role.PROGRAMME_MANAGER, False, True, True),
    ],
)
def test_who_may_take_a_visit_back_and_until_when(programme, desk, role, own, earlier, may):
    by = actor_with(role, programme.site)
    visit = desk.records(0)
    if own:
        Visit.objects.filter(pk=visit.pk).update(recorded_by=by.staff_id)
    visit = recorded_yesterday(visit) if earlier else Visit.objects.get(pk=visit.pk)
    assert can_take_back(by, visit) == may
    if may:
        undo_visit(by=by, visit=visit)
    else:
        with pytest.raises(Refused, match="on the day it was recorded"):
            undo_visit(by=by, visit=visit)
    visit.refresh_from_db()
    assert bool(visit.voided_at) == may


def test_a_correction_of_today_makes_nothing_new_of_a_visit_of_yesterday(desk):
    visit = recorded_yesterday(desk.records(0, desk.given(1)))
    right = correct_visit(by=desk.by, visit=visit, new=desk.new(0, desk.given(2)))
    assert not can_take_back(desk.by, right)
    with pytest.raises(Refused):
        undo_visit(by=desk.by, visit=right)


def test_nobody_of_another_site_takes_a_visit_back(programme, desk):
    visit = desk.records(0)
    for role in (Role.DESK_OFFICER, Role.PROGRAMME_MANAGER):
        with pytest.raises(NotHere):
            undo_visit(by=actor_with(role, programme.other_site), visit=visit)


# A book that is taken back


def test_a_book_is_taken_back_with_what_was_put_right_of_it_since(desk):
    made = record_visits(
        by=desk.by, site=desk.site, visits=[desk.new(number, desk.given(number + 1)) for number in range(3)]
    )
    kept = desk.records(0, desk.given(7))
    right = correct_visit(by=desk.by, visit=made[0], new=desk.new(0, desk.given(4)))
    moved = move_visit(by=desk.by, visit=made[1], client=desk.people[2])
    undo_visit(by=desk.by, visit=made[2])
    taken = void_visits(by=desk.by, site=desk.site, visits=[one.pk for one in made])
    assert {one.pk for one in taken} == {right.pk, moved.pk}
    assert [one.pk for one in Visit.objects.filter(voided_at__isnull=True)] == [kept.pk]
    assert given_by_the_ledger(desk.site) == {desk.needles.pk: 7}
    assert events("visits.many_voided")[0].detail["rows"] == 2
    assert void_visits(by=desk.by, site=desk.site, visits=[one.pk for one in made]) == []


def test_a_book_of_another_site_stays(programme, desk):
    made = record_visits(by=desk.by, site=desk.site, visits=[desk.new(0, desk.given(1))])
    elsewhere = actor_with(Role.DESK_OFFICER, programme.other_site)
    assert void_visits(by=elsewhere, site=programme.other_site, visits=[one.pk for one in made]) == []
    with pytest.raises(NotHere):
        void_visits(by=elsewhere, site=programme.site, visits=[one.pk for one in made])
    assert given_by_the_ledger(desk.site) == {desk.needles.pk: 1}


# Without a name


def test_what_is_taken_without_a_name_leaves_the_stock_and_can_be_undone_once(desk):
    token = uuid4()

    def give():
        return record_anonymous(
            by=desk.by, site=desk.site, occurred_on=today(), item=desk.needles, quantity=5
        )

    row, again = (once(desk.by, token, give) for _ in range(2))
    assert row == again
    assert given_by_the_ledger(desk.site) == {desk.needles.pk: 5}
    undo_anonymous(by=desk.by, supply=row)
    with pytest.raises(Refused):
        undo_anonymous(by=desk.by, supply=AnonymousSupply.objects.get(pk=row.pk))
    assert dict(given_by_the_ledger(desk.site)) == {}
    assert [entry.about for entry in events("visits.anonymous_recorded")] == [None]
    assert len(events("visits.anonymous_undone")) == 1


def test_needles_brought_back_without_a_name_move_nothing(desk):
    row = record_anonymous(by=desk.by, site=desk.site, occurred_on=today(), needles_returned=12)
    assert (row.needles_returned, Movement.objects.count()) == (12, 0)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, VisitFault.NOTHING_AT_ALL),
        ({"quantity": 5}, VisitFault.NOTHING_AT_ALL),
        ({"needles_returned": -1}, VisitFault.LESS_THAN_NOTHING),
        ({"needles_returned": 1001}, VisitFault.TOO_MANY),
        ({"needles_returned": 1, "occurred_on": tomorrow}, VisitFault.IN_THE_FUTURE),
    ],
)
def test_nothing_at_all_is_not_recorded_without_a_name(desk, given, fault):
    day = given.get("occurred_on", today)
    with pytest.raises(Refused) as why:
        record_anonymous(**{"by": desk.by, "site": desk.site} | given | {"occurred_on": day()})
    assert str(why.value) == str(fault.label)


def test_an_earlier_days_supplies_are_taken_back_by_who_closes_the_month_alone(programme, desk):
    row = record_anonymous(by=desk.by, site=desk.site, occurred_on=today(), needles_returned=1)
    row = recorded_yesterday(row)
    with pytest.raises(Refused):
        undo_anonymous(by=desk.by, supply=row)
    undo_anonymous(by=actor_with(Role.PROGRAMME_MANAGER, programme.site), supply=row)


# A site's own services


def test_a_service_is_added_ended_and_offered_again_under_one_row(desk):
    own = add_site_service(by=desk.by, site=desk.site, name="  Laundry ")
    with pytest.raises(Refused):
        add_site_service(by=desk.by, site=desk.site, name="laundry")
    end_site_service(by=desk.by, service=own)
    with pytest.raises(Refused):
        end_site_service(by=desk.by, service=own)
    again = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    assert (again.pk, again.name, again.ended_at) == (own.pk, "Laundry", None)
    with pytest.raises(Refused):
        add_site_service(by=desk.by, site=desk.site, name="  ")


def test_peers_and_other_sites_do_not_change_what_a_site_offers(programme, desk):
    own = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    with pytest.raises(Refused):
        add_site_service(by=actor_with(Role.PEER_EDUCATOR, programme.site), site=desk.site, name="Tea")
    with pytest.raises(NotHere):
        end_site_service(by=actor_with(Role.DESK_OFFICER, programme.other_site), service=own)


def test_a_batch_says_whom_it_takes(desk):
    visit = NewVisit(desk.people[0].pk, today())
    made = record_visits(by=desk.by, site=desk.site, visits=[visit, visit])
    assert len({one.pk for one in made}) == 2
