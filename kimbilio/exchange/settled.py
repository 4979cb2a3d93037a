"""How a line that waited is written once somebody said what it is."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.core.refusals import Refused
from kimbilio.exchange.beginning import refuse_without
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.forgetting import forget_old
from kimbilio.exchange.kept_lines import from_contents
from kimbilio.exchange.kinds import KINDS, KindOfBook, Line
from kimbilio.exchange.kinds.base import Job
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.wording import in_words
from kimbilio.exchange.writing import write_made
from kimbilio.people.models import Client
from kimbilio.people.queries import one_person


def as_person(row: BookLine, client: Client) -> Line:
    """Return the line as that of a person whom we know."""
    line, kind = _read_again(row, {})
    line.client_id = one_person(client).pk
    kind.plan_for(row.book_import.site, row.book_import.clinic, line, _day(row))
    if not kind.adds_something(line):
        raise Refused(_("Nothing of this line can be recorded. Put it right first, or leave it out."))
    return line


def as_new(row: BookLine) -> Line:
    """Return the line as that of somebody who is registered now."""
    line, kind = _read_again(row, {})
    if not kind.can_register:
        raise Refused(_("A book of this kind says too little of a person. Register them first."))
    _refuse_unread(line)
    kind.plan_for(row.book_import.site, row.book_import.clinic, line, _day(row))
    return line


def as_typed(row: BookLine, typed: Mapping[str, str]) -> Line:
    """Return the line as it was put right, judged like any other."""
    line, kind = _read_again(row, typed)
    _refuse_unread(line)
    if not line.code:
        raise Refused(_("There is no code."))
    kind.match(row.book_import.site, row.book_import.clinic, [line], _day(row))
    _refuse_unread(line)
    return line


def write_settled(by: Actor, row: BookLine, line: Line, settlement: Settlement) -> BookLine:
    """Write what a settled line adds, and keep what was made so that it can be taken back."""
    kind, book = KINDS[Kind(row.book_import.kind)], row.book_import
    refuse_without(by, book.site, kind.permissions([line]))
    job = Job(by, book.site, book.clinic, _day(row))
    kind.write(job, [line])
    row.client_id = line.client_id
    row.settlement, row.settled_at, row.settled_by = settlement, timezone.now(), by.staff_id
    row.save(update_fields=["client", "settlement", "settled_at", "settled_by"])
    write_made(book, job.made, row)
    row.audit_detail = {"settlement": settlement.value}
    forget_old(by.organisation_id)
    return row


def _read_again(row: BookLine, typed: Mapping[str, str]) -> tuple[Line, KindOfBook]:
    kind = KINDS[Kind(row.book_import.kind)]
    said: dict[str, Any] = from_contents(row.contents or "")[0]
    changed = {field: typed[field].strip() for field in kind.editable if field in typed}
    return kind.revive(said | changed), kind


def _day(row: BookLine) -> Any:
    return from_contents(row.contents or "")[3]


def _refuse_unread(line: Line) -> None:
    if not line.is_taken:
        raise Refused(in_words(line.reason) if line.reason else _("This line cannot be read."))
