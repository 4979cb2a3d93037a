"""The attendance sheet: people typed one after another or ticked, looked at, saved; and more of them put on later."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.desk.session_form import PeopleForm, SheetForm
from kimbilio.desk.session_sheet import Sheet, problems_of, sheet_of
from kimbilio.desk.sessions_shown import address_of, came_in_words, session_asked_for
from kimbilio.support import actions
from kimbilio.support.choices import Fault, SessionKind
from kimbilio.support.models import Session
from kimbilio.support.queries import Leader, last_session_of, leaders_at


@entry(Permission.RECORD_SESSION, methods="GET POST")
def record(request: Request) -> HttpResponse:
    """Take the attendance of a session, and record it once everybody is known."""
    by, site, leaders = request.actor, request.site, leaders_at(request.site)
    typed, wanted = _sent(request)
    kind = typed.get("kind", "") if typed else ""
    last = last_session_of(by, site, kind if kind in SessionKind.values else "")
    initial = _initial(request, leaders) | ({"kind": last.session.kind} if last else {})
    form = SheetForm(typed, initial=initial, leaders=leaders)
    is_sound = form.is_valid()
    sheet = sheet_of(by, site, form, last, all_came=wanted == "all")

    def save() -> Session:
        return actions.record_session(by=by, site=site, people=sheet.came(), **form.told())

    if wanted == "save" and is_sound:
        session = _saved(request, form, sheet, save)
        if session:
            guests = session.guests_male + session.guests_female
            said = _("Recorded: %(came)s.") % {"came": came_in_words(len(sheet.came()), guests)}
            messages.success(request, said)
            return redirect(address_of(session))
    if wanted != "save":
        form.say_nothing_yet()
    return _page(request, form, sheet, heading=_("Take attendance"), back_url=reverse("sessions"))


@entry(Permission.RECORD_SESSION, methods="GET POST")
def add(request: Request, on: str, session: str) -> HttpResponse:
    """Put more people on the list of a session."""
    by, held = request.actor, session_asked_for(request.actor, request.site, on, session)
    typed, wanted = _sent(request)
    form = PeopleForm(typed)
    is_sound = form.is_valid()
    sheet = sheet_of(by, request.site, form, None)

    def save() -> Session:
        for client in sheet.came():
            actions.add_attendance(by=by, session=held.session, client=client)
        return held.session

    if wanted == "save" and is_sound and not sheet.came():
        form.add_error("lines", Fault.NOBODY_TYPED.label)
    elif wanted == "save" and is_sound and _saved(request, form, sheet, save):
        messages.success(request, _("Saved."))
        return redirect(address_of(held.session))
    heading = _("Put somebody on the list")
    return _page(request, form, sheet, heading=heading, back_url=address_of(held.session))


def _sent(request: Request) -> tuple[QueryDict | None, str]:
    """Return what was sent, or half typed before a lock, and what is to be done with it."""
    if request.method == "POST":
        return request.POST, request.POST.get("do", "")
    return getattr(request, "draft", None), ""


def _initial(request: Request, leaders: Sequence[Leader]) -> dict[str, Any]:
    return {"led_by": next((one.username for one in leaders if one.id == request.actor.staff_id), "")}


def _saved(request: Request, form: PeopleForm, sheet: Sheet, save: Callable[[], Session]) -> Session | None:
    """Save a sheet once and whole, or put beside the form what speaks against it."""
    for why in problems_of(sheet, form):
        form.add_error("lines", why)
    if form.errors:
        return None
    try:
        return once(request.actor, form.sent(request.path), save)
    except Refused as why:
        form.add_error("lines" if str(why) == str(Fault.NOBODY.label) else None, str(why))
    return None


def _page(request: Request, form: PeopleForm, sheet: Sheet, **shown: Any) -> HttpResponse:
    is_sheet = isinstance(form, SheetForm)
    return render(
        request, "desk/session_sheet.html", {"form": form, "is_sheet": is_sheet} | sheet.shown() | shown
    )
