"""Which months there are: from the first record to this month, each open, proposed or closed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.community.models import CommunityEvent
from kimbilio.mat.models import ClinicList
from kimbilio.mat.rules import month_of, months_between
from kimbilio.reports.choices import MonthState
from kimbilio.reports.models import MonthClose
from kimbilio.support.models import Session
from kimbilio.visits.models import Visit


@dataclass(frozen=True)
class ListedMonth:
    """A month that can be reported on, and where it stands."""

    month: date
    state: MonthState
    is_over: bool


def months_with_records(by: Actor, site: Site | None) -> list[ListedMonth]:
    """Return the months in which anything could have been recorded, the latest first; none before the first record."""
    require(by, Permission.SEE_REPORTS, site)
    sites = [site.pk] if site else list(by.sites_where(Permission.SEE_REPORTS))
    first, today = _first_day(by, sites), timezone.localdate()
    if first is None:
        return []
    states = _states(by, site)
    return [
        ListedMonth(month, states.get(month, MonthState.OPEN), is_over=month < month_of(today))
        for month in reversed(months_between(first, today))
    ]


def _first_day(by: Actor, sites: list[UUID]) -> date | None:
    """Return the first day of which a visit, session, event or clinic's list tells. Four questions."""
    visits = Visit.objects.filter(organisation=by.organisation_id, at_site__in=sites, voided_at__isnull=True)
    sessions = Session.objects.filter(organisation=by.organisation_id, site__in=sites, voided_at__isnull=True)
    events = CommunityEvent.objects.filter(
        organisation=by.organisation_id, site__in=sites, voided_at__isnull=True
    )
    lists = ClinicList.objects.filter(
        organisation=by.organisation_id, clinic__site__in=sites, withdrawn_at__isnull=True
    )
    by_day = [rows.order_by("occurred_on") for rows in (visits, sessions, events)]
    found = [rows.values_list("occurred_on", flat=True).first() for rows in by_day]
    found.append(lists.order_by("month").values_list("month", flat=True).first())
    return min((day for day in found if day), default=None)


def _states(by: Actor, site: Site | None) -> dict[date, MonthState]:
    closes = MonthClose.objects.filter(
        organisation=by.organisation_id, site=site, withdrawn_at__isnull=True
    ).order_by("revision")
    states: dict[date, MonthState] = {}
    for month, confirmed in closes.values_list("month", "confirmed_at"):
        if confirmed or month not in states:
            states[month] = MonthState.CLOSED if confirmed else MonthState.PROPOSED
    return states
