"""Who asks to be forgotten, and who was."""

from django.db.models import QuerySet

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import referred_to
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.privacy.models import Erasure

_SHOWN = 50


def asked_by_person(by: Actor, client: Client) -> Erasure | None:
    """Return the request of a person that stands, noted under any of their cards; None where there is none."""
    return _open_of(by, client).first()


def open_requests(by: Actor) -> list[Erasure]:
    """Return who asks to be forgotten, at the sites where the actor may carry it out, the first who asked first."""
    sites = by.sites_where(Permission.ERASE_PERSON)
    return list(
        _open(by).filter(client__site__in=sites).select_related("client__site").order_by("pk")[:_SHOWN]
    )


def forgotten_lately(by: Actor) -> list[Erasure]:
    """Return the stones of those who were forgotten, at the same sites, the last first."""
    sites = by.sites_where(Permission.ERASE_PERSON)
    done = Erasure.objects.filter(
        organisation=by.organisation_id, done_at__isnull=False, client__site__in=sites
    )
    return list(done.select_related("client__site").order_by("-done_at", "-pk")[:_SHOWN])


def erasure_referred_to(by: Actor, client: Client, reference: str) -> Erasure:
    """Return a request of a person by its reference; NotHere where it is none of theirs."""
    return referred_to(_open_of(by, client), reference)


def _open_of(by: Actor, client: Client) -> QuerySet[Erasure]:
    require(by, Permission.USE_RIGHTS, client)
    rows = _open(by).filter(client__in=ids_of_one_person(client))
    return rows.select_related("client__site").order_by("pk")


def _open(by: Actor) -> QuerySet[Erasure]:
    return Erasure.objects.filter(
        organisation=by.organisation_id, done_at__isnull=True, withdrawn_at__isnull=True
    )
