"""What the pages show of supplies: places, lots, weeks and papers in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.core.references import reference_to
from kimbilio.core.refusals import NotHere
from kimbilio.stock.choices import AccountKind, MovementKind, Warned
from kimbilio.stock.forms import Lot
from kimbilio.stock.models import Account, CountLine, Document, Item, Movement
from kimbilio.stock.queries import (
    ItemLedger,
    OfferedPlace,
    StockWarning,
    Supplies,
    Supply,
    warnings_of,
    weeks_words,
)
from kimbilio.stock.words import batch_words, signed

Shown = dict[str, Any]


def supplies_shown(site: Site, supplies: Supplies) -> list[Shown]:
    """Return a row for each item: what there is, for how long, and what to say of it. One query."""
    carriers = {worker for one in supplies.items for worker in one.in_bags}
    names = staff_names(site.organisation_id, carriers) if carriers else {}
    said = warnings_of(supplies)
    return [_row(one, [w for w in said if w.item == one.item], names) for one in supplies.items]


def _row(supply: Supply, said: Sequence[StockWarning], names: Mapping[UUID, str]) -> Shown:
    return {
        "item": supply.item,
        "url": reverse("supply_ledger", args=[reference_to(supply.item)]),
        "in_store": supply.in_store,
        "bags": [
            {"name": names.get(worker, ""), "pieces": pieces} for worker, pieces in supply.in_bags.items()
        ],
        "weeks": weeks_words(supply.weeks_left) if supply.held > 0 else "",
        "next_expiry": supply.next_expiry,
        "lots": [
            {"words": batch_words(one.batch), "pieces": one.quantity}
            for one in supply.lying
            if one.worker is None
        ],
        "said": [warning_shown(one, names) for one in said],
        "ended": supply.item.ended_at is not None,
    }


def warning_shown(warning: StockWarning, names: Mapping[UUID, str]) -> Shown:
    """Return a warning as a chip: its words without the item's name, and how grave it is."""
    words = str(warning.warned.label)
    if warning.worker is not None:
        words = _("Bag of %(name)s: %(words)s") % {"name": names.get(warning.worker, ""), "words": words}
    if warning.warned in (Warned.EXPIRED, Warned.EXPIRES_SOON) and warning.day:
        words = _("%(words)s: %(pieces)d, good until %(day)s") % {
            "words": words,
            "pieces": warning.pieces,
            "day": date_format(warning.day, "j F Y"),
        }
    return {"words": words, "kind": "grave" if warning.is_grave else "attend"}


def place_words(account: Account, names: Mapping[UUID, str], site_id: UUID) -> str:
    """Return what an account is called, with its site where it is not this one."""
    words = str(AccountKind(account.kind).label)
    if account.kind == AccountKind.BAG and account.worker is not None:
        words = _("Bag of %(name)s") % {"name": names.get(account.worker, "")}
    if account.site_id != site_id:
        words = f"{words}, {account.site.name}"
    return words


def papers_shown(site: Site, papers: Iterable[Document]) -> list[Shown]:
    """Return papers as rows: what, where, when, by whom, and whether taken back. One query."""
    papers = list(papers)
    ends = [end for one in papers for end in (one.from_account, one.to_account)]
    people = {one.worker for one in ends} | {one.recorded_by for one in papers}
    people |= {one.reversed_by for one in papers}
    names = staff_names(site.organisation_id, [one for one in people if one])
    return [paper_shown(site, one, names) for one in papers]


def paper_shown(site: Site, paper: Document, names: Mapping[UUID, str]) -> Shown:
    """Return one paper as it is shown."""
    return {
        "kind": _("Count") if paper.kind == MovementKind.COUNT else paper.get_kind_display(),
        "is_count": paper.kind == MovementKind.COUNT,
        "where": _where(site, paper, names),
        "on": paper.occurred_on,
        "reference": paper.reference,
        "who": names.get(paper.recorded_by, "") if paper.recorded_by else "",
        "written_at": paper.recorded_at,
        "gone_at": paper.reversed_at,
        "gone_by": names.get(paper.reversed_by, "") if paper.reversed_by else "",
        "url": paper_url(paper),
    }


