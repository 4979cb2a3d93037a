"""What was told about a person to somebody outside, and with what they disagree."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.models import Staff
from kimbilio.accounts.once import once
from kimbilio.accounts.queries import staff_in
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.privacy import actions
from kimbilio.privacy.choices import Ground, ToldWhom
from kimbilio.privacy.forms import DisagreesForm, ToldForm
from kimbilio.privacy.models import Disclosure
from kimbilio.privacy.queries import disclosure_referred_to, told_about, told_at_sites
from kimbilio.privacy.showing import heading_of, told_shown


@entry(Permission.USE_RIGHTS)
def told(request: Request, code: str) -> HttpResponse:
    """Show what was told about a person, in whole. Reading it is written down first."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    actions.open_told(by=request.actor, client=client)
    shown = heading_of(client) | {
        "told": told_shown(request.actor, told_about(request.actor, client), whole=True),
        "add_url": reverse("rights_tell", args=[client.code]),
    }
    return render(request, "privacy/told.html", shown)


@entry(Permission.USE_RIGHTS, methods="GET POST")
def tell(request: Request, code: str) -> HttpResponse:
    """Note what was told about a person."""
    return _tell(request, client_by_code(request.actor, code, Permission.USE_RIGHTS), None)


@entry(Permission.USE_RIGHTS, methods="GET POST")
def amend(request: Request, code: str, told: str) -> HttpResponse:
    """Amend an entry: the one before stays beside it. The form shows it, so opening it is written down."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    return _tell(request, client, disclosure_referred_to(request.actor, client, told))


def _tell(request: Request, client: Client, amends: Disclosure | None) -> HttpResponse:
    initial = draft_or_none(request)
    if request.method == "GET" and amends and initial is None:
        actions.open_told(by=request.actor, client=client)
        initial = {name: getattr(amends, name) for name in ("told", "whom", "ground", "what", "occurred_on")}
    staff = list(staff_in(request.actor.organisation_id))
    teller = amends.told_by if amends else request.actor.staff_id
    form = ToldForm(
        request.POST or None,
        initial={"told_by": next((one.username for one in staff if one.pk == teller), "")} | (initial or {}),
        staff={one.username: one.display_name for one in staff},
    )
    if request.method == "POST" and form.is_valid():
        new = _new(form, staff)
        once(
            request.actor,
            form.sent(request.path),
            lambda: (
                actions.amend_told(by=request.actor, disclosure=amends, told=new)
                if amends
                else actions.note_told(by=request.actor, client=client, told=new)
            ),
        )
        messages.success(request, _("Saved."))
        return redirect("rights_told", code=client.code)
    heading = _("Amend what was told") if amends else _("Note what was told")
    hint = _("Tell as little as the ground asks for, and write here exactly that.")
    return _form(request, client, form, heading=heading, hint=hint, back_to="rights_told")


def _new(form: ToldForm, staff: Iterable[Staff]) -> actions.NewDisclosure:
    typed = form.cleaned_data
    return actions.NewDisclosure(
        told=ToldWhom(typed["told"]),
        ground=Ground(typed["ground"]),
        what=typed["what"],
        occurred_on=typed["occurred_on"],
        whom=typed["whom"],
        told_by=next(one.pk for one in staff if one.username == typed["told_by"]),
    )


@entry(Permission.USE_RIGHTS, methods="GET POST")
def disagree(request: Request, code: str) -> HttpResponse:
    """Put a person's own words beside their record."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    form = DisagreesForm(request.POST or None, initial=draft_or_none(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        once(
            request.actor,
            form.sent(request.path),
            lambda: actions.note_disagreement(by=request.actor, client=client, text=text),
        )
        messages.success(request, _("Saved."))
        return redirect("rights", code=client.code)
    heading = _("What the person disagrees with")
    return _form(request, client, form, heading=heading, hint="", back_to="rights")


def _form(
    request: Request, client: Client, form: ToldForm | DisagreesForm, *, heading: str, hint: str, back_to: str
) -> HttpResponse:
    shown = heading_of(client) | {
        "form": form,
        "heading": heading,
        "hint": hint,
        "back_url": reverse(back_to, args=[client.code]),
    }
    return render(request, "core/one_form.html", shown)


@entry(Permission.ANSWER_FOR_RIGHTS)
def told_list(request: Request) -> HttpResponse:
    """Show what was told about people of one's sites, without what it was."""
    shown = {"told": told_shown(request.actor, told_at_sites(request.actor), whole=False)}
    return render(request, "privacy/told_list.html", shown)
