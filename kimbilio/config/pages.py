"""Pages that belong to no room: is it alive, and what is said when something is wrong."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static

from kimbilio.accounts.entry import entry


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
    """Say that the request made no sense."""
    return render(request, "404.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that one's role does not allow this."""
    return render(request, "403.html", status=403)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address, without saying why."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong, that it was written down, and that nothing was half saved."""
    return render(request, "500.html", status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form came from an earlier sign-in (Django's CSRF check) and must be opened again."""
    return render(request, "form_expired.html", status=403)
