"""What is remembered of estimates: how many people there are, and how much they need. Nothing is overwritten."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.reports.choices import EstimateOf
from kimbilio.stock.choices import SupplyKind


class PopulationEstimate(OrganisationRecord):
    """How many people there are in a county, as somebody estimated it: the value, between which bounds, as at a day.

    Of two for the same county and people, the one entered last stands, among those as at a day that has come. One that
    was withdrawn stands no more, and is kept.
    """

    county = models.CharField(max_length=60)
    of = models.CharField(max_length=20, choices=EstimateOf.choices)
    value = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    as_at = models.DateField()
    confirmed_by = models.CharField(max_length=120)
    entered_by = models.UUIDField(null=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation county of value low high source as_at withdrawn_at",
        staff="confirmed_by entered_by withdrawn_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(low__gt=0, low__lte=models.F("value"), value__lte=models.F("high")),
                name="estimate_within_its_bounds",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "county"], name="estimate_of_county")]

    def __str__(self) -> str:
        return f"{self.county}: {self.value}"


class SupplyNeed(OrganisationRecord):
    """How many pieces of a supply each person who comes needs in a month, from a month on: whose number it is.

    Of two for the same month, the one entered last stands. One that was withdrawn stands no more, and is kept.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=SupplyKind.choices)
    per_person = models.PositiveIntegerField()
    from_month = models.DateField()
    source = models.CharField(max_length=200)
    confirmed_by = models.CharField(max_length=120)
    entered_by = models.UUIDField(null=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site kind per_person from_month source withdrawn_at",
        staff="confirmed_by entered_by withdrawn_by",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "site", "kind"], name="need_of_site")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.per_person}"
