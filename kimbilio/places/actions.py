"""What staff can do with places: load areas from a file, add clinics, facilities and hotspots."""

from collections.abc import Iterable
from importlib.resources import files
from uuid import UUID

from kimbilio.accounts.action import action
from kimbilio.accounts.actions import open_site
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.places.choices import FacilityKind, HotspotKind
from kimbilio.places.models import County, Facility, Hotspot, MatClinic, SubCounty, Ward
from kimbilio.places.rules import AreaLine, read_areas


def shipped_areas() -> list[AreaLine]:
    """Return the counties, sub-counties and wards in the file that comes with Kimbilio."""
    text = files("kimbilio.places").joinpath("data/kenya.csv").read_text(encoding="utf-8")
    return read_areas(text.splitlines())


@action(Permission.MANAGE_PLACES, event="places.areas_loaded")
def load_areas(*, by: Actor, areas: Iterable[AreaLine]) -> list[Ward]:
    """Add the areas of a file that are not there yet, and return the wards added; none is removed."""
    return add_areas(by.organisation_id, areas)


def add_areas(organisation_id: UUID, areas: Iterable[AreaLine]) -> list[Ward]:
    """Add the areas that are missing. For `load_areas` and for setting up a new home."""
    lines = list(areas)
    counties = _add_counties(organisation_id, lines)
    sub_counties = _add_sub_counties(organisation_id, lines, counties)
    there = set(Ward.objects.filter(organisation=organisation_id).values_list("sub_county_id", "name"))
    wanted = {(sub_counties[line.county_code, line.sub_county].pk, line.ward) for line in lines if line.ward}
    return Ward.objects.bulk_create(
        [
            Ward(organisation_id=organisation_id, sub_county_id=sub_county_id, name=name)
            for sub_county_id, name in sorted(wanted - there)
        ]
    )


def _add_counties(organisation_id: UUID, lines: list[AreaLine]) -> dict[int, County]:
    known = {county.code: county for county in County.objects.filter(organisation=organisation_id)}
    names = {line.county_code: line.county for line in lines}
    added = [
        County(organisation_id=organisation_id, code=code, name=name)
        for code, name in sorted(names.items())
        if code not in known
    ]
    County.objects.bulk_create(added)
    return known | {county.code: county for county in added}


def _add_sub_counties(
    organisation_id: UUID, lines: list[AreaLine], counties: dict[int, County]
) -> dict[tuple[int, str], SubCounty]:
    rows = SubCounty.objects.filter(organisation=organisation_id).select_related("county")
    known = {(row.county.code, row.name): row for row in rows}
    wanted = {(line.county_code, line.sub_county) for line in lines if line.sub_county}
    added = {
        (code, name): SubCounty(organisation_id=organisation_id, county=counties[code], name=name)
        for code, name in sorted(wanted - known.keys())
    }
    SubCounty.objects.bulk_create(added.values())
    return known | added


@action(Permission.MANAGE_PLACES, event="places.site_added", at="beside")
def add_site(*, by: Actor, beside: Site, name: str, county: str, clinic: str = "") -> Site:
    """Add a site, with the MAT clinic that it works beside if there is one; `by` works there as at `beside`."""
    site = open_site(by=by, beside=beside, name=name, county=county)
    if clinic:
        MatClinic.objects.create(organisation_id=site.organisation_id, site=site, name=clinic)
    return site


@action(Permission.MANAGE_PLACES, event="places.clinic_added", at="site")
def add_mat_clinic(*, by: Actor, site: Site, name: str) -> MatClinic:
    """Add a MAT clinic that the site works beside."""
    return MatClinic.objects.create(organisation_id=site.organisation_id, site=site, name=name)


@action(Permission.MANAGE_PLACES, event="places.facility_added", at="site")
def add_facility(*, by: Actor, site: Site, name: str, kind: FacilityKind, contact: str = "") -> Facility:
    """Add a partner facility that people of this site are referred to."""
    return Facility.objects.create(
        organisation_id=site.organisation_id, site=site, name=name, kind=kind, contact=contact
    )


@action(Permission.MANAGE_PLACES, event="places.hotspot_added", at="site")
def add_hotspot(*, by: Actor, site: Site, code: str, kind: HotspotKind, ward: Ward | None = None) -> Hotspot:
    """Add a hotspot by its coded name."""
    return Hotspot.objects.create(
        organisation_id=site.organisation_id, site=site, code=code, kind=kind, ward=ward
    )
