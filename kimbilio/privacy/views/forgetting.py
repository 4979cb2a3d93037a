"""Somebody asks to be forgotten: the desk notes it, the manager carries it out, each with what it means beside it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.password_again import password_again
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.privacy import actions
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.forms import AskedForm, ForgetForm
from kimbilio.privacy.models import Erasure
from kimbilio.privacy.queries import asked_by_person, erasure_referred_to, forgotten_lately, open_requests
from kimbilio.privacy.showing import asked_shown, heading_of, request_shown, stone_shown


@entry(Permission.USE_RIGHTS, methods="GET POST")
def forget(request: Request, code: str) -> HttpResponse:
    """Say what goes and what stays; note the request, or carry it out with the password typed just now."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    if request.actor.may(Permission.ERASE_PERSON, client.site_id):
        return _carry_out(request, client)
    return _note(request, client)


def _note(request: Request, client: Client) -> HttpResponse:
    form = AskedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = WhyForgotten(form.cleaned_data["why"])
        once(
            request.actor,
            form.sent(request.path),
            lambda: actions.ask_to_be_forgotten(by=request.actor, client=client, why=why),
        )
        messages.success(request, _("It is noted. Your programme manager carries it out."))
        return redirect("rights", code=client.code)
    return _page(request, client, form, carries_out=False)


@password_again
def _carry_out(request: Request, client: Client) -> HttpResponse:
    asked = asked_by_person(request.actor, client)
    form = ForgetForm(request.POST or None, initial={"why": asked.why, "asked": asked.pk} if asked else None)
    if request.method == "POST" and form.is_valid():
        why, shown = WhyForgotten(form.cleaned_data["why"]), form.cleaned_data["asked"]
        done = once(
            request.actor,
            form.sent(request.path),
            lambda: actions.erase_person(by=request.actor, client=client, why=why, asked=shown),
        )
        messages.success(request, _done_in_words(done))
        return redirect("rights_requests")
    return _page(request, client, form, carries_out=True)


def _done_in_words(done: Erasure) -> str:
    said = _("This person is forgotten. Shred every paper that names them.")
    if not done.lines_left_out:
        return said
    lines = ngettext(
        "%(count)s line of a book that waited and named them was left out.",
        "%(count)s lines of books that waited and named them were left out.",
        done.lines_left_out,
    )
    return f"{said} {lines % {'count': done.lines_left_out}}"


def _page(request: Request, client: Client, form: AskedForm, *, carries_out: bool) -> HttpResponse:
    asked = asked_by_person(request.actor, client)
    shown = heading_of(client) | {
        "form": form,
        "carries_out": carries_out,
        "asked": asked_shown(request.actor, asked) if asked else None,
        "back_url": reverse("rights", args=[client.code]),
    }
    return render(request, "privacy/forget.html", shown)


@entry(Permission.USE_RIGHTS, methods="POST")
def withdraw(request: Request, code: str, asked: str) -> HttpResponse:
    """Take back that a person asks to be forgotten."""
    client = client_by_code(request.actor, code, Permission.USE_RIGHTS)
    erasure = erasure_referred_to(request.actor, client, asked)
    actions.withdraw_asking(by=request.actor, erasure=erasure)
    messages.success(request, _("It is taken back. Their record stays."))
    return redirect("rights", code=client.code)


@entry(Permission.ERASE_PERSON)
def requests(request: Request) -> HttpResponse:
    """Show who asks to be forgotten, and the stones of those who were."""
    site_where(request, Permission.ERASE_PERSON)
    shown = {
        "asked": [request_shown(request.actor, one) for one in open_requests(request.actor)],
        "stones": [stone_shown(request.actor, one) for one in forgotten_lately(request.actor)],
    }
    return render(request, "privacy/requests.html", shown)
