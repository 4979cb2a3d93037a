"""Asking a database about many rows: by their keys in one value instead of thousands, or so many at a time."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Expression, UUIDField

One = TypeVar("One")


def in_batches(many: Iterable[One], size: int = 2000) -> Iterator[list[One]]:
    """Give them in lists of this size: a statement takes only so many values (SQLite 32,766)."""
    rest = iter(many)
    while some := list(islice(rest, size)):
        yield some


class Keys(Expression):
    """These keys, for `filter(client__in=Keys(ids))`: as quick with many as with few, and with no upper limit."""

    output_field = UUIDField()

    def __init__(self, keys: Iterable[UUID]) -> None:
        super().__init__()
        self._keys = list(keys)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Say it to SQLite, which keeps a key as 32 characters."""
        return "(SELECT value FROM json_each(%s))", [json.dumps([key.hex for key in self._keys])]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Say the same to PostgreSQL."""
        return "(SELECT unnest(%s::uuid[]))", [self._keys]
