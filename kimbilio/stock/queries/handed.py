"""What people were given over a time, by item."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Sum

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.stock.choices import AccountKind
from kimbilio.stock.models import Account, Movement


def handed_out(by: Actor, site: Site, first: date, last: date) -> dict[UUID, int]:
    """Return how many pieces of each item people were given at a site from one day to another, by its id.

    What was taken back counts no more; what came out of a bag, or from before the ledger, counts. Three queries.
    """
    require(by, Permission.SEE_STOCK, site)
    given: Counter[UUID] = Counter()
    accounts = _accounts(site, AccountKind.GIVEN)
    for side, sign in (("to_account", 1), ("from_account", -1)):
        rows = Movement.objects.filter(
            **{f"{side}__in": accounts},
            organisation=site.organisation_id,
            occurred_on__range=(first, last),
        )
        for item_id, pieces in rows.values_list("item").annotate(pieces=Sum("quantity")):
            given[item_id] += sign * pieces
    return {item_id: pieces for item_id, pieces in given.items() if pieces}


def _accounts(site: Site, kind: AccountKind) -> list[UUID]:
    """Return the account of a kind of a site, so that movements are found by it and their day."""
    accounts = Account.objects.filter(organisation=site.organisation_id, site=site, kind=kind)
    return list(accounts.values_list("pk", flat=True))
