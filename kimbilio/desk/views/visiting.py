"""A visit as it happens: tap what was given and done, save, and the next person may come."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.desk.saved import remember_saved
from kimbilio.desk.showing import client_shown
from kimbilio.desk.visit_form import VisitForm
from kimbilio.desk.visits_shown import before_shown, offered_at
from kimbilio.people.actions import open_person
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import require_agreement, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import normalise_card_code
from kimbilio.visits.actions import record_visit
from kimbilio.visits.choices import VisitFault, VisitSource
from kimbilio.visits.models import Visit
from kimbilio.visits.queries import before_visit, in_store


@entry(Permission.RECORD_VISIT, methods="GET POST")
@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def visit(request: Request, code: str) -> HttpResponse:
    """Show what the person usually takes, and record what they are given. The opening is written down first."""
    client = client_by_code(request.actor, code, Permission.RECORD_VISIT)
    if normalise_card_code(code) != client.code:
        return redirect("visit", code=client.code)
    if request.method == "GET":
        require_agreement(client, ConsentPurpose.HOLD_A_RECORD)
    site = site_where(request, Permission.RECORD_VISIT)
    offered = offered_at(request.actor, site, request.POST)
    if request.method == "POST":
        form = VisitForm(request.POST, offered=offered)
        made = _recorded(request, client, site, form) if form.is_valid() else None
        if made is not None:
            remember_saved(request, client, made)
            return redirect("find")
    open_person(by=request.actor, client=client)
    before = before_visit(request.actor, client, timezone.localdate())
    if request.method != "POST":
        form = VisitForm(
            offered=offered, initial=draft_or_none(request) or VisitForm.initial_of(offered, before.usual)
        )
    form.shout_about(in_store(request.actor, site))
    shown = {
        "form": form,
        "client": client_shown(client),
        "before": before_shown(before, timezone.localdate()),
        "site": site if site.pk != client.site_id else None,
        "services_url": reverse("site_services")
        if request.actor.may(Permission.KEEP_STOCK, site.pk)
        else None,
    }
    return render(request, "desk/visit.html", shown)


def _recorded(request: Request, client: Client, site: Site, form: VisitForm) -> Visit | None:
    """Record the visit once, however often the form comes; None where it is refused, which is said on the form."""
    own_bag = request.actor.staff_id if form.is_from_own_bag else None
    source = VisitSource.OUTREACH if own_bag else VisitSource.DESK

    def do() -> Visit:
        return record_visit(
            by=request.actor,
            client=client,
            at_site=site,
            visit=form.new_visit(client.pk),
            source=source,
            from_bag_of=own_bag,
        )

    try:
        made = once(request.actor, form.sent(request.path), do)
    except Refused as why:
        form.add_error(None, str(why))
        return None
    if made.voided_at is not None:
        form.add_error(None, VisitFault.STANDS_NO_MORE.label)
        return None
    return made
