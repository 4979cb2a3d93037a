"""Sessions and who came to them: recorded, corrected, taken back. A correction keeps the original, voided."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.action import action, require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person, standing_ids
from kimbilio.support.choices import Fault, SessionKind
from kimbilio.support.models import Attendance, Session
from kimbilio.support.queries import may_take_back
from kimbilio.support.rules import fault_of_session


@action(Permission.RECORD_SESSION, event="support.session_recorded", at="site")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="people")
def record_session(
    *,
    by: Actor,
    site: Site,
    kind: SessionKind,
    occurred_on: date,
    topic: str = "",
    led_by: UUID | None = None,
    people: Collection[Client] = (),
    guests_male: int = 0,
    guests_female: int = 0,
) -> Session:
    """Record a session with everybody who came, each once; `led_by` is a member of staff, guests are heads."""
    came = _people(by, people)
    return _record(
        by,
        Session(
            organisation_id=site.organisation_id,
            site=site,
            kind=kind,
            topic=topic.strip(),
            occurred_on=occurred_on,
            led_by=led_by,
            guests_male=guests_male,
            guests_female=guests_female,
        ),
        dict.fromkeys(came, by.staff_id),
    )


@action(Permission.RECORD_SESSION, event="support.session_corrected", at="session")
def correct_session(
    *,
    by: Actor,
    session: Session,
    kind: SessionKind,
    occurred_on: date,
    topic: str = "",
    led_by: UUID | None = None,
    guests_male: int = 0,
    guests_female: int = 0,
) -> Session:
    """Record what is right of a session in its place, with the people who stand on its list."""
    _hold(session)
    came = dict(_standing_list(session).order_by("pk").values_list("client_id", "recorded_by"))
    _void(by, session)
    right = Session(
        organisation_id=session.organisation_id,
        site_id=session.site_id,
        kind=kind,
        topic=topic.strip(),
        occurred_on=occurred_on,
        led_by=led_by,
        guests_male=guests_male,
        guests_female=guests_female,
        replaces=session,
    )
    return _record(by, right, came)


@action(Permission.RECORD_SESSION, event="support.session_undone", at="session")
def undo_session(*, by: Actor, session: Session) -> Session:
    """Take a session back that was recorded by mistake; on a later day, only who answers for the report may."""
    _hold(session)
    if not may_take_back(by, session):
        raise Refused(str(Fault.EARLIER_DAY.label))
    _void(by, session)
    session.refresh_from_db()
    return session


@action(Permission.RECORD_SESSION, event="support.attendance_added", at="session")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def add_attendance(*, by: Actor, session: Session, client: Client) -> Attendance:
    """Put a person on the list of a session. Whoever stands on it already stands there once."""
    _hold(session)
    (person,) = _people(by, [client])
    standing = _standing_list(session).filter(client__in=ids_of_one_person(client)).order_by("pk").first()
    return standing or Attendance.objects.create(
        organisation_id=session.organisation_id, session=session, client_id=person, recorded_by=by.staff_id
    )


@action(Permission.RECORD_SESSION, event="support.attendance_struck", at="session")
def strike_attendance(*, by: Actor, session: Session, client: Client) -> Attendance:
    """Strike a person off the list of a session: the line is kept and counts no more."""
    _hold(session)
    standing = _standing_list(session)
    theirs = list(standing.filter(client__in=ids_of_one_person(client)).order_by("pk"))
    if not theirs:
        raise Refused(str(Fault.NOT_ON_LIST.label))
    if standing.count() == len(theirs) and not session.guests_male and not session.guests_female:
        raise Refused(str(Fault.LAST_ONE.label))
    standing.filter(pk__in=[row.pk for row in theirs]).update(voided_at=timezone.now())
    theirs[0].refresh_from_db()
    return theirs[0]


def _record(by: Actor, session: Session, came: dict[UUID, UUID | None]) -> Session:
    """Write a session and its list down: who came, each with who wrote them down first."""
    fault = fault_of_session(
        session.occurred_on,
        session.topic,
        len(came),
        (session.guests_male, session.guests_female),
        timezone.localdate(),
    )
    if fault:
        raise Refused(str(fault.label))
    if session.led_by is not None and not staff_names(session.organisation_id, [session.led_by]):
        raise NotHere
    session.recorded_by = by.staff_id
    session.save(force_insert=True)
    rows = [
        Attendance(
            organisation_id=session.organisation_id,
            session=session,
            client_id=person,
            recorded_by=recorded_by,
        )
        for person, recorded_by in came.items()
    ]
    Attendance.objects.bulk_create(rows, batch_size=1000)
    session.audit_detail = {"people": len(rows), "guests": session.guests_male + session.guests_female}
    return session


def _people(by: Actor, clients: Iterable[Client]) -> list[UUID]:
    """Return whom these records are about, each once; NotHere where one of them is out of the actor's reach."""
    ids = []
    for client in clients:
        require(by, Permission.OPEN_PERSON, client)
        ids.append(client.pk)
    stands_for = standing_ids(by.organisation_id, ids)
    return list(dict.fromkeys(stands_for.get(record, record) for record in ids))


def _hold(session: Session) -> None:
    """Let nobody else change a session or its list meanwhile; refused where it stands no more."""
    held = Session.objects.select_for_update(no_key=True).filter(
        organisation=session.organisation_id, pk=session.pk, voided_at__isnull=True
    )
    if not list(held.values_list("pk")):
        raise Refused(str(Fault.STANDS_NO_MORE.label))


def _void(by: Actor, session: Session) -> None:
    now = timezone.now()
    _standing_list(session).update(voided_at=now)
    Session.objects.filter(organisation=session.organisation_id, pk=session.pk).update(
        voided_at=now, voided_by=by.staff_id
    )


def _standing_list(session: Session) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        organisation=session.organisation_id, session=session, voided_at__isnull=True
    )
