"""What is remembered of openings outside one's own work: ids and codes of reasons, never a word about a person."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.caseload.choices import Outcome, Rule, Why
from kimbilio.core.privacy import sort_fields


class OpenedOutside(OrganisationRecord):
    """Why a member of staff opened a person outside their own work, on one day. Append-only; good for that day.

    `about` is the person by id alone, as in the audit: it is no record of their care, and keeps nobody in the books.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField()
    opened_by = models.UUIDField()
    occurred_on = models.DateField(default=timezone.localdate)
    why = models.CharField(max_length=20, choices=Why.choices)

    privacy = sort_fields(
        reference="id recorded_at organisation site occurred_on why", coded="about", staff="opened_by"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "about", "opened_by", "occurred_on"], name="opened_outside_on_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.why} on {self.occurred_on}"

    @property
    def client_id(self) -> UUID:
        """Return the person whom the audit entry is about."""
        return self.about


class LookedInto(OrganisationRecord):
    """Somebody looked into what stood out of one week at a site: who, when, and what came of it. The newest stands.

    `week` is its Monday. `staff` is None for a person opened by many, `about` for people that only a count tells of.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()
    rule = models.CharField(max_length=20, choices=Rule.choices)
    staff = models.UUIDField(null=True, blank=True)
    about = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    looked_by = models.UUIDField()

    privacy = sort_fields(
        reference="id recorded_at organisation site week rule outcome", coded="about", staff="staff looked_by"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "site", "week"], name="looked_into_week_at_site")
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.week}: {self.outcome}"
