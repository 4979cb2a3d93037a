"""What the tables say in the end, in words that a paper model can be held against."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import actor_named
from kimbilio.audit.models import AuditEvent
from kimbilio.stock.choices import AccountKind, MovementKind
from kimbilio.stock.holdings import holdings_from_movements
from kimbilio.stock.models import Account, Document, Holding, Movement
from kimbilio.stock.queries import supplies_at
from kimbilio.visits.models import AnonymousSupply, Visit
from tests.hands.paper import DAYS
from tests.running import ADMINISTRATOR

Told = dict[str, Any]


def tell(began: Told) -> Told:
    """Return the audit of the two sites in its order, what stands, what lies where, and every fault that is found."""
    sites = [Site.objects.get(pk=began[name]) for name in ("site", "other")]
    organisation_id, today = sites[0].organisation_id, date.fromisoformat(began["today"])
    entries = AuditEvent.objects.filter(site_id__in=[site.pk for site in sites]).order_by("seq")
    moved = Movement.objects.filter(Q(from_account__site__in=sites) | Q(to_account__site__in=sites))
    moved = moved.select_related("item", "from_account", "to_account")
    return {
        "entries": [[one.event, str(one.record_id)] for one in entries],
        "visits": _visits(sites[0]),
        "lies": _lies(sites, today),
        "balances": _balances(moved),
        "given": _given_by_document(moved),
        "faults": [*_faults(organisation_id), *_faults_of_visits(sites[0], moved), *_given_twice(sites)],
    }


def _visits(site: Site) -> Told:
    """Return the visits that stand: whose, on which day, with what."""
    standing = Visit.objects.filter(at_site=site, voided_at__isnull=True).prefetch_related("supplies__item")
    return {
        str(visit.pk): [
            str(visit.client_id),
            visit.occurred_on.isoformat(),
            {line.item.kind: line.quantity for line in visit.supplies.all()},
        ]
        for visit in standing
    }


def _lies(sites: list[Site], today: date) -> list[Any]:
    """Return how much of what lies in each place at the end of each day, where there is any."""
    by, lies = actor_named(ADMINISTRATOR), []
    for back in range(DAYS):
        for site, store in zip(sites, ("store", "other"), strict=True):
            for one in supplies_at(by, site, today - timedelta(days=back)).items:
                bag = sum(one.in_bags.values())
                lies += [
                    [store, one.item.kind, back, one.in_store],
                    [f"{store}'s bag", one.item.kind, back, bag],
                ]
    return [one for one in lies if one[3]]


def _balances(moved: Any) -> Told:
    """Return what each kind of account of the two sites has of each item, reckoned from every movement.

    What no paper and no visit tells of is one: what a count had explained, and what came before the ledger.
    """
    net: Counter[str] = Counter()
    for one in moved:
        for account, sign in ((one.to_account, 1), (one.from_account, -1)):
            kind = "explained" if account.kind in (AccountKind.COUNTED, AccountKind.BEFORE) else account.kind
            net[f"{kind} {one.item.kind}"] += sign * one.quantity
    return {key: pieces for key, pieces in net.items() if pieces}


def _given_by_document(moved: Any) -> Told:
    """Return what people were given by each visit, and without a name, as the ledger has it, where it was anything."""
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for one in moved:
        sign = (one.to_account.kind == AccountKind.GIVEN) - (one.from_account.kind == AccountKind.GIVEN)
        if sign:
            given[str(one.document)][one.item.kind] += sign * one.quantity
    found = {document: {kind: n for kind, n in its.items() if n} for document, its in given.items()}
    return {document: its for document, its in found.items() if its}


def _faults(organisation_id: UUID) -> list[str]:
    """Return what is wrong with the ledger as a whole."""
    rows = Holding.objects.filter(organisation=organisation_id)
    kept = {(row.account_id, row.item_id, row.batch_id): row.quantity for row in rows}
    answered = Movement.objects.exclude(reverses=None).values("reverses").annotate(n=Count("pk"))
    stores = Account.objects.values("site", "kind", "worker").annotate(n=Count("pk"))
    found = {
        "what is kept of the places is not the sum of all that moved": kept
        != holdings_from_movements(organisation_id),
        "a place has a row twice": rows.count() != len(kept),
        "a movement was answered twice": answered.filter(n__gt=1).exists(),
        "an account is there twice": stores.filter(n__gt=1).exists(),
    }
    return [words for words, is_so in found.items() if is_so]


def _given_twice(sites: list[Site]) -> list[str]:
    """Return whether two writers gave out the same pieces: only a count or a paper taken back may leave less than none.

    What is not there goes of no batch.
    """
    papers = Document.objects.filter(site__in=sites)
    if papers.filter(Q(kind=MovementKind.COUNT) | Q(reversed_at__isnull=False)).exists():
        return []
    rows = Holding.objects.filter(account__site__in=sites, batch__isnull=False, quantity__lt=0)
    return [f"less than none of a batch: {row.quantity}" for row in rows]


def _faults_of_visits(site: Site, moved: Any) -> list[str]:
    """Return what is wrong with the visits, and with what moved by none of them."""
    replaced = Visit.objects.exclude(replaces=None).values("replaces").annotate(n=Count("pk"))
    by_visits = {one.document for one in moved if one.kind == MovementKind.DISTRIBUTION}
    documents = {one.document for one in moved}
    known = set(Visit.objects.filter(at_site=site).values_list("pk", flat=True))
    known |= set(AnonymousSupply.objects.filter(site=site).values_list("pk", flat=True))
    papers = set(Document.objects.filter(pk__in=documents).values_list("pk", flat=True))
    gone = Visit.objects.filter(replaces__isnull=False, replaces__voided_at__isnull=True)
    found = {
        "a visit was replaced twice": replaced.filter(n__gt=1).exists(),
        "a visit stands beside what replaced it": gone.exists(),
        "something was given by no visit": bool(by_visits - known),
        "something moved by no visit and no paper": bool(documents - known - papers),
    }
    return [words for words, is_so in found.items() if is_so]
