"""The page from which everything is reached that a person has a right to."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.people.queries import client_by_code
from kimbilio.privacy.queries import asked_by_person, disagreements_of
from kimbilio.privacy.showing import asked_shown, corrections_offered, disagreements_shown, heading_of


@entry(Permission.USE_RIGHTS)
def rights(request: Request, code: str) -> HttpResponse:
    """Show what a person may ask for, and where each thing of theirs is put right."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    asked = asked_by_person(request.actor, client)
    shown = heading_of(client) | {
        "asked": asked_shown(request.actor, asked) if asked else None,
        "corrections": corrections_offered(request.actor, client),
        "disagreements": disagreements_shown(request.actor, disagreements_of(request.actor, client)),
        "urls": {name: reverse(name, args=[client.code]) for name in _PAGES},
    }
    return render(request, "privacy/rights.html", shown)


_PAGES = ("rights_copy", "rights_looked", "rights_told", "rights_disagree", "rights_forget")
