"""Recording visits: allowed and refused, whole, written down, out of stock, and once."""

from datetime import date
from uuid import uuid4

import pytest

from kimbilio.accounts.once import once
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.models import Item, Movement
from kimbilio.visits.actions import (
    Given,
    NewVisit,
    add_site_service,
    end_site_service,
    record_visit,
    record_visits,
)
from kimbilio.visits.choices import Service, Topic, VisitFault, VisitSource
from kimbilio.visits.models import GivenService, GivenSupply, SiteService, Visit
from kimbilio.visits.tests.a_site import (
    TOPICS,
    days_ago,
    given_by_the_ledger,
    make_desk,
    make_people,
    stock_agrees,
    today,
    tomorrow,
)
from tests.programme import actor_with

RECORDS = [role for role in Role if Permission.RECORD_VISIT in WHAT_ROLES_MAY[role]]


@pytest.fixture
def desk(programme):
    return make_desk(programme)


def test_a_visit_is_kept_whole_and_what_was_given_leaves_the_stock(desk):
    own = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    given = desk.given(
        10,
        2,
        needles_returned=7,
        services=TOPICS | {(Service.SHOWER, Topic.NOT_STATED)},
        site_services=frozenset({own.pk}),
        for_others=2,
    )
    visit = desk.records(0, given, days_ago(1))
    visit.refresh_from_db()
    assert (visit.client_id, visit.at_site, visit.occurred_on) == (desk.people[0].pk, desk.site, days_ago(1))
    assert (visit.needles_returned, visit.for_others, visit.source) == (7, 2, VisitSource.DESK)
    assert (visit.recorded_by, visit.voided_at, visit.why_voided) == (desk.by.staff_id, None, "")
    assert dict(visit.supplies.values_list("item", "quantity")) == {desk.needles.pk: 10, desk.condoms.pk: 2}
    done = set(visit.services.values_list("service", "topic", "site_service"))
    assert done == {
        ("health_education", "overdose", None),
        ("health_education", "tb", None),
        ("shower", "", None),
        ("other", "", own.pk),
    }
    assert given_by_the_ledger(desk.site) == {desk.needles.pk: 10, desk.condoms.pk: 2}
    assert set(Movement.objects.values_list("document", "occurred_on")) == {(visit.pk, days_ago(1))}


def test_somebody_who_took_nothing_came_all_the_same(desk):
    visit = desk.records(0)
    assert (visit.supplies.count(), visit.services.count(), Movement.objects.count()) == (0, 0, 0)


def test_a_visit_is_written_down_once_about_the_person(desk):
    visit = desk.records(0, desk.given(1))
    (entry,) = AuditEvent.objects.filter(event="visits.recorded")
    assert (entry.about, entry.record_id, entry.actor_id) == (desk.people[0].pk, visit.pk, desk.by.staff_id)
    assert entry.detail == {}


def test_the_same_request_twice_makes_one_visit(desk):
    token = uuid4()
    first, again = (once(desk.by, token, lambda: desk.records(0, desk.given(5))) for _ in range(2))
    assert first == again
    assert (Visit.objects.count(), given_by_the_ledger(desk.site)[desk.needles.pk]) == (1, 5)


@pytest.mark.parametrize("role", list(Role))
def test_those_in_care_record_visits_and_nobody_else(programme, desk, role):
    by = actor_with(role, programme.site)
    record = lambda: record_visit(by=by, client=desk.people[0], at_site=desk.site, visit=desk.new(0))  # noqa: E731
    if role in RECORDS:
        assert record().recorded_by == by.staff_id
    else:
        with pytest.raises(Refused):
            record()
        assert not Visit.objects.exists()


def test_somebody_of_another_site_is_not_here(programme, desk):
    elsewhere = actor_with(Role.DESK_OFFICER, programme.other_site)
    (stranger,) = make_people(elsewhere, programme.other_site, 1)
    visit = NewVisit(stranger.pk, today())
    with pytest.raises(NotHere):
        record_visit(by=desk.by, client=stranger, at_site=desk.site, visit=visit)
    with pytest.raises(NotHere):
        record_visits(by=desk.by, site=desk.site, visits=[desk.new(0), visit])
    with pytest.raises(NotHere):
        record_visit(by=elsewhere, client=desk.people[0], at_site=desk.site, visit=desk.new(0))
    assert not Visit.objects.exists()


def test_the_form_of_one_person_never_records_another(desk):
    with pytest.raises(NotHere):
        record_visit(by=desk.by, client=desk.people[0], at_site=desk.site, visit=desk.new(1))


