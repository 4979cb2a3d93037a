"""What can be asked about community events. Only what stands is told, the latest first."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.community.models import CommunityEvent
from kimbilio.core.references import referred_to


def events_between(
    by: Actor, site: Site, first: date, last: date, *, may: Permission = Permission.RECORD_EVENT
) -> list[CommunityEvent]:
    """Return the events of a site between two days, both included; `may` is what the asker must hold. One query."""
    require(by, may, site)
    between = _standing(site).filter(occurred_on__gte=first, occurred_on__lte=last)
    return list(between.order_by("-occurred_on", "-pk"))


def first_event_on(by: Actor, site: Site) -> date | None:
    """Return the day of a site's first event, None where there was none. One query."""
    require(by, Permission.RECORD_EVENT, site)
    return _standing(site).order_by("occurred_on").values_list("occurred_on", flat=True).first()


def event_within_reach(by: Actor, site: Site, on: date, reference: str) -> CommunityEvent:
    """Return the event of a day that a page refers to; NotHere when there is none that stands. One query."""
    return referred_to(events_between(by, site, on, on), reference)


def may_take_back(by: Actor, event: CommunityEvent) -> bool:
    """Tell whether the actor may take an event back: on the day it was recorded, or who answers for the report."""
    if by.may(Permission.CLOSE_MONTH, event.site_id):
        return True
    recorded = _first_recorded(event).recorded_at
    return timezone.localdate(recorded) == timezone.localdate()


def _first_recorded(event: CommunityEvent) -> CommunityEvent:
    """Return the event as it was recorded first: a correction of today makes nothing new of it."""
    while event.replaces is not None:
        event = event.replaces
    return event


def _standing(site: Site) -> QuerySet[CommunityEvent]:
    return CommunityEvent.objects.filter(organisation=site.organisation_id, site=site, voided_at__isnull=True)
