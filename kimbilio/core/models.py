"""The base of every table."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from kimbilio.core.ids import uuid7
from kimbilio.core.privacy import Privacy


class Record(models.Model):
    """A row with an identity that may be minted anywhere, and the moment the server knew of it.

    `recorded_at` is never what a worker says happened: that is `occurred_on`, where a table has one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    privacy: ClassVar[dict[str, Privacy]]
    """The class of every field: see `kimbilio.core.privacy`."""

    audit_detail: dict[str, Any] | None = None
    """What the audit may tell of an action on this row: field names and counts. Not a column."""

    class Meta:
        abstract = True
