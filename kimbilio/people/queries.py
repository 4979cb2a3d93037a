"""What can be asked about people by code. Every question says who asks, and answers within their reach."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.people.models import Client, ClientCorrection, Consent
from kimbilio.people.rules import normalise_card_code


def clients_within_reach(by: Actor, permission: Permission) -> QuerySet[Client]:
    """Return the people at the sites where the actor holds this permission."""
    return Client.objects.filter(
        organisation=by.organisation_id, site__in=by.sites_where(permission)
    ).select_related("ward__sub_county", "site")


def client_by_code(by: Actor, code: str, permission: Permission = Permission.OPEN_PERSON) -> Client:
    """Return the person with this card code; NotHere when there is none within the actor's reach."""
    normal = normalise_card_code(code)
    client = clients_within_reach(by, permission).filter(code=normal).first() if normal else None
    if client is None:
        raise NotHere
    return client


def ids_with_code(by: Actor, permission: Permission, text: str) -> set[UUID]:
    """Return who carries this card code, however it is typed, within the actor's reach: one person or none."""
    code = normalise_card_code(text)
    if not code:
        return set()
    return set(clients_within_reach(by, permission).filter(code=code).values_list("pk", flat=True))


def clients_by_id(by: Actor, permission: Permission, ids: Iterable[UUID]) -> dict[UUID, Client]:
    """Return those of these people who are within the actor's reach, by id. One query.

    It asks by key alone, and reach is told here: asked for the site too, SQLite reads everybody at it.
    """
    found = Client.objects.filter(pk__in=list(ids)).select_related("ward__sub_county", "site")
    sites = by.sites_where(permission)
    return {
        client.pk: client
        for client in found
        if client.organisation_id == by.organisation_id and client.site_id in sites
    }


def taken_codes(organisation_id: UUID, codes: Iterable[str]) -> set[str]:
    """Return those of these card codes that are already somebody's."""
    found = Client.objects.filter(organisation=organisation_id, code__in=list(codes))
    return set(found.values_list("code", flat=True))


def codes_of(organisation_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the card codes of these people, for lists that may name a code (the audit page)."""
    found = Client.objects.filter(organisation=organisation_id, pk__in=set(ids))
    return dict(found.values_list("pk", "code"))


def consents_of(client: Client) -> QuerySet[Consent]:
    """Return a person's answers about consent, newest first."""
    return Consent.objects.filter(organisation=client.organisation_id, client=client).order_by(
        "-recorded_at", "-pk"
    )


def corrections_of(client: Client) -> QuerySet[ClientCorrection]:
    """Return what was corrected on a person's page, newest first."""
    return ClientCorrection.objects.filter(organisation=client.organisation_id, client=client).order_by("-pk")
