"""Writing very many rows: into the tables of the models, past their actions, by COPY or executemany.

Only for histories that are too long to be told by actions within reasonable time. Imported once Django is ready.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from bench.raw import Rows, write
from kimbilio.core.ids import uuid7


def stored(value: Any) -> Any:
    """Return a value as the driver of this database takes it."""
    if isinstance(value, UUID):
        return value if connection.vendor == "postgresql" else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def new_key() -> Any:
    """Return a new key as the driver takes it."""
    return stored(uuid7())


def noon(day: date) -> Any:
    """Return the middle of a day as the driver takes it: when what happened on it was written down."""
    return stored(timezone.make_aware(datetime.combine(day, time(12))))


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    assert field.column
    return field.column


class Table:
    """The rows of one model that wait to be written, each as a tuple of these fields."""

    def __init__(self, model: type[models.Model], *fields: str, **always: Any) -> None:
        self._table = model._meta.db_table
        self._columns = [_column(model, name) for name in (*fields, *always)]
        self._always = tuple(map(stored, always.values()))
        self.waiting: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """Add one row."""
        self.waiting.append(values + self._always)

    def take(self) -> Rows:
        """Return the rows that wait, and begin anew."""
        rows, self.waiting = Rows(self._table, self._columns, self.waiting), []
        return rows


def write_all(tables: Iterable[Table]) -> None:
    """Write what waits, in this order, in one transaction."""
    write([table.take() for table in tables], in_bulk=True)
