"""What is remembered of a person's rights: who is forgotten, what was told, how long things are kept."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from kimbilio.accounts.models import OrganisationRecord
from kimbilio.core.keyring import Domain
from kimbilio.core.privacy import sort_fields
from kimbilio.core.sealed import SealedText
from kimbilio.people.models import ClientRecord
from kimbilio.privacy.choices import Ground, Kept, ToldWhom, WhyForgotten


class Erasure(ClientRecord):
    """That a person asked to be forgotten, and once it is done the stone that says so: when, by whom, why. No name."""

    why = models.CharField(max_length=20, choices=WhyForgotten.choices)
    asked_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    lines_left_out = models.PositiveIntegerField(default=0)

    privacy = sort_fields(
        reference="id recorded_at organisation done_at withdrawn_at lines_left_out",
        coded="client why",
        staff="asked_by done_by withdrawn_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "client"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="forgotten_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="erasure_of_client")]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.why}"


class SealedNote(ClientRecord):
    """The base of what is written of a person's rights in somebody's words."""

    sealing_domain: ClassVar[Domain] = Domain.LEGAL

    class Meta:
        abstract = True


class Disclosure(SealedNote):
    """What was told about a person to somebody outside, by whom and on which ground.

    A wrong entry is amended: another `amends` it, and both stay. Once the person is forgotten, that something was told
    stays, and not what.
    """

    told = models.CharField(max_length=20, choices=ToldWhom.choices)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    whom = SealedText(null=True)
    what = SealedText(null=True)
    told_by = models.UUIDField(null=True)
    recorded_by = models.UUIDField(null=True)
    occurred_on = models.DateField(default=timezone.localdate)
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    privacy = sort_fields(
        reference="id recorded_at organisation amends",
        coded="client told ground occurred_on",
        sealed="whom what",
        staff="told_by recorded_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "amends"],
                condition=models.Q(amends__isnull=False),
                name="disclosure_amended_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="disclosure_of_client")]

    def __str__(self) -> str:
        return f"{self.told}: {self.ground}"


class Disagreement(SealedNote):
    """What a person says against something in their record, in their own words: shown beside it, changing nothing."""

    text = SealedText()
    recorded_by = models.UUIDField(null=True)
    occurred_on = models.DateField(default=timezone.localdate)

    privacy = sort_fields(
        reference="id recorded_at organisation",
        coded="client occurred_on",
        sealed="text",
        staff="recorded_by",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="disagreement_of_client")]

    def __str__(self) -> str:
        return f"disagreement of {self.client_id}"


class DateBelieved(OrganisationRecord):
    """The last day on which the date of the computer was believed, so that things were deleted by it."""

    on = models.DateField()
    said_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(reference="id recorded_at organisation on", staff="said_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="one_date_believed"),
        ]

    def __str__(self) -> str:
        return str(self.on)


class RetentionPeriod(OrganisationRecord):
    """For how many months a kind is kept, where that was found and who confirmed it. Set anew, never changed."""

    kind = models.CharField(max_length=20, choices=Kept.choices)
    months = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    confirmed_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation kind months source replaced_at", staff="confirmed_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_period_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.months}"
