"""Pages around the desk: who did what, setting a new home up, the components, the blank page."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.queries import somebody_can_sign_in
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.desk.actions import set_up_home
from kimbilio.desk.component_form import component_context
from kimbilio.desk.forms import SetupForm
from kimbilio.desk.queries import Line, history_page
from kimbilio.people.rules import display_card_code

PAGE_SIZE = 50


@entry(Permission.READ_AUDIT)
def history(request: Request) -> HttpResponse:
    """Show who did or looked at what, newest first, a page at a time."""
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    page = history_page(request.actor, before=number, size=PAGE_SIZE)
    oldest = page.lines[-1].seq if page.lines else 1
    may_open = request.actor.may_somewhere(Permission.OPEN_PERSON)
    shown = {
        "rows": [_row(line, may_open=may_open) for line in page.lines],
        "faults": [_("At entry %(seq)s: %(what)s") % vars(fault) for fault in page.faults],
        "older_url": f"?before={oldest}" if oldest > 1 else None,
        "newest_url": reverse("history") if before else None,
    }
    return render(request, "desk/history.html", shown)


def _row(line: Line, *, may_open: bool) -> dict[str, Any]:
    """Return a line as the page shows it: a person by code, which leads to their page for those who may."""
    return vars(line) | {
        "about_code": display_card_code(line.about_code) if line.about_code else "",
        "about_url": reverse("person", args=[line.about_code]) if line.about_code and may_open else None,
    }


@entry.anyone(methods="GET POST")
def setup(request: Request) -> HttpResponse:
    """Set a new installation up, once, by whoever holds the token printed at the terminal."""
    if not settings.SETUP_TOKEN or somebody_can_sign_in():
        raise NotHere
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set_up(form):
        messages.success(request, _("Your programme is set up. Sign in to begin."))
        return redirect("account_login")
    return render(request, "desk/setup.html", {"form": form})


def _set_up(form: SetupForm) -> bool:
    """Set the programme up, or say in the form why not; what was typed stays."""
    typed = form.cleaned_data
    if not secrets.compare_digest(typed["token"].strip().encode(), settings.SETUP_TOKEN.encode()):
        form.add_error("token", _("This is not the token that was printed. Copy it once more."))
        return False
    try:
        set_up_home(home=form.home(), username=typed["username"], password=typed["password"])
    except Refused as why:
        form.add_error("username", str(why))
        return False
    return True


@entry.signed_in()
def components(request: Request) -> HttpResponse:
    """Show every component in every state, for those who build and translate pages."""
    return render(request, "desk/components.html", component_context())


@entry.anyone()
def hidden(request: Request) -> HttpResponse:
    """Show a blank, neutral page: where the Hide control leads."""
    return render(request, "core/hidden.html")
