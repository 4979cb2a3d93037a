"""How many people there are as estimated, and how much they need: shown, and set with its source."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import referred_to
from kimbilio.core.refusals import Refused
from kimbilio.reports.actions.estimates import set_estimate, set_need, withdraw_estimate, withdraw_need
from kimbilio.reports.forms.estimates import EstimateForm, NeedForm, WithdrawForm
from kimbilio.reports.models import PopulationEstimate, SupplyNeed
from kimbilio.reports.queries.estimates import every_estimate, every_need
from kimbilio.reports.showing import estimates_shown, needs_shown


@entry(Permission.SEE_REPORTS)
def estimates(request: Request) -> HttpResponse:
    """Show every estimate and every need that was set, and which stand now."""
    shown = {
        "estimates": estimates_shown(every_estimate(request.actor), request.actor),
        "needs": needs_shown(every_need(request.actor, request.sites), request.actor),
        "may_set": request.actor.may_somewhere(Permission.SET_ESTIMATES),
    }
    return render(request, "reports/estimates.html", shown)


@entry(Permission.SET_ESTIMATES, methods="GET POST")
def new_estimate(request: Request) -> HttpResponse:
    """Set how many people there are in a county."""
    sites = _sites(request)
    form = EstimateForm(
        request.POST or None,
        initial=draft_or_none(request),
        counties=sorted({site.county for site in sites}),
    )
    if request.method == "POST" and form.is_valid():
        estimate = form.estimate()
        try:
            once(
                request.actor,
                form.sent(request.path),
                lambda: set_estimate(by=request.actor, estimate=estimate),
            )
        except Refused as why:
            form.add_error("value", str(why))
        else:
            return _saved(request)
    hint = _("What was set before is kept. A report shows the estimate that stood as at its month.")
    return _form_page(request, form, heading=_("How many people there are"), hint=hint)


@entry(Permission.SET_ESTIMATES, methods="GET POST")
def new_need(request: Request) -> HttpResponse:
    """Set how much of a supply each person who comes needs in a month."""
    form = NeedForm(request.POST or None, initial=draft_or_none(request), sites=_sites(request))
    if request.method == "POST" and form.is_valid():
        site, need = form.need()
        try:
            once(
                request.actor,
                form.sent(request.path),
                lambda: set_need(by=request.actor, site=site, need=need),
            )
        except Refused as why:
            form.add_error("per_person", str(why))
        else:
            return _saved(request)
    hint = _("The report sets what was given against it: pieces for each person who came, in a month.")
    return _form_page(request, form, heading=_("How much each person needs"), hint=hint)


@entry(Permission.SET_ESTIMATES, methods="POST")
def withdraw_one_estimate(request: Request) -> HttpResponse:
    """Take back an estimate that was set by mistake."""
    estimates = every_estimate(request.actor)
    return _withdraw(
        request, lambda asked: withdraw_estimate(by=request.actor, estimate=referred_to(estimates, asked))
    )


@entry(Permission.SET_ESTIMATES, methods="POST")
def withdraw_one_need(request: Request) -> HttpResponse:
    """Take back a need that was set by mistake."""
    needs = every_need(request.actor, request.sites)
    return _withdraw(request, lambda asked: withdraw_need(by=request.actor, need=referred_to(needs, asked)))


def _withdraw(request: Request, withdraw: Callable[[str], PopulationEstimate | SupplyNeed]) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            once(request.actor, form.sent(request.path), lambda: withdraw(form.cleaned_data["row"]))
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("Taken back. It is kept, and no report is set against it."))
    return redirect("estimates")


def _form_page(request: Request, form: EstimateForm | NeedForm, *, heading: str, hint: str) -> HttpResponse:
    shown = {
        "form": form,
        "heading": heading,
        "hint": hint,
        "back_url": reverse("estimates"),
        "back_words": _("Estimates and needs"),
    }
    return render(request, "core/one_form.html", shown)


def _saved(request: Request) -> HttpResponse:
    messages.success(request, _("Saved. What was set before is kept."))
    return redirect("estimates")


def _sites(request: Request) -> list[Site]:
    may = request.actor.sites_where(Permission.SET_ESTIMATES)
    return [site for site in request.sites if site.pk in may]
