"""What can be asked of printed sheets."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.followup.choices import Group, SheetKind, Told, Wish
from kimbilio.followup.models import ContactWish, PrintedSheet, SheetLine
from kimbilio.followup.queries.entries import Entry, entries_at
from kimbilio.followup.queries.facts import (
    People,
    attempts_of,
    hotspot_shown,
    plan_in,
    wish_rows,
    wishes_of_people,
)
from kimbilio.followup.rules import Wishes, told_to_clinic
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import uses_consent, who_among_agreed
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


@uses_consent(
    ConsentPurpose.HOLD_A_RECORD,
    ConsentPurpose.PHONE_CONTACT,
    ConsentPurpose.HOME_VISIT,
    ConsentPurpose.SHARE_WITH_CLINIC,
)
def lines_of(sheet: PrintedSheet) -> list[SheetLine]:
    """Return the lines of a sheet as they were printed, in order, without what was said no to since.

    The paper keeps what stood on it when it was printed; shown again, it says no more than people agree to today.
    """
    rows = SheetLine.objects.filter(organisation=sheet.organisation_id, sheet=sheet)
    lines = list(rows.select_related("client__ward").order_by("place"))
    people = People.whom(sheet.organisation_id, [line.client_id for line in lines])
    recorded = who_among_agreed(sheet.organisation_id, ConsentPurpose.HOLD_A_RECORD, people.person_of)
    wishes = wishes_of_people(people)
    shown = []
    for line in lines:
        wished = wishes[person := people.person_of[line.client_id]]
        if person in recorded and _may_stand(sheet.kind, wished):
            shown.append(_as_wished(line, wished))
    return shown


def _may_stand(kind: str, wishes: Wishes) -> bool:
    return wishes.tell_clinic == Wish.YES if kind == SheetKind.CLINIC else _may_look(wishes)


def _as_wished(line: SheetLine, wishes: Wishes) -> SheetLine:
    if wishes.call == Wish.NO:
        line.call = Wish.NO
    if wishes.visit == Wish.NO:
        line.visit, line.hotspot = Wish.NO, ""
    return line


def sheet_rows(by: Actor, site: Site, on: date, worker_id: UUID | None) -> list[SheetRow]:
    """Return what a sheet says of each person to look for, most urgent first: one worker's people, or everybody.

    Those who are on the way back, or of whom it is known where they are, stand on no sheet.
    """
    entries = [
        one
        for one in entries_at(by, site, on)
        if one.group in _LOOKED_FOR and worker_id in (None, one.worker_id)
    ]
    people = People.of(site.organisation_id, [one.client_id for one in entries])
    rows = wish_rows(people)
    wishes = wishes_of_people(people, rows)
    return [
        _sheet_row(one, rows.get(one.client_id), wishes[one.client_id])
        for one in entries
        if _may_look(wishes[one.client_id])
    ]


def _may_look(wishes: Wishes) -> bool:
    return not wishes.call == wishes.visit == Wish.NO


def _sheet_row(one: Entry, row: ContactWish | None, wishes: Wishes) -> SheetRow:
    return SheetRow(
        client_id=one.client_id,
        group=one.group.value,
        step=one.run.step,
        days=one.run.days,
        last_dose=one.run.last_dose,
        assess=one.run.assess_before_dose,
        call=wishes.call,
        visit=wishes.visit,
        hotspot=hotspot_shown(row, wishes),
    )


@uses_consent(ConsentPurpose.SHARE_WITH_CLINIC)
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
        if wishes[one.client_id].tell_clinic != Wish.YES:
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
