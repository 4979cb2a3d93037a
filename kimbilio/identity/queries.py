"""What can be asked about who a person is. Opening it is audited by `identity.actions.open_identity`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from secrets import compare_digest
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.core.refusals import NotHere
from kimbilio.identity.models import (
    EmergencyContact,
    IdentityRecord,
    Locator,
    OutsideNumber,
    PersonalDetails,
    Phone,
)
from kimbilio.identity.rules import Known, normalise_outside_number, normalise_phone
from kimbilio.people.models import Client

Row = TypeVar("Row", bound=IdentityRecord)


@dataclass(frozen=True)
class Identity:
    """All that stands at present of who a person is and how to reach them."""

    details: PersonalDetails | None
    phones: list[Phone]
    locator: Locator | None
    contacts: list[EmergencyContact]
    numbers: list[OutsideNumber]


def identity_of(client: Client) -> Identity:
    """Return what stands at present. Five queries."""
    details, locators = _standing(PersonalDetails, client), _standing(Locator, client)
    return Identity(
        details=details.last(),
        phones=list(_standing(Phone, client)),
        locator=locators.last(),
        contacts=list(_standing(EmergencyContact, client)),
        numbers=list(_standing(OutsideNumber, client)),
    )


def standing_details(client: Client) -> PersonalDetails | None:
    """Return the names that stand at present."""
    return _standing(PersonalDetails, client).last()


def standing_locator(client: Client) -> Locator | None:
    """Return the locator that stands at present."""
    return _standing(Locator, client).last()


def reference_to(row: IdentityRecord) -> str:
    """Return an opaque reference to a row for a page: keys are never shown, since they tell a time."""
    key = vault.keyring().index_key(row.organisation_id)
    return blind_index(key, context="reference", value=str(row.pk)).hex()


def row_referred_to(client: Client, reference: str) -> IdentityRecord:
    """Return the standing phone, contact or number of this person that a reference means; else NotHere."""
    for model in (Phone, EmergencyContact, OutsideNumber):
        for row in _standing(model, client).select_related("client"):
            if compare_digest(reference_to(row).encode(), reference.encode()):
                return row
    raise NotHere


def _standing(model: type[Row], client: Client) -> QuerySet[Row]:
    return model._default_manager.filter(
        organisation=client.organisation_id, client=client, replaced_at__isnull=True
    ).order_by("pk")


def phone_index(organisation_id: UUID, e164: str) -> bytes:
    """Return the blind index of a phone number in E.164."""
    return blind_index(vault.keyring().index_key(organisation_id), context="phone", value=e164)


def outside_number_index(organisation_id: UUID, number: str) -> bytes:
    """Return the blind index of a normalised outside number."""
    return blind_index(vault.keyring().index_key(organisation_id), context="outside number", value=number)


def clients_with_phone(organisation_id: UUID, text: str) -> set[UUID]:
    """Return the ids of everybody with this phone number, however it is typed."""
    e164 = normalise_phone(text)
    if e164 is None:
        return set()
    return _clients(Phone, organisation_id, phone_index(organisation_id, e164))


def clients_with_outside_number(organisation_id: UUID, text: str) -> set[UUID]:
    """Return the ids of everybody with this outside number, however it is typed."""
    number = normalise_outside_number(text)
    if not number:
        return set()
    return _clients(OutsideNumber, organisation_id, outside_number_index(organisation_id, number))


def _clients(model: type[Phone] | type[OutsideNumber], organisation_id: UUID, index: bytes) -> set[UUID]:
    found = model.objects.filter(organisation=organisation_id, number_index=index, replaced_at__isnull=True)
    return set(found.values_list("client_id", flat=True))


def birth_date_of(details: PersonalDetails | None) -> date | None:
    """Return the full date of birth where it is known."""
    return date.fromisoformat(details.birth_date) if details and details.birth_date else None


def known_people(clients: Iterable[Client]) -> dict[UUID, Known]:
    """Return what is known of these people for telling whether two are one. Two queries, one organisation."""
    people = {client.pk: client for client in clients}
    if not people:
        return {}
    organisation_id = next(iter(people.values())).organisation_id
    standing = {"organisation": organisation_id, "client__in": list(people), "replaced_at__isnull": True}
    phones: dict[UUID, set[str]] = defaultdict(set)
    for phone in Phone.objects.filter(**standing):
        phones[phone.client_id].add(phone.number)
    return {
        details.client_id: _known(people[details.client_id], details, phones[details.client_id])
        for details in PersonalDetails.objects.filter(**standing)
    }


def _known(client: Client, details: PersonalDetails, phones: set[str]) -> Known:
    return Known(
        first=details.first,
        middle=details.middle,
        last=details.last,
        nicknames=tuple(filter(None, (details.nickname,))),
        phones=frozenset(phones),
        birth_year=client.birth_year,
        birth_date=birth_date_of(details),
        sex=client.sex,
    )
