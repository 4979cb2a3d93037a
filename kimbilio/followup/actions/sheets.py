"""Printing: a sheet of people to look for, or an answer to the clinic. Written down before it is shown."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.followup.choices import SheetKind
from kimbilio.followup.models import PrintedSheet, SheetLine
from kimbilio.followup.queries.sheets import SheetRow
from kimbilio.followup.queries.workers import Worker
from kimbilio.people.rules import ALPHABET
from kimbilio.places.models import MatClinic

_SERIAL_DIGITS = 6


@action(Permission.PRINT_FOLLOW_UP, event="followup.sheet_printed", at="site")
def print_sheet(
    *,
    by: Actor,
    site: Site,
    kind: SheetKind,
    as_at: date,
    rows: Sequence[SheetRow],
    worker: Worker | None = None,
    clinic: MatClinic | None = None,
    left_out: int = 0,
) -> PrintedSheet:
    """Write down that a sheet is printed, with its serial and who stands on it, and return it."""
    sheet = PrintedSheet.objects.create(
        organisation_id=site.organisation_id,
        site=site,
        clinic=clinic,
        kind=kind,
        serial=_free_serial(site.organisation_id),
        as_at=as_at,
        shred_by=timezone.localdate() + timedelta(days=settings.SHRED_AFTER_DAYS),
        left_out=left_out,
        worker=worker.id if worker else None,
        printed_by=by.staff_id,
    )
    SheetLine.objects.bulk_create(
        [
            SheetLine(organisation_id=site.organisation_id, sheet=sheet, place=place, **vars(row))
            for place, row in enumerate(rows, start=1)
        ],
        batch_size=500,
    )
    sheet.audit_detail = {"serial": sheet.serial, "kind": kind.value, "rows": len(rows)}
    return sheet


def _free_serial(organisation_id: UUID) -> str:
    """Return a serial that no sheet of the organisation has: drawn at random, so that it tells no number of sheets."""
    while True:
        serial = "S-" + "".join(secrets.choice(ALPHABET) for _place in range(_SERIAL_DIGITS))
        if not PrintedSheet.objects.filter(organisation=organisation_id, serial=serial).exists():
            return serial
