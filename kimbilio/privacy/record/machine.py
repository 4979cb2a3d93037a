"""The record as a file for another programme: JSON, with a version, as docs/record-format.md describes it."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from kimbilio.privacy.looks import LooksOfDay
from kimbilio.privacy.record.entries import Entry, WholeRecord

FORMAT = "kimbilio.record"
VERSION = 1


def as_file(record: WholeRecord, looks: Iterable[LooksOfDay]) -> bytes:
    """Return the whole record as one JSON document, in UTF-8."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "organisation": record.organisation,
        "made_at": record.made_at,
        "cards": [_entry(one) for one in record.cards],
        "records": {table: [_entry(one) for one in entries] for table, entries in record.tables.items()},
        "looks": [
            {"on": day.on, "who": look.who, "as": look.role, "what": look.what, "times": look.times}
            for day in looks
            for look in day.looks
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_plain).encode()


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "number": one.number,
        "card": one.card,
        "recorded_at": one.recorded_at,
        "on": one.on,
        "ended_at": one.ended_at,
        "values": one.values,
        "words": one.words,
    }


def _plain(value: object) -> str:
    """Return moments and days by ISO 8601. Raises TypeError for what has no place in the file."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a record's file")
