"""How an audit entry is bound to the one before it. Pure, but for the key that is passed in.

Source: docs/sources.md, 'Tampering'; docs/decisions/0005-audit-chain.md.
"""

import json
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from kimbilio.core.encryption import mac

BEGINNING = bytes(32)


class Entry(Protocol):
    """The parts of an audit entry that its digest covers."""

    id: UUID
    organisation_id: UUID
    seq: int
    recorded_at: datetime
    actor_id: UUID | None
    site_id: UUID | None
    event: str
    about: UUID | None
    record_kind: str
    record_id: UUID | None
    detail: Any


def digest_of(entry: Entry, *, previous: bytes, key: bytes) -> bytes:
    """Return the 32-byte keyed digest of an entry and of everything before it in its chain."""
    parts = [
        str(entry.id),
        str(entry.organisation_id),
        entry.seq,
        entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        _text(entry.actor_id),
        _text(entry.site_id),
        entry.event,
        _text(entry.about),
        entry.record_kind,
        _text(entry.record_id),
        entry.detail,
    ]
    body = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return mac(key, previous + body.encode())


def _text(value: UUID | None) -> str:
    return "" if value is None else str(value)
