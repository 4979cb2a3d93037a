"""Sessions: a month of them, one with who came, its correction, striking off, taking back; a sheet for paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.months import last_day_of, month_asked_for, months_around
from kimbilio.core.refusals import Refused
from kimbilio.desk.session_form import SessionForm
from kimbilio.desk.sessions_shown import (
    address_of,
    month_address,
    paper_shown,
    session_asked_for,
    session_shown,
    sessions_shown,
)
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import display_card_code
from kimbilio.support import actions
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Session
from kimbilio.support.queries import first_session_on, leaders_at, sessions_between


@entry(Permission.RECORD_SESSION)
def sessions(request: Request) -> HttpResponse:
    """Show a month of sessions with how many came: this month, or the one asked for."""
    today = timezone.localdate()
    month = month_asked_for(request.GET.get("month", ""), today)
    found = sessions_between(request.actor, request.site, month, last_day_of(month))
    shown = months_around(month, first_session_on(request.actor, request.site), today)
    shown |= {"site": request.site.name, "sessions": sessions_shown(request.site, found)}
    return render(request, "desk/sessions.html", shown)


@entry(Permission.RECORD_SESSION)
def session(request: Request, on: str, session: str) -> HttpResponse:
    """Show one session and who came, by code."""
    held = session_asked_for(request.actor, request.site, on, session)
    return render(request, "desk/session.html", session_shown(request.actor, held))


@entry(Permission.RECORD_SESSION, methods="GET POST")
def correct(request: Request, on: str, session: str) -> HttpResponse:
    """Record what is right of a session. What stood there is kept, and counts no more; who came moves along."""
    wrong = session_asked_for(request.actor, request.site, on, session).session
    leaders = leaders_at(request.site, also=wrong.led_by)
    initial = draft_or_none(request) or SessionForm.initial_of(wrong, leaders)
    form = SessionForm(request.POST or None, initial=initial, leaders=leaders)

    def save() -> Session:
        return actions.correct_session(by=request.actor, session=wrong, **form.told())

    if request.method == "POST" and form.is_valid():
        try:
            right = once(request.actor, form.sent(request.path), save)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(right))
    shown = {
        "form": form,
        "heading": _("Correct a session"),
        "hint": _("Who came stays on the list. What was recorded is kept, and counts no more."),
        "back_url": address_of(wrong),
        "back_words": _("The session"),
    }
    return render(request, "core/one_form.html", shown)


@entry(Permission.RECORD_SESSION, methods="POST")
def strike(request: Request, on: str, session: str) -> HttpResponse:
    """Strike a person off the list of a session."""
    held = session_asked_for(request.actor, request.site, on, session)
    client = client_by_code(request.actor, request.POST.get("code", ""))
    try:
        actions.strike_attendance(by=request.actor, session=held.session, client=client)
    except Refused as why:
        messages.warning(request, str(why))
    else:
        said = _("%(code)s is struck off. The line is kept, and counts no more.")
        messages.success(request, said % {"code": display_card_code(client.code)})
    return redirect(address_of(held.session))


@entry(Permission.RECORD_SESSION, methods="POST")
def undo(request: Request, on: str, session: str) -> HttpResponse:
    """Take a whole session back that was recorded by mistake."""
    held = session_asked_for(request.actor, request.site, on, session)
    actions.undo_session(by=request.actor, session=held.session)
    messages.success(request, _("Taken back. It is kept, and counts no more."))
    return redirect(month_address(held.session.occurred_on))


@entry(Permission.RECORD_SESSION)
def paper(request: Request) -> HttpResponse:
    """Show a sheet to print and fill in by hand: codes, no names."""
    kinds = dict(SessionKind.choices)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    shown = paper_shown(request.actor, request.site, kind)
    shown |= {
        "kind": kinds.get(kind, ""),
        "kind_code": kind,
        "kinds": SessionKind.choices,
        "site": request.site.name,
    }
    return render(request, "desk/session_paper.html", shown)
