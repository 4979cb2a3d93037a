"""What is remembered of looking for one person: wishes, who looks, attempts, the way back."""

from typing import ClassVar

from django.db import models

from kimbilio.core.privacy import sort_fields
from kimbilio.followup.choices import Because, GoesWith, HowEnded, HowTried, Outcome, Result, WhyStopped
from kimbilio.people.models import ClientRecord
from kimbilio.places.models import Hotspot

_STANDS = models.Q(replaced_at__isnull=True)


class ContactWish(ClientRecord):
    """By whom a person wants to be looked for, and where; the newest stands.

    `only_worker` is the one member of staff they want; None: any. `hotspot`: where they said they may be looked for.
    Whether they may be called, visited and spoken of is consent (people).
    """

    goes_when_forgotten = True

    only_worker = models.UUIDField(null=True, blank=True)
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words_version = models.CharField(max_length=20)
    occurred_on = models.DateField()
    asked_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation words_version replaced_at",
        coded="client hotspot occurred_on",
        staff="only_worker asked_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "client"], condition=_STANDS, name="wish_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"wish of {self.client_id}"


class Assignment(ClientRecord):
    """Who looks for a person, and why this one; the newest stands. `worker` is None where nobody does any more."""

    goes_when_forgotten = True

    worker = models.UUIDField(null=True, blank=True)
    because = models.CharField(max_length=10, choices=Because.choices)
    assigned_by = models.UUIDField(null=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation replaced_at",
        coded="client because",
        staff="worker assigned_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "client"], condition=_STANDS, name="assignment_stands_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "worker", "client"], condition=_STANDS, name="people_of_worker"
            )
        ]

    def __str__(self) -> str:
        return f"who looks for {self.client_id}"


class Attempt(ClientRecord):
    """One attempt to reach a person: how, who was reached, what was learnt. Corrected, the original stays, voided."""

    goes_when_forgotten = True

    how = models.CharField(max_length=10, choices=HowTried.choices)
    result = models.CharField(max_length=20, choices=Result.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    why_stopped = models.CharField(max_length=20, choices=WhyStopped.choices, default=WhyStopped.NOT_STATED)
    occurred_on = models.DateField()
    made_by = models.UUIDField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation corrects voided_at",
        coded="client how result outcome why_stopped occurred_on",
        staff="made_by",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "client", "occurred_on"],
                condition=models.Q(voided_at__isnull=True),
                name="attempt_of_client",
            )
        ]

    def __str__(self) -> str:
        return f"{self.how} on {self.occurred_on}: {self.result}"


class WayBack(ClientRecord):
    """A way back to the clinic as agreed with the person: which day, what time, who goes with them.

    `ended_at` tells that a WayBackEnd was recorded. Whether they were dosed is read from the clinic's list.
    """

    goes_when_forgotten = True

    planned_on = models.DateField()
    planned_at = models.TimeField(null=True, blank=True)
    goes_with = models.CharField(max_length=10, choices=GoesWith.choices)
    worker = models.UUIDField(null=True, blank=True)
    agreed_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation ended_at",
        coded="client planned_on planned_at goes_with",
        staff="worker agreed_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "client"],
                condition=models.Q(ended_at__isnull=True),
                name="way_back_open_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "planned_on"], name="way_back_by_day")]

    def __str__(self) -> str:
        return f"way back on {self.planned_on}"


class WayBackEnd(ClientRecord):
    """What came of a way back that was agreed, and on which day."""

    goes_when_forgotten = True

    way_back = models.ForeignKey(WayBack, on_delete=models.PROTECT, related_name="ends")
    how = models.CharField(max_length=10, choices=HowEnded.choices)
    occurred_on = models.DateField()
    recorded_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference="id recorded_at organisation way_back", coded="client how occurred_on", staff="recorded_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "way_back"], name="way_back_ends_once")
        ]

    def __str__(self) -> str:
        return f"{self.how} on {self.occurred_on}"
