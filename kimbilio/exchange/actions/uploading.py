"""A file is chosen, its columns are told, and it is taken in or left: with screens between, it is kept sealed."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.beginning import read_for, refuse_unless_allowed
from kimbilio.exchange.books import limits
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.list_titles import Month, month_in
from kimbilio.exchange.forgetting import drop_files, forget_old
from kimbilio.exchange.keeping import as_said, as_text, given_of
from kimbilio.exchange.kinds import GivenBook, ReadBook
from kimbilio.exchange.kinds.base import Progress
from kimbilio.exchange.models import BookImport, RememberedColumns, Upload
from kimbilio.exchange.progress import in_background, is_done, watched
from kimbilio.exchange.reading import columns_of_book, opened, refuse_without_a_table
from kimbilio.exchange.remembered import headings_digest
from kimbilio.exchange.writing import write_book
from kimbilio.places.models import MatClinic


def take_file(
    *,
    by: Actor,
    site: Site,
    kind: Kind,
    name: str,
    data: bytes,
    month: str = "",
    clinic: MatClinic | None = None,
) -> Upload:
    """Keep a chosen file, sealed, until it is taken in or left; at most a day. Refused at once if it is no book."""
    given = GivenBook(kind, name, data, _month(month), clinic=clinic)
    refuse_unless_allowed(by, site, given)
    refuse_without_a_table(opened(given))
    return _keep_file(by=by, site=site, given=given, month=month)


@action(Permission.IMPORT_BOOKS, event="book.taken", at="site")
def _keep_file(*, by: Actor, site: Site, given: GivenBook, month: str) -> Upload:
    forget_old(by.organisation_id)
    waiting = Upload.objects.filter(organisation=by.organisation_id, uploaded_by=by.staff_id).count()
    if waiting >= limits.MOST_WAITING:
        raise Refused(
            _("%(count)s files that you chose wait to be taken in. Take them in or leave them first.")
            % {"count": waiting}
        )
    return Upload.objects.create(
        organisation_id=site.organisation_id,
        site=site,
        clinic=given.clinic,
        kind=given.kind.value,
        month=month,
        name=given.name,
        contents=as_text(given.data),
        uploaded_by=by.staff_id,
    )


@action(Permission.IMPORT_BOOKS, event="book.columns_chosen", at="upload")
def choose_columns(
    *,
    by: Actor,
    upload: Upload,
    columns: Mapping[str, str | None],
    marks: Mapping[str, str] | None = None,
    month: str = "",
) -> Upload:
    """Say which column is which field, and what marks mean: it is used again for books with the same headings."""
    given = replace(given_of(upload), columns=dict(columns), marks=dict(marks or {}) or None)
    book = opened(given)
    columns_of_book(given, book)
    _month(month)
    upload.said, upload.month = as_said(columns, marks or {}), month or upload.month
    upload.save(update_fields=["said", "month"])
    remembered = RememberedColumns.objects.filter(
        organisation=upload.organisation_id,
        site=upload.site_id,
        kind=upload.kind,
        headings=headings_digest(upload.organisation_id, book),
    ).first() or RememberedColumns(
        organisation_id=upload.organisation_id,
        site_id=upload.site_id,
        kind=upload.kind,
        headings=headings_digest(upload.organisation_id, book),
    )
    remembered.said, remembered.recorded_by = upload.said, by.staff_id
    remembered.save()
    upload.audit_detail = {"fields": sorted(columns)}
    return upload


@action(Permission.IMPORT_BOOKS, event="book.left", at="upload")
def cancel_upload(*, by: Actor, upload: Upload) -> Upload:
    """Leave a chosen file: it is deleted, and nothing is taken in."""
    _delete(upload)
    return upload


def import_upload(*, by: Actor, upload: Upload) -> BookImport:
    """Take a chosen file in, whole or not at all, and delete it."""
    with watched(upload) as progress:
        given = given_of(upload)
        refuse_unless_allowed(by, upload.site, given)
        read = read_for(upload.site, given)
        progress(0.1)
        return is_done(upload, _import_kept(by=by, upload=upload, read=read, progress=progress))


@action(Permission.IMPORT_BOOKS, event="book.imported", at="upload")
def _import_kept(*, by: Actor, upload: Upload, read: ReadBook, progress: Progress) -> BookImport:
    _delete(upload)
    forget_old(by.organisation_id)
    return write_book(by, upload.site, read, progress)


def begin_import(*, by: Actor, upload: Upload) -> None:
    """Take a chosen file in beside other work of this process; `progress_of` tells how far it is."""
    in_background(upload, lambda: import_upload(by=by, upload=upload))


def _delete(upload: Upload) -> None:
    """Delete a file that is still there; NotHere for one that went meanwhile, taken in or left."""
    if not drop_files(
        upload.organisation_id, Upload.objects.filter(organisation=upload.organisation_id, pk=upload.pk)
    ):
        raise NotHere


def _month(text: str) -> Month | None:
    month = month_in(text) if text else None
    if text and month is None:
        raise Refused(_("A month is written like 2025-06."))
    return month
