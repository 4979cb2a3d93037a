"""How a line that waited is written once somebody said what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.core.refusals import Refused
from kimbilio.exchange.beginning import refuse_without
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.wording import Words
from kimbilio.exchange.choices import LineFate, Settlement
from kimbilio.exchange.earlier import known_lines
from kimbilio.exchange.forgetting import forget_old
from kimbilio.exchange.kept_lines import from_contents
from kimbilio.exchange.kinds import KINDS, KindOfBook, Line
from kimbilio.exchange.kinds.base import Job
from kimbilio.exchange.kinds.later_days import LEFT_TO_NEWER
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.planning import digests_of
from kimbilio.exchange.within_consent import keep_within_consent
from kimbilio.exchange.wording import as_kept, from_kept, in_words
from kimbilio.exchange.writing import write_made
from kimbilio.identity.queries import outside_codes
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person, one_person


def as_person(row: BookLine, client: Client) -> Line:
    """Return the line as that of a person whom we know."""
    line, kind = _read_again(row, {})
    if not kind.has_people:
        raise Refused(_("A line of this book is nobody's. Put it right, or leave it out."))
    line.client_id = one_person(client).pk
    kind.plan_for(row.book_import.site, row.book_import.clinic, line, _day(row))
    keep_within_consent(row.book_import.site, [line])
    _refuse_without_consent(line)
    _refuse_a_copy(row, line, kind)
    _refuse_a_repeat(row, line, kind, client)
    _leave_to_newer(row, line, kind, client)
    return line


def as_new(row: BookLine) -> Line:
    """Return the line as that of somebody who is registered now."""
    line, kind = _read_again(row, {})
    if not kind.can_be_new(_kept(row)):
        raise Refused(_("A book of this kind says too little of a person. Register them first."))
    _refuse_unread(line)
    kind.plan_for(row.book_import.site, row.book_import.clinic, line, _day(row))
    _refuse_nothing(line, kind)
    return line


def as_typed(row: BookLine, typed: Mapping[str, str]) -> Line:
    """Return the line as it was put right, judged like any other."""
    line, kind = _read_again(row, typed)
    _refuse_unread(line)
    if kind.has_people and not line.code and not (kind.finds_by_name and line.said.names):
        raise Refused(_("There is no code."))
    kind.match(row.book_import.site, row.book_import.clinic, [line], _day(row))
    keep_within_consent(row.book_import.site, [line])
    kind.beside_each_other(row.book_import.site, [line])
    _refuse_unread(line)
    known = Client.objects.filter(organisation=row.organisation_id)
    if line.client_id is not None and (client := known.filter(pk=line.client_id).first()):
        _refuse_a_repeat(row, line, kind, client)
        _leave_to_newer(row, line, kind, client)
    return line


def _refuse_a_copy(row: BookLine, line: Line, kind: KindOfBook) -> None:
    """Refuse a line that says what is recorded of this person already. Where it says more, whoever settles it knows."""
    beside = replace(line)
    kind.beside_each_other(row.book_import.site, [beside])
    if beside.fate == LineFate.COPIES:
        _refuse_unread(beside)


def _refuse_a_repeat(row: BookLine, line: Line, kind: KindOfBook, client: Client) -> None:
    """Refuse a line that is the same as one that went in, now that somebody says whose it is."""
    site = row.book_import.site
    people = set(ids_of_one_person(client))
    codes = outside_codes(site.organisation_id, people).values()
    identities = kind.identities_with(line.said, [*codes, client.code])
    known = known_lines(site.organisation_id, list(map(digests_of(site, kind.kind), identities)))
    for earlier in known.values():
        if earlier.was_taken and earlier.client_id in people:
            said = _("Line %(line)s of import %(number)s says the same, and is recorded. Leave this one out.")
            raise Refused(said % {"line": earlier.line, "number": earlier.number})


def _leave_to_newer(row: BookLine, line: Line, kind: KindOfBook, client: Client) -> None:
    """Leave out what newer lists tell of already; refuse a line of which nothing is left."""
    left_out = kind.leave_to_newer(line, client, row.book_import)
    if left_out and not kind.adds_something(line):
        raise Refused(_("Newer lists tell of all days of this line already. Leave it out."))
    _refuse_nothing(line, kind)


def _refuse_nothing(line: Line, kind: KindOfBook) -> None:
    if not kind.adds_something(line):
        raise Refused(_("Nothing of this line can be recorded. Put it right first, or leave it out."))


def write_settled(by: Actor, row: BookLine, line: Line, settlement: Settlement) -> BookLine:
    """Write what a settled line adds, and keep what was made so that it can be taken back."""
    kind, book = KINDS[Kind(row.book_import.kind)], row.book_import
    refuse_without(by, book.site, kind.permissions([line]))
    job = Job(by, book.site, book.clinic, _day(row))
    kind.write(job, [line])
    row.client_id = line.client_id
    row.settlement, row.settled_at, row.settled_by = settlement, timezone.now(), by.staff_id
    row.save(update_fields=["client", "settlement", "settled_at", "settled_by"])
    _tell_of_newer(row, [note for note in line.notes if note.msgid == LEFT_TO_NEWER])
    write_made(book, job.made, row)
    row.audit_detail = {"settlement": settlement.value}
    forget_old(by.organisation_id)
    return row


def tell_no_more_of_newer(row: BookLine) -> None:
    """Take the note of its settling off a line that waits again."""
    _tell_of_newer(row, [])


def _tell_of_newer(row: BookLine, told: Sequence[Words]) -> None:
    """Note on a line that days were left to newer lists, in place of what was noted of it before."""
    reason, notes = from_kept(row.reason, row.words)
    after = (*(note for note in notes if note.msgid != LEFT_TO_NEWER), *told)
    if after != notes:
        row.words = as_kept(reason, after)
        row.save(update_fields=["words"])


def _read_again(row: BookLine, typed: Mapping[str, str]) -> tuple[Line, KindOfBook]:
    kind = KINDS[Kind(row.book_import.kind)]
    said = _kept(row)
    changed = {field: typed[field].strip() for field in kind.editable if field in typed}
    return kind.revive(said | changed), kind


def _kept(row: BookLine) -> dict[str, Any]:
    return from_contents(row.contents or "")[0]


def _day(row: BookLine) -> Any:
    return from_contents(row.contents or "")[3]


def _refuse_without_consent(line: Line) -> None:
    """Refuse a line that lost its person again, since they said no to our keeping a record."""
    if line.client_id is None:
        _refuse_unread(line)


def _refuse_unread(line: Line) -> None:
    if not line.is_taken:
        raise Refused(in_words(line.reason) if line.reason else _("This line cannot be read."))
