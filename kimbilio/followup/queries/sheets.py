"""What can be asked of printed sheets."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.followup.choices import Group, Told, Wish
from kimbilio.followup.models import ContactWish, PrintedSheet, SheetLine
from kimbilio.followup.queries.entries import Entry, entries_at
from kimbilio.followup.queries.facts import (
    People,
    attempts_of,
    plan_in,
    wish_rows,
    wishes_in,
    wishes_of_people,
)
from kimbilio.followup.rules import Wishes, told_to_clinic
from kimbilio.places.models import MatClinic

_LOOKED_FOR = frozenset({Group.MISSING, Group.OUT_OF_TOUCH})
_ATTEMPTS_SINCE = timedelta(days=92)


@dataclass(frozen=True)
class SheetRow:
    """One line to print: whom, and what the paper says."""

    client_id: UUID
    group: str
    step: str = ""
    days: int = 0
    last_dose: date | None = None
    assess: bool = False
    call: Wish = Wish.ASK
    visit: Wish = Wish.ASK
    hotspot: str = ""
    told: Told | str = ""
    coming_on: date | None = None


def sheets_at(site: Site) -> QuerySet[PrintedSheet]:
    """Return the sheets that were printed at a site, the newest first."""
    return PrintedSheet.objects.filter(organisation=site.organisation_id, site=site).order_by("-pk")


def sheet_within_reach(by: Actor, serial: str) -> PrintedSheet:
    """Return a sheet by its serial; NotHere when there is none within the actor's reach."""
    sheet = (
        PrintedSheet.objects.filter(
            organisation=by.organisation_id,
            site__in=by.sites_where(Permission.PRINT_FOLLOW_UP),
            serial=serial,
        )
        .select_related("site", "clinic")
        .first()
    )
    if sheet is None:
        raise NotHere
    return sheet


def lines_of(sheet: PrintedSheet) -> list[SheetLine]:
    """Return the lines of a sheet as they were printed, in order."""
    lines = SheetLine.objects.filter(organisation=sheet.organisation_id, sheet=sheet)
    return list(lines.select_related("client__ward").order_by("place"))


def sheet_rows(by: Actor, site: Site, on: date, worker_id: UUID | None) -> list[SheetRow]:
    """Return what a sheet says of each person to look for, most urgent first: one worker's people, or everybody.

    Those who are on the way back, or of whom it is known where they are, stand on no sheet.
    """
    entries = [
        one
        for one in entries_at(by, site, on)
        if one.group in _LOOKED_FOR and worker_id in (None, one.worker_id)
    ]
    wishes = wish_rows(People.of(site.organisation_id, [one.client_id for one in entries]))
    return [
        _sheet_row(one, wishes.get(one.client_id)) for one in entries if _may_look(wishes.get(one.client_id))
    ]


def _may_look(row: ContactWish | None) -> bool:
    wishes = wishes_in(row)
    return not wishes.call == wishes.visit == Wish.NO


def _sheet_row(one: Entry, row: ContactWish | None) -> SheetRow:
    wishes = wishes_in(row)
    return SheetRow(
        client_id=one.client_id,
        group=one.group.value,
        step=one.run.step,
        days=one.run.days,
        last_dose=one.run.last_dose,
        assess=one.run.assess_before_dose,
        call=wishes.call,
        visit=wishes.visit,
        hotspot=row.hotspot.code if row and row.hotspot else "",
    )


def answer_rows(by: Actor, site: Site, on: date, clinic: MatClinic) -> tuple[list[SheetRow], int]:
    """Return what a clinic may hear of its people who are missing, and of how many nothing may be said yet.

    Only of those who agreed that the clinic is told. Of the others their number alone, for whoever asks them.
    """
    entries = [one for one in entries_at(by, site, on) if one.run.clinic_id == clinic.pk]
    people = People.of(site.organisation_id, [one.client_id for one in entries])
    wishes, attempts = wishes_of_people(people), attempts_of(people, on - _ATTEMPTS_SINCE, on)
    rows, left_out = [], 0
    for one in entries:
        plan = plan_in(one.way_back) if one.group == Group.ON_THE_WAY else None
        told = told_to_clinic(attempts.get(one.client_id, ()), plan, one.run.last_dose, on)
        if told is None:
            continue
        if wishes.get(one.client_id, Wishes()).tell_clinic != Wish.YES:
            left_out += 1
            continue
        coming_on = one.way_back.planned_on if one.way_back and told == Told.COMING else None
        rows.append(
            SheetRow(
                client_id=one.client_id,
                group=one.group.value,
                step=one.run.step,
                days=one.run.days,
                last_dose=one.run.last_dose,
                told=told,
                coming_on=coming_on,
            )
        )
    return rows, left_out
