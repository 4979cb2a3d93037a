"""Who opened whom in a week: every member of staff, what stands out, the entries behind it, and looking into it."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.at_site import site_where
from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.caseload.actions import look_into
from kimbilio.caseload.choices import Outcome
from kimbilio.caseload.forms import LookIntoForm
from kimbilio.caseload.queries import (
    Behind,
    Line,
    WeekAtSite,
    entries_behind,
    first_week,
    monday_of,
    staff_ever_at,
    week_at_site,
)
from kimbilio.caseload.week_shown import (
    Names,
    entries_shown,
    line_shown,
    people_named,
    week_shown,
    weeks_around,
)
from kimbilio.core.days import day_meant
from kimbilio.core.paging import on_page, page_asked, pages_of
from kimbilio.core.refusals import Refused
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code

_ROWS = 50


@dataclass(frozen=True)
class _About:
    """Whose entries a page shows: those of one member of staff, or those about one person."""

    staff: Staff | None = None
    person: Client | None = None

    def is_behind(self, line: Line) -> bool:
        """Tell whether a line is about this member of staff or person."""
        found = line.stands_out
        if self.person is not None:
            return found.staff is None and found.about == self.person.pk
        return self.staff is not None and found.staff == self.staff.pk

    def entries(self, line: Line | None) -> Behind:
        """Return which entries to show: all of theirs, or those behind one line."""
        staff, person = self.staff.pk if self.staff else None, self.person.pk if self.person else None
        return Behind(staff, person, line.stands_out.people if line else None)


@entry(Permission.READ_AUDIT)
def this_week(request: Request) -> HttpResponse:
    """Show who opened whom in the week that is going on."""
    return _week(request, monday_of(timezone.localdate()))


@entry(Permission.READ_AUDIT)
def week_of(request: Request, on: str) -> HttpResponse:
    """Show who opened whom in the week of a day."""
    return _week(request, _monday(on))


@entry(Permission.READ_AUDIT, methods="GET POST")
def by_staff(request: Request, on: str, username: str) -> HttpResponse:
    """Show whom one member of staff opened in a week, and keep what came of looking into it."""
    site = site_where(request, Permission.READ_AUDIT)
    staff = staff_ever_at(site, username)
    return _entries(request, site, _monday(on), _About(staff=staff))


@entry(Permission.READ_AUDIT, methods="GET POST")
def of_person(request: Request, on: str, code: str) -> HttpResponse:
    """Show who opened one person in a week, and keep what came of looking into it."""
    client = client_by_code(request.actor, code, Permission.READ_AUDIT)
    return _entries(request, client.site, _monday(on), _About(person=client))


def _monday(on: str) -> date:
    return monday_of(day_meant(on, timezone.localdate()))


def _week(request: Request, monday: date) -> HttpResponse:
    site = site_where(request, Permission.READ_AUDIT)
    week = week_at_site(request.actor, site, monday)
    names = Names(site, people_named(week.lines))
    around = weeks_around(monday, first_week(site), timezone.localdate())
    return render(request, "caseload/week.html", week_shown(week, names) | around | {"site": site})


def _entries(request: Request, site: Site, monday: date, about: _About) -> HttpResponse:
    week = week_at_site(request.actor, site, monday)
    lines = [line for line in week.lines if about.is_behind(line)]
    chosen = next((line for line in lines if line.reference == request.GET.get("line")), None)
    if request.method == "POST":
        return _looked_into(request, site, week, lines)
    page = page_asked(request.GET)
    behind = about.entries(chosen)
    rows, count = entries_behind(site, monday, behind, on_page(page, _ROWS))
    names = Names(site, people_named(lines) | {row.about for row in rows if row.about})
    address = request.path + (f"?line={chosen.reference}" if chosen else "")
    shown = {
        "about": names.of(about.staff.pk) if about.staff else "",
        "about_code": names.code(about.person.pk) if about.person else "",
        "monday": monday,
        "site": site,
        "chosen": line_shown(week, chosen, names) if chosen else None,
        "is_own": about.staff is not None and about.staff.pk == request.actor.staff_id,
        "others": [line_shown(week, line, names) for line in lines if line is not chosen],
        "rows": entries_shown(rows, names, may_open=request.actor.may(Permission.OPEN_PERSON, site.pk)),
        "pages": pages_of(address, page, rows=count, size=_ROWS),
        "form": LookIntoForm(initial={"line": chosen.reference}) if chosen else None,
        "outcomes": [{"code": one.value, "words": one.label} for one in Outcome],
    }
    return render(request, "caseload/entries.html", shown)


def _looked_into(request: Request, site: Site, week: WeekAtSite, lines: list[Line]) -> HttpResponse:
    """Keep what came of a line once, however often the form is sent, and lead back to the week."""
    form = LookIntoForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose what came of it."))
        return redirect(request.get_full_path())
    line = next((line for line in lines if line.reference == form.cleaned_data["line"]), None)
    if line is None:
        raise Refused(_("This does not stand out any more: more was recorded since."))

    outcome, found = Outcome(form.cleaned_data["outcome"]), line.stands_out
    once(
        request.actor,
        form.sent(request.path),
        lambda: look_into(by=request.actor, site=site, week=week.monday, line=found, outcome=outcome),
    )
    messages.success(request, _("Saved. It stays beside this line."))
    return redirect("opened_week_of", on=week.monday.isoformat())
