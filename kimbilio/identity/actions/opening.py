"""Looking at who people are: one, two to compare, many beside a list. The asking is audited before anything shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.identity.clinic_papers import mat_numbers_of, names_of_many
from kimbilio.identity.duplicates import likely_pairs
from kimbilio.identity.queries import Identity, identity_of, outside_codes
from kimbilio.identity.rules import Reason
from kimbilio.people.models import Client


@action(Permission.OPEN_IDENTITY, event="identity.opened", at="client")
def _write_down_opening(*, by: Actor, client: Client) -> Client:
    return client


def open_identity(*, by: Actor, client: Client) -> Identity:
    """Return a person's names and contacts, with the opening in the audit before anything is shown."""
    _write_down_opening(by=by, client=client)
    return identity_of(client)


def open_two_identities(*, by: Actor, client: Client, other: Client) -> tuple[Identity, Identity]:
    """Return the names and contacts of two people to compare; the one asking is in the audit of each of them."""
    with transaction.atomic():
        _write_down_opening(by=by, client=client)
        _write_down_opening(by=by, client=other)
    return identity_of(client), identity_of(other)


@action(Permission.OPEN_IDENTITY, event="identity.numbers_listed", at="site")
def _write_down_numbers(*, by: Actor, site: Site, clients: Sequence[Client]) -> list[Client]:
    return _all_within_reach(by, clients)


@action(Permission.OPEN_IDENTITY, event="identity.names_listed", at="site")
def _write_down_names(*, by: Actor, site: Site, clients: Sequence[Client]) -> list[Client]:
    return _all_within_reach(by, clients)


def open_mat_numbers(*, by: Actor, site: Site, clients: Sequence[Client]) -> dict[UUID, str]:
    """Return the clinic's number of each of many people of a site; one audit entry carries how many and the digest."""
    _write_down_numbers(by=by, site=site, clients=clients)
    return mat_numbers_of(by.organisation_id, clients)


def open_names(*, by: Actor, site: Site, clients: Sequence[Client]) -> dict[UUID, str]:
    """Return the names of many people of a site, by id; one audit entry carries how many and the digest."""
    _write_down_names(by=by, site=site, clients=clients)
    return names_of_many(by.organisation_id, clients)


def open_names_of_each(*, by: Actor, clients: Sequence[Client]) -> dict[UUID, str]:
    """Return the names of a few people who are looked at one by one; the asking is in the audit of each of them."""
    with transaction.atomic():
        for client in clients:
            _write_down_opening(by=by, client=client)
    return names_of_many(by.organisation_id, clients)


@dataclass(frozen=True)
class ListedPair:
    """Two people who are likely one, by the codes that their books know: what leaves in a list."""

    codes: tuple[str, str]
    score: float
    reasons: tuple[Reason, ...]


@action(Permission.MERGE_PEOPLE, event="people.duplicates_listed", at="site")
def _write_down_listing(*, by: Actor, site: Site, pairs: int) -> Site:
    site.audit_detail = {"rows": pairs}
    return site


def list_duplicates(*, by: Actor, site: Site) -> list[ListedPair]:
    """Return the likely pairs of a site to take away, likeliest first: an export, in the audit with its length.

    Each person's code is the one from earlier books, or the card code where there is none.
    """
    pairs = likely_pairs(by, site)
    _write_down_listing(by=by, site=site, pairs=len(pairs))
    codes = outside_codes(by.organisation_id, {client.pk for pair in pairs for client in (pair.a, pair.b)})
    return [
        ListedPair(
            (codes.get(pair.a.pk, pair.a.code), codes.get(pair.b.pk, pair.b.code)), pair.score, pair.reasons
        )
        for pair in pairs
    ]


def _all_within_reach(by: Actor, clients: Sequence[Client]) -> list[Client]:
    """Return the people in the order of their ids; NotHere where one of them is out of the actor's reach."""
    sites = by.sites_where(Permission.OPEN_IDENTITY)
    if any(client.organisation_id != by.organisation_id or client.site_id not in sites for client in clients):
        raise NotHere
    return sorted(clients, key=lambda client: client.pk)
