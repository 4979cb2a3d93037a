"""The accounts of a site, made when they are first needed; two who need them at once get the same."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from kimbilio.stock.choices import BEGINS, AccountKind
from kimbilio.stock.models import Account, Document

OF_A_SITE = [kind for kind in AccountKind if kind != AccountKind.BAG]


class SiteAccounts(dict[tuple[UUID, str], Account]):
    """The accounts of some sites, by site and kind, and since when each site has a ledger."""

    began_on: dict[UUID, date | None]


# An account of a site is made once and never changed, so a process reads those of each site once.
_known: dict[tuple[UUID, UUID], dict[str, Account]] = {}


def site_accounts(organisation_id: UUID, sites: Collection[UUID]) -> SiteAccounts:
    """Return every account of these sites but the bags. Since when each has a ledger is one query a site."""
    found = SiteAccounts()
    found.began_on = {}
    for site_id in sites:
        accounts = _known.get((organisation_id, site_id)) or _read_or_made(organisation_id, site_id)
        found |= {(site_id, kind): account for kind, account in accounts.items()}
        began = _beginnings().filter(organisation=organisation_id, to_account=accounts[AccountKind.STORE])
        found.began_on[site_id] = began.values_list("occurred_on", flat=True).first()
    return found


def _read_or_made(organisation_id: UUID, site_id: UUID) -> dict[str, Account]:
    accounts = _read(organisation_id, site_id)
    if missing := [kind for kind in OF_A_SITE if kind not in accounts]:
        Account.objects.bulk_create(
            [Account(organisation_id=organisation_id, site_id=site_id, kind=kind) for kind in missing],
            ignore_conflicts=True,
        )
        accounts = _read(organisation_id, site_id)
    # Known from when they are there for everybody: what made them may still be taken back.
    transaction.on_commit(lambda: _known.update({(organisation_id, site_id): accounts}))
    return accounts


def bag_of(organisation_id: UUID, site_id: UUID, worker: UUID) -> Account:
    """Return the bag that a worker carries for a site."""
    return Account.objects.get_or_create(
        organisation_id=organisation_id, site_id=site_id, kind=AccountKind.BAG, worker=worker
    )[0]


def began_on(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Add to each account the day of the first standing document that began a ledger there, or None."""
    first = _beginnings().filter(organisation=OuterRef("organisation"), to_account=OuterRef("pk"))
    return accounts.annotate(began_on=Subquery(first.values("occurred_on")[:1]))


def _beginnings() -> QuerySet[Document]:
    """Return the standing documents that begin a ledger, the earliest first."""
    return Document.objects.filter(kind__in=BEGINS, reversed_at__isnull=True).order_by("occurred_on")


def _read(organisation_id: UUID, site_id: UUID) -> dict[str, Account]:
    rows = Account.objects.filter(organisation=organisation_id, site=site_id, worker__isnull=True)
    return {row.kind: row for row in rows}
