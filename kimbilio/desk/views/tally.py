"""Supplies for somebody who says no name, and needles brought back: one tap each, and a way to take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import referred_to
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.desk.saved import UndoForm
from kimbilio.desk.tallying import TallyForm, tally_shown
from kimbilio.stock.queries import items_in_use
from kimbilio.visits.actions import record_anonymous, undo_anonymous
from kimbilio.visits.models import AnonymousSupply
from kimbilio.visits.queries import anonymous_of_day, anonymous_on


@entry(Permission.RECORD_VISIT, methods="GET POST")
def tally(request: Request) -> HttpResponse:
    """Count what is taken without a name: each button is one record, and the page comes back for the next tap."""
    site, today = site_where(request, Permission.RECORD_VISIT), timezone.localdate()
    items = items_in_use(request.actor)
    form = TallyForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        item, pieces = form.tapped()

        def do() -> AnonymousSupply:
            number = {"quantity": pieces} if item else {"needles_returned": pieces}
            return record_anonymous(by=request.actor, site=site, occurred_on=today, item=item, **number)

        try:
            once(request.actor, form.sent(request.path), do)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            request.session["tapped"] = request.POST.get("add", "")
            return redirect("tally")
    shown = tally_shown(request.actor, items, anonymous_on(request.actor, site, today))
    shown |= {"form": form, "site": site, "today": today, "tapped": request.session.pop("tapped", "")}
    return render(request, "desk/tally.html", shown | {"undo_form": UndoForm(auto_id=False)})


@entry(Permission.RECORD_VISIT, methods="POST")
def undo(request: Request) -> HttpResponse:
    """Take one of the day's taps back."""
    site, form = site_where(request, Permission.RECORD_VISIT), UndoForm(request.POST)
    rows = anonymous_of_day(request.actor, site, timezone.localdate())
    try:
        row = referred_to(rows, request.POST.get("row", ""))
        if form.is_valid():
            once(request.actor, form.sent(request.path), lambda: undo_anonymous(by=request.actor, supply=row))
            messages.success(request, _("Taken back. What was given is in the store again."))
    except Refused as why:
        messages.error(request, str(why))
    except NotHere:
        messages.error(request, _("This does not stand on the page any more."))
    return redirect("tally")
