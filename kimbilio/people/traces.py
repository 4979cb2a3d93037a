"""Every row, in whatever table of whatever room, that tells of a person: found by the tables' own relations.

So that nothing is forgotten when people are taken out whom an import had registered by mistake.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from kimbilio.accounts.models import Site
from kimbilio.core.many import in_batches
from kimbilio.core.refusals import Gone
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


def hold_person(organisation_id: UUID, record: UUID) -> None:
    """Let nobody else record anything of one person until the transaction is over; Gone if they were forgotten before.

    Between reading a person for a page and writing of them, somebody else may have forgotten them.
    """
    held = Client.objects.select_for_update(no_key=True).get(organisation=organisation_id, pk=record)
    if why := held.no_more_because:
        raise Gone(why)


def hold_site(client: Client) -> None:
    """Wait for whoever else decides at this site which records are one person, and make them wait."""
    Site.objects.select_for_update(no_key=True).get(organisation=client.organisation_id, pk=client.site_id)


def delete_rows(model: type[models.Model], ids: Collection[UUID]) -> None:
    """Take rows out of their table, by key. A row that stays and referred to one of them refers to none from then on.

    Such a row may be of somebody else: of a record that was joined to this one when it was written, and parted since.
    """
    relations = model._meta.get_fields(include_hidden=True)
    referring = [one.field for one in relations if isinstance(one, models.ManyToOneRel)]
    for some in in_batches(ids):
        for field in referring:
            if field.null:
                there = field.model._default_manager.filter(**{f"{field.name}__in": some})
                there.update(**{field.name: None})
        rows: Any = model._default_manager.filter(pk__in=some)
        rows._raw_delete(rows.db)
