"""The pages of community events: a month of them, and the form of one."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.community import actions
from kimbilio.community.forms import EventForm
from kimbilio.community.models import CommunityEvent
from kimbilio.community.queries import event_within_reach, events_between, first_event_on, may_take_back
from kimbilio.community.showing import events_shown, heads_of, sums_shown
from kimbilio.core.days import day_meant
from kimbilio.core.months import in_address, last_day_of, month_asked_for, month_of, months_around
from kimbilio.core.refusals import Refused


@entry(Permission.RECORD_EVENT)
def events(request: Request) -> HttpResponse:
    """Show a month of events with heads by sex: this month, or the one asked for."""
    today = timezone.localdate()
    month = month_asked_for(request.GET.get("month", ""), today)
    found = events_between(request.actor, request.site, month, last_day_of(month))
    shown = months_around(month, first_event_on(request.actor, request.site), today)
    shown |= {"events": events_shown(found), "sums": sums_shown(found), "whole": heads_of(found)}
    return render(request, "community/events.html", shown | {"site": request.site.name})


@entry(Permission.RECORD_EVENT, methods="GET POST")
def record(request: Request) -> HttpResponse:
    """Record an event."""
    form = EventForm(request.POST or None, initial=draft_or_none(request))

    def save() -> CommunityEvent:
        return actions.record_event(by=request.actor, site=request.site, event=form.event())

    if request.method == "POST" and form.is_valid() and _is_saved(request, form, save):
        return _back_to_month(form.cleaned_data["occurred_on"])
    shown = {"form": form, "heading": _("Record an event")} | _way_back(month_of(timezone.localdate()))
    return render(request, "community/event.html", shown)


@entry(Permission.RECORD_EVENT, methods="GET POST")
def correct(request: Request, on: str, event: str) -> HttpResponse:
    """Record what is right in place of an event. What stood there is kept, and counts no more."""
    wrong = _event_asked_for(request, on, event)
    form = EventForm(request.POST or None, initial=draft_or_none(request) or EventForm.initial_of(wrong))

    def save() -> CommunityEvent:
        return actions.correct_event(by=request.actor, event=wrong, right=form.event())

    if request.method == "POST" and form.is_valid() and _is_saved(request, form, save):
        return _back_to_month(form.cleaned_data["occurred_on"])
    shown = {
        "form": form,
        "heading": _("Correct an event"),
        "hint": _("What was recorded is kept, and counts no more."),
        "undo_url": reverse("undo_event", args=[on, event]) if may_take_back(request.actor, wrong) else None,
    }
    return render(request, "community/event.html", shown | _way_back(month_of(wrong.occurred_on)))


@entry(Permission.RECORD_EVENT, methods="POST")
def undo(request: Request, on: str, event: str) -> HttpResponse:
    """Take an event back that was recorded by mistake."""
    wrong = _event_asked_for(request, on, event)
    actions.undo_event(by=request.actor, event=wrong)
    messages.success(request, _("Taken back. It is kept, and counts no more."))
    return _back_to_month(wrong.occurred_on)


def _event_asked_for(request: Request, on: str, event: str) -> CommunityEvent:
    day = day_meant(on, timezone.localdate())
    return event_within_reach(request.actor, request.site, day, event)


def _is_saved(request: Request, form: EventForm, save: Callable[[], Model]) -> bool:
    try:
        once(request.actor, form.sent(request.path), save)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Saved."))
    return True


def _back_to_month(day: date) -> HttpResponse:
    return redirect(f"{reverse('events')}?month={in_address(month_of(day))}")


def _way_back(month: date) -> dict[str, str]:
    return {"back_url": f"{reverse('events')}?month={in_address(month)}", "back_words": _("Community events")}
