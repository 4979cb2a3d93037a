"""What the store of a site has, as the visit page says it beside each item."""

from uuid import UUID

from django.db.models import Sum

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.stock.choices import AccountKind
from kimbilio.stock.models import Account, Holding


def carries_a_bag(by: Actor, site: Site) -> bool:
    """Tell whether the actor carries supplies of a site in a bag of their own. One question."""
    require(by, Permission.SEE_STOCK, site)
    bags = Account.objects.filter(organisation=site.organisation_id, site=site, kind=AccountKind.BAG)
    return by.staff_id is not None and bags.filter(worker=by.staff_id).exists()


def in_store(by: Actor, site: Site) -> dict[UUID, int]:
    """Return how many pieces of each item the store of a site has; below zero where more went than came. One question.

    An item that the store never had, as before the ledger began, is not among them.
    """
    require(by, Permission.SEE_STOCK, site)
    rows = Holding.objects.filter(
        organisation=site.organisation_id, account__site=site, account__kind=AccountKind.STORE
    )
    told = rows.order_by().values_list("item_id").annotate(pieces=Sum("quantity"))
    return dict(told.values_list("item_id", "pieces"))
