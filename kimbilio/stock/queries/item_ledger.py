"""One item's ledger at a site over some days: each paper, and what people were given, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.stock.choices import AccountKind, MovementKind
from kimbilio.stock.models import Account, CountLine, Document, Item, Movement
from kimbilio.stock.queries.reach import papers_of
from kimbilio.stock.queries.supplies import supplies_at

_NOT_ITS_OWN = (AccountKind.BEFORE, AccountKind.COUNTED)


@dataclass(frozen=True)
class LedgerLine:
    """What a paper did, or what people were given on a day (`document` is None), and what the store had after it.

    `store` and `bags` are how many pieces more there were. `apart`: pieces that people were given and that no store
    or bag lost by it, since they were given before the ledger, or before a count that saw it.
    """

    on: date
    document: Document | None
    store: int
    bags: int
    given: int
    apart: int
    left: int


@dataclass(frozen=True)
class ItemLedger:
    """An item's lines, the newest first, and what the store and the bags had before the first day."""

    store_before: int
    bags_before: int
    lines: list[LedgerLine]


def ledger_of(by: Actor, site: Site, item: Item, first: date, last: date) -> ItemLedger:
    """Return one item's ledger from one day to another. What visits took is one line a day: no line is a person."""
    require(by, Permission.SEE_STOCK, site)
    accounts = Account.objects.filter(organisation=site.organisation_id, site=site).in_bulk()
    moved = Movement.objects.filter(
        Q(from_account__in=accounts) | Q(to_account__in=accounts),
        organisation=site.organisation_id,
        item=item,
        occurred_on__range=(first, last),
    )
    given = Q(kind=MovementKind.DISTRIBUTION) | Q(reverses__kind=MovementKind.DISTRIBUTION)
    ours = [*_given(moved.filter(given), accounts), *_papers(moved.exclude(given), accounts)]
    before = next(
        (one for one in supplies_at(by, site, first - timedelta(days=1)).items if one.item == item), None
    )
    store, bags = (before.in_store, sum(before.in_bags.values())) if before else (0, 0)
    return ItemLedger(store, bags, _with_balance(ours, store))


def papers_at(by: Actor, site: Site, number: int = 10) -> list[Document]:
    """Return the papers of a site, and those by which something came to it, that were written last."""
    return list(papers_of(by, site).order_by("-pk")[:number])


def movements_of(by: Actor, site: Site, paper: Document) -> QuerySet[Movement]:
    """Return what a paper of a site moved, as it was written: without the answers to it."""
    its = papers_of(by, site).filter(pk=paper.pk)
    moved = Movement.objects.filter(organisation=site.organisation_id, document__in=its.values("pk"))
    return moved.exclude(kind=MovementKind.REVERSAL).select_related("item", "batch").order_by("pk")


def count_lines_of(by: Actor, site: Site, paper: Document) -> QuerySet[CountLine]:
    """Return what a count of a site found, line by line; nothing for another paper."""
    require(by, Permission.SEE_STOCK, site)
    lines = CountLine.objects.filter(organisation=site.organisation_id, document=paper, document__site=site)
    return lines.select_related("item", "batch").order_by("pk")


def _given(moved: QuerySet[Movement], accounts: Mapping[UUID, Account]) -> Iterable[dict[str, Any]]:
    days: dict[date, dict[str, int]] = defaultdict(lambda: {"store": 0, "bags": 0, "given": 0, "apart": 0})
    for on, source, target, pieces in _sums(moved, "occurred_on"):
        for account_id, sign in ((source, -1), (target, 1)):
            kind = accounts[account_id].kind
            _add(days[on], kind, sign * pieces)
            if kind == AccountKind.GIVEN:
                days[on]["given"] += sign * pieces
            elif kind in _NOT_ITS_OWN:
                days[on]["apart"] -= sign * pieces
    return [{"on": on, "document": None, **sums} for on, sums in days.items() if any(sums.values())]


def _papers(moved: QuerySet[Movement], accounts: Mapping[UUID, Account]) -> Iterable[dict[str, Any]]:
    sums: dict[UUID, dict[str, int]] = defaultdict(lambda: {"store": 0, "bags": 0, "given": 0, "apart": 0})
    for document, source, target, pieces in _sums(moved, "document"):
        for account_id, sign in ((source, -1), (target, 1)):
            if account_id in accounts:
                _add(sums[document], accounts[account_id].kind, sign * pieces)
    papers = Document.objects.select_related("from_account__site", "to_account__site").in_bulk(sums)
    return [
        {"on": papers[document].occurred_on, "document": papers[document], **its}
        for document, its in sums.items()
    ]


def _sums(moved: QuerySet[Movement], by_what: str) -> Iterable[tuple[Any, UUID, UUID, int]]:
    rows = moved.order_by().values_list(by_what, "from_account", "to_account")
    return rows.annotate(pieces=Sum("quantity")).values_list(by_what, "from_account", "to_account", "pieces")


def _add(sums: dict[str, int], kind: str, pieces: int) -> None:
    if kind == AccountKind.STORE:
        sums["store"] += pieces
    elif kind == AccountKind.BAG:
        sums["bags"] += pieces


def _with_balance(lines: Iterable[dict[str, Any]], store: int) -> list[LedgerLine]:
    """Put the lines in order, what came first before what was given and counts last, and reckon what was left."""
    made = []
    for line in sorted(lines, key=_when):
        store += line["store"]
        made.append(LedgerLine(**line, left=store))
    return made[::-1]


def _when(line: dict[str, Any]) -> tuple[Any, ...]:
    document = line["document"]
    if document is None:
        return line["on"], 1, ""
    return line["on"], 2 if document.kind == MovementKind.COUNT else 0, str(document.pk)
