"""Django's own way with values on SQLite, but for keys, of which a list of many people reads thousands."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import operations as plain

from kimbilio.core import vault

# Enough for the keys of a busy site; a few megabytes.
_KEYS = 1 << 15

# A key is read many times: of one person from several tables, of one clinic on every row. Its text says all of it.
_key = lru_cache(maxsize=_KEYS)(UUID)
vault.on_lock(_key.cache_clear)


class DatabaseOperations(plain.DatabaseOperations):
    """What Django does to values on their way in and out."""

    # Replaces DatabaseOperations.convert_uuidfield_value, which takes the text apart each time.
    def convert_uuidfield_value(self, value: str | None, expression: Any, connection: Any) -> UUID | None:
        """Return the key that a column holds as text."""
        return None if value is None else _key(value)
