"""Whom the programme reached in twelve months, and what it gave: for what stands against an estimate of all people."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from kimbilio.mat.rules import month_before
from kimbilio.people.queries import standing_ids
from kimbilio.reports.scope import Scope
from kimbilio.stock.choices import SupplyKind
from kimbilio.visits.models import AnonymousSupply, GivenSupply, Visit

_MONTHS = 12


@dataclass(frozen=True)
class Reached:
    """Of one county, in the twelve months that end with the report: people who came, needles that were given."""

    county: str
    since: date
    people: int
    needles: int


def reached_in_a_year(scope: Scope) -> list[Reached]:
    """Return whom and what the sites of each county reached, by county. Four questions."""
    since = scope.month
    for _month in range(_MONTHS - 1):
        since = month_before(since)
    counties = {site.pk: site.county for site in scope.sites}
    people = _people(scope, since, counties)
    needles = _needles(scope, since, counties)
    return [
        Reached(county, since, len(people[county]), needles[county])
        for county in sorted(set(counties.values()))
    ]


def _people(scope: Scope, since: date, counties: dict[UUID, str]) -> dict[str, set[UUID]]:
    person_of = standing_ids(scope.organisation_id)
    visits = Visit.objects.filter(
        organisation=scope.organisation_id,
        at_site__in=scope.site_ids,
        occurred_on__range=(since, scope.last),
        voided_at__isnull=True,
    )
    came: dict[str, set[UUID]] = defaultdict(set)
    for site, record in visits.order_by().values_list("at_site_id", "client_id").distinct():
        came[counties[site]].add(person_of.get(record, record))
    return came


def _needles(scope: Scope, since: date, counties: dict[UUID, str]) -> dict[str, int]:
    """Return the needles given in each county, those taken without a name too."""
    given = GivenSupply.objects.filter(
        organisation=scope.organisation_id,
        visit__at_site__in=scope.site_ids,
        visit__occurred_on__range=(since, scope.last),
        visit__voided_at__isnull=True,
        item__kind=SupplyKind.NEEDLES,
    )
    anonymous = AnonymousSupply.objects.filter(
        organisation=scope.organisation_id,
        site__in=scope.site_ids,
        occurred_on__range=(since, scope.last),
        voided_at__isnull=True,
        item__kind=SupplyKind.NEEDLES,
    )
    sums: dict[str, int] = defaultdict(int)
    for site, pieces in [
        *given.order_by().values_list("visit__at_site_id").annotate(Sum("quantity")),
        *anonymous.order_by().values_list("site_id").annotate(Sum("quantity")),
    ]:
        sums[counties[site]] += pieces
    return sums
