"""What can be asked about places."""

from uuid import UUID

from django.db.models import Count, QuerySet

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.places.models import County, Facility, Hotspot, MatClinic, Ward


def counties_in(organisation_id: UUID) -> QuerySet[County]:
    """Return the counties that are loaded, by name."""
    return County.objects.filter(organisation=organisation_id).order_by("name")


def counties_with_wards(organisation_id: UUID) -> QuerySet[County]:
    """Return the counties whose wards are loaded, each with its `ward_count`."""
    return (
        counties_in(organisation_id)
        .annotate(ward_count=Count("sub_counties__wards"))
        .filter(ward_count__gt=0)
    )


def wards_in(organisation_id: UUID) -> QuerySet[Ward]:
    """Return every ward that is loaded, by county, sub-county and name."""
    return (
        Ward.objects.filter(organisation=organisation_id)
        .select_related("sub_county__county")
        .order_by("sub_county__county__name", "sub_county__name", "name")
    )


def wards_near(site: Site) -> QuerySet[Ward]:
    """Return the wards of a site's county first-hand: what a form at that site offers."""
    near = wards_in(site.organisation_id).filter(sub_county__county__name__iexact=site.county)
    return near if near.exists() else wards_in(site.organisation_id)


def mat_clinics_within_reach(by: Actor) -> QuerySet[MatClinic]:
    """Return the MAT clinics beside the actor's sites."""
    return MatClinic.objects.filter(**_within_reach(by)).select_related("site").order_by("site__name", "name")


def facilities_within_reach(by: Actor) -> QuerySet[Facility]:
    """Return the partner facilities of the actor's sites."""
    return Facility.objects.filter(**_within_reach(by)).select_related("site").order_by("site__name", "name")


def hotspots_within_reach(by: Actor) -> QuerySet[Hotspot]:
    """Return the coded hotspots of the actor's sites."""
    return (
        Hotspot.objects.filter(**_within_reach(by))
        .select_related("site", "ward")
        .order_by("site__name", "code")
    )


def _within_reach(by: Actor) -> dict[str, object]:
    return {"organisation": by.organisation_id, "site__in": by.sites_where(Permission.SEE_PLACES)}
