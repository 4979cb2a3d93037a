"""What is remembered of places: administrative areas, clinics, partner facilities and hotspots."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.places.choices import FacilityKind, HotspotKind


class County(OrganisationRecord):
    """One of Kenya's counties, as loaded from a file."""

    code = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)

    privacy = sort_fields(reference="id recorded_at organisation code name")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="county_code_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name


class SubCounty(OrganisationRecord):
    """A sub-county, at constituency level."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="sub_counties")
    name = models.CharField(max_length=60)

    privacy = sort_fields(reference="id recorded_at organisation county name")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "county", "name"], name="sub_county_in_county")
        ]

    def __str__(self) -> str:
        return self.name


class Ward(OrganisationRecord):
    """A ward: the finest area that is kept of where a person lives."""

    sub_county = models.ForeignKey(SubCounty, on_delete=models.PROTECT, related_name="wards")
    name = models.CharField(max_length=80)

    privacy = sort_fields(reference="id recorded_at organisation sub_county name")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sub_county", "name"], name="ward_in_sub_county")
        ]

    def __str__(self) -> str:
        return self.name


class MatClinic(OrganisationRecord):
    """A MAT clinic that a site works beside."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    privacy = sort_fields(reference="id recorded_at organisation site name")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "site", "name"], name="mat_clinic_at_site")
        ]

    def __str__(self) -> str:
        return self.name


class Facility(OrganisationRecord):
    """A partner facility that people are referred to, with whom to ask for there."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=FacilityKind.choices)
    contact = models.CharField(max_length=120, blank=True)

    privacy = sort_fields(reference="id recorded_at organisation site name kind contact")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "site", "name"], name="facility_at_site")
        ]

    def __str__(self) -> str:
        return self.name


class Hotspot(OrganisationRecord):
    """A place where people gather, by coded name only: a list of real places endangers them.

    Source: docs/sources.md, 'What not to show' (NSWP and Health Policy Project on mapping).
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=30, choices=HotspotKind.choices)
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    privacy = sort_fields(reference="id recorded_at organisation site", coded="code kind ward")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "site", "code"], name="hotspot_code_at_site")
        ]

    def __str__(self) -> str:
        return self.code
