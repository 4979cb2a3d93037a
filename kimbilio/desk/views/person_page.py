"""A person's page, by code. Names and contacts stay hidden until asked for; asking is audited."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import page_asked
from kimbilio.desk.consent_shown import Consents, consent_shown
from kimbilio.desk.queries import around_person
from kimbilio.desk.sessions_shown import story_of_sessions
from kimbilio.desk.showing import (
    client_shown,
    edits_offered,
    identity_shown,
    joined_shown,
)
from kimbilio.desk.visits_shown import every_visit_shown, story_shown, visit_url
from kimbilio.followup.queries import is_followed_by, may_see_days_of
from kimbilio.identity.actions import open_identity
from kimbilio.people.actions import open_person
from kimbilio.people.choices import ConsentPurpose, ConsentStands
from kimbilio.people.consent import standing_consent, uses_consent
from kimbilio.people.marks import marks_beside
from kimbilio.people.models import Client
from kimbilio.people.no_record import no_record_shown
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import normalise_card_code

LOOKS_SHOWN = 10


@entry(Permission.OPEN_PERSON)
def person(request: Request, code: str) -> HttpResponse:
    """Show what is recorded of a person by code. The opening itself is written down first.

    The code of a record that was joined to another leads to the person's own address.
    """
    client = client_by_code(request.actor, code)
    if normalise_card_code(code) != client.code:
        return redirect("person", code=client.code)
    open_person(by=request.actor, client=client)
    around = around_person(client, limit=LOOKS_SHOWN + 1)
    shown = _around(request, client, around.consent) | {
        "story": story_shown(request.actor, client),
        "came_to": story_of_sessions(request.actor, client),
        "joined": joined_shown(request.actor, around.joined),
        "marks": marks_beside(request.actor, client),
        "consent": consent_shown(around.consent, around.staff),
        "looked": around.looked[:LOOKS_SHOWN],
        "more_looked": len(around.looked) > LOOKS_SHOWN,
    }
    return render(request, "desk/person.html", shown)


@entry(Permission.OPEN_PERSON)
def every_visit(request: Request, code: str) -> HttpResponse:
    """Show all visits of a person, newest first, a page at a time. The opening is written down first."""
    client = client_by_code(request.actor, code)
    open_person(by=request.actor, client=client)
    story = every_visit_shown(request.actor, client, page_asked(request.GET))
    return render(request, "desk/visits.html", {"client": client_shown(client), "story": story})


@entry(Permission.OPEN_IDENTITY, methods="POST")
def show_identity(request: Request, code: str) -> HttpResponse:
    """Show names and contacts, after the asking is written down."""
    client = client_by_code(request.actor, code, Permission.OPEN_IDENTITY)
    identity = open_identity(by=request.actor, client=client)
    consent = standing_consent(client)
    shown = _around(request, client, consent) | {"identity": identity_shown(identity, client, consent)}
    return render(request, "desk/parts/identity.html" if request.htmx else "desk/identity.html", shown)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _around(request: Request, client: Client, consent: Consents) -> dict[str, Any]:
    """Return what both the page and its opened part show."""
    is_recorded = consent[ConsentPurpose.HOLD_A_RECORD].stands == ConsentStands.AGREED
    may_see = request.actor.may(Permission.OPEN_IDENTITY, client.site_id)
    return {
        "client": client_shown(client),
        "edit": edits_offered(request.actor, client, consent),
        "identity_url": reverse("show_identity", args=[client.code]) if may_see else None,
        "hide_url": reverse("person", args=[client.code]),
        "journey_url": reverse("journey", args=[client.code])
        if may_see_days_of(request.actor, client)
        else None,
        "follow_url": _follow_url(request, client) if is_recorded else None,
        "visit_url": visit_url(request.actor, client) if is_recorded else None,
        "no_record": no_record_shown(request.actor, client, consent[ConsentPurpose.HOLD_A_RECORD]),
        "rights_url": reverse("rights", args=[client.code])
        if request.actor.may(Permission.USE_RIGHTS, client.site_id)
        else None,
    }


def _follow_url(request: Request, client: Client) -> str | None:
    """Return where looking for this person is recorded, for those who see that."""
    may_see = request.actor.may(Permission.SEE_FOLLOW_UP, client.site_id)
    return (
        reverse("follow_person", args=[client.code])
        if may_see and is_followed_by(request.actor, client)
        else None
    )
