"""Lines of earlier imports that are the same as lines of a book, and whether what they said still stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db.models import Q

from kimbilio.exchange.choices import TAKEN, WAITING, LineFate, Settlement
from kimbilio.exchange.models import BookImport, BookLine, MadeRows

HOLDS_ITS_IDENTITY = ~Q(settlement=Settlement.CAME_AGAIN) & Q(taken_anew_in=None)
"""What the database makes unique: of the same lines in several books, one holds the identity."""

_AT_ONCE = 5000


class Standing(Enum):
    """Whether what an earlier line said still stands."""

    STANDS = "stands"
    LATER_BOOK = "a later book says otherwise"
    BY_HAND = "somebody recorded otherwise"


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A line of an earlier import: where it is, whose, since when, and what became of it."""

    id: UUID
    number: int
    line: int
    fate: str
    settlement: str
    client_id: UUID | None
    since: datetime

    @property
    def waits(self) -> bool:
        """Tell whether somebody has still to settle it."""
        return self.fate in WAITING and self.settlement == Settlement.WAITING

    @property
    def was_taken(self) -> bool:
        """Tell whether it went in by itself, with nobody saying whose it is."""
        return LineFate(self.fate) in TAKEN


def known_lines(organisation_id: UUID, digests: Collection[bytes]) -> Mapping[bytes, EarlierLine]:
    """Return the lines of earlier imports that have one of these identities and hold it."""
    found: dict[bytes, EarlierLine] = {}
    wanted = list(digests)
    for start in range(0, len(wanted), _AT_ONCE):
        rows: Iterable[Any] = BookLine.objects.filter(
            HOLDS_ITS_IDENTITY,
            organisation=organisation_id,
            identity__in=wanted[start : start + _AT_ONCE],
        ).values_list(
            *("identity", "pk", "book_import__serial", "line", "fate", "settlement", "client_id"),
            "book_import__recorded_at",
        )
        found |= {bytes(identity or b""): EarlierLine(*rest) for identity, *rest in rows}
    return found


def lists_settled_before(book: BookImport) -> list[UUID]:
    """Return the clinics' lists that come from settling lines of books older than this one, whenever that was."""
    rows = MadeRows.objects.filter(
        organisation=book.organisation_id,
        table="mat.ClinicList",
        line__isnull=False,
        book_import__serial__lt=book.serial,
    )
    return [one for row in rows for one in row.ids]
