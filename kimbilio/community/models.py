"""What is remembered of community events: heads, never people. Nothing is overwritten; a void hides."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.community.choices import Activity
from kimbilio.core.privacy import sort_fields


class CommunityEvent(OrganisationRecord):
    """One event: what, where, when, and how many came. `unsorted`: heads that were counted without their sex."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=40, choices=Activity.choices)
    named = models.CharField(max_length=80, blank=True)
    venue = models.CharField(max_length=80, blank=True)
    occurred_on = models.DateField()
    male = models.PositiveIntegerField(default=0)
    female = models.PositiveIntegerField(default=0)
    unsorted = models.PositiveIntegerField(default=0)
    facilitator = models.CharField(max_length=80, blank=True)
    recorded_by = models.UUIDField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation site activity named venue occurred_on male female unsorted replaces voided_at"
        ),
        staff="facilitator recorded_by voided_by",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "site", "occurred_on"],
                condition=models.Q(voided_at__isnull=True),
                name="event_standing_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity} on {self.occurred_on}"
