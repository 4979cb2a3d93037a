"""What is remembered of sessions: which, when, who came. Nothing is overwritten; a void hides."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.people.models import ClientRecord
from kimbilio.support.choices import SessionKind


class Session(OrganisationRecord):
    """One session at a site. Guests are people without a card, by sex: they are heads, and no people of ours."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=SessionKind.choices)
    topic = models.CharField(max_length=80, blank=True)
    occurred_on = models.DateField()
    led_by = models.UUIDField(null=True, blank=True)
    guests_male = models.PositiveSmallIntegerField(default=0)
    guests_female = models.PositiveSmallIntegerField(default=0)
    recorded_by = models.UUIDField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation site kind topic occurred_on guests_male guests_female replaces voided_at"
        ),
        staff="led_by recorded_by voided_by",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "site", "occurred_on"],
                condition=models.Q(voided_at__isnull=True),
                name="session_standing_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.occurred_on}"


class Attendance(ClientRecord):
    """One person who came to a session. Struck off, the line is kept and counts no more."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    recorded_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation voided_at", coded="client session", staff="recorded_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "session", "client"],
                condition=models.Q(voided_at__isnull=True),
                name="attendance_once_a_session",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="attendance_of_client"),
        ]

    def __str__(self) -> str:
        return f"attendance of {self.client_id}"
