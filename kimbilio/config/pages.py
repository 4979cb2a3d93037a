"""Pages that belong to no room: is it alive, and what is said when something is wrong."""

import logging
import sys

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static

from kimbilio.accounts.entry import entry
from kimbilio.core.trouble import Trouble, trouble_of

logger = logging.getLogger("kimbilio.pages")


@entry.anyone()
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the server answers and reaches its database; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


@entry.anyone()
def favicon(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Lead a browser that asks by habit to the neutral icon."""
    return HttpResponsePermanentRedirect(static("core/icon.svg"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request made no sense, or that the row of the sign-in itself could not be written."""
    if trouble := trouble_of(exception):
        return _in_trouble(trouble)
    return render(request, "404.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that one's role does not allow this."""
    return render(request, "403.html", status=403)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address, without saying why."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong, that it was written down, and that nothing was half saved.

    Where the disk or the database ails, say so, and what to do: 503, for it may be well again.
    """
    trouble = trouble_of(sys.exc_info()[1])
    return _in_trouble(trouble) if trouble else render(request, "500.html", status=500)


def _in_trouble(trouble: Trouble) -> HttpResponse:
    logger.error("Trouble of disk or database: %s", trouble.name)
    # Without the request: what a page shows of whoever asks would ask the database once more.
    response = render(None, "trouble.html", {"trouble": trouble}, status=503)
    response["Cache-Control"] = "no-store"
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came from an earlier sign-in (Django's CSRF check) and must be opened again."""
    return render(request, "form_expired.html", status=403)
