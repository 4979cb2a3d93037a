"""Asks why, before anybody is opened outside one's own work: one place for every address that names a person.

An address names a person by a parameter of `OF_PEOPLE`; a house test fails when one is added under another name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.idle import KEPT, keep_typed, typed_before
from kimbilio.accounts.once import once
from kimbilio.accounts.own_pages import own_page
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.caseload.actions import say_why
from kimbilio.caseload.choices import OFFERED, Why
from kimbilio.caseload.forms import WhyForm
from kimbilio.caseload.queries import may_open_unasked
from kimbilio.caseload.rules import works_for_everybody
from kimbilio.core.refusals import Gone, NotHere
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code
from kimbilio.people.rules import display_card_code

OF_PEOPLE = ("code", "other")
ASKS = "why"
"""The name of the address that asks: it is the one that names a person and asks nothing before it is shown."""
BECAUSE = "opened_because"
_REASON_FIRST = 428
_BY_PAGE = UUID("6b1f3f0e-8f0a-4d53-9d0b-6f0c1d0f6a51")
View = TypeVar("View", bound=Callable[..., HttpResponse])


def known_reason(why: Why) -> Callable[[View], View]:
    """Declare that a page is opened for one reason alone: it is kept once a day for each person, and not asked.

    It is good for that page: whoever goes on to the person's own page is asked.
    """

    def mark(view: View) -> View:
        view.known_reason = why  # type: ignore[attr-defined]  # the mark that the middleware reads
        return view

    return mark


class WhyMiddleware:
    """Leads to the question whoever opens a person outside their own work, once a day for each person."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Pass everything on: whom it is about is known once the view is."""
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., HttpResponse], args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the question, or None to let the request through."""
        if request.actor is None or request.resolver_match.url_name == ASKS:  # type: ignore[union-attr]  # a view is known
            return None
        outside = people_outside(request.actor, kwargs)
        if request.method == "POST" and BECAUSE in request.POST and KEPT in request.POST:
            return _said_with_a_form(request, outside)
        if known := getattr(view, "known_reason", None):
            _keep_known_reason(request.actor, outside, known)
            return None
        if not outside:
            return None
        if request.method == "POST":
            return _asked_with_a_form(request, outside)
        return redirect(question_url(outside[0], request.get_full_path()))


def people_outside(by: Actor, named: Mapping[str, Any]) -> list[Client]:
    """Return those of the people whom an address names that are neither of one's own work nor explained today.

    Whoever is out of reach is not among them: the view itself answers that they are not here.
    """
    codes = [named[parameter] for parameter in OF_PEOPLE if parameter in named]
    if not codes or _everybody_is_theirs(by):
        return []
    people: dict[Any, Client] = {}
    for code in codes:
        try:
            client = client_by_code(by, code, Permission.OPEN_PERSON)
        except (NotHere, Gone):
            continue
        people.setdefault(client.pk, client)
    return [client for client in people.values() if not may_open_unasked(by, client)]


def question_url(client: Client, back_to: str) -> str:
    """Return where the question about a person stands, which then leads to one of our pages."""
    return f"{reverse(ASKS, args=[client.code])}?{urlencode({'next': back_to})}"


def keep_reason(by: Actor, people: Iterable[Client], form: WhyForm) -> None:
    """Keep the reason of a valid form, once, for each of these people."""
    why = Why(form.cleaned_data[BECAUSE])
    for client in people:
        # A reason is for today: a form of yesterday that is sent again says nothing more.
        token = form.sent(f"{client.code} {timezone.localdate()}")
        once(by, token, partial(say_why, by=by, client=client, why=why))


def question_page(
    request: Request, people: Sequence[Client], form: WhyForm, *, status: int = 200, **around: Any
) -> HttpResponse:
    """Return the page that asks; `kept` among what is around it is a form that waits, sealed."""
    shown = {
        "why_url": question_url(people[0], request.path),
        "form": form,
        "codes": [display_card_code(client.code) for client in people],
        "reasons": [{"code": why.value, "words": why.label} for why in OFFERED],
        "kept_name": KEPT,
        **around,
    }
    return render(request, "caseload/why.html", shown, status=status)


def _everybody_is_theirs(by: Actor) -> bool:
    """Tell whether at every site where they open people, everybody is of their work: nothing is asked of anybody."""
    return all(works_for_everybody(by.roles[site]) for site in by.sites_where(Permission.OPEN_PERSON))


def _keep_known_reason(by: Actor, people: Iterable[Client], why: Why) -> None:
    for client in people:
        token = uuid5(_BY_PAGE, f"{by.staff_id} {client.pk} {why} {timezone.localdate()}")
        once(by, token, partial(say_why, by=by, client=client, why=why))


def _asked_with_a_form(request: Request, outside: list[Client]) -> HttpResponse:
    """Ask in place of what a form was sent for, and keep what it says: sealed, in the page itself."""
    if request.htmx:
        came_from = urlsplit(request.htmx.current_url or "").path
        to = question_url(outside[0], own_page(came_from, reverse("person", args=[outside[0].code])))
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    kept = keep_typed(request, pressed=True)
    return question_page(request, outside, WhyForm(), status=_REASON_FIRST, kept=kept)


def _said_with_a_form(request: Request, outside: list[Client]) -> HttpResponse | None:
    """Keep the reason, and hand the form that waited to its view as if it had been sent now."""
    form = WhyForm(request.POST)
    if outside and not form.is_valid():
        kept = request.POST[KEPT]
        return question_page(request, outside, form, status=_REASON_FIRST, kept=kept)
    if outside:
        keep_reason(request.actor, outside, form)
    typed = typed_before(request)
    if typed is None:
        messages.warning(request, _("What was being typed could not be brought back."))
        return HttpResponseRedirect(own_page(request.get_full_path()))
    request.POST = typed.as_post()  # type: ignore[assignment]  # it is an immutable one
    return None
