"""Which item, batch or paper a page means: each is known to it by a reference alone."""

from datetime import date

from django.db.models import Q, QuerySet

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import referred_to
from kimbilio.stock.models import Document, Item
from kimbilio.stock.queries.items import all_items


def item_within_reach(by: Actor, given: str) -> Item:
    """Return the item that a page refers to; NotHere when the programme has none such."""
    return referred_to(all_items(by), given)


def paper_within_reach(by: Actor, site: Site, day: date, given: str) -> Document:
    """Return the paper of a site and day that a page refers to; else NotHere."""
    return referred_to(papers_of(by, site).filter(occurred_on=day), given)


def papers_of(by: Actor, site: Site) -> QuerySet[Document]:
    """Return the papers that a site wrote, and those by which something came to it from another."""
    require(by, Permission.SEE_STOCK, site)
    its = Document.objects.filter(organisation=site.organisation_id)
    its = its.filter(Q(site=site) | Q(to_account__site=site))
    return its.select_related("from_account__site", "to_account__site")
