"""All visits of a person: the newest on their page, the others a page further."""

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.audit.choices import Event
from kimbilio.audit.models import AuditEvent
from kimbilio.desk import visits_shown
from kimbilio.desk.tests.visiting import desk_of, of_visit
from kimbilio.visits.tests.a_site import days_ago


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.fixture
def desk(officer, programme):
    return desk_of(officer, programme)


def test_older_visits_are_a_page_further_and_every_one_leads_to_itself(officer, desk):
    visits = [desk.records(0, desk.given(number + 1), days_ago(number)) for number in range(6)]
    person = officer.get(f"/p/{desk.people[0].code}").content.decode()
    assert of_visit(visits[4]) in person
    assert of_visit(visits[5]) not in person
    page = f"/p/{desk.people[0].code}/visits"
    assert f'href="{page}"' in person
    every = officer.get(page).content.decode()
    places = [every.index(of_visit(visit)) for visit in visits]
    assert places == sorted(places)


def test_every_visit_comes_a_page_at_a_time_and_is_counted_once(officer, desk, monkeypatch):
    monkeypatch.setattr(visits_shown, "VISITS_ON_PAGE", 2)
    visits = [desk.records(0, desk.given(5), days_ago(number)) for number in range(3)]
    page = f"/p/{desk.people[0].code}/visits"
    first, second = (officer.get(f"{page}?page={number}").content.decode() for number in (1, 2))
    assert [of_visit(visit) in first for visit in visits] == [True, True, False]
    assert [of_visit(visit) in second for visit in visits] == [False, False, True]
    assert "Page 1 of 2" in first


def test_opening_every_visit_is_written_down_as_opening_the_person_is(officer, desk):
    before = AuditEvent.objects.filter(event=Event.PERSON_OPENED).count()
    officer.get(f"/p/{desk.people[0].code}/visits")
    assert AuditEvent.objects.filter(event=Event.PERSON_OPENED).count() == before + 1
