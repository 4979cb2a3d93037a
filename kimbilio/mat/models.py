"""What is remembered of MAT: claims about a journey, what lists said of days, the clinic's numbers. Append-only."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord
from kimbilio.core.privacy import sort_fields
from kimbilio.mat.choices import ListKind, RuleName, Source, StepKind, StepReason
from kimbilio.people.models import ClientRecord
from kimbilio.places.models import MatClinic


class JourneyStep(ClientRecord):
    """One dated claim about a person's journey: what, when, who says so. Voided, it is kept and counts no more."""

    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30, choices=StepKind.choices)
    occurred_on = models.DateField()
    source = models.CharField(max_length=20, choices=Source.choices)
    reason = models.CharField(max_length=30, choices=StepReason.choices, default=StepReason.NOT_STATED)
    recorded_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation clinic voided_at",
        coded="client kind occurred_on source reason",
        staff="recorded_by",
    )

    class Meta:
        indexes: ClassVar = [
            # Holds all that the rules need to know of a journey, so that lists of many people read nothing else.
            models.Index(
                fields=["organisation", "client", "occurred_on", "kind"],
                condition=models.Q(voided_at__isnull=True),
                name="step_of_client",
            ),
            models.Index(fields=["organisation", "kind", "occurred_on"], name="step_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.occurred_on}"


class ClinicList(OrganisationRecord):
    """A list or book as it was received: what one paper says of the days of one month at one clinic.

    `days` has a sign for each day of the month of which it says something. A later list stands above an earlier
    one, day by day and person by person; a whole day's list also above every mark of those who are not on it.
    `replaced_at`: a later list of the whole same day came. `withdrawn_at`: it was taken back and counts no more.
    """

    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ListKind.choices)
    month = models.DateField()
    days = models.CharField(max_length=31)
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=20, choices=Source.choices)
    recorded_by = models.UUIDField(null=True)
    digest = models.BinaryField(max_length=32)
    replaced_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation clinic kind month days people source replaced_at withdrawn_at",
        staff="recorded_by",
        index="digest",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "clinic", "month"], name="list_of_month")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.month}"


class DoseLine(ClientRecord):
    """One person's line in a list: a sign for each day that it speaks of (rules/days.py). Never changed."""

    clinic_list = models.ForeignKey(ClinicList, on_delete=models.PROTECT, related_name="lines")
    signs = models.CharField(max_length=31)

    privacy = sort_fields(reference="id recorded_at organisation clinic_list", coded="client signs")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "clinic_list", "client"], name="line_once_in_a_list"
            )
        ]

    def __str__(self) -> str:
        return f"line of {self.client_id}"


class StandingMonth(ClientRecord):
    """A person's month at a clinic as it stands, reckoned from the lists. Derived: made anew, never written by hand."""

    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    signs = models.CharField(max_length=31)

    privacy = sort_fields(reference="id recorded_at organisation clinic month", coded="client signs")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "month", "clinic", "client"], name="standing_month_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client", "month"], name="standing_month_of_client")
        ]

    def __str__(self) -> str:
        return f"{self.month} of {self.client_id}"


class ClinicRule(OrganisationRecord):
    """A number that a clinic confirmed: where it is written, who confirmed it and when. A new one replaces it."""

    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=30, choices=RuleName.choices)
    value = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    confirmed_by = models.CharField(max_length=120)
    confirmed_on = models.DateField()
    recorded_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation clinic rule value source confirmed_on replaced_at",
        staff="confirmed_by recorded_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "clinic", "rule"],
                condition=models.Q(replaced_at__isnull=True),
                name="clinic_rule_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.value}"
