"""Records that leave in a file: those that did, asking for one, approving, and taking it once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.password_again import password_again
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import on_page, page_asked, pages_of
from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import (
    approve_taking_out,
    ask_to_take_out,
    take_out,
    turn_down_taking_out,
)
from kimbilio.exchange.queries import taken_out_at, taken_out_by_serial
from kimbilio.exchange.taking_out.choices import Stands
from kimbilio.exchange.taking_out.forms import AskForm, TakeForm
from kimbilio.exchange.taking_out.lines import Foreseen, foreseen, foreseen_at
from kimbilio.exchange.taking_out.models import TakenOut
from kimbilio.exchange.taking_out.standing import stands_now, why_no_second_person

_ROWS = 30


@entry(Permission.EXPORT_PEOPLE)
def listed(request: Request) -> HttpResponse:
    """Show every file that was asked for at the site, whatever became of it."""
    site, page = site_where(request, Permission.EXPORT_PEOPLE), page_asked(request.GET)
    files, count = taken_out_at(request.actor, site.pk, on_page(page, _ROWS))
    names = _names(request, files)
    shown = {
        "site": site,
        "files": [_shown(export, names) for export in files],
        "pages": pages_of(request.path, page, rows=count, size=_ROWS),
    }
    return render(request, "exchange/files_out.html", shown)


@entry(Permission.EXPORT_PEOPLE, methods="GET POST")
@password_again
def ask(request: Request) -> HttpResponse:
    """Ask for a file of a site's records."""
    site = site_where(request, Permission.EXPORT_PEOPLE)
    may_name = request.actor.may(Permission.OPEN_IDENTITY, site.pk)
    form = AskForm(request.POST or None, initial=draft_or_none(request), may_name=may_name)
    found = _foreseen_for(request, site, form) if request.method == "POST" and form.is_valid() else None
    if found and not form.errors and "count" not in request.POST:
        export = once(
            request.actor,
            form.sent(request.path),
            lambda: ask_to_take_out(by=request.actor, site=site, wanted=form.wanted()),
        )
        messages.success(request, _("Asked. Another person approves it, and then you take it within a day."))
        return redirect("file_out", serial=export.serial)
    shown = {
        "form": form,
        "foreseen": found,
        "heading": _("Ask for records in a file"),
        "hint": _(
            "Another person must approve it. It says who took it on every sheet, and it is taken once."
        ),
        "back_url": reverse("files_out"),
        "back_words": _("Records that left in a file"),
        "save_label": _("Ask for it"),
    }
    return render(request, "exchange/ask_file.html", shown)


def _foreseen_for(request: Request, site: Site, form: AskForm) -> Foreseen:
    """Count what the file would hold; where it would hold nothing, or too much, the form says so."""
    wanted = form.wanted()
    found = foreseen_at(request.actor, site, wanted.first_month, wanted.last_month)
    if not found.lines:
        form.add_error(
            "last", _("There is nothing in these months: not one line would leave. Choose others.")
        )
    elif found.is_too_much:
        form.add_error("last", _("These are more lines than one file takes. Ask for fewer months."))
    return found


@entry(Permission.EXPORT_PEOPLE)
def one(request: Request, serial: str) -> HttpResponse:
    """Show what was asked for, and what may be done with it."""
    export = taken_out_by_serial(request.actor, serial)
    stands, is_own = stands_now(export), export.asked_by == request.actor.staff_id
    waits = stands == Stands.WAITS
    why_not = why_no_second_person(request.actor, export) if waits else ""
    shown = {
        "file": _shown(export, _names(request, [export])),
        "foreseen": _foreseen_of(request, export),
        "may_approve": waits and not why_not,
        "why_not": why_not,
        "may_take": stands == Stands.READY and is_own,
        "may_turn_down": stands in (Stands.WAITS, Stands.READY),
        "is_own": is_own,
    }
    return render(request, "exchange/file_out.html", shown)


@entry(Permission.EXPORT_PEOPLE, methods="GET POST")
def approve(request: Request, serial: str) -> HttpResponse:
    """Approve what another person asked for; whoever may not is told before they type their password."""
    export = taken_out_by_serial(request.actor, serial)
    if stands_now(export) != Stands.WAITS:
        return redirect("file_out", serial=serial)
    if why := why_no_second_person(request.actor, export):
        raise Refused(why)
    return _approve(request, export)


@password_again
def _approve(request: Request, export: TakenOut) -> HttpResponse:
    if request.method == "POST":
        approve_taking_out(by=request.actor, export=export)
        messages.success(request, _("Approved. Whoever asked takes it within a day."))
        return redirect("file_out", serial=export.serial)
    shown = {
        "file": _shown(export, _names(request, [export])),
        "foreseen": _foreseen_of(request, export),
    }
    return render(request, "exchange/approve_file.html", shown)


@entry(Permission.EXPORT_PEOPLE, methods="POST")
def turn_down(request: Request, serial: str) -> HttpResponse:
    """Say no to what was asked for."""
    turn_down_taking_out(by=request.actor, export=taken_out_by_serial(request.actor, serial))
    messages.success(request, _("Turned down. Nothing leaves."))
    return redirect("file_out", serial=serial)


@entry(Permission.EXPORT_PEOPLE, methods="GET POST")
@password_again
def take(request: Request, serial: str) -> HttpResponse:
    """Give the file, once, to whoever asked; with their password typed again, and locked with a passphrase."""
    export = taken_out_by_serial(request.actor, serial)
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_out(by=request.actor, export=export, passphrase=form.cleaned_data["passphrase"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            answer = HttpResponse(taken.contents, content_type="application/octet-stream")
            answer["Content-Disposition"] = f'attachment; filename="{taken.name}"'
            return answer
    shown = {
        "form": form,
        "heading": _("Take the file"),
        "hint": _(
            "It is given once. If it does not arrive, ask for it anew. The free program 'age' opens it."
        ),
        "back_url": reverse("file_out", args=[serial]),
        "back_words": export.serial,
        "save_label": _("Take it"),
    }
    return render(request, "exchange/take_file.html", shown)


def _foreseen_of(request: Request, export: TakenOut) -> Foreseen | None:
    """Return what a file that may still be made would hold today; None for one that was, or will not be."""
    is_open = stands_now(export) in (Stands.WAITS, Stands.READY)
    return foreseen(request.actor, export) if is_open else None


def _names(request: Request, files: list[TakenOut]) -> dict[Any, str]:
    staff = [
        one for export in files for one in (export.asked_by, export.approved_by, export.turned_down_by) if one
    ]
    return staff_names(request.actor.organisation_id, staff)


def _shown(export: TakenOut, names: dict[Any, str]) -> dict[str, Any]:
    """Return a file as pages show it."""
    stands = stands_now(export)
    return {
        "serial": export.serial,
        "url": reverse("file_out", args=[export.serial]),
        "site": export.site.name,
        "why": export.get_why_display(),
        "kind": export.get_kind_display(),
        "first": export.first_month,
        "last": export.last_month,
        "with_names": export.with_names,
        "stands": stands.label,
        "is_open": stands in (Stands.WAITS, Stands.READY),
        "asked_by": names.get(export.asked_by, ""),
        "asked_at": export.recorded_at,
        "approved_by": names.get(export.approved_by, ""),
        "approved_at": export.approved_at,
        "turned_down_by": names.get(export.turned_down_by, ""),
        "turned_down_at": export.turned_down_at,
        "taken_at": export.taken_at,
        "lines": export.lines,
        "left_out": export.left_out,
    }
