"""Who a person is: every field sealed under keys of their own. Nothing below this room can see it.

A correction is a new row; the one before it stays, with `replaced_at` saying until when it stood.
"""

from typing import ClassVar

from django.db import models

from kimbilio.core.keyring import Domain
from kimbilio.core.privacy import sort_fields
from kimbilio.core.sealed import SealedText
from kimbilio.identity.choices import MayCall, NumberKind, PhoneBelongsTo, SafeToSay
from kimbilio.people.models import ClientRecord


class IdentityRecord(ClientRecord):
    """The base of what is sealed in the identity domain; a row stands until it is replaced."""

    sealing_domain: ClassVar[Domain] = Domain.IDENTITY

    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def tell_what_is_filled(self) -> None:
        """Let the audit know which fields are filled: their names, never what stands in them."""
        self.audit_detail = {"fields": sorted(name for name in self.sealed_fields() if getattr(self, name))}

    @classmethod
    def sealed_fields(cls) -> list[str]:
        """Return the names of the sealed fields of this table."""
        return [field.name for field in cls._meta.concrete_fields if isinstance(field, SealedText)]


class PersonalDetails(IdentityRecord):
    """Names and, where the person gave it, the full date of birth (written YYYY-MM-DD)."""

    first = SealedText()
    middle = SealedText()
    last = SealedText()
    nickname = SealedText()
    birth_date = SealedText()

    privacy = sort_fields(
        reference="id recorded_at organisation replaced_at",
        coded="client",
        sealed="first middle last nickname birth_date",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="details_of_client"),
            models.Index(
                fields=["organisation"], condition=models.Q(replaced_at__isnull=True), name="details_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"details of {self.client_id}"


class Phone(IdentityRecord):
    """A phone number with whose it is, who may call it and what is safe to say."""

    number = SealedText()
    number_index = models.BinaryField(max_length=16)
    belongs_to = models.CharField(
        max_length=20, choices=PhoneBelongsTo.choices, default=PhoneBelongsTo.NOT_STATED
    )
    may_call = models.CharField(max_length=20, choices=MayCall.choices, default=MayCall.NOBODY)
    safe_to_say = models.CharField(max_length=20, choices=SafeToSay.choices, default=SafeToSay.NOTHING)

    privacy = sort_fields(
        reference="id recorded_at organisation replaced_at",
        coded="client belongs_to may_call safe_to_say",
        sealed="number",
        index="number_index",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "number_index"], name="phone_by_number"),
            models.Index(fields=["organisation", "client"], name="phone_of_client"),
        ]

    def __str__(self) -> str:
        return f"phone of {self.client_id}"


class Locator(IdentityRecord):
    """Where a worker who may look for this person would find them, in the worker's words."""

    where = SealedText()

    privacy = sort_fields(reference="id recorded_at organisation replaced_at", coded="client", sealed="where")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="locator_of_client")]

    def __str__(self) -> str:
        return f"locator of {self.client_id}"


class EmergencyContact(IdentityRecord):
    """Somebody to call in an emergency, and whether they know of the programme."""

    name = SealedText()
    relationship = SealedText()
    phone = SealedText()
    knows_of_programme = models.BooleanField(default=False)

    privacy = sort_fields(
        reference="id recorded_at organisation replaced_at",
        coded="client knows_of_programme",
        sealed="name relationship phone",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="contact_of_client")]

    def __str__(self) -> str:
        return f"emergency contact of {self.client_id}"


class OutsideNumber(IdentityRecord):
    """A number given elsewhere: in old books, by the clinic, by the nation. Several per person."""

    kind = models.CharField(max_length=20, choices=NumberKind.choices)
    number = SealedText()
    number_index = models.BinaryField(max_length=16)

    privacy = sort_fields(
        reference="id recorded_at organisation replaced_at",
        coded="client kind",
        sealed="number",
        index="number_index",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "number_index"], name="outside_number_by_number"),
            models.Index(fields=["organisation", "client"], name="outside_number_of_client"),
        ]

    def __str__(self) -> str:
        return f"outside number of {self.client_id}"
