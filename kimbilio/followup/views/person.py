"""Looking for one person: what is known, and one small form a page for an attempt, a wish, a way back, a worker."""

from collections.abc import Callable
from typing import Any

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
from kimbilio.core.forms import OnceForm
from kimbilio.core.refusals import Refused
from kimbilio.followup import actions
from kimbilio.followup.choices import Because, HowEnded
from kimbilio.followup.forms import AttemptForm, WayBackEndForm, WayBackForm, WhoForm, WishForm
from kimbilio.followup.person_shown import edits_offered, person_shown, step_url
from kimbilio.followup.queries import (
    attempt_of,
    followed,
    is_followed_by,
    open_way_back_of,
    person_within_reach,
    standing_wish,
    suggestions,
    wishes_of,
    workers_at,
)
from kimbilio.followup.showing import (
    because_words,
    way_back_words,
    wishes_shown,
)
from kimbilio.people.actions import open_person
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import require_agreement, standing_consent, uses_consent
from kimbilio.people.models import Client
from kimbilio.people.no_record import no_record_shown
from kimbilio.people.rules import display_card_code
from kimbilio.places.queries import hotspots_within_reach


@entry(Permission.SEE_FOLLOW_UP)
@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def person(request: Request, code: str) -> HttpResponse:
    """Show all that is recorded of looking for one person. The opening itself is written down first.

    After a no to a record nothing may be added, and the page says so; an attempt may still be taken back.
    """
    client = person_within_reach(request.actor, code, Permission.SEE_FOLLOW_UP)
    open_person(by=request.actor, client=client)
    known = followed(client, timezone.localdate())
    no_record = no_record_shown(request.actor, client, standing_consent(client)[ConsentPurpose.HOLD_A_RECORD])
    may_add = no_record is None
    shown = person_shown(client, known) | {
        "no_record": no_record,
        "edit": edits_offered(request.actor, client, known, may_add=may_add),
        "may_take_back": request.actor.may(Permission.RECORD_FOLLOW_UP, client.site_id),
        "person_url": reverse("person", args=[client.code])
        if request.actor.may(Permission.OPEN_PERSON, client.site_id)
        else None,
        "step_url": step_url(request.actor, client, known, may_add=may_add),
    }
    return render(request, "followup/person.html", shown)


@entry(Permission.RECORD_FOLLOW_UP, methods="GET POST")
def attempt(request: Request, code: str) -> HttpResponse:
    """Record one attempt to reach a person."""
    client = _client(request, code)
    form = AttemptForm(request.POST or None, initial=draft_or_none(request))

    def save() -> Model:
        return actions.record_attempt(by=request.actor, client=client, attempt=form.attempt())

    shown = {"heading": _("An attempt to reach them"), "wishes": wishes_shown(wishes_of(client))}
    return _saved_or_shown(request, client, form, save, shown)


@entry(Permission.RECORD_FOLLOW_UP, methods="GET POST")
def correct(request: Request, code: str, attempt: str) -> HttpResponse:
    """Record what is right in place of an attempt; or take it back. The original is kept."""
    client = _client(request, code)
    wrong = attempt_of(client, attempt)
    form = AttemptForm(request.POST or None, initial=draft_or_none(request) or AttemptForm.initial_of(wrong))

    def save() -> Model:
        return actions.correct_attempt(by=request.actor, attempt=wrong, right=form.attempt())

    shown = {
        "heading": _("Correct an attempt"),
        "take_back_url": reverse("follow_take_back", args=[client.code, attempt]),
    }
    return _saved_or_shown(request, client, form, save, shown)


@entry(Permission.RECORD_FOLLOW_UP, methods="POST")
def take_back(request: Request, code: str, attempt: str) -> HttpResponse:
    """Take back an attempt that was recorded by mistake."""
    client = _client(request, code)
    actions.void_attempt(by=request.actor, attempt=attempt_of(client, attempt))
    messages.success(request, _("Taken back. It is kept, and counts no more."))
    return redirect("follow_person", code=client.code)


