"""Registering a person, with those who are perhaps here already shown before anything is saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.desk.actions import register_person
from kimbilio.desk.forms import RegisterForm
from kimbilio.desk.queries import likely_matches
from kimbilio.desk.words import row
from kimbilio.people.rules import display_card_code
from kimbilio.places.queries import wards_near


@entry(Permission.REGISTER_PERSON, methods="GET POST")
def register(request: Request) -> HttpResponse:
    """Register a person; when somebody like them is here already, ask first."""
    form = _form(request)
    likely_rows: list[dict[str, object]] = []
    if form.is_bound and form.is_valid():
        likely_rows = _likely_rows(request, form)
        if not likely_rows or form.cleaned_data["confirm_new"]:
            client = register_person(
                by=request.actor, site=request.site, token=form.cleaned_data["token"], person=form.person()
            )
            messages.success(
                request,
                _("Registered. The card code is %(code)s.") % {"code": display_card_code(client.code)},
            )
            return redirect("person", code=client.code)
        form.add_error("confirm_new", _("Not saved yet: compare, or tick that this is somebody new."))
    return render(request, "desk/register.html", _shown(form, likely_rows))


@entry(Permission.REGISTER_PERSON, methods="POST")
def likely(request: Request) -> HttpResponse:
    """Show, while typing, who is perhaps here already."""
    form = RegisterForm(request.POST, wards=wards_near(request.site))
    form.is_valid()
    return render(request, "desk/parts/likely.html", _shown(form, _likely_rows(request, form)))


def _shown(form: RegisterForm, likely_rows: list[dict[str, object]]) -> dict[str, object]:
    return {"form": form, "likely": likely_rows, "likely_url": reverse("likely")}


def _form(request: Request) -> RegisterForm:
    return RegisterForm(request.POST or None, initial=draft_or_none(request), wards=wards_near(request.site))


def _likely_rows(request: Request, form: RegisterForm) -> list[dict[str, object]]:
    today = timezone.localdate()
    hits = likely_matches(request.actor, form.known(), form.cleaned_data.get("number", ""))
    return [row(hit, today) for hit in hits]
