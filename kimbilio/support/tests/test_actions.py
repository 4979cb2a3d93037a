"""Sessions and who came: permitted, whole, audited by ids alone; what is corrected or struck off is kept."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.once import once
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people.models import Client
from kimbilio.support.actions import (
    add_attendance,
    correct_session,
    record_session,
    strike_attendance,
    undo_session,
)
from kimbilio.support.choices import Fault, SessionKind
from kimbilio.support.models import Attendance, Session
from kimbilio.support.queries import (
    may_take_back,
    sessions_between,
    sessions_of,
)
from kimbilio.support.tests.meeting import came_to, entries, held
from tests.programme import Programme, person, staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def people(programme: Programme, desk: Actor) -> list[Client]:
    return [person(desk, programme.site, first=name) for name in ("Njoroge", "Wanjiku", "Otieno")]


def test_a_session_is_recorded_with_everybody_once(
    programme: Programme, desk: Actor, people: list[Client]
) -> None:
    leader = staff_with(Role.PEER_EDUCATOR, programme.site)
    session = held(
        desk,
        programme,
        [*people, people[0]],
        topic=" Anger ",
        led_by=leader.pk,
        guests_male=2,
        guests_female=1,
    )
    session.refresh_from_db()
    assert (session.topic, session.led_by, session.recorded_by) == ("Anger", leader.pk, desk.staff_id)
    assert (session.guests_male, session.guests_female) == (2, 1)
    assert came_to(desk, programme, session) == [client.code for client in people]
    (entry,) = AuditEvent.objects.filter(event="support.session_recorded")
    assert (entry.about, entry.detail) == (None, {"people": 3, "guests": 3})


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"occurred_on": date(2999, 1, 1)}, Fault.FUTURE),
        ({"occurred_on": date(1925, 1, 1)}, Fault.LONG_AGO),
        ({"people": []}, Fault.NOBODY),
        ({"guests_male": 1000}, Fault.TOO_MANY_GUESTS),
        ({"guests_female": -1}, Fault.TOO_MANY_GUESTS),
        ({"topic": "t" * 81}, Fault.TOO_LONG),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    programme: Programme, desk: Actor, people: list[Client], wrong: dict[str, object], fault: Fault
) -> None:
    with pytest.raises(Refused, match=str(fault.label)):
        held(desk, programme, people, **wrong)
    assert not Session.objects.exists()
    assert not Attendance.objects.exists()
    assert not entries()


def test_guests_alone_are_a_session(programme: Programme, desk: Actor) -> None:
    session = held(desk, programme, [], guests_female=4)
    assert came_to(desk, programme, session) == []


def test_nobody_of_another_organisation_leads(
    programme: Programme, desk: Actor, people: list[Client]
) -> None:
    stranger = staff_with(Role.COUNSELLOR, programme.site_elsewhere)
    for leader in (stranger.pk, uuid4()):
        with pytest.raises(NotHere):
            held(desk, programme, people, led_by=leader)


@pytest.mark.parametrize(
    "role", [Role.PEER_EDUCATOR, Role.PARALEGAL, Role.ME_OFFICER, Role.ADMINISTRATOR, Role.REPORT_READER]
)
def test_who_does_not_work_at_the_safe_space_is_refused(
    programme: Programme, actor: Callable[..., Actor], desk: Actor, people: list[Client], role: Role
) -> None:
    session, other = held(desk, programme, people), actor(role)
    for act in (
        lambda: held(other, programme, people),
        lambda: correct_session(
            by=other, session=session, kind=SessionKind.CBT, occurred_on=session.occurred_on
        ),
        lambda: undo_session(by=other, session=session),
        lambda: add_attendance(by=other, session=session, client=people[0]),
        lambda: strike_attendance(by=other, session=session, client=people[0]),
    ):
        with pytest.raises(Refused):
            act()
    assert entries() == ["session_recorded"]


def test_another_sites_sessions_and_people_are_not_here(
    programme: Programme, actor: Callable[..., Actor], desk: Actor, people: list[Client]
) -> None:
    stranger = actor(Role.COUNSELLOR, programme.other_site)
    session = held(desk, programme, people)
    with pytest.raises(NotHere):
        undo_session(by=stranger, session=session)
    with pytest.raises(NotHere):
        record_session(
            by=stranger,
            site=programme.other_site,
            kind=SessionKind.CBT,
            occurred_on=timezone.localdate(),
            people=people,
        )
    theirs = person(stranger, programme.other_site)
    with pytest.raises(NotHere):
        add_attendance(by=desk, session=session, client=theirs)
    assert Session.objects.count() == 1


def test_a_correction_keeps_the_original_and_who_came(
    programme: Programme, desk: Actor, people: list[Client]
) -> None:
    first = held(desk, programme, people)
    strike_attendance(by=desk, session=first, client=people[2])
    yesterday = timezone.localdate() - timedelta(days=1)
    right = correct_session(
        by=desk, session=first, kind=SessionKind.CBT, occurred_on=yesterday, topic="Cravings", guests_male=1
    )
    first.refresh_from_db()
    assert (first.kind, first.voided_by) == ("psychosocial", desk.staff_id)
    assert (right.replaces_id, right.kind, right.guests_male) == (first.pk, "cbt", 1)
    assert came_to(desk, programme, right) == [client.code for client in people[:2]]
    assert Attendance.objects.filter(session=first, voided_at__isnull=True).count() == 0
    assert Attendance.objects.filter(session=first).count() == 3
    assert sessions_of(desk, people[0]) == [right]
    for act in (
        lambda: correct_session(by=desk, session=first, kind=SessionKind.CBT, occurred_on=yesterday),
        lambda: add_attendance(by=desk, session=first, client=people[2]),
        lambda: strike_attendance(by=desk, session=first, client=people[0]),
        lambda: undo_session(by=desk, session=first),
    ):
        with pytest.raises(Refused, match=str(Fault.STANDS_NO_MORE.label)):
            act()
    assert entries() == ["session_recorded", "attendance_struck", "session_corrected"]


def test_one_is_struck_off_and_put_on_again_and_each_is_in_their_audit(
    programme: Programme, desk: Actor, people: list[Client]
) -> None:
    session = held(desk, programme, people[:2])
    strike_attendance(by=desk, session=session, client=people[0])
    with pytest.raises(Refused, match=str(Fault.NOT_ON_LIST.label)):
        strike_attendance(by=desk, session=session, client=people[0])
    with pytest.raises(Refused, match=str(Fault.LAST_ONE.label)):
        strike_attendance(by=desk, session=session, client=people[1])
    again = add_attendance(by=desk, session=session, client=people[0])
    assert add_attendance(by=desk, session=session, client=people[0]) == again
    assert came_to(desk, programme, session) == [people[1].code, people[0].code]
    told = AuditEvent.objects.filter(event__startswith="support.attendance").order_by("seq")
    assert {entry.about for entry in told} == {people[0].pk}
    assert told[0].site_id == programme.site.pk


def test_it_is_taken_back_on_its_day_and_later_by_who_answers_for_the_report(
    programme: Programme, actor: Callable[..., Actor], desk: Actor, people: list[Client]
) -> None:
    session = held(desk, programme, people)
    Session.objects.filter(pk=session.pk).update(recorded_at=timezone.now() - timedelta(days=2))
    session.refresh_from_db()
    right = correct_session(
        by=desk, session=session, kind=SessionKind.PSYCHOSOCIAL, occurred_on=session.occurred_on
    )
    assert not may_take_back(desk, right)
    with pytest.raises(Refused, match=str(Fault.EARLIER_DAY.label)[:30]):
        undo_session(by=desk, session=right)
    assert undo_session(by=actor(Role.PROGRAMME_MANAGER), session=right).voided_at
    todays = held(desk, programme, people)
    undo_session(by=desk, session=todays)
    today = timezone.localdate()
    assert sessions_between(desk, programme.site, today, today) == []
    assert sessions_of(desk, people[0]) == []


def test_the_same_form_twice_is_one_session(programme: Programme, desk: Actor, people: list[Client]) -> None:
    token = uuid4()
    assert once(desk, token, lambda: held(desk, programme, people)) == once(
        desk, token, lambda: held(desk, programme, people)
    )
    assert (Session.objects.count(), Attendance.objects.count()) == (1, 3)
