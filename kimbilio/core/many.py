"""Asking a database about many rows by their keys, in one value instead of thousands."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Expression, UUIDField


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
