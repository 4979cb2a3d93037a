"""Writing a paper of the ledger: what came, moved, was lost, or was counted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.stock.actions import Count, Move, Receipt, count, give_back, lose, receive, transfer
from kimbilio.stock.forms import CountForm, Lot, LotsForm, MoveForm, PaperForm, ReceiveForm, sent_beside
from kimbilio.stock.models import Document
from kimbilio.stock.queries import Supplies, all_lots, items_in_use, places_offered, supplies_at
from kimbilio.stock.showing import lots_there, lots_to_count, paper_url, place_meant, places_shown


@entry(Permission.KEEP_STOCK, methods="GET POST")
def receiving(request: Request) -> HttpResponse:
    """Write down what came to the store."""
    site = site_where(request, Permission.KEEP_STOCK)
    form = ReceiveForm(
        request.POST or None, initial=draft_or_none(request), items=items_in_use(request.actor)
    )

    def do() -> Document:
        receipt = Receipt(form.received(), form.cleaned_data["occurred_on"], form.cleaned_data["reference"])
        return receive(by=request.actor, site=site, receipt=receipt)

    return _written(request, form, do) or render(request, "stock/receive.html", {"site": site, "form": form})


@entry(Permission.KEEP_STOCK, methods="GET POST")
def moving(request: Request) -> HttpResponse:
    """Move what lies in the store or a bag to another place."""
    here = _Here(request)
    targets = {one.reference: one for one in here.offered if one != here.place}
    form = MoveForm(
        request.POST or None,
        initial=draft_or_none(request),
        lots=here.lots(lots_there),
        places=[(one.reference, one.name) for one in targets.values()],
    )

    def do() -> Document:
        target = targets[form.cleaned_data["to"]].place
        move = Move(here.place.place, form.lines(), form.cleaned_data["occurred_on"])
        if target.site_id == here.site.pk and target.worker is None:
            return give_back(by=request.actor, site=here.site, move=move)
        return transfer(by=request.actor, site=here.site, move=move, to=target)

    return _written(request, form, do) or render(request, "stock/move.html", here.shown(form))


@entry(Permission.KEEP_STOCK, methods="GET POST")
def losing(request: Request) -> HttpResponse:
    """Take what is lost, damaged or expired out of the store or a bag."""
    here = _Here(request)
    form = LotsForm(request.POST or None, initial=draft_or_none(request), lots=here.lots(lots_there))

    def do() -> Document:
        loss = Move(here.place.place, form.lines(), form.cleaned_data["occurred_on"])
        return lose(by=request.actor, site=here.site, loss=loss)

    return _written(request, form, do) or render(request, "stock/loss.html", here.shown(form))


@entry(Permission.KEEP_STOCK, methods="GET POST")
def counting(request: Request) -> HttpResponse:
    """Write down what was found in the store or a bag: every item and batch on one page."""
    here = _Here(request)
    form = CountForm(request.POST or None, initial=draft_or_none(request), lots=here.lots(lots_to_count))

    def do() -> Document:
        counted = Count(here.place.place, form.found(), form.cleaned_data["occurred_on"])
        return count(by=request.actor, site=here.site, counted=counted)

    return _written(request, form, do) or render(request, "stock/count.html", here.shown(form))


class _Here:
    """The site, the place that the page is about, and what lies there."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.site = site_where(request, Permission.KEEP_STOCK)
        self.offered = places_offered(request.actor, self.site)
        self.place = place_meant(self.offered, request.GET.get("place", "store"), self.site)
        self.supplies = supplies_at(request.actor, self.site)

    def lots(self, offered: Callable[[Supplies, UUID | None], list[Lot]]) -> list[Lot]:
        """Return the lines to offer, with those that were sent though nothing lies there any more."""
        lots = offered(self.supplies, self.place.place.worker)
        return lots + sent_beside(lots, self.request.POST, all_lots(self.request.actor))

    def shown(self, form: PaperForm) -> dict[str, Any]:
        """Return what the page shows."""
        return {
            "site": self.site,
            "place": self.place,
            "places": places_shown(self.offered, self.place, self.site, self.supplies),
            "form": form,
            "has_begun": self.supplies.has_begun,
        }


def _written(request: Request, form: PaperForm, do: Callable[[], Document]) -> HttpResponse | None:
    """Write the paper and lead to it; None where there is nothing to write, or it cannot be."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        paper = once(request.actor, form.sent(request.get_full_path()), do)
    except Refused as why:
        form.add_error(None, str(why))
        return None
    messages.success(request, _("Saved. If it was a mistake, take it back below."))
    return redirect(paper_url(paper))