def _where(site: Site, paper: Document, names: Mapping[UUID, str]) -> str:
    """Return the place that a paper is about, or from where to where pieces went."""
    source, target = (place_words(end, names, site.pk) for end in (paper.from_account, paper.to_account))
    if paper.kind in (MovementKind.RECEIPT, MovementKind.COUNT):
        return target
    return source if paper.kind == MovementKind.LOSS else f"{source} → {target}"


def paper_url(paper: Document, name: str = "supply_paper") -> str:
    """Return the address of a paper."""
    return reverse(name, args=[paper.occurred_on.isoformat(), reference_to(paper)])


def ledger_shown(site: Site, ledger: ItemLedger) -> list[Shown]:
    """Return the lines of an item's ledger, the newest first. One query."""
    shown = {
        one["url"]: one
        for one in papers_shown(site, [line.document for line in ledger.lines if line.document])
    }
    return [
        {
            "on": line.on,
            "paper": shown[paper_url(line.document)] if line.document else None,
            "store": signed(line.store),
            "bags": signed(line.bags),
            "given": line.given,
            "apart": line.apart,
            "left": line.left,
        }
        for line in ledger.lines
    ]


def lots_there(supplies: Supplies, worker: UUID | None) -> list[Lot]:
    """Return what lies in a place, for moving it or taking it out."""
    return [
        Lot(one.item, lot.batch, lot.quantity)
        for one in supplies.items
        for lot in one.lying
        if lot.worker == worker and lot.quantity > 0
    ]


def lots_to_count(supplies: Supplies, worker: UUID | None) -> list[Lot]:
    """Return the lines of a count: every batch that the ledger has in a place, and each item without one."""
    found = []
    for one in supplies.items:
        lots = [Lot(one.item, lot.batch, lot.quantity) for lot in one.lying if lot.worker == worker]
        if not any(lot.batch is None for lot in lots):
            lots.append(Lot(one.item, None, 0))
        found += lots
    return found


def place_meant(offered: Sequence[OfferedPlace], reference: str, site: Site) -> OfferedPlace:
    """Return the store or bag of this site that a page means; NotHere for another."""
    for one in offered:
        if one.reference == reference and one.place.site_id == site.pk:
            return one
    raise NotHere


def places_shown(
    offered: Sequence[OfferedPlace], current: OfferedPlace, site: Site, supplies: Supplies
) -> list[Shown]:
    """Return the store of a site and the bags that are not empty, to choose from."""
    filled = {worker for supply in supplies.items for worker in supply.in_bags}
    return [
        {"name": one.name, "url": f"?place={one.reference}", "current": one == current}
        for one in offered
        if one.place.site_id == site.pk
        and (one.place.worker is None or one.place.worker in filled or one == current)
    ]


def months_beside(first: date, today: date) -> Shown:
    """Return the months before and after one, as a page's address names them; None for one that has not come."""
    day = timedelta(days=1)
    before = (first - day).replace(day=1)
    after = (first.replace(day=28) + 4 * day).replace(day=1)
    return {"before": before, "after": after if after <= today else None}


def lines_shown(moved: Iterable[Movement], counted: Iterable[CountLine]) -> list[Shown]:
    """Return the lines of a paper: what moved, or for a count what was found and expected."""
    counts = [
        {
            "item": line.item,
            "batch": batch_words(line.batch),
            "counted": line.counted,
            "expected": line.expected,
            "more": signed(line.counted - line.expected),
        }
        for line in counted
    ]
    if counts:
        return counts
    return [{"item": one.item, "batch": batch_words(one.batch), "pieces": one.quantity} for one in moved]


def items_shown(items: Iterable[Item]) -> list[Shown]:
    """Return items as rows, those out of use last, each with where it is changed."""
    rows = sorted(items, key=lambda item: (item.ended_at is not None, item.pk))
    return [
        {
            "item": item,
            "kind": item.get_kind_display(),
            "ledger_url": reverse("supply_ledger", args=[reference_to(item)]),
            "weeks_url": reverse("supply_weeks", args=[reference_to(item)]),
            "end_url": reverse("end_supply_item", args=[reference_to(item)]),
            "again_url": reverse("use_supply_item_again", args=[reference_to(item)]),
        }
        for item in rows
    ]
