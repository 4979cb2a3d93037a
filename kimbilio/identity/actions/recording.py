"""Recording who a person is, correcting it, taking it out of use. No value ever stands in the audit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core import vault
from kimbilio.core.keyring import Domain
from kimbilio.core.many import in_batches
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.identity.choices import MayCall, NumberKind, PhoneBelongsTo, SafeToSay
from kimbilio.identity.models import (
    EmergencyContact,
    IdentityRecord,
    Locator,
    OutsideNumber,
    PersonalDetails,
    Phone,
)
from kimbilio.identity.name_search import CHANGES_MANY, CHANGES_ONE, ENDS_MANY
from kimbilio.identity.queries import (
    outside_number_index,
    phone_index,
)
from kimbilio.identity.rules import normalise_outside_number, normalise_phone
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent, require_of_many, uses_consent
from kimbilio.people.models import Client

Row = TypeVar("Row", bound=IdentityRecord)


@dataclass(frozen=True)
class Details:
    """Names as the person gives them; `birth_date` is YYYY-MM-DD or empty."""

    first: str = ""
    middle: str = ""
    last: str = ""
    nickname: str = ""
    birth_date: str = ""


@dataclass(frozen=True)
class PhoneDetails:
    """A phone number as typed, with what may be done with it."""

    number: str
    belongs_to: PhoneBelongsTo = PhoneBelongsTo.NOT_STATED
    may_call: MayCall = MayCall.NOBODY
    safe_to_say: SafeToSay = SafeToSay.NOTHING


@dataclass(frozen=True)
class ContactDetails:
    """Somebody to call in an emergency."""

    name: str
    relationship: str = ""
    phone: str = ""
    knows_of_programme: bool = False


@dataclass(frozen=True)
class WhoTheyAre:
    """All that an import or the demo knows of who one person is."""

    client: Client
    details: Details | None = None
    phones: Sequence[PhoneDetails] = ()
    numbers: Sequence[tuple[NumberKind, str]] = ()
    where: str = ""


@action(Permission.EDIT_IDENTITY, event=CHANGES_ONE, at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def record_details(*, by: Actor, client: Client, details: Details) -> PersonalDetails:
    """Record or correct a person's names. What stood before stays, replaced."""
    _replace(PersonalDetails.objects.filter(client=client))
    return _save(PersonalDetails(**_of(client), **vars(details)))


@action(Permission.EDIT_IDENTITY, event="identity.phone_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, ConsentPurpose.PHONE_CONTACT, of="client")
def add_phone(*, by: Actor, client: Client, phone: PhoneDetails) -> Phone:
    """Add a phone number, with who may call it and what is safe to say."""
    return _save(_phone(client, phone))


@action(Permission.EDIT_IDENTITY, event="identity.locator_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
@uses_consent(ConsentPurpose.HOME_VISIT)
def record_locator(*, by: Actor, client: Client, where: str) -> Locator:
    """Record where the person would be found; what stood before stays, replaced. Nothing typed takes it away."""
    if where:
        require_of_many(by.organisation_id, (ConsentPurpose.HOME_VISIT,), [client.pk])
    _replace(Locator.objects.filter(client=client))
    return _save(Locator(**_of(client), where=where))


@action(Permission.EDIT_IDENTITY, event="identity.contact_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, ConsentPurpose.SUPPORTER_TOLD, of="client")
def add_contact(*, by: Actor, client: Client, contact: ContactDetails) -> EmergencyContact:
    """Add an emergency contact."""
    return _save(EmergencyContact(**_of(client), **vars(contact)))


@action(Permission.EDIT_IDENTITY, event="identity.number_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def add_outside_number(*, by: Actor, client: Client, kind: NumberKind, number: str) -> OutsideNumber:
    """Add a number given elsewhere: from old books, the clinic or the nation."""
    return _save(_outside_number(client, kind, number))


@action(Permission.EDIT_IDENTITY, event="identity.entry_ended", at="row")
def end_entry(*, by: Actor, row: IdentityRecord) -> IdentityRecord:
    """Take a phone, contact or number out of use. It is kept, as no longer standing."""
    row.replaced_at = timezone.now()
    row.save(update_fields=["replaced_at"])
    return row


@action(Permission.EDIT_IDENTITY, event=CHANGES_MANY, at="site")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="people", each=lambda one: one.client.pk)
def record_many(*, by: Actor, site: Site, people: Sequence[WhoTheyAre]) -> list[IdentityRecord]:
    """Record who many newly registered people are, with one audit entry that carries the digest."""
    if any(person.client.site_id != site.pk for person in people):
        raise NotHere
    vault.keyring().create_client_keys(
        site.organisation_id, Domain.IDENTITY, [person.client.pk for person in people]
    )
    details = [PersonalDetails(**_of(p.client), **vars(p.details)) for p in people if p.details]
    phones = [_phone(p.client, phone) for p in people for phone in p.phones]
    numbers = [_outside_number(p.client, kind, number) for p in people for kind, number in p.numbers]
    places = [Locator(**_of(p.client), where=p.where) for p in people if p.where]
    tables = ((PersonalDetails, details), (Phone, phones), (OutsideNumber, numbers), (Locator, places))
    for model, rows in tables:
        model._default_manager.bulk_create(rows, batch_size=500)  # type: ignore[arg-type]  # each with its own
    return [*details, *phones, *numbers, *places]


@action(Permission.EDIT_IDENTITY, event=ENDS_MANY, at="site")
def end_many(
    *, by: Actor, site: Site, rows: Mapping[type[IdentityRecord], Collection[UUID]]
) -> list[IdentityRecord]:
    """Take rows about many people of a site out of use, by table and key; those that stood are returned."""
    ended: list[IdentityRecord] = []
    for model, ids in rows.items():
        for some in in_batches(ids):
            standing = model._default_manager.filter(
                organisation=site.organisation_id, client__site=site, pk__in=some, replaced_at__isnull=True
            )
            ended += standing.order_by("pk")
            _replace(standing)
    return ended


def _of(client: Client) -> dict[str, Any]:
    return {"organisation_id": client.organisation_id, "client": client}


def _phone(client: Client, phone: PhoneDetails) -> Phone:
    e164 = normalise_phone(phone.number)
    if e164 is None:
        raise Refused(_("This does not look like a phone number. Check the digits."))
    index = phone_index(client.organisation_id, e164)
    return Phone(**_of(client), **{**vars(phone), "number": e164, "number_index": index})


def _outside_number(client: Client, kind: NumberKind, number: str) -> OutsideNumber:
    normal = normalise_outside_number(number)
    if not normal:
        raise Refused(_("A number needs at least one letter or digit."))
    index = outside_number_index(client.organisation_id, normal)
    return OutsideNumber(**_of(client), kind=kind, number=number.strip(), number_index=index)


def _replace(rows: models.QuerySet[Any]) -> None:
    rows.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())


def _save(row: Row) -> Row:
    row.save(force_insert=True)
    row.tell_what_is_filled()
    return row
