"""The inside of the ledger: where pieces lie on a day, who may write now, and what lies where after a movement.

Every change goes through `open_ledger` and `Ledger.write`. Where a store or bag may change, `open_ledger` waits for
its turn to write in the organisation (audit/turn.py) and reads after that. So what it read stays true, no two
writers give out the same pieces, and a batch is below zero only when the ledger lacks a receipt or a count. It is the
lock that the action takes for its audit entry anyway: there is no second one, so writers never wait in a circle.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.audit.turn import hold_the_chain
from kimbilio.core.refusals import Refused
from kimbilio.stock.choices import PLACES, AccountKind
from kimbilio.stock.holdings import Keeper, holdings_in
from kimbilio.stock.models import Account, CountLine, Movement
from kimbilio.stock.rules import Lot, Shelf
from kimbilio.stock.site_accounts import SiteAccounts


@dataclass
class Ledger:
    """The accounts of some sites, and the places that are held because they may change."""

    accounts: SiteAccounts
    began_on: dict[UUID, date | None]
    counted_on: dict[tuple[UUID, UUID], date]
    keeper: Keeper
    _shelves: dict[tuple[UUID, UUID], Shelf] = field(default_factory=dict)

    def of(self, site_id: UUID, kind: AccountKind) -> Account:
        """Return the account of this kind of a site."""
        return self.accounts[site_id, kind]

    def begin(self, site_id: UUID, day: date) -> None:
        """Take note that something that begins the ledger of a site comes to its store on that day."""
        self.began_on[site_id] = min(day, self.began_on[site_id] or day)

    def has_begun(self, site_id: UUID, day: date) -> bool:
        """Tell whether a site has a ledger on that day."""
        began_on = self.began_on.get(site_id)
        return began_on is not None and began_on <= day

    def must_have_begun(self, site_id: UUID, day: date) -> None:
        """Refuse to move what a site has not begun to keep in its ledger."""
        if not self.has_begun(site_id, day):
            raise Refused(_("Nothing was counted or received here up to that day. Count to begin."))

    def on(self, account: Account, item_id: UUID, day: date) -> Account:
        """Return the account that stands for a place on a day.

        Before its site began a ledger, what moved came from, or went to, before the ledger.
        """
        if account.kind in PLACES and not self.has_begun(account.site_id, day):
            return self.of(account.site_id, AccountKind.BEFORE)
        return self.unless_counted_since(account, item_id, day)

    def unless_counted_since(self, account: Account, item_id: UUID, day: date) -> Account:
        """Return the place itself, or what explains its count: the difference of a later one.

        What moved on a day before the last count was seen by that count. It explains the difference that was
        found, and leaves the place as counted.
        """
        counted_on = self.counted_on.get((account.pk, item_id))
        if counted_on is not None and day < counted_on:
            return self.of(account.site_id, AccountKind.COUNTED)
        return account

    def take(
        self, account: Account, item_id: UUID, quantity: int, day: date
    ) -> list[tuple[UUID | None, int]]:
        """Return of which batches that many pieces go from a place, and remember that they are gone."""
        if account.kind not in PLACES:
            return [(None, quantity)]
        shelf = self._shelves.get((account.pk, item_id))
        if shelf is None:
            shelf = self._shelves[account.pk, item_id] = Shelf(self._lots(account.pk, item_id))
        return shelf.take(quantity, day)

    def _lots(self, account_id: UUID, item_id: UUID) -> list[Lot]:
        return [
            Lot(batch_id, row.batch.expires_on if row.batch else None, row.quantity)
            for (place, item, batch_id), row in self.keeper.rows.items()
            if (place, item) == (account_id, item_id)
        ]

    def write(self, movements: Iterable[Movement]) -> list[Movement]:
        """Write these movements, and what lies where after them. What leads nowhere else is left out."""
        written = Movement.objects.bulk_create(
            [one for one in movements if one.from_account_id != one.to_account_id], batch_size=1000
        )
        self.keeper.follow(written)
        return written


def open_ledger(
    organisation_id: UUID,
    accounts: SiteAccounts,
    places: Iterable[Account],
    items: Collection[UUID],
    since: date,
) -> Ledger:
    """Hold these places for the rest of the transaction, and read what the ledger must know of them.

    `items` are those that may move, and `since` the first day on which. At most three queries.
    """
    held = {place.pk for place in places if place.kind in PLACES}
    if held:
        hold_the_chain(organisation_id)
    return Ledger(
        accounts=accounts,
        began_on=dict(accounts.began_on),
        counted_on=_last_counts(held, items) if since < timezone.localdate() else {},
        keeper=Keeper(organisation_id, frozenset(held), holdings_in(held, items)),
    )


def _last_counts(places: Collection[UUID], items: Collection[UUID]) -> dict[tuple[UUID, UUID], date]:
    """Return the day of the last standing count of each of these items in each of these places."""
    rows = CountLine.objects.filter(
        document__to_account__in=places, document__reversed_at__isnull=True, item__in=items
    )
    return {
        (place, item): day
        for place, item, day in rows.values_list("document__to_account", "item").annotate(
            day=Max("document__occurred_on")
        )
    }
