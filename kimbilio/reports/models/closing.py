"""What is remembered of closed months: who closed which, and the figures as they were. A revision is another close."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.reports.choices import WhyAgain


class MonthClose(OrganisationRecord):
    """One person proposes a month's figures, and another confirms exactly these: then the month is closed.

    `site` is None for all sites of the organisation together. `revision` 1 is the first close; the one confirmed last
    stands. Neither the row nor its figures change once it is confirmed.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    month = models.DateField()
    revision = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=20, choices=WhyAgain.choices, blank=True)
    proposed_by = models.UUIDField(null=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site month revision why confirmed_at withdrawn_at",
        staff="proposed_by confirmed_by withdrawn_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "site", "month", "revision"],
                condition=models.Q(withdrawn_at__isnull=True, site__isnull=False),
                name="close_once_at_a_site",
            ),
            models.UniqueConstraint(
                fields=["organisation", "month", "revision"],
                condition=models.Q(withdrawn_at__isnull=True, site__isnull=True),
                name="close_once_of_all_sites",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="closed_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}, revision {self.revision}"


class FrozenFigure(OrganisationRecord):
    """A figure as it was proposed and confirmed. `split` is its JSON with sorted keys, '{}' for the whole."""

    close = models.ForeignKey(MonthClose, on_delete=models.PROTECT, related_name="figures")
    code = models.CharField(max_length=60)
    split = models.CharField(max_length=300)
    place = models.PositiveIntegerField()
    value = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField(null=True, blank=True)

    # Few of a sort may tell of one person, so a figure is as private as what it counts.
    privacy = sort_fields(
        reference="id recorded_at organisation close code place", coded="split value out_of"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "close", "code", "split"], name="figure_frozen_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
