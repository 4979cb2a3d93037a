"""A visit after it was saved: shown, put right, moved and taken back; and nothing that a glance should not tell."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.audit.choices import Event
from kimbilio.audit.models import AuditEvent
from kimbilio.core.references import reference_to
from kimbilio.desk.tests.visiting import NAME, address, desk_of, field_of, of_visit, typed, value_in
from kimbilio.visits.actions import Given, NewVisit, add_site_service, end_site_service, record_visit
from kimbilio.visits.choices import Service, Topic
from kimbilio.visits.models import Visit
from kimbilio.visits.queries import given_at
from kimbilio.visits.tests.a_site import TOPICS, days_ago, stock_agrees
from tests.programme import actor_with


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.fixture
def desk(officer, programme):
    return desk_of(officer, programme)


def test_a_visit_stands_in_the_persons_story_by_what_was_given_alone(officer, desk):
    services = frozenset({(Service.HIV_REFERRAL, Topic.NOT_STATED), (Service.LEGAL_AID, Topic.NOT_STATED)})
    visit = desk.records(0, desk.given(10, services=services), days_ago(3))
    page = officer.get(f"/p/{desk.people[0].code}").content.decode()
    assert of_visit(visit) in page
    assert "2 services" in page
    for word in ("HIV", "Legal", NAME):
        assert word not in page
    whole = officer.get(of_visit(visit)).content.decode()
    assert "Referral for HIV testing" in whole
    assert "<title>Kimbilio</title>" in re.sub(r"\s*\n\s*", "", whole)
    assert "HIV" not in of_visit(visit)


def test_a_visit_is_put_right_and_what_stood_before_is_shown(officer, desk):
    visit = desk.records(0, desk.given(10, needles_returned=3))
    page = officer.get(of_visit(visit, "/correct"))
    assert value_in(page, field_of(desk.needles)) == "10"
    assert value_in(page, "needles_returned") == "3"
    answer = officer.post(of_visit(visit, "/correct"), typed(desk, 7))
    assert answer.headers["Location"] == f"/p/{desk.people[0].code}"
    right = Visit.objects.get(voided_at__isnull=True)
    page = officer.get(of_visit(right)).content.decode()
    assert "As it stood before" in page
    assert given_at(right).supplies == {desk.needles.pk: 7}


def test_a_visit_that_stands_no_more_says_so_and_is_not_put_right(officer, desk):
    visit = desk.records(0, desk.given(10))
    officer.post(of_visit(visit, "/undo"), {"token": str(uuid4())})
    assert "This counts no more: Undone" in officer.get(of_visit(visit)).content.decode()
    answer = officer.post(of_visit(visit, "/correct"), typed(desk, 7))
    assert "changed or taken back already" in answer.content.decode()
    assert not Visit.objects.filter(voided_at__isnull=True).exists()


def test_a_visit_of_a_service_that_ended_keeps_it_when_put_right(officer, desk):
    own = add_site_service(by=desk.by, site=desk.site, name="Laundry")
    visit = desk.records(0, Given(site_services=frozenset({own.pk})))
    end_site_service(by=desk.by, service=own)
    page = officer.get(of_visit(visit, "/correct")).content.decode()
    assert "Laundry" in page
    officer.post(of_visit(visit, "/correct"), typed(desk, 1, services=[f"site_{reference_to(own)}"]))
    assert given_at(Visit.objects.get(voided_at__isnull=True)).site_services == {own.pk}


def test_a_visit_moves_to_who_it_was_found_by_name_and_without_showing_one(officer, desk):
    visit = desk.records(1, desk.given(10))
    searched = officer.post(of_visit(visit, "/move"), {"token": str(uuid4()), "q": NAME})
    page = searched.content.decode()
    assert desk.people[0].code in page
    assert page.count(NAME) == 1  # in the box where it was typed
    sent = {"token": str(uuid4()), "q": NAME, "to": desk.people[0].code}
    for _ in range(2):
        answer = officer.post(of_visit(visit, "/move"), sent)
        assert answer.headers["Location"] == f"/p/{desk.people[0].code}"
    assert [one.client for one in Visit.objects.filter(voided_at__isnull=True)] == [desk.people[0]]
    assert stock_agrees(desk.site)


def test_undo_twice_takes_back_once(officer, desk):
    visit, sent = desk.records(0, desk.given(10)), {"token": str(uuid4())}
    for _ in range(2):
        page = officer.post(of_visit(visit, "/undo"), sent, follow=True).content.decode()
        assert "Taken back." in page
    assert stock_agrees(desk.site)


def test_undo_on_another_day_is_refused_in_words_and_not_offered(officer, desk):
    visit = desk.records(0)
    Visit.objects.update(recorded_at=timezone.now() - timedelta(days=1))
    assert "Undo this visit" not in officer.get(of_visit(visit)).content.decode()
    page = officer.post(of_visit(visit, "/undo"), {"token": str(uuid4())}, follow=True).content.decode()
    assert "on the day it was recorded" in page
    assert Visit.objects.get().voided_at is None


def test_a_visit_of_somebody_else_is_not_under_this_code(officer, desk):
    visit = desk.records(0)
    assert officer.get(address(desk.people[1], f"visits/{reference_to(visit)}")).status_code == 404


def test_find_offers_a_visit_beside_everybody_found_to_those_who_record_them(sign_in, officer, desk):
    found = officer.post("/", {"q": desk.people[0].code}).content.decode()
    assert address(desk.people[0]) in found
    found = sign_in(Role.ME_OFFICER).post("/", {"q": desk.people[0].code}).content.decode()
    assert address(desk.people[0]) not in found


def test_kinds_of_items_are_told_by_reference_alone(officer, desk):
    page = officer.get(address(desk.people[0])).content.decode()
    assert str(desk.needles.pk) not in page
    assert desk.needles.pk.hex not in page


def test_opening_a_visit_to_put_it_right_is_written_down_as_opening_it_is(officer, desk):
    visit = desk.records(0, desk.given(10, services=TOPICS))
    opened = AuditEvent.objects.filter(event=Event.PERSON_OPENED, about=desk.people[0].pk)
    for number, after in enumerate(("", "/correct"), start=1):
        assert officer.get(of_visit(visit, after)).status_code == 200
        assert opened.count() == number


def test_a_visit_at_a_site_where_one_does_not_work_is_shown_and_not_changed(officer, desk, programme):
    elsewhere = actor_with(Role.DESK_OFFICER, programme.other_site)
    both = replace(elsewhere, roles=elsewhere.roles | desk.by.roles)
    visit = record_visit(
        by=both,
        client=desk.people[0],
        at_site=programme.other_site,
        visit=NewVisit(desk.people[0].pk, days_ago(0), desk.given(10)),
    )
    page = officer.get(of_visit(visit)).content.decode()
    assert "Needles and syringes" in page
    for after in ("/correct", "/move", "/undo"):
        assert of_visit(visit, after) not in page
    assert officer.get(of_visit(visit, "/correct")).status_code == 404
    officer.post(of_visit(visit, "/undo"), {"token": str(uuid4())})
    visit.refresh_from_db()
    assert visit.voided_at is None
