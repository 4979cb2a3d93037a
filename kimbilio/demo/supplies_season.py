"""Supplies in the demo: a first count, what came since, bags, a loss; and, once visits were told, a count of late."""

from datetime import date, timedelta

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.stock.actions import (
    Count,
    Found,
    Line,
    Move,
    Place,
    Receipt,
    Received,
    count,
    lose,
    receive,
    transfer,
)
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Batch
from kimbilio.stock.queries import supplies_at

# Batches as (kind, pieces, number, days from today until they are good).
_FIRST = (
    (SupplyKind.NEEDLES, 4200, "NS24-118", 610),
    (SupplyKind.CONDOMS, 5760, "C24-0871", 430),
    (SupplyKind.LUBRICANTS, 900, "LB-2204", 38),
    (SupplyKind.NALOXONE, 14, "NX-0413", 200),
)
_CAME = (
    (SupplyKind.NEEDLES, 5000, "NS25-031", 900),
    (SupplyKind.CONDOMS, 7200, "C25-0112", 800),
    (SupplyKind.LUBRICANTS, 1000, "LB-2390", 520),
    (SupplyKind.NALOXONE, 24, "NX-0588", 410),
)


def begin_supplies(*, by: Actor, site: Site, carriers: list[Actor], weeks: int = 26) -> None:
    """Begin the ledger so many weeks ago, before any visit is told that takes from it."""
    today, items = timezone.localdate(), standard_items(site.organisation_id)
    began = today - timedelta(weeks=weeks)
    found = [
        Found(items[kind].pk, pieces, None, number, today + timedelta(days=good))
        for kind, pieces, number, good in _FIRST
    ]
    count(by=by, site=site, counted=Count(Place(site.pk), found, began))
    for number, day in enumerate(_deliveries(began, today), start=41):
        lines = [
            Received(items[kind].pk, pieces, f"{batch}{number}", today + timedelta(days=good + number))
            for kind, pieces, batch, good in _CAME
        ]
        receive(by=by, site=site, receipt=Receipt(lines, day, f"DN-{number}"))
    _carry_and_lose(by, site, carriers, today)


def _deliveries(began: date, today: date) -> list[date]:
    """Return the days of a delivery every seven weeks."""
    return [day for weeks in range(3, 100, 7) if (day := began + timedelta(weeks=weeks)) <= today]


def _carry_and_lose(by: Actor, site: Site, carriers: list[Actor], today: date) -> None:
    items = standard_items(site.organisation_id)
    first = {kind: Batch.objects.get(item=items[kind], number=number) for kind, _n, number, _good in _FIRST}

    def line(kind: SupplyKind, pieces: int) -> Line:
        return Line(items[kind].pk, pieces, first[kind].pk)

    for place, worker in enumerate(carriers):
        assert worker.staff_id is not None
        lines = [line(SupplyKind.CONDOMS, 144), line(SupplyKind.NEEDLES, 60 + 20 * place)]
        move = Move(Place(site.pk), lines, today - timedelta(days=3))
        transfer(by=by, site=site, move=move, to=Place(site.pk, worker.staff_id))
    damaged = Move(Place(site.pk), [line(SupplyKind.LUBRICANTS, 36)], today - timedelta(days=9))
    lose(by=by, site=site, loss=damaged)


def count_supplies(*, by: Actor, site: Site, days_ago: int = 5) -> None:
    """Count the store some days ago, once the visits were told: as the ledger has it, but for a little that is gone."""
    day = timezone.localdate() - timedelta(days=days_ago)
    found = []
    for supply in supplies_at(by, site, day).items:
        lots = [lot for lot in supply.lying if lot.worker is None]
        for place, lot in enumerate(lots):
            gone = 7 if place == 0 and supply.item.kind == SupplyKind.CONDOMS else 0
            batch_id = lot.batch.pk if lot.batch else None
            found.append(Found(supply.item.pk, max(lot.quantity - gone, 0), batch_id))
    count(by=by, site=site, counted=Count(Place(site.pk), found, day))
