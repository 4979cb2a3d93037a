"""The page of who opened whom: a planted snoop is on it within the week, by real entries; what came of it stays."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kimbilio.accounts.action import note
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.audit.queries import events_of
from kimbilio.caseload.actions import look_into, say_why
from kimbilio.caseload.choices import Outcome, Rule, Why
from kimbilio.caseload.models import LookedInto
from kimbilio.caseload.queries import monday_of, week_at_site
from kimbilio.caseload.queries.week import LOOKING, WORKING
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people.actions import open_person
from kimbilio.support.actions import add_attendance, record_session
from kimbilio.support.choices import SessionKind
from kimbilio.visits.actions import NewVisit, record_visit
from tests.programme import actor_with, person, sign_in_as, staff_with


def monday():
    return monday_of(timezone.localdate())


@pytest.fixture
def in_the_day():
    """Have it be ten in the morning of this week's Monday, so that nothing happens at night."""
    from kimbilio.audit import actions

    at = timezone.localtime().replace(hour=10, minute=0, second=0) - timedelta(
        days=timezone.localdate().weekday()
    )
    with patch.object(actions.timezone, "now", lambda: at):
        yield


@pytest.fixture
def people(programme, in_the_day):
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    return [person(desk, programme.site) for _ in range(6)]


@pytest.fixture
def snoop(programme):
    """A peer educator who opens six people who are not theirs."""
    return staff_with(Role.PEER_EDUCATOR, programme.site, "snoop")


def snoops(snoop, people):
    for one in people:
        say_why(by=actor_for(snoop), client=one, why=Why.ANOTHER)
        open_person(by=actor_for(snoop), client=one)


def lines(programme, by=None):
    week = week_at_site(by or actor_with(Role.PROGRAMME_MANAGER, programme.site), programme.site, monday())
    return {(line.stands_out.rule, line.stands_out.staff): line for line in week.lines}


def test_a_planted_snoop_stands_out_in_the_week_they_began(programme, people, snoop):
    assert lines(programme) == {}
    snoops(snoop, people)
    line = lines(programme)[Rule.MANY_OUTSIDE, snoop.pk]
    assert line.stands_out.count == 6
    assert line.stands_out.people == {one.pk for one in people}


def test_a_busy_day_at_the_desk_does_not_stand_out(programme, people):
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    for one in [*people, *(person(desk, programme.site) for _ in range(20))]:
        open_person(by=desk, client=one)
        note(desk, "identity.opened", about=one)
        visit = NewVisit(one.pk, timezone.localdate())
        record_visit(by=desk, client=one, at_site=programme.site, visit=visit)
    assert lines(programme) == {}


def test_a_session_is_work_for_each_who_was_seen_that_day(programme, in_the_day, people):
    counsellor = actor_with(Role.COUNSELLOR, programme.site)
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    came = [*people, *(person(desk, programme.site) for _ in range(20))]
    for one in came:
        open_person(by=counsellor, client=one)
    on = timezone.localdate()
    session = record_session(
        by=counsellor, site=programme.site, kind=SessionKind.FAMILY, occurred_on=on, people=came[1:]
    )
    add_attendance(by=counsellor, session=session, client=came[0])
    assert (Rule.MORE_THAN_USUAL, counsellor.staff_id) in lines(programme)
    for one in came:
        record_visit(by=desk, client=one, at_site=programme.site, visit=NewVisit(one.pk, on))
    assert lines(programme) == {}


def test_to_look_is_never_taken_for_work():
    looks = (
        "opened",
        "listed",
        "looked",
        "compared",
        "copy_given",
        "looks_shown",
        "outside",
        "looked_into",
        "entry.refused",
    )
    assert [event for event in WORKING if event.endswith(looks)] == []
    assert LOOKING.isdisjoint(WORKING)


def test_the_page_tells_it_in_sentences_with_the_way_to_the_entries(programme, sign_in, people, snoop):
    manager = sign_in(Role.PROGRAMME_MANAGER)
    assert "Nobody was opened in this week." in manager.get("/history/week").content.decode()
    snoops(snoop, people)
    page = manager.get("/history/week").content.decode()
    assert "A colleague opened 6 people outside their own work: Another reason (6)." in page
    reference = lines(programme)[Rule.MANY_OUTSIDE, snoop.pk].reference
    behind = f"/history/week/{monday()}/snoop?line={reference}"
    assert behind.replace("?", "?") in page
    entries = manager.get(behind).content.decode()
    for one in people:
        assert f"/p/{one.code}" in entries
    assert "Njoroge" not in entries
    assert manager.get(f"/history/week/{monday() - timedelta(days=70)}").status_code == 200
    assert manager.get(f"/history/week/{monday() + timedelta(days=8)}").status_code == 404


