"""Every row, in whatever table of whatever room, that tells of a person: found by the tables' own relations.

So that nothing is forgotten when people are taken out whom an import had registered by mistake.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from kimbilio.core.many import in_batches
from kimbilio.people.models import Client


def tables_about_people() -> list[tuple[type[models.Model], tuple[str, ...]]]:
    """Return every table with a relation to people, with the columns that hold it."""
    found = []
    for model in apps.get_models():
        names = tuple(
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model is Client
        )
        if names:
            found.append((model, names))
    return found


def rows_about(
    model: type[models.Model], columns: Collection[str], ids: Collection[UUID]
) -> Iterator[tuple[UUID, UUID]]:
    """Yield the key of each row of a table about these people, with the person; a few questions, however many."""
    for column in columns:
        for some in in_batches(ids):
            yield from model._default_manager.filter(**{f"{column}__in": some}).values_list("pk", column)


def hold_people(ids: Collection[UUID]) -> None:
    """Let nobody record anything more of these people until the transaction is over, and wait for who does now."""
    for some in in_batches(sorted(ids)):
        list(Client.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def delete_rows(model: type[models.Model], ids: Collection[UUID]) -> None:
    """Take rows out of their table, by key."""
    for some in in_batches(ids):
        rows: Any = model._default_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)
