"""What was taken without a name on a day at a site, and needles that came back that way."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.visits.models import AnonymousSupply


@dataclass(frozen=True)
class Anonymous:
    """What was recorded without a name on a day, the last first, with the sums."""

    rows: list[AnonymousSupply]

    @property
    def given(self) -> Counter[UUID]:
        """Return how many pieces were given, by item."""
        total: Counter[UUID] = Counter()
        for row in self.rows:
            if row.item_id and row.quantity:
                total[row.item_id] += row.quantity
        return total

    @property
    def needles_returned(self) -> int:
        """Return how many needles were brought back."""
        return sum(row.needles_returned for row in self.rows)


def anonymous_on(by: Actor, site: Site, on: date, *, may: Permission = Permission.RECORD_VISIT) -> Anonymous:
    """Return what was recorded without a name at a site on a day; `may` is what the asker must hold. One question."""
    require(by, may, site)
    rows = AnonymousSupply.objects.filter(
        organisation=site.organisation_id, site=site, occurred_on=on, voided_at__isnull=True
    )
    return Anonymous(list(rows.select_related("item", "site").order_by("-pk")))


def anonymous_of_day(by: Actor, site: Site, on: date) -> list[AnonymousSupply]:
    """Return what was recorded without a name at a site for a day, also what was taken back. One question."""
    require(by, Permission.RECORD_VISIT, site)
    rows = AnonymousSupply.objects.filter(organisation=site.organisation_id, site=site, occurred_on=on)
    return list(rows.select_related("site").order_by("-pk"))