def test_what_came_of_it_is_kept_and_stays(programme, sign_in, people, snoop):
    snoops(snoop, people)
    manager = sign_in(Role.PROGRAMME_MANAGER)
    reference = lines(programme)[Rule.MANY_OUTSIDE, snoop.pk].reference
    page, sent = f"/history/week/{monday()}/snoop", {"line": reference, "token": str(uuid4())}
    assert manager.post(page, sent).headers["Location"] == page
    assert not LookedInto.objects.exists()
    for outcome in ("not_clear", "not_clear", "talked"):
        assert manager.post(page, sent | {"outcome": outcome}).status_code == 302
    kept = LookedInto.objects.order_by("pk")
    assert [(one.outcome, one.looked_by) for one in kept] == [
        ("not_clear", manager.staff.pk),
        ("talked", manager.staff.pk),
    ]
    entry = events_of(programme.organisation.pk).first()
    assert entry.event == "caseload.looked_into"
    assert entry.detail == {"staff": str(snoop.pk), "rule": "many_outside", "outcome": "talked"}
    text = manager.get("/history/week").content.decode()
    assert "We talked, and it ends there" in text
    assert "It is not clear yet" in text


def test_nobody_looks_into_their_own(programme, people):
    staff = staff_with(Role.PROGRAMME_MANAGER, programme.site, "manager")
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    snoops(staff, [*people, *(person(desk, programme.site) for _ in range(14))])
    line = lines(programme, actor_for(staff))[Rule.MANY_OUTSIDE, staff.pk].stands_out
    given = {"site": programme.site, "week": monday(), "line": line, "outcome": Outcome.WAS_WORK}
    with pytest.raises(Refused):
        look_into(by=actor_for(staff), **given)
    assert look_into(by=actor_with(Role.ADMINISTRATOR, programme.site), **given).looked_by


def test_a_line_that_does_not_stand_out_cannot_be_marked(programme, sign_in, people, snoop):
    sent = {"line": "0123456789ab", "token": str(uuid4()), "outcome": "talked"}
    assert sign_in(Role.PROGRAMME_MANAGER).post(f"/history/week/{monday()}/snoop", sent).status_code == 403
    assert not LookedInto.objects.exists()


def test_one_person_opened_by_many_leads_to_who_they_were(programme, sign_in, people):
    for _ in range(4):
        open_person(by=actor_with(Role.COUNSELLOR, programme.site), client=people[0])
    line = lines(programme)[Rule.BY_MANY, None]
    manager = sign_in(Role.PROGRAMME_MANAGER)
    page = manager.get(f"/history/week/{monday()}/p/{people[0].code}?line={line.reference}").content.decode()
    assert "4 of the staff opened" in page
    assert page.count("Opened a person") >= 4


def test_a_week_is_told_of_ones_own_site_alone(programme, sign_in, people, snoop):
    snoops(snoop, people)
    elsewhere = staff_with(Role.PROGRAMME_MANAGER, programme.other_site)
    browser = sign_in(Role.PROGRAMME_MANAGER, programme.other_site)
    assert "Nobody was opened in this week." in browser.get("/history/week").content.decode()
    assert browser.get(f"/history/week/{monday()}/snoop").status_code == 404
    with pytest.raises(NotHere):
        week_at_site(actor_for(elsewhere), programme.site, monday())
    with pytest.raises(Refused):
        week_at_site(actor_for(snoop), programme.site, monday())


def test_the_pages_cost_the_same_however_much_was_looked_at(programme, people, snoop, sign_in):
    manager = sign_in(Role.PROGRAMME_MANAGER)
    pages = ["/history/week", f"/history/week/{monday()}/snoop"]

    def cost(page):
        manager.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(page).status_code == 200
        return len(captured)

    for _ in range(4):
        snoops(staff_with(Role.OUTREACH_WORKER, programme.site), people)
    snoops(snoop, people)
    few = [cost(page) for page in pages]
    for _ in range(5):
        snoops(staff_with(Role.OUTREACH_WORKER, programme.site), people)
        snoops(snoop, people)
    assert [cost(page) for page in pages] == few
    assert max(few) <= 18


def test_a_week_is_read_by_its_index(programme, people):
    from kimbilio.audit.queries import looks_between
    from kimbilio.caseload.queries.week import _bounds

    asked = looks_between(programme.organisation.pk, programme.site.pk, LOOKING, *_bounds(monday()))
    plan = asked.values_list("actor_id", "about", "event", "recorded_at").explain()
    if connection.vendor == "sqlite":
        assert "COVERING INDEX audit_week_at_site" in plan
    else:
        assert "Seq Scan" not in plan or "audit_auditevent" in plan


def test_the_person_who_was_asked_about_stands_among_who_looked(programme, sign_in, people, snoop):
    say_why(by=actor_for(snoop), client=people[0], why=Why.EMERGENCY)
    from django.test import Client as Browser

    desk = Browser()
    sign_in_as(desk, staff_with(Role.DESK_OFFICER, programme.site))
    assert "outside their own work: An emergency" in desk.get(f"/p/{people[0].code}").content.decode()
