"""Short ways to keep supplies in tests: who keeps them, and what they write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.stock.actions import Count, Found, Line, Move, Place, Receipt, Received, count, receive
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.distributing import Handed, hand_out
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Document
from kimbilio.stock.queries import Supply, supplies_at


def today() -> date:
    return timezone.localdate()


def back(days: int) -> date:
    """Return the day so many days ago."""
    return today() - timedelta(days=days)


@dataclass
class Keeping:
    """Somebody who keeps the supplies of a site."""

    by: Actor
    site: Site

    def item(self, kind: SupplyKind) -> UUID:
        """Return the id of the standard item of a kind."""
        return standard_items(self.site.organisation_id)[kind].pk

    def receives(
        self,
        pieces: int,
        kind: SupplyKind = SupplyKind.CONDOMS,
        *,
        on: date | None = None,
        batch: str = "",
        good: int = 0,
    ) -> Document:
        """Receive pieces of a batch that is good for so many days."""
        expires = today() + timedelta(days=good) if good else None
        line = Received(self.item(kind), pieces, batch, expires)
        return receive(by=self.by, site=self.site, receipt=Receipt([line], on or today()))

    def counts(
        self, pieces: int, kind: SupplyKind = SupplyKind.CONDOMS, *, on: date | None = None
    ) -> Document:
        """Count pieces of an item without a batch."""
        found = [Found(self.item(kind), pieces)]
        return count(by=self.by, site=self.site, counted=Count(Place(self.site.pk), found, on or today()))

    def gives(self, pieces: int, kind: SupplyKind = SupplyKind.CONDOMS, *, on: date | None = None) -> UUID:
        """Give pieces at a visit, and return the visit's key."""
        visit = uuid4()
        hand_out(self.by, self.site, on or today(), [Handed(visit, self.item(kind), pieces)])
        return visit

    def move(
        self, lines: Mapping[SupplyKind, int], *, worker: UUID | None = None, on: date | None = None
    ) -> Move:
        """Return what leaves the store, or a worker's bag."""
        made = [Line(self.item(kind), pieces) for kind, pieces in lines.items()]
        return Move(Place(self.site.pk, worker), made, on or today())

    def there(
        self, kind: SupplyKind = SupplyKind.CONDOMS, *, on: date | None = None, site: Site | None = None
    ) -> Supply:
        """Return what there is of an item at the end of a day."""
        its = {one.item.pk: one for one in supplies_at(self.by, site or self.site, on or today()).items}
        return its[self.item(kind)]
