"""Choosing a file, and saying what its columns are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import choose_columns, take_file
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.limits import MOST_BYTES
from kimbilio.exchange.column_answers import ColumnsForm, differing
from kimbilio.exchange.forms import BookForm
from kimbilio.exchange.models import Upload
from kimbilio.exchange.queries import columns_of, upload_referred_to
from kimbilio.exchange.showing import upload_shown
from kimbilio.exchange.views.reach import sites_for_books
from kimbilio.mat.queries import clinics_where


@entry(Permission.IMPORT_BOOKS, methods="GET POST")
def choose(request: Request) -> HttpResponse:
    """Ask for a file and what it is; keep it, sealed, and go on to its columns."""
    sites = sites_for_books(request)
    form = BookForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        sites=sites,
        clinics=clinics_where(request.actor, Permission.IMPORT_BOOKS),
        too_large=int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES,
        initial={"site": sites[0].name, "kind": request.GET.get("kind", "")},
    )
    if form.is_bound and form.is_valid() and (upload := _kept(request, form)):
        return redirect("book_columns", upload=upload.reference)
    return render(request, "exchange/choose.html", {"form": form, "site": sites[0]})


def _kept(request: Request, form: BookForm) -> Upload | None:
    """Return the file as it is kept; None, said beside the field, where it is no book."""
    file = form.cleaned_data["file"]
    try:
        return take_file(
            by=request.actor,
            site=form.site_chosen,
            kind=Kind(form.cleaned_data["kind"]),
            name=file.name,
            data=file.read(),
            month=form.cleaned_data["month"],
            clinic=form.clinic_chosen,
        )
    except Refused as why:
        form.add_error("file", str(why))
        return None


@entry(Permission.IMPORT_BOOKS, methods="GET POST")
def columns(request: Request, upload: str) -> HttpResponse:
    """Show what each column is taken for, with examples; whatever is put right is remembered."""
    kept = upload_referred_to(request.actor, upload)
    shown = columns_of(request.actor, kept)
    form = ColumnsForm(request.POST if request.method == "POST" else None, upload=kept, shown=shown)
    if form.is_bound and form.is_valid() and _is_said(request, kept, form):
        return redirect("book_preview", upload=upload)
    page = {"upload": upload_shown(kept), "form": form, "shown": shown}
    return render(request, "exchange/columns.html", page)


def _is_said(request: Request, upload: Upload, form: ColumnsForm) -> bool:
    """Remember what was put right; or say beside the form why it cannot be."""
    if not form.says_something:
        return True
    try:
        choose_columns(
            by=request.actor,
            upload=upload,
            columns=differing(upload, form.chosen()),
            marks=form.marks_chosen(),
            month=form.month_chosen(),
        )
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Remembered for the next book with these headings."))
    return True
