"""The books that were taken in: the history of a site, one of them with its lines, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import page_asked
from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import undo_import
from kimbilio.exchange.forms import LinesForm
from kimbilio.exchange.queries import (
    counts_kept,
    import_numbered,
    imports_at,
    lines_of,
    uploads_of,
    waiting_count,
    waiting_in,
)
from kimbilio.exchange.showing import (
    ROWS,
    count_of,
    imports_shown,
    lines_shown,
    pages_shown,
    parts_shown,
    upload_shown,
)
from kimbilio.exchange.views.reach import site_for_books


@entry(Permission.IMPORT_BOOKS)
def listed(request: Request) -> HttpResponse:
    """Show the books of a site: what waits, what was chosen and not taken in, and what was taken in by whom."""
    site = site_for_books(request)
    shown = {
        "site": site,
        "waiting": waiting_count(request.actor, site),
        "uploads": [upload_shown(upload) for upload in uploads_of(request.actor, site)],
        "books": imports_shown(request.actor, imports_at(request.actor, site)),
    }
    return render(request, "exchange/books.html", shown)


@entry(Permission.IMPORT_BOOKS)
def one(request: Request, imported: int) -> HttpResponse:
    """Show what became of the lines of one book."""
    book = import_numbered(request.actor, imported)
    fate, page = LinesForm(request.GET).chosen(), page_asked(request.GET)
    counts, address = counts_kept(book), reverse("imported_book", args=[imported])
    waiting = waiting_in(book)
    lines = lines_of(request.actor, book, fate, (page - 1) * ROWS, ROWS)
    shown: dict[str, Any] = {
        "book": imports_shown(request.actor, [book])[0],
        "counts": counts,
        "waiting": waiting,
        "settled": None if book.undone_at else counts.waiting - waiting,
        "parts": parts_shown(counts, address, fate),
        "lines": lines_shown(lines, imported),
        "pages": pages_shown(address, fate, page, count_of(counts, fate)),
        "may_join": request.actor.may(Permission.MERGE_PEOPLE, book.site_id),
    }
    return render(request, "exchange/book.html", shown)


@entry(Permission.IMPORT_BOOKS, methods="POST")
def undo(request: Request, imported: int) -> HttpResponse:
    """Take a whole import back."""
    book = import_numbered(request.actor, imported)
    try:
        undone = undo_import(by=request.actor, book_import=book)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("imported_book", imported=imported)
    if undone.kept:
        words = _("Taken back, but for %(count)d people of whom more was recorded since: they stay.")
        messages.warning(request, words % {"count": undone.kept})
    else:
        messages.success(request, _("Taken back: everything is as it was before this book."))
    return redirect("imported_book", imported=imported)
