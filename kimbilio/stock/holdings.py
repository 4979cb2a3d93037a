"""Keeps what lies where now: followed with each movement, reckoned anew from all of them where that is asked.

Both ways give the same. The caller holds the places (ledger.py), so that nobody else writes them at the same time.
What is no longer there has no row.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from kimbilio.stock.choices import PLACES
from kimbilio.stock.models import Account, Holding, Movement

Key = tuple[UUID, UUID, UUID | None]
"""Account, item and batch."""


def holdings_in(places: Collection[UUID], items: Collection[UUID]) -> dict[Key, Holding]:
    """Return what lies in these places of these items, each with its batch. One query."""
    if not places:
        return {}
    rows = Holding.objects.filter(account__in=places, item__in=items).select_related("batch")
    return {(row.account_id, row.item_id, row.batch_id): row for row in rows}


def net_of(movements: Iterable[Movement]) -> Counter[Key]:
    """Return how many pieces more each account has of each item and batch after these movements."""
    net: Counter[Key] = Counter()
    for one in movements:
        net[one.to_account_id, one.item_id, one.batch_id] += one.quantity
        net[one.from_account_id, one.item_id, one.batch_id] -= one.quantity
    return net


@dataclass
class Keeper:
    """Keeps the rows of the places that are held, for the items that may move."""

    organisation_id: UUID
    places: frozenset[UUID]
    rows: dict[Key, Holding]

    def follow(self, movements: Iterable[Movement]) -> None:
        """Change what lies where by these movements. At most three queries."""
        changes = {key: more for key, more in net_of(movements).items() if more and key[0] in self.places}
        new = {key: more for key, more in changes.items() if key not in self.rows}
        known = [key for key in changes if key in self.rows]
        for key in known:
            self.rows[key].quantity += changes[key]
        self._save([self.rows[key] for key in known])
        self._add(new)

    def _save(self, rows: list[Holding]) -> None:
        gone = [row for row in rows if not row.quantity]
        left = [row for row in rows if row.quantity]
        if left:
            Holding.objects.bulk_update(left, ["quantity"], batch_size=200)
        if gone:
            Holding.objects.filter(pk__in=[row.pk for row in gone]).delete()
        for row in gone:
            del self.rows[row.account_id, row.item_id, row.batch_id]

    def _add(self, new: dict[Key, int]) -> None:
        made = {
            key: Holding(
                organisation_id=self.organisation_id,
                account_id=key[0],
                item_id=key[1],
                batch_id=key[2],
                quantity=quantity,
            )
            for key, quantity in new.items()
        }
        Holding.objects.bulk_create(made.values(), batch_size=1000)
        self.rows |= made


def holdings_from_movements(organisation_id: UUID) -> dict[Key, int]:
    """Return what lies in every store and bag as all movements together tell it."""
    places = Account.objects.filter(organisation=organisation_id, kind__in=PLACES)
    moved = Movement.objects.filter(organisation=organisation_id)
    net: Counter[Key] = Counter()
    for side, sign in (("to_account", 1), ("from_account", -1)):
        of_places = moved.filter(**{f"{side}__in": places})
        for *key, pieces in of_places.values_list(side, "item", "batch").annotate(pieces=Sum("quantity")):
            net[key[0], key[1], key[2]] += sign * pieces
    return {key: pieces for key, pieces in net.items() if pieces}
