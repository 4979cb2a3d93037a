"""A file on its way in, sealed; and given again as it was."""

import json
from base64 import b85decode, b85encode
from collections.abc import Mapping

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.list_titles import month_in
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import Upload

_SHORT = 40_000  # characters, sealed: some hundred lines


def as_text(data: bytes) -> str:
    """Return a file as text, to be sealed."""
    return b85encode(data).decode("ascii")


def given_of(upload: Upload) -> GivenBook:
    """Return the book that was chosen, with what was said about it."""
    said = json.loads(upload.said) if upload.said else {}
    return GivenBook(
        kind=Kind(upload.kind),
        name=upload.name,
        data=b85decode(upload.contents.encode("ascii")),
        month=month_in(upload.month) if upload.month else None,
        columns=said.get("columns"),
        marks=said.get("marks") or None,
        clinic=upload.clinic,
    )


def is_long(upload: Upload) -> bool:
    """Tell whether taking a file in may take longer than somebody waits for a page."""
    return len(upload.contents) > _SHORT


def as_said(columns: Mapping[str, str | None], marks: Mapping[str, str]) -> str:
    """Return what somebody said of columns and marks as one text, to be sealed."""
    return json.dumps({"columns": dict(columns), "marks": dict(marks)}, ensure_ascii=False)
