"""A person's journey on MAT and their days: shown on asking, and the asking is written down."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.desk.journey_shown import journey_shown
from kimbilio.desk.showing import client_shown
from kimbilio.followup.queries import may_see_days_of
from kimbilio.mat.actions import open_journey
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import standing_consent, uses_consent
from kimbilio.people.no_record import no_record_shown
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import normalise_card_code


@entry(Permission.SEE_JOURNEY)
@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def journey(request: Request, code: str) -> HttpResponse:
    """Show where a person stands, their steps and a strip of their days; the part alone, for the person's page.

    Those who go out open the days of the people they look for; of others there is nothing here. After a no to a
    record nothing may be added, and the page says so; a step may still be taken back.
    """
    client = client_by_code(request.actor, code, Permission.SEE_JOURNEY)
    if not may_see_days_of(request.actor, client):
        raise NotHere
    if normalise_card_code(code) != client.code:
        return redirect("journey", code=client.code)
    open_journey(by=request.actor, client=client)
    no_record = no_record_shown(request.actor, client, standing_consent(client)[ConsentPurpose.HOLD_A_RECORD])
    shown = {
        "client": client_shown(client),
        "no_record": no_record,
        "journey": journey_shown(request.actor, client, may_add=no_record is None),
    }
    return render(request, "desk/parts/journey.html" if request.htmx else "desk/journey.html", shown)
