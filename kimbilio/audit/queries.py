"""What can be asked of the audit chain."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from kimbilio.audit.models import AuditEvent


def events_of(organisation_id: UUID) -> QuerySet[AuditEvent]:
    """Return an organisation's entries, newest first."""
    return AuditEvent.objects.filter(organisation_id=organisation_id).order_by("-seq")


def events_about(organisation_id: UUID, *client_ids: UUID) -> QuerySet[AuditEvent]:
    """Return what was done with or looked at of one person, newest first; of all records that are theirs."""
    return events_of(organisation_id).filter(about__in=client_ids)


def events_by(organisation_id: UUID, staff_id: UUID, events: list[str]) -> QuerySet[AuditEvent]:
    """Return these kinds of entry by one member of staff, newest first."""
    return events_of(organisation_id).filter(actor_id=staff_id, event__in=events)


def events_on(
    organisation_id: UUID, records: Collection[UUID], events: Collection[str]
) -> QuerySet[AuditEvent]:
    """Return what was done of these kinds with some records, newest first."""
    return events_of(organisation_id).filter(event__in=sorted(events), record_id__in=records)


def events_since(organisation_id: UUID, seq: int) -> QuerySet[AuditEvent]:
    """Return the entries after a sequence number, oldest first."""
    return AuditEvent.objects.filter(organisation_id=organisation_id, seq__gt=seq).order_by("seq")


def last_seq(organisation_id: UUID) -> int:
    """Return the sequence number of the newest entry; 0 where there is none."""
    return events_of(organisation_id).aggregate(last=Max("seq"))["last"] or 0


def newest_link(organisation_id: UUID) -> tuple[int, bytes]:
    """Return sequence number and digest of the newest entry; (0, b"") where there is none."""
    newest = events_of(organisation_id).values_list("seq", "digest").first()
    return (newest[0], bytes(newest[1])) if newest else (0, b"")


def entries_between(organisation_id: UUID, seq: int, newest: int) -> tuple[bytes, QuerySet[AuditEvent]]:
    """Return the digest of one entry, b"" where it is not there, and those after it up to another, newest first."""
    events = events_of(organisation_id)
    digest = events.filter(seq=seq).values_list("digest", flat=True).first()
    return bytes(digest or b""), events.filter(seq__gt=seq, seq__lte=newest)


def newest_entry(organisation_id: UUID) -> AuditEvent | None:
    """Return the entry at the end of an organisation's chain."""
    return events_of(organisation_id).first()


def organisations_with_entries() -> set[UUID]:
    """Return every organisation that has a chain in this database."""
    return set(AuditEvent.objects.order_by().values_list("organisation_id", flat=True).distinct())


def looks_between(
    organisation_id: UUID, site_id: UUID, events: Collection[str], since: datetime, until: datetime
) -> QuerySet[AuditEvent]:
    """Return entries about people of a site, of these kinds, from one moment up to another. By index alone."""
    return AuditEvent.objects.filter(
        organisation_id=organisation_id,
        site_id=site_id,
        event__in=sorted(events),
        recorded_at__gte=since,
        recorded_at__lt=until,
        about__isnull=False,
        actor_id__isnull=False,
    )


def put_back(organisation_id: UUID) -> list[tuple[int, dict[str, Any]]]:
    """Return where this chain says that the records were put back from a backup: the entry, and up to which."""
    restored = events_of(organisation_id).filter(event="home.restored").order_by("seq")
    return list(restored.values_list("seq", "detail"))
