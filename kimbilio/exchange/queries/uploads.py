"""Files on their way in: what their columns are taken for, and what taking them in would do."""

from contextlib import suppress
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.books.attendance import legend_of
from kimbilio.exchange.books.columns import ColumnGuess, Columns, TableColumns, all_columns
from kimbilio.exchange.books.fields import FIELD_WORDS, FIELDS, Kind
from kimbilio.exchange.books.likely_kind import doubt_of
from kimbilio.exchange.books.sheets import Book
from kimbilio.exchange.forgetting import KEPT_FOR
from kimbilio.exchange.keeping import given_of
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import Upload
from kimbilio.exchange.queries.previewing import Preview, preview_book
from kimbilio.exchange.reading import NeedsColumns, columns_of_book, said_plainly
from kimbilio.exchange.remembered import with_remembered
from kimbilio.exchange.wording import in_words


@dataclass(frozen=True)
class ShownMark:
    """A mark that stands in a book of attendance: how often, what it is taken for, and whether to ask."""

    mark: str
    times: int
    meaning: str | None
    ask: bool


@dataclass(frozen=True)
class ColumnsShown:
    """What the columns of a book are taken for; `missing` says in a sentence what could not be found.

    `doubt` says of which other kind the book likely is.
    """

    fields: list[tuple[str, str]]
    columns: list[ColumnGuess]
    missing: str
    doubt: str
    marks: list[ShownMark]
    left_out: list[tuple[str, str]]
    remembered: bool
    days: int


def upload_referred_to(by: Actor, reference: str) -> Upload:
    """Return a chosen file by its reference; NotHere for others', and for one that is older than a day."""
    found = Upload.objects.filter(
        organisation=by.organisation_id,
        site__in=by.sites_where(Permission.IMPORT_BOOKS),
        reference=reference,
        uploaded_by=by.staff_id,
        recorded_at__gte=timezone.now() - KEPT_FOR,
    )
    for upload in found.select_related("site", "clinic"):
        return upload
    raise NotHere


def uploads_of(by: Actor, site: Site) -> list[Upload]:
    """Return the files that somebody chose at a site and did not take in yet, newest first."""
    require(by, Permission.IMPORT_BOOKS, site)
    rows = Upload.objects.filter(
        organisation=site.organisation_id,
        site=site,
        uploaded_by=by.staff_id,
        recorded_at__gte=timezone.now() - KEPT_FOR,
    )
    return list(rows.defer("contents", "said").select_related("site", "clinic").order_by("-pk"))


def columns_of(by: Actor, upload: Upload) -> ColumnsShown:
    """Return what the columns of a chosen file are taken for, with examples, and what is missing."""
    require(by, Permission.IMPORT_BOOKS, upload)
    asked = given_of(upload)
    given, book = with_remembered(upload.site, asked)
    missing, columns = "", None
    try:
        columns = columns_of_book(given, book)
    except NeedsColumns as fault:
        missing = str(fault)
    tables = columns.tables if columns else _tables_of(given, book)
    doubt = doubt_of(given.kind, tables)
    return ColumnsShown(
        fields=[(field, _(FIELD_WORDS[field])) for field in FIELDS[given.kind]],
        columns=list(max(tables, key=lambda table: len(table.table.lines)).columns) if tables else [],
        missing=missing,
        doubt=in_words(doubt) if doubt else "",
        marks=_marks(given, book, columns) if columns and given.kind is Kind.ATTENDANCE else [],
        left_out=[(left.sheet, in_words(left.words)) for left in columns.left_out] if columns else [],
        remembered=asked.columns is None and given.columns is not None,
        days=len(columns.shown.days) if columns else 0,
    )


def _tables_of(given: GivenBook, book: Book) -> tuple[TableColumns, ...]:
    """Return the tables of a book in which a needed column is missing; none where it has no table at all."""
    for said in (given.columns, None):
        with suppress(Refused), said_plainly():
            return all_columns(given.kind, book, said)
    return ()


def _marks(given: GivenBook, book: Book, columns: Columns) -> list[ShownMark]:
    with said_plainly():
        legend = legend_of(book, columns, given.marks)
    meanings = {mark: meaning.value for mark, meaning in legend.meanings.items()}
    return [
        ShownMark(mark, times, meanings.get(mark), mark in legend.to_ask)
        for mark, times in legend.counts.items()
    ]


def preview(by: Actor, upload: Upload) -> Preview:
    """Return what taking a chosen file in would do. NeedsColumns where a needed column is not told."""
    return preview_book(by, upload.site, replace(given_of(upload)))
