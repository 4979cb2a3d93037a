"""What to say of the supplies of a site: below zero, expired, none left, low, soon to expire."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.stock.choices import Warned
from kimbilio.stock.models import Item
from kimbilio.stock.queries.supplies import Supplies, Supply, supplies_at
from kimbilio.stock.rules import expires_soon, is_expired

_FORETOLD = 104  # weeks; what the pace of a few weeks says beyond is no number to plan by


@dataclass(frozen=True)
class StockWarning:
    """One thing to say of an item. `pieces` is what it is said of; `worker`, whose bag; `day`, of what expires."""

    item: Item
    warned: Warned
    pieces: int
    weeks_left: float | None = None
    worker: UUID | None = None
    day: date | None = None

    @property
    def is_grave(self) -> bool:
        """Tell whether it must be put right today."""
        return self.warned in (Warned.BELOW_ZERO, Warned.EXPIRED, Warned.OUT)

    @property
    def words(self) -> str:
        """Return it in a sentence, without the name of whose bag it is."""
        said = {
            Warned.BELOW_ZERO: _("%(item)s: %(pieces)d, below zero. Count again."),
            Warned.EXPIRED: _("%(item)s: %(pieces)d expired on %(day)s. Take them off the shelf."),
            Warned.OUT: _("%(item)s: none left."),
            Warned.LOW: _("%(item)s: %(pieces)d left, enough for %(weeks)s. Order now."),
            Warned.EXPIRES_SOON: _("%(item)s: %(pieces)d are good until %(day)s only. Give them first."),
        }
        return said[self.warned] % {
            "item": self.item.title,
            "pieces": self.pieces,
            "weeks": weeks_words(self.weeks_left),
            "day": date_format(self.day, "j F Y") if self.day else "",
        }


def weeks_words(weeks: float | None) -> str:
    """Return a number of weeks in words, '' where they are not known; a long time is no more than that."""
    if weeks is None:
        return ""
    if weeks < 1:
        return _("less than a week")
    if weeks > _FORETOLD:
        return _("more than two years")
    whole = int(weeks)
    return ngettext("%(weeks)d week", "%(weeks)d weeks", whole) % {"weeks": whole}


def warnings(by: Actor, site: Site, on: date | None = None) -> list[StockWarning]:
    """Return what to say of a site's supplies at the end of a day, the gravest first. None before its ledger began."""
    return warnings_of(supplies_at(by, site, on))


def warnings_of(supplies: Supplies) -> list[StockWarning]:
    """Return the same of supplies that were asked for already."""
    said = [warning for supply in supplies.items for warning in _said_of(supply, supplies.on)]
    grave = list(Warned)
    return sorted(said, key=lambda warning: grave.index(warning.warned))


def _said_of(supply: Supply, on: date) -> Iterator[StockWarning]:
    item = supply.item
    for warned in supply.warned:
        if warned == Warned.BELOW_ZERO:
            for worker, pieces in [(None, supply.in_store), *supply.in_bags.items()]:
                if pieces < 0:
                    yield StockWarning(item, warned, pieces, worker=worker)
        elif warned in (Warned.EXPIRED, Warned.EXPIRES_SOON):
            yield from _expiring(supply, warned, on)
        else:
            yield StockWarning(item, warned, supply.held, supply.weeks_left)


def _expiring(supply: Supply, warned: Warned, on: date) -> Iterator[StockWarning]:
    """Say it of each day on which some of the item expires, all its places together."""
    days: Counter[date] = Counter()
    for one in supply.lying:
        expired = is_expired(one.expires_on, on)
        soon = expires_soon(one.expires_on, on, supply.item.expiry_weeks)
        if one.expires_on and one.quantity > 0 and (expired if warned == Warned.EXPIRED else soon):
            days[one.expires_on] += one.quantity
    for day, pieces in sorted(days.items()):
        yield StockWarning(supply.item, warned, pieces, day=day)
