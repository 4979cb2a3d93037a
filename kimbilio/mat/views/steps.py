"""Recording a step of somebody's journey, correcting it, taking it back; putting one day right."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.forms import OnceForm
from kimbilio.core.refusals import Refused
from kimbilio.mat import actions
from kimbilio.mat.forms import DayForm, StepForm
from kimbilio.mat.queries import clinics_where, step_of
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import require_agreement, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import display_card_code
from kimbilio.places.models import MatClinic


@entry(Permission.RECORD_JOURNEY, methods="GET POST")
def record(request: Request, code: str) -> HttpResponse:
    """Record a step. An odd order is accepted, and shown to be looked into."""
    client = _client(request, code)
    clinics = _clinics(request, client)
    form = StepForm(request.POST or None, initial=draft_or_none(request), clinics=clinics)
    return _saved_or_shown(
        request,
        client,
        form,
        gettext_lazy("Record a step"),
        lambda: actions.record_step(by=request.actor, client=client, claim=form.claim()),
    )


@entry(Permission.RECORD_JOURNEY, methods="GET POST")
def correct(request: Request, code: str, step: str) -> HttpResponse:
    """Record what is right in place of a step. What stood there is kept, as taken back."""
    client = _client(request, code)
    wrong = step_of(request.actor, Permission.RECORD_JOURNEY, client, step)
    form = StepForm(
        request.POST or None,
        initial=draft_or_none(request) or StepForm.initial_of(wrong),
        clinics=_clinics(request, client),
    )
    return _saved_or_shown(
        request,
        client,
        form,
        gettext_lazy("Correct a step"),
        lambda: actions.correct_step(by=request.actor, step=wrong, claim=form.claim()),
    )


@entry(Permission.RECORD_JOURNEY, methods="POST")
def take_back(request: Request, code: str, step: str) -> HttpResponse:
    """Take back a step that was recorded by mistake."""
    client = _client(request, code)
    wrong = step_of(request.actor, Permission.RECORD_JOURNEY, client, step)
    actions.void_step(by=request.actor, step=wrong)
    messages.success(request, _("Taken back. It is kept, and counts no more."))
    return redirect("journey", code=client.code)


@entry(Permission.RECORD_JOURNEY, methods="GET POST")
def one_day(request: Request, code: str) -> HttpResponse:
    """Put one day of a person right."""
    client = _client(request, code)
    form = DayForm(request.POST or None, initial=draft_or_none(request), clinics=_clinics(request, client))

    def save() -> Model:
        return actions.correct_day(by=request.actor, client=client, **form.day_and_mark())

    return _saved_or_shown(request, client, form, gettext_lazy("Put one day right"), save)


def _client(request: Request, code: str) -> Client:
    return client_by_code(request.actor, code, Permission.RECORD_JOURNEY)


def _clinics(request: Request, client: Client) -> list[MatClinic]:
    """Return the clinics that may be named, those beside the person's own site first."""
    found = clinics_where(request.actor, Permission.RECORD_JOURNEY)
    return sorted(found, key=lambda clinic: clinic.site_id != client.site_id)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _saved_or_shown(
    request: Request, client: Client, form: OnceForm, heading: str | Promise, save: Callable[[], Model]
) -> HttpResponse:
    """Save a valid form once, however often it is sent, and lead back to the journey; else show it.

    Refused at once after a no to a record: nobody fills in what will not be saved.
    """
    if request.method == "GET":
        require_agreement(client, ConsentPurpose.HOLD_A_RECORD)
    if request.method == "POST" and form.is_valid() and _is_saved(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("journey", code=client.code)
    shown: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "display_code": display_card_code(client.code),
        "back_url": reverse("journey", args=[client.code]),
    }
    return render(request, "core/one_form.html", shown)


def _is_saved(request: Request, form: OnceForm, save: Callable[[], Model]) -> bool:
    try:
        once(request.actor, form.sent(request.path), save)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True
