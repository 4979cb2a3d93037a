"""What can be asked about estimates and needs: every one that was ever set, and those that stand for a month."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.reports.choices import EstimateOf
from kimbilio.reports.models.estimates import PopulationEstimate, SupplyNeed
from kimbilio.stock.choices import SupplyKind


def every_estimate(by: Actor) -> list[PopulationEstimate]:
    """Return every estimate that was set, newest first. One query."""
    require(by, Permission.SEE_REPORTS)
    return list(PopulationEstimate.objects.filter(organisation=by.organisation_id).order_by("-pk"))


def every_need(by: Actor, sites: Collection[Site]) -> list[SupplyNeed]:
    """Return every need that was set at these sites, newest first. One query."""
    require(by, Permission.SEE_REPORTS)
    may = by.sites_where(Permission.SEE_REPORTS)
    within = [site.pk for site in sites if site.pk in may]
    needs = SupplyNeed.objects.filter(organisation=by.organisation_id, site__in=within)
    return list(needs.select_related("site").order_by("-pk"))


def estimates_as_at(
    organisation_id: UUID, counties: Collection[str], on: date
) -> dict[tuple[str, EstimateOf], PopulationEstimate]:
    """Return the estimates that stand for these counties on a day. One query.

    Of those as at a day by then the one entered last; where there is none, the one entered last of all.
    """
    rows = PopulationEstimate.objects.filter(
        organisation=organisation_id, county__in=list(counties), withdrawn_at__isnull=True
    )
    standing: dict[tuple[str, EstimateOf], PopulationEstimate] = {}
    for row in sorted(rows, key=lambda row: (row.as_at <= on, row.pk)):
        standing[row.county, EstimateOf(row.of)] = row
    return standing


def needs_in(
    organisation_id: UUID, site_ids: Collection[UUID], month: date
) -> dict[tuple[UUID, SupplyKind], SupplyNeed]:
    """Return the needs that stand at these sites for a month: of the latest month, the one entered last. One query."""
    rows = SupplyNeed.objects.filter(
        organisation=organisation_id,
        site__in=list(site_ids),
        from_month__lte=month,
        withdrawn_at__isnull=True,
    )
    standing: dict[tuple[UUID, SupplyKind], SupplyNeed] = {}
    for row in rows.order_by("from_month", "pk"):
        standing[row.site_id, SupplyKind(row.kind)] = row
    return standing
