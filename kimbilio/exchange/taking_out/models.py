"""What is remembered of files of records that left: who asked, who approved, what was in it, when it was taken."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.exchange.taking_out.choices import FileKind, WhyTaken


class TakenOut(OrganisationRecord):
    """One file of a site's records, from asking to taking. The file itself is never kept.

    `lines` and `left_out` (people) are counted when it is taken. A month is its first day.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    serial = models.CharField(max_length=10)
    why = models.CharField(max_length=20, choices=WhyTaken.choices)
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    first_month = models.DateField()
    last_month = models.DateField()
    with_names = models.BooleanField(default=False)
    asked_by = models.UUIDField()
    approved_by = models.UUIDField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    turned_down_by = models.UUIDField(null=True, blank=True)
    turned_down_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    lines = models.PositiveIntegerField(null=True, blank=True)
    left_out = models.PositiveIntegerField(null=True, blank=True)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation site serial why kind first_month last_month with_names approved_at "
            "turned_down_at taken_at lines left_out"
        ),
        staff="asked_by approved_by turned_down_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "serial"], name="taken_out_serial"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("asked_by")),
                name="taken_out_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_at__isnull=True) | models.Q(approved_by__isnull=False),
                name="taken_out_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class HeldInFile(OrganisationRecord):
    """That a person stood in a file that was taken, so that they can be told of it. Gone once they are forgotten.

    `about` is the person by id alone, as in the audit: it is no record of their care, and keeps nobody in the books.
    """

    export = models.ForeignKey(TakenOut, on_delete=models.PROTECT, related_name="held")
    about = models.UUIDField()

    privacy = sort_fields(reference="id recorded_at organisation export", coded="about")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "about"], name="held_in_file_about")]

    def __str__(self) -> str:
        return f"{self.export_id}: {self.about}"
