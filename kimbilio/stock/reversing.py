"""Answering movements that were a mistake: each by one that leads back. Nothing is deleted, nothing reversed twice."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.accounts.actor import Actor
from kimbilio.audit.turn import hold_the_chain
from kimbilio.stock.choices import MovementKind
from kimbilio.stock.ledger import Ledger, open_ledger
from kimbilio.stock.models import Account, CountLine, Movement
from kimbilio.stock.site_accounts import SiteAccounts


def reverse(
    by: Actor,
    accounts: SiteAccounts,
    movements: QuerySet[Movement],
    wanted: Callable[[Movement], bool] = lambda _one: True,
) -> list[Movement]:
    """Answer those of these movements that stand and are wanted, and return the answers.

    `movements` holds the answers too, as those of a document do. An answer bears the day of the mistake, since what
    never happened happened on no day.
    """
    hold_the_chain(by.organisation_id)
    rows = list(movements.order_by("pk"))
    answered = {row.reverses_id for row in rows}
    rows = [row for row in rows if row.reverses_id is None and row.pk not in answered and wanted(row)]
    if not rows:
        return []
    ends = Account.objects.in_bulk({end for row in rows for end in (row.from_account_id, row.to_account_id)})
    ledger = open_ledger(
        by.organisation_id,
        accounts,
        ends.values(),
        {row.item_id for row in rows},
        since=min(row.occurred_on for row in rows),
    )
    return ledger.write(_answers(by, ledger, ends, rows))


def _answers(
    by: Actor, ledger: Ledger, ends: Mapping[UUID, Account], rows: list[Movement]
) -> Iterator[Movement]:
    waiting = _seen_by_another_count(ledger, ends, [row for row in rows if row.kind == MovementKind.COUNT])
    for row in rows:
        if row.pk not in waiting:
            yield Movement(
                organisation_id=row.organisation_id,
                item_id=row.item_id,
                batch_id=row.batch_id,
                kind=MovementKind.REVERSAL,
                from_account=ledger.unless_counted_since(
                    ends[row.to_account_id], row.item_id, row.occurred_on
                ),
                to_account=ledger.unless_counted_since(
                    ends[row.from_account_id], row.item_id, row.occurred_on
                ),
                quantity=row.quantity,
                occurred_on=row.occurred_on,
                document=row.document,
                reverses=row,
                recorded_by=by.staff_id,
            )


def _seen_by_another_count(
    ledger: Ledger, ends: Mapping[UUID, Account], of_counts: list[Movement]
) -> set[UUID]:
    """Return which of these differences a standing count of a later day, or later on the same day, had seen.

    There is still what that count found: they wait, and are answered when it is taken back too.
    """
    if not of_counts:
        return set()
    lines = CountLine.objects.filter(
        organisation=of_counts[0].organisation_id,
        item__in={row.item_id for row in of_counts},
        document__to_account__in=list(ends),
        document__occurred_on__in={row.occurred_on for row in of_counts},
        document__reversed_at__isnull=True,
    ).values_list("document__to_account", "item", "document__occurred_on", "pk")
    again = {
        (row.pk, place)
        for place, item, day, line in lines
        for row in of_counts
        if (row.item_id, row.occurred_on) == (item, day) and line > row.pk
    }
    return {
        row.pk
        for row in of_counts
        for place in (ends[row.from_account_id], ends[row.to_account_id])
        if (row.pk, place.pk) in again
        or ledger.unless_counted_since(place, row.item_id, row.occurred_on) != place
    }
