"""What every paper of the ledger shares: its day is not to come, its items are ours, its movements bear its id."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.core.days import EARLIEST
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.choices import MovementKind
from kimbilio.stock.items import must_be_items_of
from kimbilio.stock.models import Account, Batch, Document, Movement

WhatMoves = tuple[UUID, UUID | None, int]
"""Item, batch and pieces."""


@dataclass(frozen=True)
class Papers:
    """Makes the movements of one document."""

    by: Actor
    document: Document

    def movement(self, what: WhatMoves, from_account: Account, to_account: Account) -> Movement:
        """Return one movement of the document, not yet written."""
        item_id, batch_id, quantity = what
        return Movement(
            organisation_id=self.by.organisation_id,
            item_id=item_id,
            batch_id=batch_id,
            kind=self.document.kind,
            from_account=from_account,
            to_account=to_account,
            quantity=quantity,
            occurred_on=self.document.occurred_on,
            document=self.document.pk,
            recorded_by=self.by.staff_id,
        )


def new_document(
    by: Actor, kind: MovementKind, ends: tuple[Account, Account], day: date, *, site_id: UUID, reference: str
) -> Papers:
    """Write a document of a site, from one account to the other, and return what makes its movements."""
    if day > timezone.localdate():
        raise Refused(_("This day has not come yet. Check the date."))
    if day < EARLIEST:
        raise Refused(_("This was too long ago. Check the year."))
    document = Document.objects.create(
        organisation_id=by.organisation_id,
        site_id=site_id,
        kind=kind,
        from_account=ends[0],
        to_account=ends[1],
        occurred_on=day,
        reference=" ".join(reference.split()),
        recorded_by=by.staff_id,
    )
    return Papers(by, document)


def told(document: Document, moved: Collection[Movement], **more: Any) -> Document:
    """Return the document with what the audit may tell of it."""
    document.audit_detail = {
        "kind": document.kind,
        "lines": len(moved),
        "pieces": sum(one.quantity for one in moved),
        **more,
    }
    return document


def must_be_ours(by: Actor, items: Iterable[UUID], batches: Iterable[tuple[UUID, UUID | None]] = ()) -> None:
    """Raise NotHere unless every item is the programme's own, and every batch one of the item it is named with."""
    must_be_items_of(by.organisation_id, set(items))
    pairs = {(item_id, batch_id) for item_id, batch_id in batches if batch_id is not None}
    rows = Batch.objects.filter(organisation=by.organisation_id, pk__in={batch for _item, batch in pairs})
    if set(rows.values_list("item_id", "pk")) != pairs:
        raise NotHere


def must_say_something(quantities: Iterable[int]) -> None:
    """Refuse a paper without a number, or with one that is below nothing."""
    numbers = list(quantities)
    if not numbers or min(numbers) <= 0:
        raise Refused(_("Write down at least one number."))
