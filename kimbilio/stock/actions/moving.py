"""Supplies that change their place: to another site, to a worker's bag and back; and those that are lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import sites_in
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.choices import AccountKind, MovementKind
from kimbilio.stock.ledger import open_ledger
from kimbilio.stock.models import Document
from kimbilio.stock.queries.places import Place, account_in
from kimbilio.stock.site_accounts import site_accounts
from kimbilio.stock.writing import must_be_ours, must_say_something, new_document, told


@dataclass(frozen=True)
class Line:
    """Pieces of an item; of a batch where it has one."""

    item_id: UUID
    quantity: int
    batch_id: UUID | None = None


@dataclass(frozen=True)
class Move:
    """What leaves a place on a day. More than the ledger has there is written too: the ledger may be behind."""

    source: Place
    lines: Sequence[Line]
    occurred_on: date = field(default_factory=timezone.localdate)
    reference: str = ""


@action(Permission.KEEP_STOCK, event="stock.moved", at="site")
def transfer(*, by: Actor, site: Site, move: Move, to: Place) -> Document:
    """Move supplies of a site to a worker's bag, or to the store of another site of the programme."""
    if to.worker is None and to.site_id == site.pk:
        raise Refused(_("Choose two different places."))
    return _move(by, site, MovementKind.TRANSFER, move, to)


@action(Permission.KEEP_STOCK, event="stock.given_back", at="site")
def give_back(*, by: Actor, site: Site, move: Move) -> Document:
    """Put what a worker brings back from the bag into the store."""
    if move.source.worker is None:
        raise Refused(_("Choose two different places."))
    return _move(by, site, MovementKind.RETURN, move, Place(site.pk))


@action(Permission.KEEP_STOCK, event="stock.lost", at="site")
def lose(*, by: Actor, site: Site, loss: Move) -> Document:
    """Take what is lost, damaged or expired out of a store or bag."""
    return _move(by, site, MovementKind.LOSS, loss, None)


def _move(by: Actor, site: Site, kind: MovementKind, move: Move, to: Place | None) -> Document:
    """Move from a place of the site to another place, or to what is lost where there is none."""
    must_say_something(line.quantity for line in move.lines)
    must_be_ours(
        by, {line.item_id for line in move.lines}, [(line.item_id, line.batch_id) for line in move.lines]
    )
    day, sites = move.occurred_on, {site.pk, to.site_id if to else site.pk}
    if sites_in(by.organisation_id).filter(pk__in=sites).count() < len(sites):
        raise NotHere
    accounts = site_accounts(by.organisation_id, sites)
    if move.source.site_id != site.pk:
        raise NotHere
    source = account_in(by, accounts, move.source)
    target = account_in(by, accounts, to) if to else accounts[site.pk, AccountKind.LOST]
    if source == target:
        raise Refused(_("Choose two different places."))
    papers = new_document(by, kind, (source, target), day, site_id=site.pk, reference=move.reference)
    ledger = open_ledger(
        by.organisation_id, accounts, [source, target], {line.item_id for line in move.lines}, since=day
    )
    ledger.must_have_begun(site.pk, day)
    if target.kind == AccountKind.STORE and kind == MovementKind.TRANSFER:
        ledger.begin(target.site_id, day)
    moved = ledger.write(
        papers.movement(
            (line.item_id, line.batch_id, line.quantity),
            ledger.on(source, line.item_id, day),
            ledger.on(target, line.item_id, day),
        )
        for line in move.lines
    )
    return told(papers.document, moved)
