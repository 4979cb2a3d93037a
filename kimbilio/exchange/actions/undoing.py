"""Taking a whole import back: everything but the audit is as it was, but for people of whom more was recorded since."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.exchange.holding import hold_site
from kimbilio.exchange.models import BookImport
from kimbilio.exchange.resting import refuse_while_others_rest_on, repeats_of
from kimbilio.exchange.taking_back import forget_lines, keep_only, take_back


@action(Permission.IMPORT_BOOKS, event="book.undone", at="book_import")
def undo_import(*, by: Actor, book_import: BookImport) -> BookImport:
    """Take a whole import back, with all that was settled of it since.

    The same book taken in again since, which added nothing, goes with it. Refused while lines of another later
    import that stands rest on it: that one is taken back first. People whom it
    registered are taken out; one of whom anything else was recorded since stays, and is counted in
    `kept`. What it added to people who were known goes out of use. The same book can then be taken in anew.
    """
    site = book_import.site
    hold_site(site)
    book_import.refresh_from_db()
    if book_import.undone_at and not book_import.made.exists() and not book_import.lines.exists():
        raise Refused(_("This import was taken back already."))
    repeats = repeats_of(book_import)
    for again in repeats:
        _undo(by, site, again)
    refuse_while_others_rest_on(book_import)
    _undo(by, site, book_import)
    detail = {"rows": book_import.rows, "kept": book_import.kept, "number": book_import.number}
    book_import.audit_detail = detail | ({"repeats": [again.number for again in repeats]} if repeats else {})
    return book_import


def _undo(by: Actor, site: Site, book_import: BookImport) -> None:
    kept = take_back(by, site, book_import)
    forget_lines(book_import, kept)
    keep_only(book_import, kept)
    book_import.undone_at, book_import.undone_by = timezone.now(), by.staff_id
    book_import.kept = len(kept)
    book_import.save(update_fields=["undone_at", "undone_by", "kept"])
