"""Whether a person belongs to somebody's work. At most two queries; none for those who keep a site's door."""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.audit.choices import Event
from kimbilio.audit.queries import events_about
from kimbilio.caseload.choices import OFFERED
from kimbilio.caseload.models import OpenedOutside
from kimbilio.caseload.rules import Bond, bonds_that_count, works_for_everybody
from kimbilio.followup.models import Assignment, Attempt
from kimbilio.mat.models import JourneyStep
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.support.models import Attendance
from kimbilio.visits.models import Visit


class _Asked:
    """One question about one person, by one member of staff, today."""

    def __init__(self, by: Actor, client: Client, ids: Collection[UUID]) -> None:
        self.by, self.client, self.ids = by, client, ids
        self.today: date = timezone.localdate()
        self.since = self.today - timedelta(days=settings.CASELOAD_DAYS)

    def of(self, table: type[Any], **where: Any) -> QuerySet[Any]:
        """Return the rows of a table about this person."""
        return table.objects.filter(organisation=self.by.organisation_id, client__in=self.ids, **where)

    def registered(self, since: date) -> QuerySet[Any]:
        """Return what tells that the member of staff registered them on this day or later."""
        entries = events_about(self.by.organisation_id, *self.ids).order_by()
        return entries.filter(
            event=Event.PERSON_REGISTERED, actor_id=self.by.staff_id, recorded_at__gte=_midnight(since)
        )

    def sessions(self, **where: Any) -> QuerySet[Any]:
        """Return where they came to a session that the member of staff led or recorded.

        What they wrote themselves today is no tie today, unless the person was seen on the day of the session: else any
        code typed into a list would open its record.
        """
        staff = self.by.staff_id
        theirs = Q(session__led_by=staff) | Q(session__recorded_by=staff) | Q(recorded_by=staff)
        rows = self.of(Attendance, voided_at__isnull=True, session__voided_at__isnull=True, **where)
        there = self.of(Visit, voided_at__isnull=True, occurred_on=OuterRef("session__occurred_on"))
        written_today = Q(recorded_by=staff, recorded_at__gte=_midnight(self.today))
        return rows.filter(theirs).filter(~written_today | Exists(there))


Ask = Callable[[_Asked], list[QuerySet[Any]]]

# What shows each bond: any row of any of these.
_SHOWN_BY: dict[Bond, Ask] = {
    Bond.ON_MAT: lambda a: [a.of(JourneyStep, voided_at__isnull=True)],
    Bond.LOOKED_FOR: lambda a: [a.of(Assignment, replaced_at__isnull=True, worker__isnull=False)],
    Bond.ASSIGNED: lambda a: [a.of(Assignment, replaced_at__isnull=True, worker=a.by.staff_id)],
    Bond.CAME_TO_SESSION: lambda a: [a.sessions()],
    Bond.HERE_TODAY: lambda a: [
        a.of(Visit, voided_at__isnull=True, occurred_on=a.today, at_site__in=list(a.by.roles))
    ],
    Bond.MET: lambda a: [
        a.of(Visit, voided_at__isnull=True, recorded_by=a.by.staff_id, occurred_on__gte=a.since),
        a.of(Attempt, voided_at__isnull=True, made_by=a.by.staff_id, occurred_on__gte=a.since),
        a.sessions(session__occurred_on__gte=a.since),
    ],
    Bond.REGISTERED: lambda a: [a.registered(a.since)],
    Bond.JUST_REGISTERED: lambda a: [a.registered(a.today)],
}


def is_in_caseload(by: Actor, client: Client) -> bool:
    """Tell whether this person belongs to the actor's work. A person with several cards is one."""
    return _is_shown(by, client, said_today=False)


def may_open_unasked(by: Actor, client: Client) -> bool:
    """Tell whether the actor may open this person unasked: they are of their work, or a reason was given today."""
    return _is_shown(by, client, said_today=True)


def _is_shown(by: Actor, client: Client, *, said_today: bool) -> bool:
    roles = by.roles.get(client.site_id, frozenset())
    if works_for_everybody(roles):
        return True
    asked = _Asked(by, client, ids_of_one_person(client))
    rows = [row for bond in sorted(bonds_that_count(roles)) for row in _SHOWN_BY[bond](asked)]
    if said_today:
        rows.append(_reasons_of_today(asked))
    shown = Q()
    for row in rows:
        shown |= Q(Exists(row))
    return Client.objects.filter(shown, pk=client.pk).exists()


def _reasons_of_today(asked: _Asked) -> QuerySet[Any]:
    return OpenedOutside.objects.filter(
        Q(opened_by=asked.by.staff_id),
        organisation=asked.by.organisation_id,
        about__in=asked.ids,
        occurred_on=asked.today,
        why__in=OFFERED,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
