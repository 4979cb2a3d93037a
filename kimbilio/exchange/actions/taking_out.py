"""Taking records out in a file: one asks, another approves, the one who asked takes it once, within a day."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action, require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.queries import actor_for, staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.core.encryption.passphrase_files import locked_with_passphrase
from kimbilio.core.months import in_address
from kimbilio.core.refusals import Refused
from kimbilio.exchange.taking_out.choices import FileKind, Stands, WhyTaken
from kimbilio.exchange.taking_out.held import keep_held
from kimbilio.exchange.taking_out.lines import Records, records_to_take
from kimbilio.exchange.taking_out.models import TakenOut
from kimbilio.exchange.taking_out.standing import stands_now, why_no_names, why_no_second_person
from kimbilio.exchange.taking_out.writing import Mark, lines_of, workbook_of
from kimbilio.people.rules import ALPHABET

_SERIAL_DIGITS = 6
_WRITE = {FileKind.WORKBOOK: workbook_of, FileKind.LINES: lines_of}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: why, in which form, which months, and whether names are needed."""

    why: WhyTaken
    kind: FileKind
    first_month: date
    last_month: date
    with_names: bool = False


@dataclass(frozen=True)
class TakenFile:
    """A file as it leaves: its neutral name, and what is in it, locked with the passphrase of whoever took it."""

    name: str
    contents: bytes


@action(Permission.EXPORT_PEOPLE, event="export.asked", at="site")
def ask_to_take_out(*, by: Actor, site: Site, wanted: Wanted) -> TakenOut:
    """Ask for a file of a site's records. Nothing leaves before another person approved it."""
    if by.staff_id is None:
        raise Refused(_("Your role does not allow this."))
    if why := why_no_names(by, site.pk, with_names=wanted.with_names):
        raise Refused(why)
    export = TakenOut.objects.create(
        organisation_id=site.organisation_id,
        site=site,
        serial=_free_serial(site.organisation_id),
        asked_by=by.staff_id,
        **vars(wanted),
    )
    export.audit_detail = _detail(export)
    return export


@action(Permission.EXPORT_PEOPLE, event="export.approved", at="export")
def approve_taking_out(*, by: Actor, export: TakenOut) -> TakenOut:
    """Approve what another person asked for."""
    held = _held(export, Stands.WAITS)
    if why := why_no_second_person(by, held):
        raise Refused(why)
    held.approved_by, held.approved_at = by.staff_id, timezone.now()
    held.save(update_fields=["approved_by", "approved_at"])
    held.audit_detail = _detail(held)
    return held


@action(Permission.EXPORT_PEOPLE, event="export.turned_down", at="export")
def turn_down_taking_out(*, by: Actor, export: TakenOut) -> TakenOut:
    """Say no to what was asked for; whoever asked may say it of their own, even after it was approved."""
    held = _held(export, Stands.WAITS, Stands.READY)
    held.turned_down_by, held.turned_down_at = by.staff_id, timezone.now()
    held.save(update_fields=["turned_down_by", "turned_down_at"])
    held.audit_detail = _detail(held)
    return held


def take_out(*, by: Actor, export: TakenOut, passphrase: str) -> TakenFile:
    """Return the file, once: made now, in memory, locked with the passphrase. If it can't be made, it is not taken.

    Locking takes seconds on purpose: nobody waits meanwhile, and of two who take at once one is refused at the end.
    """
    at = timezone.now()
    with transaction.atomic():
        held = _held(export, Stands.READY)
        records = _records(by, held)
    contents = _WRITE[FileKind(held.kind)](records, _mark(held, records, at))
    locked = locked_with_passphrase(contents, passphrase)
    with transaction.atomic():
        held = _held(export, Stands.READY)
        taken = _write_down_taking(by=by, export=held, records=records, at=at)
    return TakenFile(f"{taken.serial}.{taken.kind}.age", locked)


@action(Permission.EXPORT_PEOPLE, event="export.taken", at="export")
def _write_down_taking(*, by: Actor, export: TakenOut, records: Records, at: datetime) -> TakenOut:
    export.taken_at, export.lines, export.left_out = at, records.lines, records.left_out
    export.save(update_fields=["taken_at", "lines", "left_out"])
    keep_held(export, records.people)
    export.audit_detail = _detail(export) | {"lines": records.lines, "left_out": records.left_out}
    return export


def _records(by: Actor, export: TakenOut) -> Records:
    """Return the records for whoever asked, where they and the one who approved may still do so."""
    if by.staff_id != export.asked_by:
        raise Refused(_("Only the person who asked takes it."))
    require(by, Permission.EXPORT_PEOPLE, export)
    if why := why_no_names(by, export.site_id, with_names=export.with_names):
        raise Refused(why)
    approved_by = Staff.objects.filter(Q(pk=export.approved_by), is_active=True).first()
    approver = actor_for(approved_by) if approved_by else None
    if (
        approver is None
        or not approver.may(Permission.EXPORT_PEOPLE, export.site_id)
        or why_no_names(approver, export.site_id, with_names=export.with_names)
    ):
        raise Refused(_("Whoever approved it may not do so any more. Ask once more."))
    return records_to_take(by, export)


def _held(export: TakenOut, *stands: Stands) -> TakenOut:
    """Return the row as it is now, held until the transaction ends; Refused where it does not stand so."""
    held = TakenOut.objects.select_for_update(of=("self",)).select_related("site").get(pk=export.pk)
    if stands_now(held) not in stands:
        raise Refused(
            _("This cannot be done any more: it was taken, turned down, or ran out. Ask once more.")
        )
    return held


def _mark(export: TakenOut, records: Records, at: datetime) -> Mark:
    staff = [one for one in (export.asked_by, export.approved_by) if one]
    names = staff_names(export.organisation_id, staff)
    return Mark(
        serial=export.serial,
        taken_by=names.get(export.asked_by, ""),
        taken_at=timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
        approved_by=names.get(export.approved_by, "") if export.approved_by else "",
        site=export.site.name,
        months=f"{in_address(export.first_month)} - {in_address(export.last_month)}",
        left_out=records.left_out,
    )


def _detail(export: TakenOut) -> dict[str, str | int]:
    months = f"{in_address(export.first_month)} {in_address(export.last_month)}"
    return {"serial": export.serial, "why": export.why, "names": int(export.with_names), "months": months}


def _free_serial(organisation_id: UUID) -> str:
    """Return a serial that no file of the organisation has: drawn at random, so that it tells no number of files."""
    while True:
        serial = "F-" + "".join(secrets.choice(ALPHABET) for _place in range(_SERIAL_DIGITS))
        if not TakenOut.objects.filter(organisation=organisation_id, serial=serial).exists():
            return serial
