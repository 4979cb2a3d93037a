"""Lines that wait: somebody says whose each is, puts it right, or leaves it out. For a day it can be taken back."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.forgetting import forget_old
from kimbilio.exchange.holding import hold_site
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries.waiting import WaitingLine, book_line, opened_line
from kimbilio.exchange.settled import as_new, as_person, as_typed, tell_no_more_of_newer, write_settled
from kimbilio.exchange.taking_back import take_back
from kimbilio.people.models import Client


def open_waiting_line(*, by: Actor, number: int, position: int) -> WaitingLine:
    """Return a line with what is written in it, the opening written down before anything is shown."""
    row = book_line(by, number, position)
    _write_down_opening(by=by, line=row)
    return opened_line(by, row)


@action(Permission.IMPORT_BOOKS, event="book.line_opened", at="line")
def _write_down_opening(*, by: Actor, line: BookLine) -> BookLine:
    return line


@action(Permission.IMPORT_BOOKS, event="book.line_settled", at="line")
def settle_as_person(*, by: Actor, line: BookLine, client: Client) -> BookLine:
    """Say that a line is a person's whom we know: what it says of them is recorded."""
    if client.organisation_id != by.organisation_id or client.site_id != line.site_id:
        raise NotHere
    row = _hold(line)
    return write_settled(by, row, as_person(row, client), Settlement.THIS_PERSON)


@action(Permission.IMPORT_BOOKS, event="book.line_settled", at="line")
def settle_as_new(*, by: Actor, line: BookLine) -> BookLine:
    """Say that a line is of somebody new: they are registered as the line says."""
    row = _hold(line)
    return write_settled(by, row, as_new(row), Settlement.NEW_PERSON)


@action(Permission.IMPORT_BOOKS, event="book.line_settled", at="line")
def settle_corrected(*, by: Actor, line: BookLine, typed: Mapping[str, str]) -> BookLine:
    """Put right what was typed: the line is read and judged anew, and refused with the reason if it cannot go in."""
    row = _hold(line)
    return write_settled(by, row, as_typed(row, typed), Settlement.CORRECTED)


@action(Permission.IMPORT_BOOKS, event="book.line_settled", at="line")
def leave_out(*, by: Actor, line: BookLine, why: str) -> BookLine:
    """Leave a line out for good, with the reason. It is counted nowhere."""
    row = _hold(line)
    if not why.strip():
        raise Refused(_("Say why the line is left out."))
    row.settlement, row.settled_at, row.settled_by = Settlement.LEFT_OUT, timezone.now(), by.staff_id
    row.settled_why = why.strip()[:500]
    row.save(update_fields=["settlement", "settled_at", "settled_by", "settled_why"])
    row.audit_detail = {"settlement": row.settlement}
    forget_old(by.organisation_id)
    return row


@action(Permission.IMPORT_BOOKS, event="book.line_waits_again", at="line")
def take_back_settlement(*, by: Actor, line: BookLine) -> BookLine:
    """Let a settled line wait again: what was recorded from it is taken back. Refused where more rests on it."""
    hold_site(line.book_import.site)
    row = _fresh(line)
    if row.settlement in {Settlement.WAITING, Settlement.CAME_AGAIN}:
        raise Refused(_("This line waits already, or came again in a later book."))
    if row.contents is None:
        raise Refused(
            _("This was settled more than a day ago, and what stood in the line is no longer kept.")
        )
    if take_back(by, row.book_import.site, row):
        raise Refused(_("More was recorded of this person since, so the line cannot wait again."))
    row.made.all().delete()
    row.settlement, row.settled_at, row.settled_by, row.settled_why = Settlement.WAITING, None, None, None
    row.client = None
    row.save(update_fields=["settlement", "settled_at", "settled_by", "settled_why", "client"])
    tell_no_more_of_newer(row)
    return row


def _hold(line: BookLine) -> BookLine:
    """Return a line that waits still, with nobody else settling lines of this site meanwhile."""
    hold_site(line.book_import.site)
    row = _fresh(line)
    if not row.waits:
        raise Refused(_("Somebody has settled this line already."))
    return row


def _fresh(line: BookLine) -> BookLine:
    rows = BookLine.objects.select_related("book_import__site", "book_import__clinic", "client__site")
    row = rows.filter(organisation=line.organisation_id, pk=line.pk).first()
    if row is None:
        raise NotHere
    return row