@entry(Permission.RECORD_FOLLOW_UP, methods="GET POST")
def way_back(request: Request, code: str) -> HttpResponse:
    """Record the way back that was agreed with a person."""
    client = _client(request, code)
    workers = workers_at(client.site)
    form = WayBackForm(request.POST or None, initial=draft_or_none(request), workers=workers)

    def save() -> Model:
        return actions.agree_way_back(by=request.actor, client=client, plan=form.plan())

    return _saved_or_shown(request, client, form, save, {"heading": _("The way back")})


@entry(Permission.RECORD_FOLLOW_UP, methods="GET POST")
def came(request: Request, code: str) -> HttpResponse:
    """Record what came of the way back that is open; without one there is nothing to record."""
    client = _client(request, code)
    known = followed(client, timezone.localdate())
    if known.open_way_back is None:
        messages.info(request, _("No way back is open. Agree on one first."))
        return redirect("follow_person", code=client.code)
    form = WayBackEndForm(request.POST or None, initial=draft_or_none(request))

    def save() -> Model:
        typed = form.cleaned_data
        return actions.end_way_back(
            by=request.actor,
            way_back=open_way_back_of(client),
            how=HowEnded(typed["how"]),
            on=typed["occurred_on"],
        )

    shown = {"heading": _("What came of it"), "hint": way_back_words(known.open_way_back)}
    return _saved_or_shown(request, client, form, save, shown)


@entry(Permission.RECORD_FOLLOW_UP, methods="GET POST")
def wish(request: Request, code: str) -> HttpResponse:
    """Record what a person says of being looked for."""
    client = _client(request, code)
    workers, row = workers_at(client.site), standing_wish(client)
    form = WishForm(
        request.POST or None,
        initial=draft_or_none(request) or WishForm.initial_of(row, workers),
        consent=standing_consent(client),
        workers=workers,
        hotspots=hotspots_within_reach(request.actor),
    )

    def save() -> Model:
        return actions.record_wish(by=request.actor, client=client, said=form.said())

    return _saved_or_shown(request, client, form, save, {"heading": _("What they say of being looked for")})


@entry(Permission.ASSIGN_FOLLOW_UP, methods="GET POST")
def who(request: Request, code: str) -> HttpResponse:
    """Say who looks for a person; the one whom the rule suggests is chosen already."""
    client = person_within_reach(request.actor, code, Permission.ASSIGN_FOLLOW_UP)
    workers = workers_at(client.site)
    suggested = suggestions(client.site, [client.pk]).get(client.pk)
    names = {worker.id: worker for worker in workers}
    initial = {"worker": names[suggested[0]].username} if suggested else {}
    form = WhoForm(request.POST or None, initial=draft_or_none(request) or initial, workers=workers)

    def save() -> Model:
        chosen = form.chosen(form.cleaned_data["worker"])
        is_suggested = suggested and chosen and suggested[0] == chosen.id
        because = suggested[1] if suggested and is_suggested else Because.CHOSEN
        return actions.assign(by=request.actor, client=client, worker=chosen, because=because)

    hint = ""
    if suggested:
        hint = _("Suggested: %(worker)s, who %(because)s.") % {
            "worker": names[suggested[0]].name,
            "because": because_words(suggested[1]),
        }
    return _saved_or_shown(request, client, form, save, {"heading": _("Who looks for them"), "hint": hint})


def _client(request: Request, code: str) -> Client:
    return person_within_reach(request.actor, code, Permission.RECORD_FOLLOW_UP)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _saved_or_shown(
    request: Request, client: Client, form: OnceForm, save: Callable[[], Model], shown: dict[str, Any]
) -> HttpResponse:
    """Save a valid form once, however often it is sent; else show it, with why it is refused.

    Refused at once after a no to a record: nobody fills in what will not be saved.
    """
    if request.method == "GET":
        require_agreement(client, ConsentPurpose.HOLD_A_RECORD)
    if request.method == "POST" and form.is_valid():
        try:
            once(request.actor, form.sent(request.path), save)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Saved."))
            is_theirs = is_followed_by(request.actor, client)
            return redirect("follow_person", code=client.code) if is_theirs else redirect("follow")
    around = {
        "form": form,
        "display_code": display_card_code(client.code),
        "back_url": reverse("follow_person", args=[client.code]),
    }
    return render(request, "followup/edit.html", around | shown)
