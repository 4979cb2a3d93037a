"""What was told about people to somebody outside: what was noted, and what follows from other records."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import referred_to
from kimbilio.followup.choices import SheetKind
from kimbilio.followup.models import SheetLine
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.privacy.choices import Ground, ToldWhom
from kimbilio.privacy.models import Disagreement, Disclosure

_SHOWN = 200


@dataclass(frozen=True)
class Told:
    """One thing that was told: as it was noted (`row`), or as a sheet for the clinic shows it (`clinic`)."""

    client: Client
    occurred_on: date
    told: ToldWhom
    ground: Ground
    by: UUID | None
    row: Disclosure | None = None
    amended: bool = False
    clinic: str = ""
    serial: str = ""


def told_about(by: Actor, client: Client) -> list[Told]:
    """Return all that was told about a person, the newest first, with entries that were amended. Three queries."""
    require(by, Permission.USE_RIGHTS, client)
    ids = ids_of_one_person(client)
    rows = list(
        Disclosure.objects.filter(organisation=by.organisation_id, client__in=ids).select_related(
            "client__site"
        )
    )
    sheets = SheetLine.objects.filter(
        organisation=by.organisation_id, client__in=ids, sheet__kind=SheetKind.CLINIC
    )
    return _in_order(rows, list(sheets.select_related("client__site", "sheet__clinic")))


def told_at_sites(by: Actor) -> list[Told]:
    """Return what was told lately about people of the actor's sites, the newest first."""
    sites = by.sites_where(Permission.ANSWER_FOR_RIGHTS)
    rows = Disclosure.objects.filter(organisation=by.organisation_id, client__site__in=sites)
    sheets = SheetLine.objects.filter(
        organisation=by.organisation_id, client__site__in=sites, sheet__kind=SheetKind.CLINIC
    )
    told = _in_order(
        list(rows.select_related("client__site").order_by("-pk")[:_SHOWN]),
        list(sheets.select_related("client__site", "sheet__clinic").order_by("-pk")[:_SHOWN]),
    )
    return told[:_SHOWN]


def disclosure_referred_to(by: Actor, client: Client, reference: str) -> Disclosure:
    """Return an entry of a person by its reference; NotHere where it is none of theirs."""
    require(by, Permission.USE_RIGHTS, client)
    rows = Disclosure.objects.filter(organisation=by.organisation_id, client__in=ids_of_one_person(client))
    return referred_to(rows.select_related("client__site"), reference)


def disagreements_of(by: Actor, client: Client) -> list[Disagreement]:
    """Return when a person said that they disagree, the newest first."""
    require(by, Permission.USE_RIGHTS, client)
    rows = Disagreement.objects.filter(organisation=by.organisation_id, client__in=ids_of_one_person(client))
    return list(rows.defer("text").order_by("-pk"))


def _in_order(rows: list[Disclosure], lines: list[SheetLine]) -> list[Told]:
    amended = {row.amends_id for row in rows if row.amends_id}
    noted = [
        Told(
            client=row.client,
            occurred_on=row.occurred_on,
            told=ToldWhom(row.told),
            ground=Ground(row.ground),
            by=row.told_by,
            row=row,
            amended=row.pk in amended,
        )
        for row in rows
    ]
    # Whoever does not agree that the clinic is told stands on no sheet for it (followup).
    of_sheets = [
        Told(
            client=line.client,
            occurred_on=timezone.localtime(line.sheet.recorded_at).date(),
            told=ToldWhom.CLINIC,
            ground=Ground.CONSENT,
            by=line.sheet.printed_by,
            clinic=line.sheet.clinic.name if line.sheet.clinic else "",
            serial=line.sheet.serial,
        )
        for line in lines
    ]
    return sorted([*noted, *of_sheets], key=lambda one: one.occurred_on, reverse=True)
