"""Rows that stand in place of others: nothing is overwritten, what is put right `replaces` what stood there."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Model, QuerySet

from kimbilio.core.many import in_batches


def with_what_replaced_them(rows: QuerySet[Model], ids: Collection[UUID]) -> list[UUID]:
    """Return these keys, then those of the rows that replaced them, and of what replaced those, to the last."""
    found = dict.fromkeys(ids)
    new = list(found)
    while new:
        later = [
            key
            for some in in_batches(new)
            for key in rows.filter(replaces__in=some).order_by("pk").values_list("pk", flat=True)
        ]
        new = [key for key in later if key not in found]
        found |= dict.fromkeys(new)
    return list(found)
