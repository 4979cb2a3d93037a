"""What staff can do with a person by code: register, correct, open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.ids import uuid7
from kimbilio.core.refusals import Refused
from kimbilio.people.cards import free_codes
from kimbilio.people.choices import (
    BirthPrecision,
    ConsentAnswer,
    ConsentManner,
    ConsentPurpose,
    Gender,
    HowTheyCame,
    PopulationType,
    Sex,
)
from kimbilio.people.consent import asks_consent
from kimbilio.people.consent_words import IN_WRITING, VERSION
from kimbilio.people.models import Client, ClientCorrection, Consent
from kimbilio.places.models import Ward


@dataclass(frozen=True)
class AboutClient:
    """What is recorded of a person by code."""

    sex: Sex
    gender: Gender = Gender.NOT_STATED
    birth_year: int | None = None
    birth_precision: BirthPrecision = BirthPrecision.UNKNOWN
    ward: Ward | None = None
    population: PopulationType = PopulationType.NOT_STATED
    how_they_came: HowTheyCame = HowTheyCame.NOT_STATED
    first_contact_on: date | None = None


@dataclass(frozen=True)
class NewClient:
    """A person to register, with an id minted where the form was opened: sent twice, it is one person.

    `consent` is how they agreed that a record is kept; `also_asked` what they said of other purposes then.
    """

    about: AboutClient
    consent: ConsentManner
    also_asked: Mapping[ConsentPurpose, ConsentAnswer] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid7)


@action(Permission.REGISTER_PERSON, event="person.registered", at="site")
def register_client(*, by: Actor, site: Site, person: NewClient) -> Client:
    """Register one person who agreed that a record is kept, and give them a card code."""
    return _register(by, site, [person])[0]


@action(Permission.REGISTER_PERSON, event="people.registered", at="site")
def register_clients(*, by: Actor, site: Site, people: Sequence[NewClient]) -> list[Client]:
    """Register many people under the same rules, with one audit entry that carries their digest."""
    return _register(by, site, people)


def _register(by: Actor, site: Site, people: Sequence[NewClient]) -> list[Client]:
    codes = free_codes(site.organisation_id, len(people))
    clients = [
        Client(
            id=person.id, organisation_id=site.organisation_id, site=site, code=code, **_columns(person.about)
        )
        for person, code in zip(people, codes, strict=True)
    ]
    Client.objects.bulk_create(clients, batch_size=500)
    Consent.objects.bulk_create(
        [
            answer
            for client, person in zip(clients, people, strict=True)
            for answer in _first_answers(by, client, person)
        ],
        batch_size=500,
    )
    return clients


def _first_answers(by: Actor, client: Client, person: NewClient) -> list[Consent]:
    """Return what a new person said: yes to the record, and whatever else they were asked."""
    from_books = person.consent == ConsentManner.EARLIER_BOOKS
    said = {ConsentPurpose.HOLD_A_RECORD: ConsentAnswer.GIVEN, **person.also_asked}
    agreed = {purpose for purpose, answer in said.items() if answer == ConsentAnswer.GIVEN}
    if agreed & IN_WRITING and person.consent != ConsentManner.WRITTEN:
        raise Refused(_("A yes to this is asked for in writing."))
    return [
        Consent(
            organisation_id=client.organisation_id,
            client=client,
            purpose=purpose,
            answer=answer,
            manner=person.consent,
            words_version="" if from_books else VERSION,
            asked_by=by.staff_id,
        )
        for purpose, answer in said.items()
    ]


@action(Permission.EDIT_PERSON, event="person.corrected", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def correct_client(*, by: Actor, client: Client, about: AboutClient) -> Client:
    """Correct what is recorded of a person by code; what stood before is kept beside it."""
    changed = {name: value for name, value in _columns(about).items() if getattr(client, name) != value}
    ClientCorrection.objects.bulk_create(
        ClientCorrection(
            organisation_id=client.organisation_id,
            client=client,
            field=name,
            before=_plain(getattr(client, name)),
            corrected_by=by.staff_id,
        )
        for name in changed
    )
    for name, value in changed.items():
        setattr(client, name, value)
    client.save(update_fields=changed)
    client.audit_detail = {"fields": sorted(changed)}
    return client


def _columns(about: AboutClient) -> dict[str, Any]:
    columns = {part.name: getattr(about, part.name) for part in fields(about) if part.name != "ward"}
    return columns | {"ward_id": about.ward.pk if about.ward else None}


def _plain(value: object) -> str:
    return "" if value is None else str(value)


@action(Permission.OPEN_PERSON, event="person.opened", at="client")
def open_person(*, by: Actor, client: Client) -> Client:
    """Write down that a person's page was opened, before it is shown."""
    return client
