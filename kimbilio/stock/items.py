"""The four items that every programme has, and whose an item is. Others are added on the page of items."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kimbilio.core.refusals import NotHere
from kimbilio.stock.choices import STANDARD_ITEMS, SupplyKind
from kimbilio.stock.models import Item


def standard_items(organisation_id: UUID) -> dict[SupplyKind, Item]:
    """Return the item that stands for each kind in books and indicators; those that are missing are made.

    Where a programme has several of a kind, it is the first that is in use. Two who ask at once get the same.
    """
    rows = Item.objects.filter(organisation=organisation_id, kind__in=STANDARD_ITEMS)
    found = {row.kind: row for row in sorted(rows, key=_first_in_use, reverse=True)}
    return {kind: found.get(kind) or _made(organisation_id, kind) for kind in STANDARD_ITEMS}


def _first_in_use(item: Item) -> tuple[bool, UUID]:
    return item.ended_at is not None, item.pk


def _made(organisation_id: UUID, kind: SupplyKind) -> Item:
    name, unit = STANDARD_ITEMS[kind]
    return Item.objects.get_or_create(
        organisation_id=organisation_id, name=name, defaults={"kind": kind, "unit": unit}
    )[0]


# An item is never deleted and never another programme's, so a process asks about each once.
_ours: set[tuple[UUID, UUID]] = set()


def must_be_items_of(organisation_id: UUID, items: Collection[UUID]) -> None:
    """Raise NotHere unless every one of these is an item of this organisation."""
    asked = {(organisation_id, item) for item in items} - _ours
    if not asked:
        return
    if Item.objects.filter(organisation=organisation_id, pk__in=[item for _of, item in asked]).count() < len(
        asked
    ):
        raise NotHere
    # Known from when they are there for everybody: what made them may still be taken back.
    transaction.on_commit(lambda: _ours.update(asked))
