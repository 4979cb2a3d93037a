"""One visit: looked at, put right, moved to the person it was, taken back. What stood before is kept."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.forms import Form
from kimbilio.core.references import reference_to
from kimbilio.core.refusals import Refused
from kimbilio.desk.queries import find_people
from kimbilio.desk.saved import UndoForm
from kimbilio.desk.showing import client_shown
from kimbilio.desk.visit_form import MoveForm, VisitForm
from kimbilio.desk.visits_shown import offered_with, visit_meant, visit_shown
from kimbilio.desk.words import row
from kimbilio.people.actions import open_person
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.visits.actions import correct_visit, move_visit, undo_visit
from kimbilio.visits.models import Visit
from kimbilio.visits.queries import given_at


@entry(Permission.RECORD_VISIT)
def one(request: Request, code: str, visit: str) -> HttpResponse:
    """Show a visit whole, with what stood before it was put right. Opening it is written down."""
    client, found = _asked_for(request, code, visit)
    open_person(by=request.actor, client=client)
    shown = {
        "client": client_shown(client),
        "visit": visit_shown(request.actor, found, client.code),
        "undo_form": UndoForm(auto_id=False),
    }
    return render(request, "desk/visit_one.html", shown)


@entry(Permission.RECORD_VISIT, methods="GET POST")
def correct(request: Request, code: str, visit: str) -> HttpResponse:
    """Put a visit right: the form as it was filled, saved in its place. Opening it is written down."""
    client, found = _asked_for(request, code, visit)
    if request.method != "POST":
        open_person(by=request.actor, client=client)
    offered = offered_with(request.actor, found, request.POST)
    given = given_at(found)
    initial = draft_or_none(request) or VisitForm.initial_of(
        offered, given.supplies, given, found.occurred_on
    )
    form = VisitForm(request.POST or None, offered=offered, initial=initial)
    if request.method == "POST" and form.is_valid():

        def do() -> Visit:
            return correct_visit(by=request.actor, visit=found, new=form.new_visit(found.client_id))

        if _done(request, form, do):
            messages.success(request, _("Saved. What stood before is kept."))
            return redirect("person", code=client.code)
    shown = {"form": form, "client": client_shown(client), "corrects": _address(client, found)}
    return render(request, "desk/visit.html", shown)


@entry(Permission.RECORD_VISIT, methods="GET POST")
def move(request: Request, code: str, visit: str) -> HttpResponse:
    """Find who a visit was, and move it to them."""
    client, found = _asked_for(request, code, visit)
    form = MoveForm(request.POST or None)
    shown = {"client": client_shown(client), "form": form, "visit_url": _address(client, found)}
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["to"]
        if chosen:
            other = client_by_code(request.actor, chosen, Permission.RECORD_VISIT)
            if _done(request, form, lambda: move_visit(by=request.actor, visit=found, client=other)):
                messages.success(request, _("Moved. It stands on this page now."))
                return redirect("person", code=other.code)
        hits = [
            hit for hit in find_people(request.actor, form.cleaned_data["q"]).hits if hit.client != client
        ]
        today = timezone.localdate()
        shown |= {"searched": True, "results": [row(hit, today) for hit in hits]}
    return render(request, "desk/move_visit.html", shown)


@entry(Permission.RECORD_VISIT, methods="POST")
def undo(request: Request, code: str, visit: str) -> HttpResponse:
    """Take a visit back that was none."""
    client, found = _asked_for(request, code, visit)
    form = UndoForm(request.POST)
    if form.is_valid():
        if _done(request, form, lambda: undo_visit(by=request.actor, visit=found)):
            messages.success(request, _("Taken back. What was given is in the store again."))
        else:
            messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("person", code=client.code)


def _done(request: Request, form: Form, do: Callable[[], Visit]) -> bool:
    """Do it once, however often the form comes; where it is refused, say so on the form."""
    try:
        once(request.actor, form.sent(request.path), do)  # type: ignore[attr-defined]
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _asked_for(request: Request, code: str, visit: str) -> tuple[Client, Visit]:
    client = client_by_code(request.actor, code, Permission.RECORD_VISIT)
    return client, visit_meant(request.actor, client, visit)


def _address(client: Client, visit: Visit) -> str:
    return reverse("visit_one", args=[client.code, reference_to(visit)])
