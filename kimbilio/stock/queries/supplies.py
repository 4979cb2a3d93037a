"""What there is at a site as at the end of a day: in the store, in bags, for how many weeks, and what to warn of."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.stock.choices import PLACES, AccountKind, SupplyKind, Warned
from kimbilio.stock.models import Account, Batch, Holding, Item, Movement
from kimbilio.stock.queries.places import moved_after
from kimbilio.stock.rules import Lot, pace, warned_of, weeks_left
from kimbilio.stock.site_accounts import began_on


@dataclass(frozen=True)
class Lying:
    """Pieces of one item and batch in one place; `worker` carries them, None where they are in the store."""

    batch: Batch | None
    quantity: int
    worker: UUID | None = None

    @property
    def expires_on(self) -> date | None:
        """Return the last day on which they are good."""
        return self.batch.expires_on if self.batch else None


@dataclass(frozen=True)
class Supply:
    """One item at a site as at a day. `a_week`: how many pieces were given a week, of late."""

    item: Item
    lying: Sequence[Lying]
    a_week: float
    warned: Sequence[Warned] = field(default_factory=tuple)

    @property
    def in_store(self) -> int:
        """Return how many pieces the store has; below zero where more left it than came."""
        return sum(one.quantity for one in self.lying if one.worker is None)

    @property
    def in_bags(self) -> dict[UUID, int]:
        """Return how many pieces each worker carries."""
        bags: Counter[UUID] = Counter()
        for one in self.lying:
            if one.worker is not None:
                bags[one.worker] += one.quantity
        return dict(bags)

    @property
    def held(self) -> int:
        """Return how many pieces there are in all."""
        return sum(one.quantity for one in self.lying)

    @property
    def weeks_left(self) -> float | None:
        """Return for how many weeks they last at the pace of late; None where nothing was given."""
        return weeks_left(self.held, self.a_week)

    @property
    def next_expiry(self) -> date | None:
        """Return the first day after which some of them are good no more."""
        return min(
            (one.expires_on for one in self.lying if one.expires_on and one.quantity > 0), default=None
        )


@dataclass(frozen=True)
class Supplies:
    """Every item of a site as at a day, and since when the site has a ledger (None: it has none yet)."""

    began_on: date | None
    on: date
    items: Sequence[Supply]

    @property
    def has_begun(self) -> bool:
        """Tell whether anything was counted or received by that day."""
        return self.began_on is not None and self.began_on <= self.on


def supplies_at(by: Actor, site: Site, on: date | None = None) -> Supplies:
    """Return what there is at a site at the end of a day, today unless said.

    Items out of use are told of as long as some of them is left. Nine queries at most, and for today none of
    them reads further back than the pace of giving is taken.
    """
    require(by, Permission.SEE_STOCK, site)
    on = on or timezone.localdate()
    accounts: Any = list(began_on(Account.objects.filter(organisation=site.organisation_id, site=site)))
    store = next((row for row in accounts if row.kind == AccountKind.STORE), None)
    began = store.began_on if store else None
    items = list(Item.objects.filter(organisation=site.organisation_id))
    lying = _lying(site.organisation_id, {row.pk: row.worker for row in accounts if row.kind in PLACES}, on)
    given = next((row for row in accounts if row.kind == AccountKind.GIVEN), None)
    longest = timedelta(weeks=max((item.pace_weeks for item in items), default=1))
    days = _given_by_day(given, on - longest, on) if given else {}
    found = [_supply(item, lying.get(item.pk, ()), days.get(item.pk, {}), began, on) for item in items]
    return Supplies(began, on, [one for one in _in_order(found) if one.item.ended_at is None or one.lying])


def _in_order(supplies: Sequence[Supply]) -> list[Supply]:
    kinds = list(SupplyKind)
    return sorted(supplies, key=lambda one: (kinds.index(SupplyKind(one.item.kind)), one.item.pk))


def _lying(organisation_id: UUID, places: Mapping[UUID, UUID | None], on: date) -> dict[UUID, list[Lying]]:
    """Return what lies in each place at the end of a day, by item: what lies there now, less what came after."""
    held: Counter[tuple[UUID, UUID, UUID | None]] = Counter()
    rows = Holding.objects.filter(account__in=places)
    for *key, quantity in rows.values_list("account", "item", "batch", "quantity"):
        held[key[0], key[1], key[2]] += quantity
    for place, net in moved_after(organisation_id, list(places), on).items():
        for (item_id, batch_id), more in net.items():
            held[place, item_id, batch_id] -= more
    batches = Batch.objects.in_bulk({batch_id for _place, _item, batch_id in held if batch_id})
    found = defaultdict(list)
    for (place, item_id, batch_id), quantity in held.items():
        if quantity:
            batch = batches[batch_id] if batch_id else None
            found[item_id].append(Lying(batch, quantity, places[place]))
    for lots in found.values():
        lots.sort(key=lambda one: (one.worker is not None, str(one.worker), one.expires_on or date.max))
    return found


def _given_by_day(given: Account, after: date, until: date) -> dict[UUID, Counter[date]]:
    """Return how many pieces of each item people were given on each day after one, until another."""
    days: dict[UUID, Counter[date]] = defaultdict(Counter)
    for side, sign in (("to_account", 1), ("from_account", -1)):
        rows = Movement.objects.filter(
            **{side: given},
            organisation=given.organisation_id,
            occurred_on__gt=after,
            occurred_on__lte=until,
        )
        for item_id, day, pieces in rows.values_list("item", "occurred_on").annotate(pieces=Sum("quantity")):
            days[item_id][day] += sign * pieces
    return days


def _supply(
    item: Item, lying: Sequence[Lying], days: Mapping[date, int], began: date | None, on: date
) -> Supply:
    a_week = pace(days, began, on, item.pace_weeks)
    supply = Supply(item, lying, a_week)
    if began is None or began > on:
        return supply
    warned = warned_of(
        places=[supply.in_store, *supply.in_bags.values()],
        a_week=a_week,
        reorder_weeks=item.reorder_weeks,
        expiry_weeks=item.expiry_weeks,
        lots=[Lot(one.batch, one.expires_on, one.quantity) for one in lying],
        on=on,
    )
    return Supply(item, lying, a_week, tuple(warned))
