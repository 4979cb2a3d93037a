"""What is kept of a line that waits: what was read and what stood there, as one text to be sealed."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from kimbilio.exchange.kinds.base import KindOfBook, Line
from kimbilio.exchange.wording import written_in


def contents_of(kind: KindOfBook, line: Line, written: list[tuple[str, str]], as_at: date) -> str:
    """Return a line as one text: what was read, what is written, who it could be."""
    kept = {
        "said": kind.keep(line.said) | {"line": line.place.line, "sheet": line.place.sheet},
        "written": written,
        "candidates": [str(one) for one in line.candidates[:20]],
        "as_at": as_at.isoformat(),
    }
    return json.dumps(kept, ensure_ascii=False)


def from_contents(contents: str) -> tuple[dict[str, Any], list[tuple[str, str]], list[UUID], date]:
    """Return what was read, what is written, who it could be, and the day of the book."""
    kept = json.loads(contents)
    return (
        kept["said"],
        written_in(contents),
        [UUID(one) for one in kept["candidates"]],
        date.fromisoformat(kept["as_at"]),
    )
