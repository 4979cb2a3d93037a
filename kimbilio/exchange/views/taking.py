"""Taking a chosen book in: what would become of each line, the one button, and how far it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.once import once
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import page_asked
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.actions import begin_import, cancel_upload, import_upload
from kimbilio.exchange.forms import AgreeForm, LinesForm
from kimbilio.exchange.keeping import is_long
from kimbilio.exchange.models import Upload
from kimbilio.exchange.queries import Progress, progress_referred_to, upload_referred_to
from kimbilio.exchange.queries import preview as previewed
from kimbilio.exchange.reading import NeedsColumns
from kimbilio.exchange.showing import ROWS, count_of, lines_shown, pages_shown, parts_shown, upload_shown

ASK_AGAIN = 2  # seconds, where there is no script


@entry(Permission.IMPORT_BOOKS)
def preview(request: Request, upload: str) -> HttpResponse:
    """Show what would become of every line, with nothing written."""
    kept = upload_referred_to(request.actor, upload)
    fate, page = LinesForm(request.GET).chosen(), page_asked(request.GET)
    try:
        found = previewed(request.actor, kept)
    except NeedsColumns:
        return redirect("book_columns", upload=upload)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("book_columns", upload=upload)
    address = reverse("book_preview", args=[upload])
    shown = {
        "upload": upload_shown(kept),
        "form": AgreeForm(),
        "preview": found,
        "counts": found.counts,
        "parts": parts_shown(found.counts, address, fate),
        "lines": lines_shown(found.lines(fate, (page - 1) * ROWS, ROWS)),
        "pages": pages_shown(address, fate, page, count_of(found.counts, fate)),
    }
    return render(request, "exchange/preview.html", shown)


@entry(Permission.IMPORT_BOOKS, methods="POST")
def take(request: Request, upload: str) -> HttpResponse:
    """Take the book in, whole or not at all: a long one beside this page, which tells how far it is."""
    kept = _still_there(request, upload)
    form = AgreeForm(request.POST)
    if kept is None or not form.is_valid():
        return redirect("book_going" if kept is None else "book_preview", upload=upload)
    if is_long(kept):
        begin_import(by=request.actor, upload=kept)
        return redirect("book_going", upload=upload)
    try:
        made = once(
            request.actor, form.sent(request.path), lambda: import_upload(by=request.actor, upload=kept)
        )
    except Refused as why:
        messages.error(request, str(why))
        return redirect("book_columns", upload=upload)
    messages.success(request, _("The book is taken in."))
    return redirect("imported_book", imported=made.number)


def _still_there(request: Request, upload: str) -> Upload | None:
    """Return a chosen file; None where it was taken in meanwhile, as by a second tap. NotHere otherwise."""
    try:
        return upload_referred_to(request.actor, upload)
    except NotHere:
        progress_referred_to(request.actor, upload)
        return None


@entry(Permission.IMPORT_BOOKS, methods="POST")
def leave(request: Request, upload: str) -> HttpResponse:
    """Leave a chosen file: it is deleted."""
    cancel_upload(by=request.actor, upload=upload_referred_to(request.actor, upload))
    messages.success(request, _("The file is deleted. Nothing was taken in."))
    return redirect("imports")


@entry(Permission.IMPORT_BOOKS)
def going(request: Request, upload: str) -> HttpResponse:
    """Show how far a book is; lead to the result once there is one."""
    progress = _progress(request, upload)
    if progress is None:
        return _lead_to(request, reverse("book_columns", args=[upload]))
    if progress.import_number is not None:
        messages.success(request, _("The book is taken in."))
        return _lead_to(request, reverse("imported_book", args=[progress.import_number]))
    if progress.refused:
        messages.error(request, progress.refused)
        return _lead_to(request, reverse("book_columns", args=[upload]))
    shown = {"progress": progress, "going_url": request.path, "seconds": ASK_AGAIN}
    return render(request, "exchange/parts/going.html" if request.htmx else "exchange/going.html", shown)


def _progress(request: Request, upload: str) -> Progress | None:
    """Return how far a file is; None for one that lies there. NotHere for one that is neither."""
    try:
        return progress_referred_to(request.actor, upload)
    except NotHere:
        upload_referred_to(request.actor, upload)
        return None


def _lead_to(request: Request, address: str) -> HttpResponse:
    """Have the whole page go somewhere, whether it asked or a part of it did."""
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)
