"""Supplies that come: a receipt with several lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.stock.batches import batch_of
from kimbilio.stock.choices import AccountKind, MovementKind
from kimbilio.stock.ledger import open_ledger
from kimbilio.stock.models import Document
from kimbilio.stock.site_accounts import site_accounts
from kimbilio.stock.writing import must_be_ours, must_say_something, new_document, told


@dataclass(frozen=True)
class Received:
    """One line of a receipt: pieces of an item, with the batch's number and last good day where they are known."""

    item_id: UUID
    quantity: int
    batch: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Receipt:
    """What came on a day; `reference` is the number of the delivery note."""

    lines: Sequence[Received]
    occurred_on: date = field(default_factory=timezone.localdate)
    reference: str = ""


@action(Permission.KEEP_STOCK, event="stock.received", at="site")
def receive(*, by: Actor, site: Site, receipt: Receipt) -> Document:
    """Record what came to a site's store. The first receipt begins its ledger."""
    must_say_something(line.quantity for line in receipt.lines)
    items = {line.item_id for line in receipt.lines}
    must_be_ours(by, items)
    day = receipt.occurred_on
    accounts = site_accounts(by.organisation_id, [site.pk])
    supplier, store = accounts[site.pk, AccountKind.SUPPLIER], accounts[site.pk, AccountKind.STORE]
    papers = new_document(
        by, MovementKind.RECEIPT, (supplier, store), day, site_id=site.pk, reference=receipt.reference
    )
    what = [
        (line.item_id, batch_of(by.organisation_id, line.item_id, line.batch, line.expires_on), line.quantity)
        for line in receipt.lines
    ]
    ledger = open_ledger(by.organisation_id, accounts, [store], items, since=day)
    ledger.begin(site.pk, day)
    moved = ledger.write(papers.movement(one, supplier, ledger.on(store, one[0], day)) for one in what)
    return told(papers.document, moved)
