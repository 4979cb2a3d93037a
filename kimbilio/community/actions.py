"""Community events: recorded, corrected, taken back. A correction keeps the original, voided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.community.choices import Activity, Fault
from kimbilio.community.models import CommunityEvent
from kimbilio.community.queries import may_take_back
from kimbilio.community.rules import fault_of_event
from kimbilio.core.many import Keys
from kimbilio.core.refusals import Refused
from kimbilio.core.replacing import with_what_replaced_them


@dataclass(frozen=True)
class NewEvent:
    """One event: what, on which day, how many came by sex, where, who led it, and its name where it has one."""

    activity: Activity
    occurred_on: date
    male: int = 0
    female: int = 0
    unsorted: int = 0
    venue: str = ""
    facilitator: str = ""
    named: str = ""


@action(Permission.RECORD_EVENT, event="community.event_recorded", at="site")
def record_event(*, by: Actor, site: Site, event: NewEvent) -> CommunityEvent:
    """Record one event. Refused for a day that has not come, and for another event without a name."""
    return _record(by, site.organisation_id, site.pk, [event])[0]


@action(Permission.RECORD_EVENT, event="community.events_recorded", at="site")
def record_events(*, by: Actor, site: Site, events: Sequence[NewEvent]) -> list[CommunityEvent]:
    """Record many events of a site, from a book: in the order given, all of them or none."""
    return _record(by, site.organisation_id, site.pk, events)


@action(Permission.RECORD_EVENT, event="community.event_corrected", at="event")
def correct_event(*, by: Actor, event: CommunityEvent, right: NewEvent) -> CommunityEvent:
    """Record what is right in place of an event, which is kept and counts no more."""
    _void_one(by, event)
    return _record(by, event.organisation_id, event.site_id, [right], replaces=event)[0]


@action(Permission.RECORD_EVENT, event="community.event_undone", at="event")
def undo_event(*, by: Actor, event: CommunityEvent) -> CommunityEvent:
    """Take back an event that was recorded by mistake; on a later day, only who answers for the report may."""
    if not may_take_back(by, event):
        raise Refused(str(Fault.EARLIER_DAY.label))
    _void_one(by, event)
    event.refresh_from_db()
    return event


@action(Permission.RECORD_EVENT, event="community.events_voided", at="site")
def void_events(*, by: Actor, site: Site, events: Collection[UUID]) -> list[CommunityEvent]:
    """Take back many events of a site, by their ids, and return those that stood until now.

    An event that was corrected since goes too: what replaced it tells of the same line of the book.
    """
    ours = CommunityEvent.objects.filter(organisation=site.organisation_id, site=site)
    ids = with_what_replaced_them(ours, events)
    standing = list(_standing(site.organisation_id, ids).filter(site=site).order_by("pk"))
    _void(by, site.organisation_id, [event.pk for event in standing])
    return standing


def _record(
    by: Actor,
    organisation_id: UUID,
    site_id: UUID,
    events: Sequence[NewEvent],
    *,
    replaces: CommunityEvent | None = None,
) -> list[CommunityEvent]:
    today = timezone.localdate()
    for event in events:
        fault = fault_of_event(event, today)
        if fault:
            raise Refused(str(fault.label))
    rows = [
        CommunityEvent(
            organisation_id=organisation_id,
            site_id=site_id,
            recorded_by=by.staff_id,
            replaces=replaces,
            **_columns(event),
        )
        for event in events
    ]
    return CommunityEvent.objects.bulk_create(rows, batch_size=1000)


def _columns(event: NewEvent) -> dict[str, Any]:
    return {
        "activity": event.activity.value,
        "named": event.named.strip(),
        "venue": event.venue.strip(),
        "occurred_on": event.occurred_on,
        "male": event.male,
        "female": event.female,
        "unsorted": event.unsorted,
        "facilitator": event.facilitator.strip(),
    }


def _void_one(by: Actor, event: CommunityEvent) -> None:
    if not _void(by, event.organisation_id, [event.pk]):
        raise Refused(str(Fault.STANDS_NO_MORE.label))


def _void(by: Actor, organisation_id: UUID, ids: Collection[UUID]) -> int:
    return _standing(organisation_id, ids).update(voided_at=timezone.now(), voided_by=by.staff_id)


def _standing(organisation_id: UUID, ids: Collection[UUID]) -> QuerySet[CommunityEvent]:
    return CommunityEvent.objects.filter(
        organisation=organisation_id, pk__in=Keys(ids), voided_at__isnull=True
    )
