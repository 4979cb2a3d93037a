"""A table with sealed text that only these tests have."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.test.utils import isolate_apps

from kimbilio.core.keyring import Domain
from kimbilio.core.models import Record
from kimbilio.core.sealed import SealedText, unseal_value

with isolate_apps():

    class Note(Record):
        """A table that only these tests have."""

        sealing_domain: ClassVar[Domain] = Domain.COUNSELLING

        organisation_id = models.UUIDField()
        client_id = models.UUIDField()
        title = SealedText()
        text = SealedText(null=True, blank=True, max_length=40)
        kind = models.CharField(max_length=9, default="talk")

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "note"


def stored(note, field="title"):
    return Note.objects.values_list(field, flat=True).get(pk=note.pk)


def read(note):
    return Note.objects.get(pk=note.pk)


def value_of(field: str, org: UUID, row_id: UUID, client_id: UUID, sealed: bytes | None, keys):
    return unseal_value(
        Note, field, organisation_id=org, client_id=client_id, row_id=row_id, sealed=sealed, keys=keys
    )
