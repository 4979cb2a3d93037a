"""What is remembered of who did or looked at what: ids only, one chain per organisation."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from kimbilio.core.models import Record
from kimbilio.core.privacy import sort_fields


class AuditEvent(Record):
    """One thing done or looked at. The database itself refuses to change or delete it (migration 0002).

    `recorded_at` is when; `about` is the person (client) it concerns, if any; `detail` holds field
    names, counts and digests, never what was typed. `digest` is a keyed MAC over the row and over
    `previous`, the digest of the entry before it in the same organisation.
    """

    organisation_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    actor_id = models.UUIDField(null=True)
    site_id = models.UUIDField(null=True)
    event = models.CharField(max_length=60)
    about = models.UUIDField(null=True)
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    privacy = sort_fields(
        reference="id recorded_at organisation_id seq site_id event record_kind record_id",
        coded="about detail",
        staff="actor_id",
        index="previous digest",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "seq"], name="audit_seq_in_organisation")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "about", "seq"], name="audit_about_person"),
            # Holds all that a week of who looked at whom is made of, so that it reads nothing else.
            models.Index(
                fields=["organisation_id", "site_id", "event", "recorded_at", "actor_id", "about"],
                name="audit_week_at_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: an audit entry is never deleted."""
        raise TypeError("An audit entry is never deleted.")
