"""The clinic's day: what its list says, marking those who are absent, and taking a list back."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.days import day_asked_for, day_meant
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.desk.clinic_days import day_shown, days_shown, import_url, sum_in_words
from kimbilio.desk.day_form import CHOICES, DayForm
from kimbilio.desk.day_sheet import DaySheet, problems_of, sheet_of, sheet_typed
from kimbilio.mat.actions import record_clinic_list, withdraw_lists
from kimbilio.mat.models import ClinicList
from kimbilio.mat.queries import (
    clinic_within_reach,
    clinics_where,
    day_count,
    lists_of_day,
    reference_of,
    referred_to,
)
from kimbilio.places.models import MatClinic


@entry(Permission.RECORD_JOURNEY)
def today(request: Request) -> HttpResponse:
    """Lead to a clinic's day: the one that was chosen, else today at the clinic of the site worked at."""
    clinics = clinics_where(request.actor, Permission.RECORD_JOURNEY)
    chosen = request.GET.get("clinic")
    if not clinics:
        return render(request, "desk/no_clinic.html")
    here = next((clinic for clinic in clinics if clinic.site_id == request.site.pk), clinics[0])
    clinic = referred_to(clinics, chosen) if chosen else here
    on = day_asked_for(request.GET.get("on", ""), timezone.localdate()) or timezone.localdate()
    return redirect("clinic_day", clinic=reference_of(clinic), on=on.isoformat())


@entry(Permission.RECORD_JOURNEY)
def day(request: Request, clinic: str, on: str) -> HttpResponse:
    """Show a clinic's day: whether a list came, who was not there, every list of it, and the days around."""
    place, asked = _asked_for(request, clinic, on)
    clinics = clinics_where(request.actor, Permission.RECORD_JOURNEY)
    shown = day_shown(request.actor, place, asked) | {
        "days": days_shown(place, asked),
        "clinics": [{"reference": reference_of(one), "name": one.name} for one in clinics],
        "import_url": import_url(),
    }
    return render(request, "desk/clinic_day.html", shown)


@entry(Permission.RECORD_JOURNEY, methods="GET POST")
def record(request: Request, clinic: str, on: str) -> HttpResponse:
    """Show everybody expected on the list, where only those who are not there are marked; record it."""
    place, asked = _asked_for(request, clinic, on)
    typed = request.POST if request.method == "POST" else getattr(request, "draft", None)
    form = DayForm(typed or None)
    wanted = typed.get("do", "") if typed else ""
    if not form.is_bound:
        return _sheet_page(request, form, sheet_of(request.actor, place, asked))
    is_sound = form.is_valid()
    sheet = sheet_typed(request.actor, place, asked, form, read=wanted in ("read", "record"))
    if request.method == "POST" and wanted == "record" and is_sound and _is_recorded(request, form, sheet):
        return redirect("clinic_day", clinic=clinic, on=on)
    return _sheet_page(request, form, sheet, with_names=wanted == "names")


@entry(Permission.RECORD_JOURNEY, methods="POST")
def take_back(request: Request, clinic: str, on: str) -> HttpResponse:
    """Take a list of a day back: what stood before it stands again. It is kept, as taken back."""
    place, asked = _asked_for(request, clinic, on)
    with suppress(NotHere):
        row: ClinicList = referred_to(lists_of_day(place, asked), request.POST.get("list", ""))
        withdraw_lists(by=request.actor, site=place.site, lists=[row.pk])
        messages.success(request, _("Taken back. What stood before it stands again."))
    return redirect("clinic_day", clinic=clinic, on=on)


def _is_recorded(request: Request, form: DayForm, sheet: DaySheet) -> bool:
    """Record the list once, or put beside the form what speaks against it."""
    for field, why in problems_of(sheet, form):
        form.add_error(field, why)
    if form.errors:
        return False
    is_in_doubt = sheet.leave_lines_out()

    def do() -> ClinicList:
        return record_clinic_list(by=sheet.by, clinic=sheet.clinic, day=sheet.day, marks=sheet.to_record())

    try:
        once(request.actor, form.sent(request.path), do)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Recorded: %(sum)s.") % {"sum": sum_in_words(sheet.tally())})
    if is_in_doubt:
        messages.info(
            request, _("Lines were left out: whoever no line names is recorded as not on the paper.")
        )
    return True


def _sheet_page(
    request: Request, form: DayForm, sheet: DaySheet, *, with_names: bool = False
) -> HttpResponse:
    # The rows that stand on the form now: those that were read in from lines too.
    form.put_shown(sheet.codes(), sheet.codes_not_named())
    rows = sheet.rows(with_names=with_names)
    shown: dict[str, Any] = {
        "form": form,
        "clinic": sheet.clinic,
        "on": sheet.day,
        "rows": rows,
        "choices": CHOICES,
        "tally": sheet.tally(),
        "left": sheet.left,
        "in_doubt": bool(sheet.in_doubt()),
        "new": sheet.new,
        "with_names": with_names,
        "corrects": bool(day_count(sheet.clinic, sheet.day).people) and not form.is_bound,
        "day_url": reverse("clinic_day", args=[reference_of(sheet.clinic), sheet.day.isoformat()]),
        "import_url": import_url(),
    }
    return render(request, "desk/record_day.html", shown)


def _asked_for(request: Request, clinic: str, on: str) -> tuple[MatClinic, date]:
    """Return which clinic and which day are meant; NotHere where the day is none, or has not come yet."""
    place = clinic_within_reach(request.actor, Permission.RECORD_JOURNEY, clinic)
    return place, day_meant(on, timezone.localdate())
