"""Writing to the audit chain. There is nothing else that can be done to it."""

import logging
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from kimbilio.audit.anchors import Anchor, AnchorsUnreadable, move_anchor
from kimbilio.audit.chain import BEGINNING, digest_of
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.turn import lock_number
from kimbilio.core import vault

logger = logging.getLogger("kimbilio.audit")


def record(
    *,
    organisation_id: UUID,
    actor_id: UUID | None,
    event: str,
    site_id: UUID | None = None,
    about: UUID | None = None,
    record: models.Model | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one entry to the organisation's chain, in the transaction of what it records.

    `detail` must hold no name, number or note: field names, counts and digests only.
    Raises TransactionManagementError outside a transaction: what is recorded and its record stand
    or fall together.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An audit entry belongs in the transaction of its action."
        )
    key = vault.keyring().audit_key(organisation_id)
    seq, previous = _hold_the_end_of_the_chain(organisation_id)
    entry = AuditEvent(
        organisation_id=organisation_id,
        seq=seq + 1,
        recorded_at=timezone.now(),
        actor_id=actor_id,
        site_id=site_id,
        event=event,
        about=about,
        record_kind=record._meta.label_lower if record is not None else "",
        record_id=record.pk if record is not None else None,
        detail=detail or {},
        previous=previous,
    )
    entry.digest = digest_of(entry, previous=previous, key=key)
    entry.save(force_insert=True)
    transaction.on_commit(lambda: _move_anchor(entry, key))
    return entry


def _move_anchor(entry: AuditEvent, key: bytes) -> None:
    """Anchor a committed entry, unless it does not follow from the one anchored: that must stay to be found.

    The entry is committed whatever becomes of its anchor, so a damaged anchor file is logged, not raised;
    `audit verify` and the doctor name it.
    """

    def follows(anchor: Anchor | None) -> bool:
        if anchor is None:
            return entry.seq == 1
        return anchor.is_genuine(entry.organisation_id, key) and _follows(entry, anchor)

    try:
        move_anchor(
            entry.organisation_id, seq=entry.seq, digest=bytes(entry.digest), key=key, follows=follows
        )
    except AnchorsUnreadable:
        logger.error("The anchor file of the audit cannot be read or written.")


def _follows(entry: AuditEvent, anchor: Anchor) -> bool:
    """Say whether the anchored entry still stands in the chain before this one, as it was anchored."""
    if entry.seq == anchor.seq + 1:
        return bytes(entry.previous) == anchor.digest
    anchored = AuditEvent.objects.filter(organisation_id=entry.organisation_id, seq=anchor.seq)
    return entry.seq > anchor.seq and [bytes(d) for d in anchored.values_list("digest", flat=True)] == [
        anchor.digest
    ]


def _hold_the_end_of_the_chain(organisation_id: UUID) -> tuple[int, bytes]:
    """Return the newest (seq, digest), holding the chain until commit so that nobody appends between.

    SQLite transactions are IMMEDIATE, so there this one already holds the only write lock.
    """
    if connection.vendor == "postgresql":
        return _lock_and_read_the_end(organisation_id)
    newest = (
        AuditEvent.objects.filter(organisation_id=organisation_id)
        .order_by("-seq")
        .values_list("seq", "digest")
        .first()
    )
    return (newest[0], bytes(newest[1])) if newest else (0, BEGINNING)


def _lock_and_read_the_end(organisation_id: UUID) -> tuple[int, bytes]:
    """Do both in one journey to PostgreSQL: two statements, so that the second sees what the first waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s);"
            " SELECT seq, digest FROM audit_auditevent WHERE organisation_id = %s ORDER BY seq DESC LIMIT 1",
            [lock_number(organisation_id), organisation_id],
        )
        cursor.nextset()
        newest = cursor.fetchone()
    return (newest[0], bytes(newest[1])) if newest else (0, BEGINNING)
