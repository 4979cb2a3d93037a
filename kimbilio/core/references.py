"""What an address or a form calls a record: the same each time, and telling nothing of it."""

from collections.abc import Iterable
from secrets import compare_digest
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.core.refusals import NotHere


class Referred(Protocol):
    """Any record of an organisation."""

    _meta: ClassVar[Any]
    organisation_id: UUID

    @property
    def pk(self) -> UUID:
        """Return its key, which is never shown: it tells a time."""


Row = TypeVar("Row", bound=Referred)
_CHARACTERS = 12


def reference_to(row: Referred) -> str:
    """Return the reference of a record: 12 hexadecimal digits under the organisation's key, other for each table."""
    key = vault.keyring().index_key(row.organisation_id)
    context = f"reference to {row._meta.label_lower}"
    return blind_index(key, context=context, value=str(row.pk)).hex()[:_CHARACTERS]


def referred_to(rows: Iterable[Row], given: str) -> Row:
    """Return the one of these few records that a reference means; else NotHere."""
    for row in rows:
        if compare_digest(reference_to(row).encode(), given.encode()):
            return row
    raise NotHere
