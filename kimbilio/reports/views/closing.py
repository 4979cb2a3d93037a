"""A month on its way to being closed: what is to be put right first, one who proposes, another who confirms."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.forms import OnceForm
from kimbilio.core.references import reference_to, referred_to
from kimbilio.core.refusals import Refused
from kimbilio.reports.actions import confirm_close, propose_close, withdraw_close
from kimbilio.reports.asking import asked_site, month_asked, month_in_address, place_query
from kimbilio.reports.closing_shown import checks_shown, close_shown
from kimbilio.reports.forms.closing import DecideForm, ProposeForm
from kimbilio.reports.models import MonthClose
from kimbilio.reports.queries import StateOfMonth, earlier_closes, month_state
from kimbilio.reports.queries.checks import checks_of


@entry(Permission.SEE_REPORTS)
def check(request: Request, month: str) -> HttpResponse:
    """Show what is missing, doubtful or late in a month, each with where it is put right."""
    site, first = asked_site(request), month_asked(month)
    found = checks_of(request.actor, first, site, all_of_them=True)
    shown = {
        **checks_shown(found),
        **_place(site, first),
        "may_close": request.actor.may_somewhere(Permission.CLOSE_MONTH),
    }
    return render(request, "reports/checks.html", shown)


@entry(Permission.CLOSE_MONTH)
def close(request: Request, month: str) -> HttpResponse:
    """Show where a month stands, and what can be done to close it."""
    return _page(request, month_asked(month))


@entry(Permission.CLOSE_MONTH, methods="POST")
def propose(request: Request, month: str) -> HttpResponse:
    """Propose to close a month with its figures as they stand."""
    site, first = _site(request), month_asked(month)
    state = month_state(request.actor, first, site)
    form = ProposeForm(request.POST, again=state.standing is not None)
    return _done(
        request,
        first,
        form,
        lambda: propose_close(by=request.actor, month=first, site=site, why=form.said()),
        _("Proposed. Now another person looks at it and confirms."),
    )


@entry(Permission.CLOSE_MONTH, methods="POST")
def confirm(request: Request, month: str) -> HttpResponse:
    """Confirm what another person proposed."""
    return _decided(
        request,
        month,
        lambda proposal: confirm_close(by=request.actor, close=proposal),
        _("The month is closed. Its numbers stay as they are."),
    )


@entry(Permission.CLOSE_MONTH, methods="POST")
def withdraw(request: Request, month: str) -> HttpResponse:
    """Take a proposal back."""
    return _decided(
        request,
        month,
        lambda proposal: withdraw_close(by=request.actor, close=proposal),
        _("Taken back. The month is as it was before."),
    )


def _decided(
    request: Request, month: str, decide: Callable[[MonthClose], MonthClose], said: str
) -> HttpResponse:
    """Decide about the proposal that was shown, and no other."""
    first = month_asked(month)
    form = DecideForm(request.POST)
    waiting = month_state(request.actor, first, _site(request)).waiting
    if waiting is None:
        messages.info(request, _("This was decided already."))
        return redirect(_address(request, first))

    def decided() -> MonthClose:
        return decide(referred_to([waiting], form.cleaned_data["close"]))

    return _done(request, first, form, decided, said)


def _done(
    request: Request, month: date, form: OnceForm, do: Callable[[], MonthClose], said: str
) -> HttpResponse:
    """Do it once and go back to the page; or show the page again with why not."""
    if form.is_valid():
        try:
            once(request.actor, form.sent(request.get_full_path()), do)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, said)
            return redirect(_address(request, month))
    return _page(request, month, form)


def _page(request: Request, month: date, wrong: OnceForm | None = None) -> HttpResponse:
    site = _site(request)
    state = month_state(request.actor, month, site)
    shown = {
        **close_shown(state, earlier_closes(request.actor, month, site), request.actor),
        **checks_shown(checks_of(request.actor, month, site)),
        **_place(site, month),
        **_forms(state, wrong),
        "wrong": wrong,
    }
    return render(request, "reports/close.html", shown)


def _forms(state: StateOfMonth, wrong: OnceForm | None) -> dict[str, OnceForm | None]:
    propose = wrong if isinstance(wrong, ProposeForm) else ProposeForm(again=state.standing is not None)
    return {
        "propose_form": propose,
        "decide_form": DecideForm(initial={"close": reference_to(state.waiting)}) if state.waiting else None,
    }


def _site(request: Request) -> Site | None:
    return asked_site(request, Permission.CLOSE_MONTH)


def _place(site: Site | None, month: date) -> dict[str, object]:
    return {
        "site": site,
        "first": month,
        "month": month_in_address(month),
        "place_query": place_query(site),
    }


def _address(request: Request, month: date) -> str:
    return reverse("report_close", args=[month_in_address(month)]) + place_query(_site(request))
