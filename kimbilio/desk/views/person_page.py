"""A person's page, by code. Names and contacts stay hidden until asked for; asking is audited."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.entry import entry
from kimbilio.accounts.roles import Permission
from kimbilio.desk.queries import who_looked
from kimbilio.desk.words import age_in_words
from kimbilio.identity.actions import open_identity
from kimbilio.identity.queries import birth_date_of, reference_to
from kimbilio.people.actions import open_person
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code, consents_of, corrections_of
from kimbilio.people.rules import display_card_code

LOOKS_SHOWN = 10


@entry(Permission.OPEN_PERSON)
def person(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is recorded of a person by code. The opening itself is written down first."""
    client = client_by_code(request.actor, code)
    open_person(by=request.actor, client=client)
    may = request.actor.may
    shown = {
        "person": _about(client),
        "consents": list(consents_of(client)),
        "corrections": list(corrections_of(client)),
        "looks": who_looked(client, limit=LOOKS_SHOWN),
        "may_see_identity": may(Permission.OPEN_IDENTITY, client.site_id),
        "may_edit": may(Permission.EDIT_PERSON, client.site_id),
    }
    return render(request, "desk/person.html", shown)


@entry(Permission.OPEN_IDENTITY, methods="POST")
def show_identity(request: HttpRequest, code: str) -> HttpResponse:
    """Show names and contacts, after the asking is written down."""
    client = client_by_code(request.actor, code, Permission.OPEN_IDENTITY)
    identity = open_identity(by=request.actor, client=client)
    shown = {
        "person": _about(client),
        "identity": identity,
        "birth_date": birth_date_of(identity.details),
        "phones": [(phone, reference_to(phone)) for phone in identity.phones],
        "contacts": [(contact, reference_to(contact)) for contact in identity.contacts],
        "numbers": [(number, reference_to(number)) for number in identity.numbers],
        "may_edit_identity": request.actor.may(Permission.EDIT_IDENTITY, client.site_id),
    }
    return render(request, "desk/parts/identity.html" if request.htmx else "desk/identity.html", shown)


def _about(client: Client) -> dict[str, object]:
    """Return what the page shows of a person by code."""
    return {
        "code": client.code,
        "display_code": display_card_code(client.code),
        "url": reverse("person", args=[client.code]),
        "sex": client.get_sex_display(),
        "gender": client.get_gender_display(),
        "age": age_in_words(client, timezone.localdate()),
        "ward": str(client.ward) if client.ward else "",
        "sub_county": str(client.ward.sub_county) if client.ward else "",
        "population": client.get_population_display(),
        "how_they_came": client.get_how_they_came_display(),
        "registered_on": client.recorded_at,
        "site": client.site.name,
    }
