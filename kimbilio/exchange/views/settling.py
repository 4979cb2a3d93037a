"""Lines that wait: one after the other, each with what is written and who it could be; settled, or taken back."""

from typing import Any

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
from kimbilio.exchange.actions import open_waiting_line, settle_corrected, take_back_settlement
from kimbilio.exchange.candidates import names_opened, numbers_of, settle
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.forms import SettleForm, TypedForm
from kimbilio.exchange.queries import (
    WaitingLine,
    book_line,
    settled_lately,
    waiting_after,
    waiting_at,
    waiting_count,
)
from kimbilio.exchange.showing import ROWS, client_in_words, pages_shown, waiting_shown
from kimbilio.exchange.views.reach import site_for_books


@entry(Permission.IMPORT_BOOKS)
def waiting(request: Request) -> HttpResponse:
    """Show the lines that wait at a site, oldest first, and those settled last."""
    site = site_for_books(request)
    page = page_asked(request.GET)
    count = waiting_count(request.actor, site)
    shown = {
        "site": site,
        "count": count,
        "lines": [waiting_shown(one) for one in waiting_at(request.actor, site, (page - 1) * ROWS, ROWS)],
        "pages": pages_shown(reverse("waiting_lines"), None, page, count),
        "settled": [waiting_shown(one) for one in settled_lately(request.actor, site)],
    }
    return render(request, "exchange/waiting.html", shown)


@entry(Permission.IMPORT_BOOKS, methods="GET POST")
def line(request: Request, imported: int, position: int) -> HttpResponse:
    """Show a line that waits with what is written in it, and settle it. That it was opened is written down."""
    if request.method == "POST":
        opened = open_waiting_line(by=request.actor, number=imported, position=position)
        form = _settle_form(request, opened, request.POST)
        if form.is_valid() and _is_settled(request, opened, form):
            return redirect(_next_url(request, opened))
        return _page(request, opened, form)
    opened = open_waiting_line(by=request.actor, number=imported, position=position)
    return _page(request, opened, _settle_form(request, opened, None))


@entry(Permission.IMPORT_BOOKS, methods="POST")
def names(request: Request, imported: int, position: int) -> HttpResponse:
    """Show the names of those whom a line could be of, after the asking is written down for each."""
    opened = open_waiting_line(by=request.actor, number=imported, position=position)
    told = names_opened(request.actor, opened.candidates)
    return _page(request, opened, _settle_form(request, opened, None, told), with_names=True)


@entry(Permission.IMPORT_BOOKS, methods="POST")
def correct(request: Request, imported: int, position: int) -> HttpResponse:
    """Read a line anew as it was put right, and take it in."""
    opened = open_waiting_line(by=request.actor, number=imported, position=position)
    form = TypedForm(request.POST, typed=opened.typed)
    if form.is_valid():
        try:
            once(
                request.actor,
                form.sent(request.path),
                lambda: settle_corrected(by=request.actor, line=opened.row, typed=form.typed()),
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Put right, and taken in."))
            return redirect(_next_url(request, opened))
    return _page(request, opened, _settle_form(request, opened, None), typed_form=form)


@entry(Permission.IMPORT_BOOKS, methods="POST")
def take_back(request: Request, imported: int, position: int) -> HttpResponse:
    """Let a settled line wait again."""
    try:
        take_back_settlement(by=request.actor, line=book_line(request.actor, imported, position))
    except Refused as why:
        messages.error(request, str(why))
        return redirect("waiting_lines")
    messages.success(request, _("Taken back: this line waits again."))
    return redirect("waiting_line", imported=imported, position=position)


def _is_settled(request: Request, opened: WaitingLine, form: SettleForm) -> bool:
    """Settle a line once, or put beside the form what speaks against it."""
    try:
        once(request.actor, form.sent(request.path), lambda: settle(request.actor, opened, form.cleaned_data))
    except NotHere:
        form.add_error("code", _("Nobody here has this code."))
        return False
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Line %(line)d is settled.") % {"line": opened.line})
    return True


def _next_url(request: Request, opened: WaitingLine) -> str:
    """Return the address of the next line that waits, or of the list once there is no other."""
    after = waiting_after(request.actor, opened.row)
    if after is None:
        return reverse("waiting_lines")
    return reverse("waiting_line", args=[after.book_import.number, after.position])


def _settle_form(
    request: Request, opened: WaitingLine, typed: Any, names: dict[Any, str] | None = None
) -> SettleForm:
    numbers = numbers_of(request.actor, opened.candidates)
    people = {
        client.code: client_in_words(client, numbers.get(client.pk, ()), (names or {}).get(client.pk, ""))
        for client in opened.candidates
    }
    return SettleForm(typed, people=people, can_be_new=opened.can_be_new, is_somebodys=opened.has_people)


def _page(
    request: Request,
    opened: WaitingLine,
    form: SettleForm,
    *,
    typed_form: TypedForm | None = None,
    with_names: bool = False,
) -> HttpResponse:
    site = opened.row.book_import.site
    shown = {
        "line": waiting_shown(opened),
        "written": opened.written,
        "day": opened.day,
        "form": form,
        "typed_form": typed_form or TypedForm(typed=opened.typed),
        "candidates": len(opened.candidates),
        "is_somebodys": opened.has_people,
        "put_right_first": opened.is_put_right_first,
        "with_names": with_names,
        "left": waiting_count(request.actor, site),
        "next_url": _next_url(request, opened),
        "waits": opened.settlement == Settlement.WAITING and bool(opened.written or opened.typed),
        "settled": [waiting_shown(one) for one in settled_lately(request.actor, site, limit=1)],
        "names_url": reverse("waiting_names", args=[opened.book_import.number, opened.position]),
        "typed_url": reverse("correct_line", args=[opened.book_import.number, opened.position]),
    }
    return render(request, "exchange/line.html", shown)
