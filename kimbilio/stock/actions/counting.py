"""Counting what is there: differences become movements, and what was counted is kept as it was found."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.batches import batch_of
from kimbilio.stock.choices import AccountKind, MovementKind
from kimbilio.stock.ledger import Ledger, open_ledger
from kimbilio.stock.models import Account, CountLine, Document, Movement
from kimbilio.stock.queries.places import Place, account_in, items_known_in, moved_after
from kimbilio.stock.rules import Difference, differences
from kimbilio.stock.site_accounts import site_accounts
from kimbilio.stock.writing import Papers, must_be_ours, new_document, told


@dataclass(frozen=True)
class Found:
    """What was found of an item: of a batch that is known, of one by its number and expiry, or of none."""

    item_id: UUID
    counted: int
    batch_id: UUID | None = None
    batch: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Count:
    """What was found in a place at the end of a day. An item of which nothing is said was not counted."""

    place: Place
    lines: Sequence[Found]
    occurred_on: date = field(default_factory=timezone.localdate)
    reference: str = ""


@action(Permission.KEEP_STOCK, event="stock.counted", at="site")
def count(*, by: Actor, site: Site, counted: Count) -> Document:
    """Record a count of a site's store or of a worker's bag. The first count of a store begins its ledger.

    Of an item that is counted, batches that are not named were not found. A difference comes from, or goes to,
    'difference at a count'; what is found of an item that the place never had, from before the ledger.
    """
    must_be_ours(
        by,
        {line.item_id for line in counted.lines},
        [(line.item_id, line.batch_id) for line in counted.lines],
    )
    if not counted.lines:
        raise Refused(_("Write down at least one number."))
    if counted.place.site_id != site.pk:
        raise NotHere
    day, accounts = counted.occurred_on, site_accounts(by.organisation_id, [site.pk])
    place = account_in(by, accounts, counted.place)
    papers = new_document(
        by,
        MovementKind.COUNT,
        (accounts[site.pk, AccountKind.COUNTED], place),
        day,
        site_id=site.pk,
        reference=counted.reference,
    )
    found = _found(by, counted.lines)
    items = {item_id for item_id, _batch_id in found}
    ledger = open_ledger(by.organisation_id, accounts, [place], items, since=day)
    if place.kind == AccountKind.STORE:
        ledger.begin(site.pk, day)
    ledger.must_have_begun(site.pk, day)
    lines = differences(found, _expected(ledger, place, day))
    new_here = items - items_known_in(place, items)
    moved = ledger.write(_put_right(papers, ledger, place, lines, new_here))
    _keep(papers.document, lines)
    return told(papers.document, moved, counted=len(lines))


def _found(by: Actor, lines: Sequence[Found]) -> Counter[tuple[UUID, UUID | None]]:
    found: Counter[tuple[UUID, UUID | None]] = Counter()
    for line in lines:
        batch_id = line.batch_id or batch_of(by.organisation_id, line.item_id, line.batch, line.expires_on)
        found[line.item_id, batch_id] += line.counted
    return found


def _expected(ledger: Ledger, place: Account, day: date) -> dict[tuple[UUID, UUID | None], int]:
    """Return what the ledger has in a place at the end of a day."""
    expected = Counter(
        {
            (item_id, batch_id): row.quantity
            for (account_id, item_id, batch_id), row in ledger.keeper.rows.items()
            if account_id == place.pk
        }
    )
    expected.subtract(moved_after(place.organisation_id, [place.pk], day)[place.pk])
    return {key: pieces for key, pieces in expected.items() if pieces}


def _put_right(
    papers: Papers, ledger: Ledger, place: Account, lines: Sequence[Difference], new_here: Collection[UUID]
) -> Iterator[Movement]:
    for line in lines:
        kind = AccountKind.BEFORE if line.item in new_here else AccountKind.COUNTED
        there = ledger.unless_counted_since(place, line.item, papers.document.occurred_on)
        source, target = ledger.of(place.site_id, kind), there
        if line.more < 0:
            source, target = target, source
        if line.more:
            yield papers.movement((line.item, line.batch, abs(line.more)), source, target)


def _keep(document: Document, lines: Sequence[Difference]) -> None:
    """Keep what was found, line by line."""
    CountLine.objects.bulk_create(
        CountLine(
            organisation_id=document.organisation_id,
            document=document,
            item_id=line.item,
            batch_id=line.batch,
            counted=line.counted,
            expected=line.expected,
        )
        for line in lines
    )
