"""Where pieces lie: the store of a site, and the bags of those who carry some for it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, SiteRole
from kimbilio.accounts.queries import sites_in, staff_names
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.core.references import reference_to
from kimbilio.core.refusals import NotHere
from kimbilio.stock.choices import AccountKind
from kimbilio.stock.models import Account, CountLine, Holding, Item, Movement
from kimbilio.stock.site_accounts import SiteAccounts, bag_of

_MAY_CARRY = [role for role in Role if Permission.RECORD_VISIT in WHAT_ROLES_MAY[role]]
_GO_OUT = frozenset({Role.PEER_EDUCATOR, Role.OUTREACH_WORKER})
ItemAndBatch = tuple[UUID, UUID | None]


@dataclass(frozen=True)
class Place:
    """The store of a site, or the bag that a worker carries for it."""

    site_id: UUID
    worker: UUID | None = None


@dataclass(frozen=True)
class Carrier:
    """Somebody of the staff who may carry supplies in a bag."""

    id: UUID
    username: str
    name: str
    goes_out: bool


def carriers_at(site: Site) -> list[Carrier]:
    """Return who may carry supplies for a site, those who go out first. One query."""
    rows = SiteRole.objects.filter(
        organisation=site.organisation_id,
        site=site,
        role__in=_MAY_CARRY,
        ended_at__isnull=True,
        staff__is_active=True,
    ).values_list("staff_id", "staff__username", "staff__display_name", "role")
    found: dict[UUID, Carrier] = {}
    for staff_id, username, name, role in rows:
        goes_out = role in _GO_OUT or (staff_id in found and found[staff_id].goes_out)
        found[staff_id] = Carrier(staff_id, username, name, goes_out)
    return sorted(found.values(), key=lambda one: (not one.goes_out, one.name, one.id))


@dataclass(frozen=True)
class OfferedPlace:
    """A place as a page offers it: what it is called, and the reference by which the page means it."""

    place: Place
    name: str
    reference: str


def places_offered(by: Actor, site: Site) -> list[OfferedPlace]:
    """Return the store of a site, the bags carried for it, and the stores of other sites of the programme.

    A bag is offered as long as its carrier works here, or it is not empty.
    """
    require(by, Permission.SEE_STOCK, site)
    bags = {one.id: one.name for one in carriers_at(site)}
    filled = Holding.objects.filter(account__site=site, account__worker__isnull=False)
    left = {worker for worker in filled.values_list("account__worker", flat=True) if worker} - set(bags)
    bags |= staff_names(site.organisation_id, left) if left else {}
    offered = [OfferedPlace(Place(site.pk), str(AccountKind.STORE.label), "store")]
    for worker, name in bags.items():
        words = _("Bag of %(name)s") % {"name": name}
        offered.append(
            OfferedPlace(
                Place(site.pk, worker),
                words,
                reference_to(Account(pk=worker, organisation_id=site.organisation_id)),
            )
        )
    for other in sites_in(site.organisation_id).exclude(pk=site.pk):
        words = _("Store of %(site)s") % {"site": other.name}
        offered.append(OfferedPlace(Place(other.pk), words, reference_to(other)))
    return offered


def account_in(by: Actor, accounts: SiteAccounts, place: Place) -> Account:
    """Return the account of a place; NotHere for the bag of somebody who neither carries one nor may."""
    if place.worker is None:
        return accounts[place.site_id, AccountKind.STORE]
    bags = Account.objects.filter(
        organisation=by.organisation_id, site=place.site_id, kind=AccountKind.BAG, worker=place.worker
    )
    may = SiteRole.objects.filter(
        organisation=by.organisation_id,
        site=place.site_id,
        staff=place.worker,
        role__in=_MAY_CARRY,
        ended_at__isnull=True,
    )
    found = bags.first()
    if found is None and not may.exists():
        raise NotHere
    return found or bag_of(by.organisation_id, place.site_id, place.worker)


def items_known_in(place: Account, items: Collection[UUID]) -> set[UUID]:
    """Return those of these items that the place ever had, or that were counted there."""
    moved = Movement.objects.filter(organisation=place.organisation_id, item=OuterRef("pk"))
    counted = CountLine.objects.filter(
        organisation=place.organisation_id,
        item=OuterRef("pk"),
        document__to_account=place,
        document__reversed_at__isnull=True,
    )
    known = Item.objects.filter(organisation=place.organisation_id, pk__in=items).filter(
        Exists(moved.filter(to_account=place)) | Exists(moved.filter(from_account=place)) | Exists(counted)
    )
    return set(known.values_list("pk", flat=True))


def moved_after(
    organisation_id: UUID, places: Collection[UUID], day: date
) -> Mapping[UUID, Counter[ItemAndBatch]]:
    """Return how many pieces more each of these places got than it gave after a day. At most two queries."""
    net: dict[UUID, Counter[ItemAndBatch]] = {place: Counter() for place in places}
    if day >= timezone.localdate():
        return net
    for side, sign in (("to_account", 1), ("from_account", -1)):
        # With the organisation, which the index begins with.
        rows = Movement.objects.filter(
            **{f"{side}__in": places}, organisation=organisation_id, occurred_on__gt=day
        )
        for place, item_id, batch_id, pieces in rows.values_list(side, "item", "batch").annotate(
            pieces=Sum("quantity")
        ):
            net[place][item_id, batch_id] += sign * pieces
    return net
