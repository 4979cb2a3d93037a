"""What the desk does across rooms, as one whole: a new home set up, a person registered, a list taken away."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actions import create_first_administrator
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Organisation, Site, Staff
from kimbilio.accounts.once import once
from kimbilio.accounts.roles import Permission
from kimbilio.audit.actions import record
from kimbilio.core import vault
from kimbilio.core.refusals import Refused
from kimbilio.desk.follow_up import ListedEntry, follow_up_list
from kimbilio.identity.actions import (
    Details,
    PhoneDetails,
    add_outside_number,
    add_phone,
    record_details,
)
from kimbilio.identity.choices import NumberKind
from kimbilio.people.actions import NewClient, register_client
from kimbilio.people.models import Client
from kimbilio.places.actions import add_areas, shipped_areas
from kimbilio.places.models import MatClinic
from kimbilio.stock.items import standard_items


@dataclass(frozen=True)
class NewHome:
    """What a new installation is told about its programme."""

    organisation: str
    county: str
    site: str
    clinic: str


def set_up_home(*, home: NewHome, username: str, password: str) -> Staff:
    """Set a new installation up: organisation with its keys, site, clinic, areas, first administrator.

    Refused when a programme of this name is there already.
    """
    with transaction.atomic():
        if Organisation.objects.filter(name=home.organisation).exists():
            raise Refused(_("There is an organisation of this name already."))
        organisation = Organisation.objects.create(name=home.organisation)
        vault.keyring().add_organisation(organisation.pk)
        site = Site.objects.create(organisation=organisation, name=home.site, county=home.county)
        MatClinic.objects.create(organisation=organisation, site=site, name=home.clinic)
        add_areas(organisation.pk, shipped_areas())
        standard_items(organisation.pk)
        staff = create_first_administrator(
            organisation=organisation, site=site, username=username, password=password
        )
        record(
            organisation_id=organisation.pk,
            actor_id=staff.pk,
            event="home.set_up",
            site_id=site.pk,
            record=organisation,
        )
    return staff


@dataclass(frozen=True)
class NewPerson:
    """All that the register form may hold of a new person."""

    client: NewClient
    details: Details
    phone: PhoneDetails | None = None
    number: tuple[NumberKind, str] | None = None


def register_person(*, by: Actor, site: Site, token: UUID, person: NewPerson) -> Client:
    """Register a person with names, phone and number as one whole; the same form twice is one person."""
    return once(by, token, lambda: _register(by, site, person))


def _register(by: Actor, site: Site, person: NewPerson) -> Client:
    client = register_client(by=by, site=site, person=person.client)
    if any(vars(person.details).values()):
        record_details(by=by, client=client, details=person.details)
    if person.phone:
        add_phone(by=by, client=client, phone=person.phone)
    if person.number:
        kind, number = person.number
        add_outside_number(by=by, client=client, kind=kind, number=number)
    return client


@action(Permission.SEE_FOLLOW_UP, event="followup.listed", at="site")
def _write_down_list(*, by: Actor, site: Site, rows: int) -> Site:
    site.audit_detail = {"rows": rows}
    return site


def list_people_to_follow_up(*, by: Actor, site: Site, on: date) -> list[ListedEntry]:
    """Return the list of people to look for to take away: an export, in the audit with its length."""
    listed = follow_up_list(by, site, on)
    _write_down_list(by=by, site=site, rows=len(listed))
    return listed
