"""The list of people to look for: a page at a time, most urgent first, with its parts to choose from."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import on_page, page_asked, pages_of
from kimbilio.followup.actions import assign_many
from kimbilio.followup.choices import Because, Group
from kimbilio.followup.list_forms import ListForm, SuggestedForm
from kimbilio.followup.queries import (
    Entry,
    assigned_to,
    entries_at,
    returns_at,
    sees_everybody,
    suggestions,
)
from kimbilio.followup.showing import because_words, returns_shown, rows_shown
from kimbilio.mat.choices import Advice
from kimbilio.mat.queries import silences
from kimbilio.people.queries import clients_by_code

ROWS = 20
_UNASSIGNED, _MINE = "nobody", "mine"
Test = Callable[[Entry], bool]


@entry(Permission.SEE_FOLLOW_UP)
def listed(request: Request) -> HttpResponse:
    """Show a page of the list, and above it what to know: no list from the clinic, advice from the named step."""
    site, today = site_where(request, Permission.SEE_FOLLOW_UP), timezone.localdate()
    entries = entries_at(request.actor, site, today)
    parts = _parts(request.actor, site, entries)
    asked = ListForm(request.GET)
    asked.is_valid()
    chosen = parts.get(asked.cleaned_data.get("show") or "") or parts[""]
    wanted = [one for one in entries if chosen["test"](one)]
    page = page_asked(request.GET)
    some = wanted[on_page(page, ROWS)]
    rows = rows_shown(request.actor, site, some, today)
    shown = {
        "site": site,
        "as_at": today,
        "sections": _sections(rows),
        "parts": [
            part | {"current": part is chosen} for part in parts.values() if part["count"] or not part["name"]
        ],
        "is_all": not chosen["name"],
        "number": len(wanted),
        "pages": pages_of(_address(chosen["name"]), page, rows=len(wanted), size=ROWS),
        "advice": _advice(rows),
        "silences": [one for one in silences(request.actor, site, today) if one.asks],
        "returns": returns_shown(
            request.actor, returns_at(request.actor, site, today, {one.client_id for one in entries})
        )
        if page == 1 and not chosen["name"]
        else [],
        "suggested": _suggested(request.actor, site, some) if chosen["name"] == _UNASSIGNED else [],
        "suggested_form": SuggestedForm(initial={"codes": " ".join(row["display_code"] for row in rows)}),
        "may_print": request.actor.may(Permission.PRINT_FOLLOW_UP, site.pk),
        "own_only": not sees_everybody(request.actor, site.pk),
    }
    return render(request, "followup/list.html", shown)


@entry(Permission.ASSIGN_FOLLOW_UP, methods="POST")
def take_suggestions(request: Request) -> HttpResponse:
    """Have those look for people whom the rule suggests: of the people on the page that was shown, and once."""
    site = site_where(request, Permission.ASSIGN_FOLLOW_UP)
    form = SuggestedForm(request.POST)
    if not form.is_valid():
        return redirect("follow")
    shown = form.cleaned_data["codes"].split()
    people = clients_by_code(request.actor, Permission.ASSIGN_FOLLOW_UP, shown)
    asked = [one.pk for one in people.values() if one.site_id == site.pk]
    pairs = _suggested_pairs(request.actor, site, asked)
    if pairs:
        once(
            request.actor,
            form.sent(request.path),
            lambda: assign_many(by=request.actor, site=site, suggested=pairs)[0],
        )
    count = len(assigned_to(site, asked))
    words = ngettext("%(count)d person is now looked for.", "%(count)d people are now looked for.", count)
    messages.success(request, words % {"count": count})
    return redirect("follow")


def _suggested_pairs(by: Actor, site: Site, asked: list[UUID]) -> list[tuple[UUID, UUID, Because]]:
    """Return who should look for those of these people for whom nobody looks, and why; in the order of the list."""
    entries = entries_at(by, site, timezone.localdate())
    some = [one.client_id for one in entries if one.client_id in asked and _is_unassigned(one)]
    return [(person, worker, why) for person, (worker, why) in suggestions(site, some).items()]


def _parts(by: Actor, site: Site, entries: list[Entry]) -> dict[str, dict[str, Any]]:
    """Return the parts of the list that one may choose, each with how many there are; '' is the whole."""
    tests: dict[str, tuple[str, Test]] = {"": (_("All"), lambda _one: True)}
    if sees_everybody(by, site.pk):
        tests[_MINE] = (_("My own"), lambda one: one.worker_id == by.staff_id)
        tests[_UNASSIGNED] = (_("Nobody looks for them"), _is_unassigned)
    steps = Counter(one.run.step for one in entries if one.run.step and one.group != Group.ELSEWHERE)
    for step in sorted(steps, key=lambda step: -int(step.rstrip("+").partition("-")[0])):
        tests[f"step-{step}"] = (
            _("%(step)s days missed") % {"step": step},
            _of_step(step),
        )
    for group in (Group.OUT_OF_TOUCH, Group.ON_THE_WAY, Group.ANSWERED, Group.ELSEWHERE):
        tests[group.value] = (str(group.label), _of_group(group))
    return {
        name: {
            "name": name,
            "label": label,
            "test": test,
            "count": sum(map(test, entries)),
            "url": _address(name),
        }
        for name, (label, test) in tests.items()
    }


def _advice(rows: list[dict[str, Any]]) -> list[str]:
    """Return what to know of those whom the clinic assesses before a dose, and who says from when."""
    told = list(dict.fromkeys(row["rule_words"] for row in rows if row["assess"]))
    return [str(Advice.TOLERANCE.label), str(Advice.OFFER_NALOXONE.label), *told] if told else []


def _of_step(step: str) -> Test:
    """Return who has missed so many days, as the page of numbers counts them."""
    return lambda one: one.run.step == step and one.group != Group.ELSEWHERE


def _of_group(group: Group) -> Test:
    if group == Group.OUT_OF_TOUCH:
        return lambda one: one.run.out_of_touch and one.group != Group.ELSEWHERE
    return lambda one: one.group == group


def _is_unassigned(one: Entry) -> bool:
    return one.worker_id is None and one.group in (Group.MISSING, Group.OUT_OF_TOUCH)


def _address(name: str) -> str:
    return reverse("follow") + (f"?show={name.replace('+', '%2B')}" if name else "")


def _sections(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows under the heading of their group, in the order of the list."""
    sections: dict[Group, dict[str, Any]] = {}
    for row in rows:
        group = row["group"]
        section = sections.setdefault(group, {"name": group.value, "label": group.label, "rows": []})
        section["rows"].append(row)
    return list(sections.values())


def _suggested(by: Actor, site: Site, some: list[Entry]) -> list[dict[str, Any]]:
    """Return who would look for those of this page for whom nobody looks, for those who may say so."""
    if not by.may(Permission.ASSIGN_FOLLOW_UP, site.pk):
        return []
    found = suggestions(site, [one.client_id for one in some])
    names = staff_names(site.organisation_id, {worker for worker, _why in found.values()})
    counts = Counter((names.get(worker, ""), because) for worker, because in found.values())
    return [
        {"worker": worker, "because": because_words(because), "count": count}
        for (worker, because), count in counts.most_common()
    ]
