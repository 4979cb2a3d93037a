"""What there is: the page of supplies, the sheet to count by, one item's ledger."""

from calendar import monthrange
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.stock.forms import AsAtForm, MonthForm
from kimbilio.stock.queries import (
    item_within_reach,
    ledger_of,
    papers_at,
    places_offered,
    supplies_at,
    warnings_of,
)
from kimbilio.stock.showing import (
    ledger_shown,
    lots_to_count,
    months_beside,
    papers_shown,
    place_meant,
    supplies_shown,
)
from kimbilio.stock.words import batch_words

EMPTY_LINES = 4


@entry(Permission.SEE_STOCK)
def supplies(request: Request) -> HttpResponse:
    """Show what there is at the end of a day, today unless another is asked for."""
    site, today = site_where(request, Permission.SEE_STOCK), timezone.localdate()
    form = AsAtForm(request.GET)
    on = (form.cleaned_data["on"] if form.is_valid() else None) or today
    found = supplies_at(request.actor, site, on)
    shown = {
        "site": site,
        "form": AsAtForm(initial={"on": found.on}),
        "on": found.on,
        "is_today": found.on == today,
        "began_on": found.began_on,
        "has_begun": found.has_begun,
        "rows": supplies_shown(site, found),
        "below_zero": [one for one in warnings_of(found) if one.pieces < 0],
        "papers": papers_shown(site, papers_at(request.actor, site)),
        "may_keep": request.actor.may(Permission.KEEP_STOCK, site.pk),
    }
    return render(request, "stock/supplies.html", shown)


@entry(Permission.KEEP_STOCK)
def sheet(request: Request) -> HttpResponse:
    """Show the sheet to count by, for the printer: what the ledger knows to be in a place, without its numbers."""
    site = site_where(request, Permission.KEEP_STOCK)
    place = place_meant(places_offered(request.actor, site), request.GET.get("place", "store"), site)
    lots = lots_to_count(supplies_at(request.actor, site), place.place.worker)
    shown = {
        "site": site,
        "place": place,
        "lots": [{"item": lot.item.title, "batch": batch_words(lot.batch)} for lot in lots],
        "empty_lines": range(EMPTY_LINES),
        "today": timezone.localdate(),
    }
    return render(request, "stock/sheet.html", shown)


@entry(Permission.SEE_STOCK)
def ledger(request: Request, item: str) -> HttpResponse:
    """Show one item's ledger, a month at a time."""
    site, today = site_where(request, Permission.SEE_STOCK), timezone.localdate()
    form = MonthForm(request.GET)
    if not form.is_valid():
        raise NotHere
    first: date = form.cleaned_data["month"] or today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = item_within_reach(request.actor, item)
    its = ledger_of(request.actor, site, found, first, last)
    shown = {
        "site": site,
        "item": found,
        "reference": item,
        "first": first,
        "before": its.store_before,
        "lines": ledger_shown(site, its),
        "months": months_beside(first, today),
        "may_keep": request.actor.may(Permission.KEEP_STOCK, site.pk),
    }
    return render(request, "stock/ledger.html", shown)
