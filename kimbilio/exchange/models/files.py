"""Files on their way in, what was said of their columns, and the keys of texts that are gone."""

import secrets
from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.core.sealed_books import SealedBookText
from kimbilio.exchange.books.fields import Kind
from kimbilio.places.models import MatClinic

KINDS = [(kind.value, kind.value) for kind in Kind]


def new_reference() -> str:
    """Return a random reference for an address: keys are never shown, since they tell a time."""
    return secrets.token_urlsafe(12)


class Upload(OrganisationRecord):
    """A file between its choice and its import, sealed. It goes when it is imported or left, or after a day."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reference = models.CharField(max_length=22, default=new_reference)
    kind = models.CharField(max_length=20, choices=KINDS)
    month = models.CharField(max_length=7, blank=True)
    name = SealedBookText()
    contents = SealedBookText()
    said = SealedBookText(null=True)
    uploaded_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site clinic reference kind month",
        sealed="name contents said",
        staff="uploaded_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="upload_by_reference")
        ]

    def __str__(self) -> str:
        return self.reference


class RememberedColumns(OrganisationRecord):
    """What somebody said of the columns under one set of headings, to be used again for the next such book."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KINDS)
    headings = models.BinaryField(max_length=16)
    said = SealedBookText()
    recorded_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site kind",
        sealed="said",
        index="headings",
        staff="recorded_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "site", "kind", "headings"], name="columns_of_headings"
            )
        ]

    def __str__(self) -> str:
        return f"columns of {self.kind}"


class SpentKey(OrganisationRecord):
    """A key of a text that is gone, to be destroyed as soon as the transaction that let the text go is over."""

    owner = models.UUIDField()

    privacy = sort_fields(reference="id recorded_at organisation owner")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation"], name="spent_of_organisation")]

    def __str__(self) -> str:
        return f"key of {self.owner}"
