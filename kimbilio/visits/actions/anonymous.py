"""Supplies for somebody who says no name, and needles brought back: counted apart from people, from the same stock."""

from datetime import date

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.days import EARLIEST
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.distributing import Handed, hand_out, take_back_handed
from kimbilio.stock.models import Item
from kimbilio.visits.choices import VisitFault
from kimbilio.visits.models import AnonymousSupply
from kimbilio.visits.queries.changing import can_take_back
from kimbilio.visits.rules import MOST_PIECES


@action(Permission.RECORD_VISIT, event="visits.anonymous_recorded", at="site")
def record_anonymous(
    *,
    by: Actor,
    site: Site,
    occurred_on: date,
    item: Item | None = None,
    quantity: int = 0,
    needles_returned: int = 0,
) -> AnonymousSupply:
    """Record pieces of one item that were given without a name, or needles that were brought back, or both."""
    if item is not None and item.organisation_id != site.organisation_id:
        raise NotHere
    if fault := _fault(occurred_on, item, quantity, needles_returned):
        raise Refused(str(fault.label))
    made = AnonymousSupply.objects.create(
        organisation_id=site.organisation_id,
        site=site,
        occurred_on=occurred_on,
        item=item,
        quantity=quantity,
        needles_returned=needles_returned,
        recorded_by=by.staff_id,
    )
    if item is not None and quantity:
        hand_out(by, site, occurred_on, [Handed(made.pk, item.pk, quantity)])
    return made


@action(Permission.RECORD_VISIT, event="visits.anonymous_undone", at="supply")
def undo_anonymous(*, by: Actor, supply: AnonymousSupply) -> AnonymousSupply:
    """Take back what was recorded without a name, within the day it was recorded."""
    if not can_take_back(by, supply):
        raise Refused(str(VisitFault.TOO_LATE.label))
    now = timezone.now()
    standing = AnonymousSupply.objects.filter(
        organisation=supply.organisation_id, pk=supply.pk, voided_at__isnull=True
    )
    if not standing.update(voided_at=now, voided_by=by.staff_id):
        raise Refused(str(VisitFault.STANDS_NO_MORE.label))
    take_back_handed(by, supply.site, [supply.pk])
    supply.voided_at, supply.voided_by = now, by.staff_id
    return supply


def _fault(occurred_on: date, item: Item | None, quantity: int, needles_returned: int) -> VisitFault | None:
    if occurred_on > timezone.localdate():
        return VisitFault.IN_THE_FUTURE
    if occurred_on < EARLIEST:
        return VisitFault.LONG_AGO
    if min(quantity, needles_returned) < 0:
        return VisitFault.LESS_THAN_NOTHING
    if not needles_returned and (item is None or not quantity):
        return VisitFault.NOTHING_AT_ALL
    return VisitFault.TOO_MANY if max(quantity, needles_returned) > MOST_PIECES else None
