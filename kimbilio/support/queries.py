"""What can be asked about sessions. Only what stands is told. A person with several cards is one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, SiteRole
from kimbilio.accounts.queries import sign_in_names, staff_names
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.core.references import referred_to
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person, standing_ids
from kimbilio.support.models import Attendance, Session

# Whoever works with people may lead a group: peer educators and paralegals too.
_MAY_LEAD = [role for role in Role if Permission.RECORD_EVENT in WHAT_ROLES_MAY[role]]


@dataclass(frozen=True)
class Held:
    """A session with the people who came, each once, in the order in which they were written down."""

    session: Session
    people: tuple[UUID, ...]


def sessions_between(
    by: Actor, site: Site, first: date, last: date, *, may: Permission = Permission.RECORD_SESSION
) -> list[Held]:
    """Return the sessions of a site from one day to another, both included, the latest first, with who came.

    `may` is what the asker must hold there. Three queries, however many.
    """
    require(by, may, site)
    return _held(site.organisation_id, list(_between(site, first, last).order_by("-occurred_on", "-pk")))


def first_session_on(by: Actor, site: Site) -> date | None:
    """Return the day of a site's first session, None where there was none. One query."""
    require(by, Permission.RECORD_SESSION, site)
    return _standing(site).order_by("occurred_on").values_list("occurred_on", flat=True).first()


def session_within_reach(by: Actor, site: Site, on: date, reference: str) -> Held:
    """Return the session of a day that a page refers to; NotHere when there is none that stands. Three queries."""
    require(by, Permission.RECORD_SESSION, site)
    session = referred_to(_between(site, on, on), reference)
    return _held(site.organisation_id, [session])[0]


def last_session_of(by: Actor, site: Site, kind: str = "") -> Held | None:
    """Return the last session of a kind (of any, where none is named) at a site, with who came. Three queries."""
    require(by, Permission.RECORD_SESSION, site)
    of_kind = _standing(site).filter(kind=kind) if kind else _standing(site)
    last = of_kind.order_by("-occurred_on", "-pk").first()
    return _held(site.organisation_id, [last])[0] if last else None


def sessions_of(by: Actor, client: Client) -> list[Session]:
    """Return the sessions to which a person came, the latest first, at whichever site. Two queries at most."""
    require(by, Permission.OPEN_PERSON, client)
    came = Attendance.objects.filter(
        organisation=client.organisation_id,
        client__in=ids_of_one_person(client),
        voided_at__isnull=True,
        session__voided_at__isnull=True,
    ).select_related("session__site")
    sessions = {attendance.session_id: attendance.session for attendance in came}
    return sorted(sessions.values(), key=lambda one: (one.occurred_on, one.pk), reverse=True)


@dataclass(frozen=True)
class Leader:
    """Somebody of the staff who may lead a session: their key, sign-in name and name shown to colleagues."""

    id: UUID
    username: str
    name: str


def leaders_at(site: Site, also: UUID | None = None) -> list[Leader]:
    """Return who may lead a session at a site, by name, and whoever led one before. One to three queries."""
    rows = SiteRole.objects.filter(
        organisation=site.organisation_id,
        site=site,
        role__in=_MAY_LEAD,
        ended_at__isnull=True,
        staff__is_active=True,
    )
    told = rows.order_by("staff__display_name", "staff_id").values_list(
        "staff_id", "staff__username", "staff__display_name"
    )
    leaders = [Leader(*one) for one in dict.fromkeys(told)]
    if also is None or also in {leader.id for leader in leaders}:
        return leaders
    names, signs = (found(site.organisation_id, [also]) for found in (staff_names, sign_in_names))
    return [*leaders, *(Leader(one, signs[one], name) for one, name in names.items())]


def may_take_back(by: Actor, session: Session) -> bool:
    """Tell whether the actor may take a session back: on the day it was recorded, or who answers for the report."""
    if by.may(Permission.CLOSE_MONTH, session.site_id):
        return True
    recorded = _first_recorded(session).recorded_at
    return timezone.localdate(recorded) == timezone.localdate()


def _first_recorded(session: Session) -> Session:
    """Return the session as it was recorded first: a correction of today makes nothing new of it."""
    while session.replaces is not None:
        session = session.replaces
    return session


def _held(organisation_id: UUID, sessions: list[Session]) -> list[Held]:
    came = Attendance.objects.filter(
        organisation=organisation_id, session__in=sessions, voided_at__isnull=True
    ).order_by("pk")
    people: dict[UUID, dict[UUID, None]] = defaultdict(dict)
    rows = list(came.values_list("session_id", "client_id"))
    stands_for = standing_ids(organisation_id, {record for _session, record in rows})
    for session_id, record in rows:
        people[session_id][stands_for.get(record, record)] = None
    return [Held(session, tuple(people[session.pk])) for session in sessions]


def _between(site: Site, first: date, last: date) -> QuerySet[Session]:
    return _standing(site).filter(occurred_on__gte=first, occurred_on__lte=last)


def _standing(site: Site) -> QuerySet[Session]:
    return Session.objects.filter(organisation=site.organisation_id, site=site, voided_at__isnull=True)
