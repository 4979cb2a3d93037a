"""What can be asked about who a person is. Opening it is audited by `identity.actions.open_identity`."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from secrets import compare_digest
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.core.keyring import KeyDestroyed
from kimbilio.core.many import in_batches
from kimbilio.core.refusals import NotHere
from kimbilio.core.sealed import unseal_value
from kimbilio.identity.choices import NumberKind
from kimbilio.identity.models import (
    EmergencyContact,
    IdentityRecord,
    Locator,
    OutsideNumber,
    PersonalDetails,
    Phone,
)
from kimbilio.identity.rules import Known, normalise_outside_number, normalise_phone
from kimbilio.people.choices import Sex
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person, standing_ids

Row = TypeVar("Row", bound=IdentityRecord)

# What is compared of a person's details.
_TOLD = ("first", "middle", "last", "nickname", "birth_date")


@dataclass(frozen=True)
class Identity:
    """All that stands at present of who a person is and how to reach them, from every record of theirs."""

    details: PersonalDetails | None
    phones: list[Phone]
    locator: Locator | None
    contacts: list[EmergencyContact]
    numbers: list[OutsideNumber]
    # What records that were joined to this one say: they are kept beside it, never in its place.
    other_details: list[PersonalDetails] = field(default_factory=list)
    other_locators: list[Locator] = field(default_factory=list)


def identity_of(client: Client) -> Identity:
    """Return what stands at present. Six queries."""
    ids = ids_of_one_person(client)
    details, locators = _own_first(PersonalDetails, client, ids), _own_first(Locator, client, ids)
    return Identity(
        details=next(iter(details), None),
        phones=list(_standing(Phone, client, ids)),
        locator=next(iter(locators), None),
        contacts=list(_standing(EmergencyContact, client, ids)),
        numbers=list(_standing(OutsideNumber, client, ids)),
        other_details=details[1:],
        other_locators=locators[1:],
    )


def standing_details(client: Client) -> PersonalDetails | None:
    """Return the names that stand at present; those of a joined record where this one has none."""
    return next(iter(_own_first(PersonalDetails, client, ids_of_one_person(client))), None)


def standing_locator(client: Client) -> Locator | None:
    """Return the locator that stands at present; that of a joined record where this one has none."""
    return next(iter(_own_first(Locator, client, ids_of_one_person(client))), None)


def reference_to(row: IdentityRecord) -> str:
    """Return an opaque reference to a row for a page: keys are never shown, since they tell a time."""
    key = vault.keyring().index_key(row.organisation_id)
    return blind_index(key, context="reference", value=str(row.pk)).hex()


def row_referred_to(client: Client, reference: str) -> IdentityRecord:
    """Return the standing phone, contact or number of this person that a reference means; else NotHere."""
    ids = ids_of_one_person(client)
    for model in (Phone, EmergencyContact, OutsideNumber):
        for row in _standing(model, client, ids).select_related("client"):
            if compare_digest(reference_to(row).encode(), reference.encode()):
                return row
    raise NotHere


def _standing(model: type[Row], client: Client, ids: Collection[UUID]) -> QuerySet[Row]:
    return model._default_manager.filter(
        organisation=client.organisation_id, client__in=ids, replaced_at__isnull=True
    ).order_by("pk")


def _own_first(model: type[Row], client: Client, ids: Collection[UUID]) -> list[Row]:
    """Return the newest standing row of each record of a person: of the one that stands, then of the others."""
    newest = {row.client_id: row for row in _standing(model, client, ids)}
    return [newest[record] for record in ids if record in newest]


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


def known_people(
    organisation_id: UUID,
    ids: Collection[UUID],
    keys: Mapping[tuple[UUID, int], bytes] | None = None,
) -> dict[UUID, Known]:
    """Return what each of these records says of somebody, for telling whether two are one. Two queries.

    `keys` as for `unseal_value`. A record whose keys were destroyed says nothing, and is left out.
    """
    standing = {"organisation": organisation_id, "client__in": ids, "replaced_at__isnull": True}
    read = _Reader(organisation_id, keys)
    phones: dict[UUID, set[str]] = defaultdict(set)
    for pk, client_id, number in Phone.objects.filter(**standing).values_list("pk", "client_id", "number"):
        with suppress(KeyDestroyed):
            phones[client_id].add(read(Phone, "number", pk, client_id, number))
    found: dict[UUID, Known] = {}
    rows = PersonalDetails.objects.filter(**standing).order_by("pk")
    for pk, client_id, year, sex, *sealed in rows.values_list(
        "pk", "client_id", "client__birth_year", "client__sex", *_TOLD
    ):
        with suppress(KeyDestroyed):
            told = dict(zip(_TOLD, sealed, strict=True))
            told = {name: read(PersonalDetails, name, pk, client_id, told[name]) for name in _TOLD}
            found[client_id] = _known(told, phones[client_id], year, sex)
    return found


class _Reader:
    """Unseals the texts of one organisation."""

    def __init__(self, organisation_id: UUID, keys: Mapping[tuple[UUID, int], bytes] | None) -> None:
        self.organisation_id, self.keys = organisation_id, keys

    def __call__(
        self, model: type[IdentityRecord], name: str, row_id: UUID, client_id: UUID, sealed: Any
    ) -> str:
        """Return the text of one field of one row."""
        return unseal_value(
            model,
            name,
            organisation_id=self.organisation_id,
            client_id=client_id,
            row_id=row_id,
            sealed=sealed,
            keys=self.keys,
        )


def _known(told: Mapping[str, str], phones: set[str], year: int | None, sex: str) -> Known:
    return Known(
        first=told["first"],
        middle=told["middle"],
        last=told["last"],
        nicknames=tuple(filter(None, (told["nickname"],))),
        phones=frozenset(phones),
        birth_year=year,
        birth_date=date.fromisoformat(told["birth_date"]) if told["birth_date"] else None,
        sex=None if sex == Sex.NOT_STATED else sex,
    )


def outside_codes(organisation_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the code that each of these people has in earlier books, the first of several; many have none.

    A code in a record that was joined to theirs is theirs too, where their own record has none.
    """
    wanted = set(ids)
    people = {one: standing for one, standing in standing_ids(organisation_id).items() if standing in wanted}
    codes: dict[UUID, str] = {}
    for records in (wanted, people):
        for some in in_batches(records):
            for row in _old_codes(organisation_id, some):
                with suppress(KeyDestroyed):
                    codes.setdefault(people.get(row.client_id, row.client_id), row.number)
    return codes


def _old_codes(organisation_id: UUID, ids: Collection[UUID]) -> QuerySet[OutsideNumber]:
    return OutsideNumber.objects.filter(
        organisation=organisation_id, client__in=ids, kind=NumberKind.OLD_CODE, replaced_at__isnull=True
    ).order_by("pk")
