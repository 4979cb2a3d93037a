"""What leaves a store or bag because people are given it. Called inside the transaction of another action.

Not actions: what is given belongs to a visit, whose action allows it, makes it whole and writes it down.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.core.many import Keys
from kimbilio.stock.choices import AccountKind, MovementKind
from kimbilio.stock.items import must_be_items_of
from kimbilio.stock.ledger import Ledger, open_ledger
from kimbilio.stock.models import Account, Movement
from kimbilio.stock.queries.places import Place, account_in
from kimbilio.stock.reversing import reverse
from kimbilio.stock.site_accounts import site_accounts

_MANY = 500


@dataclass(frozen=True)
class Handed:
    """Pieces of one item that went by a document: a visit, or supplies taken without a name."""

    document: UUID
    item_id: UUID
    quantity: int


def hand_out(
    by: Actor, site: Site, day: date, handed: Sequence[Handed], *, from_bag_of: UUID | None = None
) -> list[Movement]:
    """Move what was given on a day from the store (or a worker's bag) to people, and return the movements.

    What expires first goes first. It is never refused: what the ledger does not have is taken of no batch, and
    lies there below zero until somebody counts. Before the site began its ledger it comes from before the ledger;
    before the last count, from the difference of that count. Raises NotHere for an item of somebody else, and for
    the bag of whoever neither carries one for the site nor may.
    """
    return hand_out_on_days(by, site, [(day, one) for one in handed], from_bag_of=from_bag_of)


def hand_out_on_days(
    by: Actor, site: Site, handed: Sequence[tuple[date, Handed]], *, from_bag_of: UUID | None = None
) -> list[Movement]:
    """Do the same for many days at once, as from a book: as many queries as for one."""
    given = sorted((pair for pair in handed if pair[1].quantity), key=lambda pair: pair[0])
    if not given:
        return []
    organisation_id = site.organisation_id
    items = {one.item_id for _day, one in given}
    must_be_items_of(organisation_id, items)
    accounts = site_accounts(organisation_id, [site.pk])
    place = account_in(by, accounts, Place(site.pk, from_bag_of))
    began_on = accounts.began_on[site.pk]
    # A book of the time before the ledger touches no store, and keeps nobody waiting.
    touched = [place] if began_on is not None and given[-1][0] >= began_on else []
    ledger = open_ledger(organisation_id, accounts, touched, items, since=given[0][0])
    return ledger.write(movement for day, one in given for movement in _given(by, ledger, place, day, one))


def _given(by: Actor, ledger: Ledger, place: Account, day: date, one: Handed) -> Iterable[Movement]:
    account = ledger.on(place, one.item_id, day)
    for batch_id, quantity in ledger.take(account, one.item_id, one.quantity, day):
        yield Movement(
            organisation_id=place.organisation_id,
            item_id=one.item_id,
            batch_id=batch_id,
            kind=MovementKind.DISTRIBUTION,
            from_account=account,
            to_account=ledger.of(place.site_id, AccountKind.GIVEN),
            quantity=quantity,
            occurred_on=day,
            document=one.document,
            recorded_by=by.staff_id,
        )


def take_back_handed(by: Actor, site: Site, documents: Collection[UUID]) -> list[Movement]:
    """Answer each movement of these documents that stands by a reversal, and return those. Twice adds nothing.

    Pieces go back where they came from; to a place that was counted since, into the difference of that count.
    """
    accounts = site_accounts(site.organisation_id, [site.pk])
    # Found by the document alone, of which there is an index: of given pieces there are very many.
    moved = Movement.objects.filter(organisation=site.organisation_id)
    many = len(documents) > _MANY
    moved = moved.filter(document__in=Keys(documents) if many else list(documents))
    given = accounts[site.pk, AccountKind.GIVEN].pk
    return reverse(by, accounts, moved, lambda one: one.to_account_id == given)
