"""What the desk is told of supplies: what is low, out, below zero or past its day, and where the store falls short."""

from datetime import date
from typing import Any

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.stock.choices import Warned
from kimbilio.stock.models import Item
from kimbilio.stock.queries import supplies_at
from kimbilio.visits.queries import in_store

Shown = dict[str, Any]
_GRAVE = frozenset({Warned.BELOW_ZERO, Warned.EXPIRED, Warned.OUT})


def warnings_shown(by: Actor, site: Site, on: date) -> list[Shown]:
    """Return what to know of the supplies of a site as at a day: an item and its warnings, the gravest first."""
    if not by.may(Permission.SEE_STOCK, site.pk):
        return []
    return [
        {
            "title": one.item.title,
            "in_store": one.in_store,
            "warned": [{"label": warned.label, "is_grave": warned in _GRAVE} for warned in one.warned],
        }
        for one in supplies_at(by, site, on).items
        if one.warned
    ]


def below_zero(by: Actor, site: Site, items: list[Item]) -> list[Shown]:
    """Return the items of which the ledger says that more left the store than came: somebody must count."""
    there = in_store(by, site)
    return [{"title": item.title, "pieces": -there[item.pk]} for item in items if there.get(item.pk, 0) < 0]
