"""People who may be entered twice: the pairs, two of them side by side, what is decided, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.caseload.asking import known_reason
from kimbilio.caseload.choices import Why
from kimbilio.core.refusals import NotHere
from kimbilio.desk.duplicate_forms import ONE_PERSON, DecisionForm, TwoCodesForm
from kimbilio.desk.pairs import (
    decided_lately,
    earlier_first,
    facts_by_code,
    facts_opened,
    pair_of,
    pair_shown,
    reasons_of,
)
from kimbilio.identity.actions import open_two_identities
from kimbilio.identity.duplicates import likely_pairs
from kimbilio.people.actions import (
    merge_clients,
    part_clients,
    say_two_people,
    take_back_two_people,
    write_down_comparison,
)
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code, joining_between, judgement_between
from kimbilio.people.rules import display_card_code

PAIRS_SHOWN = 50


@entry(Permission.MERGE_PEOPLE, methods="GET POST")
def listed(request: Request) -> HttpResponse:
    """Show who may be entered twice, likeliest first; any two others can be named by their codes."""
    form = TwoCodesForm(request.POST or None)
    if form.is_bound and form.is_valid() and (two := _named(request.actor, form)):
        return redirect("compare", code=two[0].code, other=two[1].code)
    site = _site(request)
    pairs = likely_pairs(request.actor, site)
    shown = {
        "form": form,
        "site": site,
        "pairs": [pair_shown(pair) for pair in pairs[:PAIRS_SHOWN]],
        "left": len(pairs),
        "more": len(pairs) > PAIRS_SHOWN,
        "decided": decided_lately(request.actor, site),
    }
    return render(request, "desk/duplicates.html", shown)


@known_reason(Why.JOINING)
@entry(Permission.MERGE_PEOPLE, methods="GET POST")
def compare(request: Request, code: str, other: str) -> HttpResponse:
    """Show two records side by side by code, and take the decision. That they were compared is written down."""
    one, another = _two(request.actor, code, other)
    if one == another:
        messages.info(request, _("They are one person already."))
        return redirect("person", code=one.code)
    form = DecisionForm(request.POST or None, older=one, newer=another)
    if form.is_bound and form.is_valid():
        _decide(request, form)
        return _to_the_next(request, one.site)
    if request.method != "POST":
        write_down_comparison(by=request.actor, client=one, other=another)
    return render(request, "desk/compare.html", _side_by_side(request, one, another) | {"form": form})


@known_reason(Why.JOINING)
@entry(Permission.MERGE_PEOPLE, methods="POST")
def names(request: Request, code: str, other: str) -> HttpResponse:
    """Show the names of both beside one another, after the asking is written down for each."""
    one, another = _two(request.actor, code, other)
    opened = open_two_identities(by=request.actor, client=one, other=another)
    shown = _side_by_side(request, one, another) | {
        "form": DecisionForm(older=one, newer=another),
        "opened": facts_opened((one, another), opened),
    }
    return render(request, "desk/parts/compared.html" if request.htmx else "desk/compare.html", shown)


@known_reason(Why.JOINING)
@entry(Permission.MERGE_PEOPLE, methods="POST")
def undo(request: Request, code: str, other: str) -> HttpResponse:
    """Take back what was decided about two records: part them again, or let them be offered again."""
    one, _another = _two(request.actor, code, other)
    alias = joining_between(request.actor, code, other)
    said = judgement_between(request.actor, code, other)
    if alias:
        part_clients(by=request.actor, alias=alias)
        messages.success(request, _("Parted. Each code stands for itself again."))
    elif said:
        take_back_two_people(by=request.actor, said=said)
        messages.success(request, _("Taken back. They may be offered again."))
    else:
        messages.info(request, _("There is nothing to take back: it was done already."))
        return redirect("person", code=one.code)
    return redirect("compare", code=code, other=other)


def _decide(request: Request, form: DecisionForm) -> None:
    aside, standing = form.aside_and_standing()
    if form.cleaned_data["decision"] == ONE_PERSON:
        once(
            request.actor,
            form.sent(request.path),
            lambda: merge_clients(by=request.actor, client=aside, into=standing),
        )
        said = _("They are one person. %(aside)s now leads to %(standing)s.")
    else:
        say_two_people(by=request.actor, client=aside, other=standing)
        said = _("Kept: %(aside)s and %(standing)s are two people.")
    codes = {"aside": display_card_code(aside.code), "standing": display_card_code(standing.code)}
    messages.success(request, said % codes)


def _to_the_next(request: Request, site: Site) -> HttpResponse:
    """Lead to the likeliest pair that is left, or to the list once there is none."""
    left = likely_pairs(request.actor, site)
    if not left:
        return redirect("duplicates")
    return redirect("compare", code=left[0].a.code, other=left[0].b.code)


def _side_by_side(request: Request, one: Client, other: Client) -> dict[str, Any]:
    """Return what the page of two records shows, before and after their names were opened."""
    pairs = likely_pairs(request.actor, one.site)
    address = [one.code, other.code]
    return reasons_of(pair_of(pairs, one, other)) | {
        "people": [
            {"display_code": display_card_code(client.code), "url": reverse("person", args=[client.code])}
            for client in (one, other)
        ],
        "facts": facts_by_code(one, other),
        "opened": None,
        "left": len(pairs),
        "compare_url": reverse("compare", args=address),
        "names_url": reverse("compare_names", args=address),
        "decided": decided_lately(request.actor, one.site)[:1],
    }


def _two(by: Actor, code: str, other: str) -> tuple[Client, Client]:
    """Return who is meant by two codes, the one registered first in front."""
    return earlier_first(
        client_by_code(by, code, Permission.MERGE_PEOPLE), client_by_code(by, other, Permission.MERGE_PEOPLE)
    )


def _named(by: Actor, form: TwoCodesForm) -> tuple[Client, Client] | None:
    """Return who is meant by the codes that were typed; None, said beside the field, where that is nobody here."""
    found = []
    for field in ("one", "other"):
        try:
            found.append(client_by_code(by, form.cleaned_data[field], Permission.MERGE_PEOPLE))
        except NotHere:
            form.add_error(field, _("Nobody here has this code."))
    return (found[0], found[1]) if len(found) == 2 else None


def _site(request: Request) -> Site:
    """Return the site worked at, or another of one's own where people may be joined."""
    may = request.actor.sites_where(Permission.MERGE_PEOPLE)
    return next(site for site in (request.site, *request.sites) if site.pk in may)
