"""Printed sheets: which to print, and each as it was printed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.once import once
from kimbilio.accounts.queries import sign_in_names
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.followup.actions import print_sheet
from kimbilio.followup.choices import SheetKind
from kimbilio.followup.forms import ClinicAnswerForm, SheetForm
from kimbilio.followup.papers import lines_shown, sheets_shown
from kimbilio.followup.queries import (
    answer_rows,
    lines_of,
    sheet_rows,
    sheet_within_reach,
    sheets_at,
    worker_named,
    workers_at,
)
from kimbilio.mat.queries import clinics_where, reference_of, referred_to

SHOWN = 20


@entry(Permission.PRINT_FOLLOW_UP, methods="GET POST")
def sheets(request: Request) -> HttpResponse:
    """Print a sheet of people to look for; and show what was printed lately."""
    site = _site(request)
    form = SheetForm(request.POST or None, workers=workers_at(site))
    if request.method == "POST" and form.is_valid():
        username, today = form.cleaned_data["worker"], timezone.localdate()
        worker = worker_named(site, username) if username else None
        rows = sheet_rows(request.actor, site, today, worker.id if worker else None)
        sheet = once(
            request.actor,
            form.sent(request.path),
            lambda: print_sheet(
                by=request.actor, site=site, kind=SheetKind.LOOK_FOR, as_at=today, rows=rows, worker=worker
            ),
        )
        return redirect("follow_sheet", serial=sheet.serial)
    return _page(request, site, form, _clinic_form(request, site))


@entry(Permission.PRINT_FOLLOW_UP, methods="POST")
def clinic_answer(request: Request) -> HttpResponse:
    """Print what the clinic may hear of its people: of those who agreed to it."""
    site = _site(request)
    form = _clinic_form(request, site)
    if not form.is_valid():
        return _page(request, site, SheetForm(workers=workers_at(site)), form)
    clinic = referred_to(_clinics(request, site), form.cleaned_data["clinic"])
    today = timezone.localdate()
    rows, left_out = answer_rows(request.actor, site, today, clinic)
    sheet = once(
        request.actor,
        form.sent(request.path),
        lambda: print_sheet(
            by=request.actor,
            site=site,
            kind=SheetKind.CLINIC,
            as_at=today,
            rows=rows,
            clinic=clinic,
            left_out=left_out,
        ),
    )
    return redirect("clinic_answer", serial=sheet.serial)


@entry(Permission.PRINT_FOLLOW_UP)
def sheet(request: Request, serial: str) -> HttpResponse:
    """Show a sheet as it was printed, for the printer. An answer to the clinic has its own page."""
    found = sheet_within_reach(request.actor, serial)
    if found.kind == SheetKind.CLINIC:
        return redirect("clinic_answer", serial=found.serial)
    names = sign_in_names(found.organisation_id, [one for one in (found.worker, found.printed_by) if one])
    shown = {
        "sheet": found,
        "worker": names.get(found.worker, "") if found.worker else "",
        "printed_by": names.get(found.printed_by, "") if found.printed_by else "",
        "lines": lines_shown(lines_of(found)),
    }
    return render(request, "followup/sheet.html", shown)


def _page(request: Request, site: Site, form: SheetForm, clinic_form: ClinicAnswerForm) -> HttpResponse:
    shown = {
        "site": site,
        "form": form,
        "clinic_form": clinic_form,
        "sheets": sheets_shown(site, list(sheets_at(site)[:SHOWN])),
    }
    return render(request, "followup/sheets.html", shown)


def _clinic_form(request: Request, site: Site) -> ClinicAnswerForm:
    offered = [(reference_of(clinic), clinic.name) for clinic in _clinics(request, site)]
    data = request.POST if request.method == "POST" and "clinic" in request.POST else None
    return ClinicAnswerForm(data, clinics=offered, auto_id="id_clinic_%s")


def _clinics(request: Request, site: Site) -> list:
    return [
        clinic
        for clinic in clinics_where(request.actor, Permission.PRINT_FOLLOW_UP)
        if clinic.site_id == site.pk
    ]


def _site(request: Request) -> Site:
    may = request.actor.sites_where(Permission.PRINT_FOLLOW_UP)
    return next(site for site in (request.site, *request.sites) if site.pk in may)