def test_somebody_known_at_another_of_ones_sites_is_counted_where_they_came(programme, desk):
    from kimbilio.accounts.models import SiteRole, Staff
    from kimbilio.accounts.queries import actor_for

    staff = Staff.objects.get(pk=desk.by.staff_id)
    SiteRole.objects.create(
        organisation=programme.organisation, staff=staff, site=programme.other_site, role=Role.DESK_OFFICER
    )
    both = actor_for(Staff.objects.get(pk=staff.pk))
    visit = record_visit(
        by=both, client=desk.people[0], at_site=programme.other_site, visit=desk.new(0, desk.given(3))
    )
    assert (visit.at_site, visit.site_id) == (programme.other_site, desk.site.pk)
    assert given_by_the_ledger(programme.other_site) == {desk.needles.pk: 3}
    assert not given_by_the_ledger(desk.site)


@pytest.mark.parametrize(
    ("given", "day", "fault"),
    [
        (Given(), tomorrow, VisitFault.IN_THE_FUTURE),
        (Given(), lambda: date(1999, 12, 31), VisitFault.LONG_AGO),
        (Given(needles_returned=-1), today, VisitFault.LESS_THAN_NOTHING),
        (Given(needles_returned=1001), today, VisitFault.TOO_MANY),
        (Given(for_others=51), today, VisitFault.TOO_MANY),
        (Given(services=frozenset({(Service.MEAL, Topic.TB)})), today, VisitFault.TOPIC_OF_NOTHING),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(desk, given, day, fault):
    on = day()
    before = AuditEvent.objects.count()
    with pytest.raises(Refused, match=str(fault.label).replace(".", r"\.")[:30]):
        desk.records(0, given, on)
    with pytest.raises(Refused):
        record_visits(by=desk.by, site=desk.site, visits=[desk.new(1), desk.new(0, given, on)])
    assert not Visit.objects.exists()
    assert AuditEvent.objects.count() == before


def test_fewer_than_none_of_an_item_are_refused(desk):
    with pytest.raises(Refused):
        desk.records(0, desk.given(-3))


def test_an_item_of_another_organisation_is_not_here(programme, desk):
    theirs = Item.objects.create(
        organisation=programme.other_organisation, kind="other", name="Soap", unit="bar"
    )
    with pytest.raises(NotHere):
        desk.records(0, Given(supplies={theirs.pk: 1}))
    assert not GivenSupply.objects.exists()
    assert not Visit.objects.exists()


def test_a_service_of_another_site_is_not_here_and_one_off_the_list_is_refused(programme, desk):
    own = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    other = SiteService.objects.create(
        organisation=programme.organisation, site=programme.other_site, name="Tea"
    )
    with pytest.raises(NotHere):
        desk.records(0, Given(site_services=frozenset({other.pk})))
    end_site_service(by=desk.by, service=own)
    with pytest.raises(Refused):
        desk.records(0, Given(site_services=frozenset({own.pk})))
    assert not GivenService.objects.exists()


# Many at once, out of a book


def test_a_book_of_visits_is_kept_in_order_under_one_entry(desk):
    many = [desk.new(number % 3, desk.given(number), days_ago(number)) for number in range(7)]
    made = record_visits(by=desk.by, site=desk.site, visits=many)
    assert [(one.client_id, one.occurred_on) for one in made] == [
        (one.client_id, one.occurred_on) for one in many
    ]
    assert {one.source for one in made} == {VisitSource.BOOK}
    (entry,) = AuditEvent.objects.filter(event="visits.many_recorded")
    assert entry.detail["rows"] == 7
    assert stock_agrees(desk.site)


def test_thousands_of_lines_take_far_fewer_statements(programme, desk, django_assert_max_num_queries):
    people = [*desk.people, *make_people(desk.by, desk.site, 200)]
    many = [
        NewVisit(
            people[number % len(people)].pk,
            days_ago(number % 30),
            desk.given(number % 11, number % 3, needles_returned=number % 5, services=TOPICS),
        )
        for number in range(3000)
    ]
    with django_assert_max_num_queries(250):
        record_visits(by=desk.by, site=desk.site, visits=many)
    assert Visit.objects.count() == 3000
    assert stock_agrees(desk.site)


def test_a_book_with_one_stranger_leaves_nothing(desk):
    with pytest.raises(NotHere):
        record_visits(by=desk.by, site=desk.site, visits=[desk.new(0), NewVisit(uuid4(), today())])
    assert not Visit.objects.exists()
