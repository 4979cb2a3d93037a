"""Whom and what an actor may record: people, clinics, steps and lists, each known to a page by a reference alone."""

from collections.abc import Collection, Iterable
from secrets import compare_digest
from typing import Protocol, TypeVar
from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.core.refusals import NotHere
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic


class Referred(Protocol):
    """Any record of an organisation."""

    @property
    def pk(self) -> UUID:
        """Return its key, which is never shown: it tells a time."""

    organisation_id: UUID


Row = TypeVar("Row", bound=Referred)
_CHARACTERS = 12


def all_are_at(sites: Collection[UUID], organisation_id: UUID, ids: Collection[UUID]) -> bool:
    """Tell whether all of these people are known at these sites of an organisation."""
    known = Client.objects.filter(organisation=organisation_id, site__in=sites, pk__in=ids)
    return known.count() == len(set(ids))


def clinics_where(by: Actor, permission: Permission) -> list[MatClinic]:
    """Return the MAT clinics beside the sites where the actor holds this permission, by site and name."""
    clinics = MatClinic.objects.filter(organisation=by.organisation_id, site__in=by.sites_where(permission))
    return list(clinics.select_related("site").order_by("site__name", "name"))


def clinic_within_reach(by: Actor, permission: Permission, reference: str) -> MatClinic:
    """Return the clinic that a page refers to; NotHere when there is none within the actor's reach."""
    return referred_to(clinics_where(by, permission), reference)


def reference_of(row: Referred) -> str:
    """Return what an address or a form calls a record: the same each time, and telling nothing."""
    key = vault.keyring().index_key(row.organisation_id)
    return blind_index(key, context="reference of mat", value=str(row.pk)).hex()[:_CHARACTERS]


def referred_to(rows: Iterable[Row], reference: str) -> Row:
    """Return the one of these records that a reference means; else NotHere."""
    for row in rows:
        if compare_digest(reference_of(row).encode(), reference.encode()):
            return row
    raise NotHere
