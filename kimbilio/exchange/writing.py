"""Writing a book that was read: what its lines add, what became of each, and what was made, in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.core import vault
from kimbilio.core.encryption import mac
from kimbilio.core.sealed_books import make_keys
from kimbilio.exchange.beginning import clinic_for, refuse_without
from kimbilio.exchange.choices import WAITING, LineFate, Settlement
from kimbilio.exchange.holding import hold_site
from kimbilio.exchange.kept_lines import contents_of
from kimbilio.exchange.kinds import KINDS, Line, ReadBook
from kimbilio.exchange.kinds.base import Job, Made, Progress
from kimbilio.exchange.models import BookImport, BookLine, MadeRows
from kimbilio.exchange.planning import counts_kept, counts_of, plan, written_of
from kimbilio.exchange.wording import as_kept
from kimbilio.identity.duplicates import undecided_pairs
from kimbilio.people.traces import rows_about, tables_about_people
from kimbilio.places.models import MatClinic

_DIGEST_PURPOSE = b"book that was taken in"
_AT_ONCE = 1000


def write_book(by: Actor, site: Site, read: ReadBook, progress: Progress) -> BookImport:
    """Write a book that was read, in the transaction of the action that asks for it."""
    hold_site(site)
    clinic = clinic_for(by, site, read.given)
    plan(site, clinic, read)
    taken = [line for line in read.lines if line.is_taken]
    kind = KINDS[read.given.kind]
    refuse_without(by, site, kind.permissions(taken))
    progress(0.25)
    job = Job(by, site, clinic, read.as_at, progress=lambda part: progress(0.25 + 0.55 * part))
    kind.write(job, taken)
    made = _write_import(by, site, read, clinic)
    write_lines(made, read, read.lines)
    progress(0.9)
    write_made(made, job.made, None)
    made.duplicates = _offered(site, job.made.ids.get("people.Client", ()))
    made.save(update_fields=["duplicates"])
    made.audit_detail = {**asdict(counts_kept(made)), "digest": bytes(made.digest).hex()}
    progress(1.0)
    return made


def _write_import(by: Actor, site: Site, read: ReadBook, clinic: MatClinic | None) -> BookImport:
    given = read.given
    imports = BookImport.objects.filter(organisation=site.organisation_id)
    key = vault.keyring().audit_key(site.organisation_id)
    sheets = dict.fromkeys(line.place.sheet for line in read.lines)
    return BookImport.objects.create(
        organisation_id=site.organisation_id,
        site=site,
        clinic=clinic,
        serial=(imports.aggregate(last=Max("serial"))["last"] or 0) + 1,
        kind=given.kind.value,
        month=_month_of(read),
        name=given.name,
        sheets="\n".join(sheet.replace("\n", " ") for sheet in sheets),
        digest=mac(key, _DIGEST_PURPOSE + given.data),
        imported_by=by.staff_id,
        **asdict(counts_of(read)),
    )


def _month_of(read: ReadBook) -> str:
    if read.given.month:
        return str(read.given.month)
    return f"{read.months[0]:%Y-%m}" if len(read.months) == 1 else ""


def write_lines(made: BookImport, read: ReadBook, lines: Sequence[Line]) -> None:
    """Keep what became of every line; of those that wait also what was read, sealed."""
    sheets = {
        name: place for place, name in enumerate(dict.fromkeys(line.place.sheet for line in read.lines))
    }
    waiting = [line for line in lines if line.fate in WAITING and line.waits_in is None]
    written = written_of(read, waiting)
    kind = KINDS[read.given.kind]
    copied = _first_of_each(lines)
    rows = [
        BookLine(
            id=line.id,
            organisation_id=made.organisation_id,
            book_import=made,
            position=position,
            sheet=sheets[line.place.sheet],
            line=line.place.line,
            fate=line.fate,
            reason=line.reason.msgid if line.reason else "",
            words=as_kept(line.reason, line.notes),
            contents=contents_of(kind, line, written[id(line)], read.as_at) if id(line) in written else None,
            identity=_identity_kept(line),
            client_id=line.client_id if line.is_taken else None,
            copy_of_id=_copy_of(line, copied),
        )
        for position, line in enumerate(lines, 1)
    ]
    _came_again(made, [line.waits_in for line in lines if line.waits_in is not None and line.is_taken])
    _taken_anew(made, [line.anew_for for line in lines if line.anew_for is not None])
    make_keys(made.organisation_id, rows)
    BookLine.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _identity_kept(line: Line) -> bytes | None:
    """Return a line's digest, unless a line that waits holds it and still does."""
    return None if line.waits_in is not None and not line.is_taken else line.digest


def _first_of_each(lines: Sequence[Line]) -> dict[str, Line]:
    """Return the line that each other line of the book with the same identity repeats."""
    found: dict[str, Line] = {}
    for line in lines:
        if line.digest or line.copy_of:
            found.setdefault(line.identity, line)
    return found


def _copy_of(line: Line, first: dict[str, Line]) -> UUID | None:
    """Return the line that this one repeats: of an earlier import, or of the same book."""
    if line.fate != LineFate.COPIES:
        return line.waits_in if not line.is_taken else None
    if line.copy_of is not None or line.identity not in first:
        return line.copy_of
    earlier = first[line.identity]
    return earlier.copy_of or earlier.id


def _taken_anew(made: BookImport, ids: Collection[UUID]) -> None:
    """Let lines give their identity up whose days a later book had changed, since the same line is taken anew."""
    given_up = list(ids)
    for start in range(0, len(given_up), _AT_ONCE):
        BookLine.objects.filter(pk__in=given_up[start : start + _AT_ONCE]).update(taken_anew_in=made)


def _came_again(made: BookImport, ids: Collection[UUID]) -> None:
    """Let lines rest that waited, since the same line is taken now."""
    waiting = list(ids)
    for start in range(0, len(waiting), _AT_ONCE):
        BookLine.objects.filter(pk__in=waiting[start : start + _AT_ONCE]).update(
            settlement=Settlement.CAME_AGAIN, settled_at=timezone.now(), settled_in=made
        )


def write_made(made: BookImport, written: Made, line: BookLine | None) -> None:
    """Keep which rows were written; of new people every row that tells of them."""
    ids = {label: list(rows) for label, rows in written.ids.items()}
    for model, columns in tables_about_people():
        if model is not BookLine and "people.Client" in ids:
            about_new = dict.fromkeys(row for row, _one in rows_about(model, columns, ids["people.Client"]))
            ids[model._meta.label] = list(dict.fromkeys([*ids.get(model._meta.label, ()), *about_new]))
    rows: list[Any] = [
        MadeRows(
            organisation_id=made.organisation_id,
            book_import=made,
            line=line,
            table=label,
            row_ids=b"".join(row.bytes for row in keys),
        )
        for label, keys in ids.items()
        if keys
    ]
    MadeRows.objects.bulk_create(rows)


def _offered(site: Site, people: Collection[UUID]) -> int:
    """Return how many likely pairs are offered now of which at least one is of this book."""
    ours = set(people)
    if not ours:
        return 0
    return sum(1 for pair in undecided_pairs(site) if not ours.isdisjoint(pair))
