"""Which items a programme keeps, and the weeks by which it is warned."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.models import Item


@dataclass(frozen=True)
class Weeks:
    """Over how many weeks the pace of giving is taken; with how many left to order; how many before expiry to warn."""

    pace: int = 8
    reorder: int = 4
    expiry: int = 12


@dataclass(frozen=True)
class NewItem:
    """What is said of an item when it is added. `unit` is what one of it is called."""

    kind: SupplyKind
    name: str
    unit: str
    weeks: Weeks = Weeks()


@action(Permission.KEEP_STOCK, event="stock.item_added")
def add_item(*, by: Actor, item: NewItem) -> Item:
    """Add an item that the whole programme keeps. Refused when there is one of this name."""
    name = " ".join(item.name.split())
    if Item.objects.filter(organisation=by.organisation_id, name__iexact=name).exists():
        raise Refused(_("There is an item of this name already."))
    made = Item(
        organisation_id=by.organisation_id, kind=item.kind.value, name=name, unit=" ".join(item.unit.split())
    )
    _set_weeks(made, item.weeks)
    made.save(force_insert=True)
    return made


@action(Permission.KEEP_STOCK, event="stock.item_set")
def set_item_weeks(*, by: Actor, item: Item, weeks: Weeks) -> Item:
    """Set by which weeks the programme is warned of an item."""
    held = _held(by, item.pk)
    _set_weeks(held, weeks)
    held.save(update_fields=["pace_weeks", "reorder_weeks", "expiry_weeks"])
    held.audit_detail = {"pace": weeks.pace, "reorder": weeks.reorder, "expiry": weeks.expiry}
    return held


@action(Permission.KEEP_STOCK, event="stock.item_ended")
def end_item(*, by: Actor, item: Item) -> Item:
    """Offer an item no more. What moved stays in the ledger, and what is left of it is still shown and counted."""
    held = _held(by, item.pk)
    held.ended_at = held.ended_at or timezone.now()
    held.save(update_fields=["ended_at"])
    return held


@action(Permission.KEEP_STOCK, event="stock.item_used_again")
def use_item_again(*, by: Actor, item: Item) -> Item:
    """Offer an item again that was ended."""
    held = _held(by, item.pk)
    held.ended_at = None
    held.save(update_fields=["ended_at"])
    return held


def _held(by: Actor, item_id: UUID) -> Item:
    """Return the item, which must be the programme's own."""
    found = Item.objects.filter(organisation=by.organisation_id, pk=item_id).first()
    if found is None:
        raise NotHere
    return found


def _set_weeks(item: Item, weeks: Weeks) -> None:
    item.pace_weeks, item.reorder_weeks, item.expiry_weeks = weeks.pace, weeks.reorder, weeks.expiry
