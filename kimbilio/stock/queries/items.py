"""Which items there are."""

from collections.abc import Iterator

from django.db.models import QuerySet

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.models import Batch, Item


def all_items(by: Actor) -> QuerySet[Item]:
    """Return every item of the organisation, those out of use too."""
    require(by, Permission.SEE_STOCK)
    return Item.objects.filter(organisation=by.organisation_id)


def items_in_use(by: Actor) -> list[Item]:
    """Return the items that may be given and received, in the order of their kinds, then as they were added."""
    kinds = list(SupplyKind)
    rows = all_items(by).filter(ended_at__isnull=True)
    return sorted(rows, key=lambda item: (kinds.index(SupplyKind(item.kind)), item.pk))


def all_lots(by: Actor) -> Iterator[tuple[Item, Batch | None]]:
    """Give every item of the organisation, and every batch of it. Asked only where it is gone through. Two queries."""
    for item in all_items(by):
        yield item, None
    for batch in Batch.objects.filter(organisation=by.organisation_id).select_related("item"):
        yield batch.item, batch
