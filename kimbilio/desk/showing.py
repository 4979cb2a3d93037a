"""A person as their page shows them: by code first; names and contacts only once they were opened."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.desk.words import age_in_words
from kimbilio.identity.choices import MayCall
from kimbilio.identity.models import EmergencyContact, IdentityRecord, OutsideNumber, PersonalDetails, Phone
from kimbilio.identity.queries import Identity, birth_date_of, reference_to
from kimbilio.people.choices import ConsentPurpose, ConsentStands
from kimbilio.people.consent import Standing, uses_consent
from kimbilio.people.models import Alias, Client
from kimbilio.people.rules import display_card_code

Shown = dict[str, Any]
Consents = Mapping[ConsentPurpose, Standing]
_REACHING = (ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT, ConsentPurpose.SUPPORTER_TOLD)

_EDITS = {
    "about": ("edit_about", Permission.EDIT_PERSON),
    "consent": ("record_consent", Permission.EDIT_PERSON),
    "details": ("edit_details", Permission.EDIT_IDENTITY),
    "locator": ("edit_locator", Permission.EDIT_IDENTITY),
    "phone": ("add_phone", Permission.EDIT_IDENTITY),
    "contact": ("add_contact", Permission.EDIT_IDENTITY),
    "number": ("add_number", Permission.EDIT_IDENTITY),
}


def client_shown(client: Client) -> Shown:
    """Return what a page shows of a person by code."""
    return {
        "code": client.code,
        "display_code": display_card_code(client.code),
        "url": reverse("person", args=[client.code]),
        "sex": client.get_sex_display(),
        "gender": client.get_gender_display(),
        "age": age_in_words(client, timezone.localdate()),
        "ward": _ward(client),
        "population": client.get_population_display(),
        "how_they_came": client.get_how_they_came_display(),
        "registered_on": client.recorded_at,
        "site": client.site.name,
    }


def _ward(client: Client) -> str:
    """Return the ward with its sub-county, or once where both bear one name."""
    if client.ward is None:
        return ""
    return ", ".join(dict.fromkeys((client.ward.name, client.ward.sub_county.name)))


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def edits_offered(by: Actor, client: Client, consent: Consents) -> dict[str, str]:
    """Return the addresses of what this actor may correct or add; after a no to a record, consent alone."""
    offered = ("consent",) if _said_no(consent, ConsentPurpose.HOLD_A_RECORD) else tuple(_EDITS)
    return {
        name: reverse(address, args=[client.code])
        for name, (address, permission) in _EDITS.items()
        if name in offered and by.may(permission, client.site_id)
    }


def joined_shown(by: Actor, aliases: Iterable[Alias]) -> list[Shown]:
    """Return the records that were joined to a person's, by code, with what they say and how to part them again."""
    return [
        client_shown(alias.client)
        | {
            "joined_on": alias.recorded_at,
            "part_url": reverse("undo_decision", args=[alias.client.code, alias.joined_to.code])
            if by.may(Permission.MERGE_PEOPLE, alias.client.site_id)
            else None,
        }
        for alias in aliases
    ]


@uses_consent(ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT, ConsentPurpose.SUPPORTER_TOLD)
def identity_shown(identity: Identity, client: Client, consent: Consents) -> Shown:
    """Return names and contacts as the page shows them, each with a reference for taking it out of use.

    After a no to calls no number is shown, after a no to visits no place, after a no to a supporter nobody to tell.
    """
    details, locator = identity.details, identity.locator
    no_calls, no_visits, nobody_told = (_said_no(consent, purpose) for purpose in _REACHING)
    end_url = reverse("end_entry", args=[client.code])
    return {
        "names": names_of(details),
        "others": [
            {"names": names_of(other), "nickname": other.nickname, "birth_date": birth_date_of(other)}
            for other in identity.other_details
        ],
        "nickname": details.nickname if details else "",
        "birth_date": birth_date_of(details),
        "no_visits": no_visits and locator is not None,
        "locator": locator.where if locator and not no_visits else "",
        "other_locators": []
        if no_visits
        else [other.where for other in identity.other_locators if other.where],
        "phones": [_ending(end_url, phone) | _phone(phone, silent=no_calls) for phone in identity.phones],
        "ask_supporter_first": consent[ConsentPurpose.SUPPORTER_TOLD].stands == ConsentStands.NOT_ASKED,
        "contacts": [
            _ending(end_url, contact) | _contact(contact, silent=nobody_told) for contact in identity.contacts
        ],
        "numbers": [_ending(end_url, number) | _number(number) for number in identity.numbers],
    }


def _said_no(consent: Consents, purpose: ConsentPurpose) -> bool:
    return consent[purpose].stands == ConsentStands.SAID_NO


def names_of(details: PersonalDetails | None) -> str:
    """Return a person's names as they are said, '' where none is known."""
    return " ".join(filter(None, (details.first, details.middle, details.last))) if details else ""


def _ending(end_url: str, row: IdentityRecord) -> Shown:
    return {"end_url": end_url, "reference": reference_to(row)}


def _phone(phone: Phone, *, silent: bool) -> Shown:
    if silent:
        return {"silent": True}
    return {
        "number": phone.number,
        "belongs_to": phone.get_belongs_to_display(),
        "may_call": phone.get_may_call_display(),
        "safe_to_say": phone.get_safe_to_say_display(),
        "callable": phone.may_call != MayCall.NOBODY,
    }


def _contact(contact: EmergencyContact, *, silent: bool) -> Shown:
    if silent:
        return {"silent": True}
    return {
        "name": contact.name,
        "relationship": contact.relationship,
        "phone": contact.phone,
        "knows_of_programme": contact.knows_of_programme,
    }


def _number(number: OutsideNumber) -> Shown:
    return {"kind": number.get_kind_display(), "number": number.number}
