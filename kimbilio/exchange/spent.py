"""Keys of texts that are let go: destroyed once that is certain, and not before.

A key that went first would leave a line unreadable if the transaction failed; one that was passed over would leave
the text readable in an old backup for good. So what is to be destroyed is written down in the transaction itself.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kimbilio.core import vault
from kimbilio.core.many import in_batches
from kimbilio.core.sealed_books import book_texts
from kimbilio.exchange.models import SpentKey


def spend_keys_of(organisation_id: UUID, rows: QuerySet[Any], *only: str) -> None:
    """Have the keys destroyed of every text that these rows hold, or of these fields, when the transaction is over."""
    spend(
        organisation_id,
        [
            field.owner(pk)
            for field in book_texts(rows.model)
            if not only or field.name in only
            for pk in rows.filter(**{f"{field.name}__isnull": False}).values_list("pk", flat=True)
        ],
    )


def spend(organisation_id: UUID, owners: Iterable[UUID]) -> None:
    """Have the keys of these owners destroyed when the transaction is over."""
    rows = [SpentKey(organisation_id=organisation_id, owner=owner) for owner in owners]
    if rows:
        SpentKey.objects.bulk_create(rows, batch_size=1000)
        transaction.on_commit(partial(destroy_spent, organisation_id), robust=True)


def destroy_spent(organisation_id: UUID) -> None:
    """Destroy the keys that were spent, also those that a power cut left over. Done twice, it does no harm."""
    spent = dict(SpentKey.objects.filter(organisation=organisation_id).values_list("pk", "owner"))
    if not spent:
        return
    vault.keyring().destroy_client_keys(organisation_id, *set(spent.values()))
    for some in in_batches(spent):
        SpentKey.objects.filter(pk__in=some).delete()
