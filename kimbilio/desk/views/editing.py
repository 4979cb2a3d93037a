"""Correcting and adding: one small form a page, each leading back to the person."""

from collections.abc import Callable

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
from kimbilio.identity import actions as identity
from kimbilio.identity.choices import NumberKind
from kimbilio.identity.forms import ContactForm, DetailsForm, LocatorForm, NumberForm, PhoneForm
from kimbilio.identity.queries import row_referred_to, standing_details, standing_locator
from kimbilio.people import actions as people
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import require_agreement, uses_consent, who_said_no
from kimbilio.people.forms import AboutClientForm
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import display_card_code
from kimbilio.places.queries import wards_near


@entry(Permission.EDIT_PERSON, methods="GET POST")
def about(request: Request, code: str) -> HttpResponse:
    """Correct what is recorded of a person by code."""
    client = client_by_code(request.actor, code, Permission.EDIT_PERSON)
    initial = draft_or_none(request) or AboutClientForm.initial_of(client)
    form = AboutClientForm(request.POST or None, initial=initial, wards=wards_near(client.site))
    return _edit(
        request,
        client,
        form,
        gettext_lazy("Correct this page"),
        lambda: people.correct_client(by=request.actor, client=client, about=form.about()),
    )


@entry(Permission.EDIT_IDENTITY, methods="GET POST")
def details(request: Request, code: str) -> HttpResponse:
    """Record or correct names. The form shows them, so opening it is an opening of the identity."""
    client = client_by_code(request.actor, code, Permission.EDIT_IDENTITY)
    initial = draft_or_none(request)
    if request.method == "GET" and initial is None:
        identity.open_identity(by=request.actor, client=client)
        initial = DetailsForm.initial_of(standing_details(client))
    form = DetailsForm(request.POST or None, initial=initial)
    return _edit(
        request,
        client,
        form,
        gettext_lazy("Names"),
        lambda: identity.record_details(by=request.actor, client=client, details=form.details()),
    )


@entry(Permission.EDIT_IDENTITY, methods="GET POST")
@uses_consent(ConsentPurpose.HOME_VISIT)
def locator(request: Request, code: str) -> HttpResponse:
    """Record where the person would be found. Opening the form is audited: it shows the place, but after a no to it."""
    client = client_by_code(request.actor, code, Permission.EDIT_IDENTITY)
    initial = draft_or_none(request)
    if request.method == "GET" and initial is None:
        identity.open_identity(by=request.actor, client=client)
        said_no = who_said_no(client.organisation_id, ConsentPurpose.HOME_VISIT, {client.pk})
        standing = None if said_no else standing_locator(client)
        initial = {"where": standing.where if standing else ""}
    form = LocatorForm(request.POST or None, initial=initial)
    return _edit(
        request,
        client,
        form,
        gettext_lazy("Where to find them"),
        lambda: identity.record_locator(by=request.actor, client=client, where=form.cleaned_data["where"]),
    )


@entry(Permission.EDIT_IDENTITY, methods="GET POST")
def phone(request: Request, code: str) -> HttpResponse:
    """Add a phone number."""
    client = client_by_code(request.actor, code, Permission.EDIT_IDENTITY)
    form = PhoneForm(request.POST or None, initial=draft_or_none(request))
    return _edit(
        request,
        client,
        form,
        gettext_lazy("New phone"),
        lambda: identity.add_phone(by=request.actor, client=client, phone=form.phone()),
    )


@entry(Permission.EDIT_IDENTITY, methods="GET POST")
def contact(request: Request, code: str) -> HttpResponse:
    """Add an emergency contact."""
    client = client_by_code(request.actor, code, Permission.EDIT_IDENTITY)
    form = ContactForm(request.POST or None, initial=draft_or_none(request))
    return _edit(
        request,
        client,
        form,
        gettext_lazy("New emergency contact"),
        lambda: identity.add_contact(by=request.actor, client=client, contact=form.contact()),
    )


@entry(Permission.EDIT_IDENTITY, methods="GET POST")
def number(request: Request, code: str) -> HttpResponse:
    """Add a number given elsewhere."""
    client = client_by_code(request.actor, code, Permission.EDIT_IDENTITY)
    form = NumberForm(request.POST or None, initial=draft_or_none(request))
    return _edit(
        request,
        client,
        form,
        gettext_lazy("New outside number"),
        lambda: identity.add_outside_number(
            by=request.actor,
            client=client,
            kind=NumberKind(form.cleaned_data["kind"]),
            number=form.cleaned_data["number"],
        ),
    )


@entry(Permission.EDIT_IDENTITY, methods="POST")
def end_entry(request: Request, code: str) -> HttpResponse:
    """Take a phone, contact or number out of use. It is kept as no longer standing."""
    client = client_by_code(request.actor, code, Permission.EDIT_IDENTITY)
    identity.end_entry(by=request.actor, row=row_referred_to(client, request.POST.get("entry", "")))
    messages.success(request, _("Taken out of use."))
    return redirect("person", code=client.code)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _edit(
    request: Request, client: Client, form: OnceForm, heading: str | Promise, save: Callable[[], Model]
) -> HttpResponse:
    """Save a valid form once, however often it is sent, and lead back to the person; else show it, or why not."""
    if request.method == "GET":
        require_agreement(client, ConsentPurpose.HOLD_A_RECORD)
    if request.method == "POST" and form.is_valid():
        try:
            once(request.actor, form.sent(request.path), save)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", code=client.code)
    shown = {"form": form, "heading": heading, "display_code": display_card_code(client.code)} | {
        "back_url": reverse("person", args=[client.code])
    }
    return render(request, "core/one_form.html", shown)
