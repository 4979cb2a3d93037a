"""Who may enter a page: a view declares it, one middleware enforces it, silence means no.

@entry(Permission.FIND_PERSON, methods="GET POST")
@entry.signed_in()
@entry.anyone()
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from kimbilio.accounts.action import note
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.queries import actor_and_sites, somebody_can_sign_in
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.accounts.second_factor import is_asked_but_missing
from kimbilio.core.refusals import Gone, NotHere, Refused

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
logger = logging.getLogger("kimbilio.entry")


@dataclass(frozen=True)
class Entry:
    """What a view declared: whether one must be signed in, with which permission, by which methods."""

    signed_in: bool
    permission: Permission | None
    methods: tuple[str, ...]
    before_second_factor: bool = False
    post_while_locked: bool = False


class _Declare:
    """The decorator `entry`, in its three forms."""

    def __call__(self, permission: Permission, *, methods: str = "GET") -> Callable[[View], View]:
        """Let in those who hold this permission at the site they work at, or at another of theirs."""
        return self._mark(Entry(True, permission, tuple(methods.split())))

    def signed_in(
        self, *, methods: str = "GET", before_second_factor: bool = False, post_while_locked: bool = False
    ) -> Callable[[View], View]:
        """Let in everybody who is signed in; to post, also while that sign-in is locked, what only protects."""
        return self._mark(Entry(True, None, tuple(methods.split()), before_second_factor, post_while_locked))

    def anyone(self, *, methods: str = "GET") -> Callable[[View], View]:
        """Let in everybody, signed in or not."""
        return self._mark(Entry(False, None, tuple(methods.split())))

    @staticmethod
    def _mark(declared: Entry) -> Callable[[View], View]:
        def mark(view: View) -> View:
            view.entry = declared  # type: ignore[attr-defined]  # the mark that the middleware reads
            return view

        return mark


entry = _Declare()


class EntryMiddleware:
    """Asks of every request what its view declared. A view that declared nothing is closed to all."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Say on every page that nobody may keep it; who asks is known once the view is."""
        request.actor = None  # type: ignore[assignment]  # until a view that asks for a sign-in is reached
        request.site = None  # type: ignore[assignment]  # as above
        request.sites = []
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response

    def process_view(
        self, request: Request, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Return the answer for those who may not enter, or None to let them in."""
        declared: Entry | None = getattr(view, "entry", None)
        if declared is None:
            logger.error("A view without a declared entry was asked for: %s", getattr(view, "__name__", view))
            return render(request, "403.html", status=403)
        if isinstance(request.user, Staff):
            request.actor, request.sites = actor_and_sites(request.user)
            request.site = _site_worked_at(request)  # type: ignore[assignment]  # None without any role
        return _closed(request, declared)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """Answer 404 for what is not here, 410 for whoever was forgotten, and 403 for what is refused."""
        if isinstance(exception, NotHere):
            _write_down(request, 404)
            return render(request, "404.html", status=404)
        if isinstance(exception, Gone):
            return render(request, "410.html", {"reason": str(exception)}, status=410)
        if isinstance(exception, Refused):
            _write_down(request, 403)
            return render(request, "403.html", {"reason": str(exception)}, status=403)
        return None


def _closed(request: Request, declared: Entry) -> HttpResponseBase | None:
    actor: Actor | None = getattr(request, "actor", None)
    if declared.signed_in and actor is None:
        return _to_sign_in(request, declared)
    if declared.signed_in and actor and not actor.roles:
        return render(request, "accounts/no_role.html", status=403)
    if declared.signed_in and not declared.before_second_factor and is_asked_but_missing(request):
        return redirect("mfa_activate_totp")
    if declared.permission and not request.actor.may_somewhere(declared.permission):
        _write_down(request, 403)
        return render(request, "403.html", status=403)
    if request.method == "HEAD" and "GET" in declared.methods:
        return None
    if request.method not in declared.methods:
        return HttpResponseNotAllowed(declared.methods)
    return None


def _write_down(request: Request, answer: int) -> None:
    """Write down who was not let in, or asked for what is not there or not theirs: by page, never by address."""
    if request.actor is not None and request.resolver_match is not None:
        detail = {"page": request.resolver_match.view_name, "answer": answer}
        note(request.actor, "entry.refused", detail=detail)


def _to_sign_in(request: Request, declared: Entry) -> HttpResponse:
    """Lead to the sign-in page and back again; a fragment makes the whole page go there."""
    if settings.SETUP_TOKEN and not somebody_can_sign_in():
        return redirect("setup")
    where = reverse("account_login")
    if "GET" in declared.methods and request.path not in ("/", reverse("locked")) and not request.htmx:
        where += "?" + urlencode({"next": request.path})
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = where
        return response
    return redirect(where)


def _site_worked_at(request: Request) -> Site | None:
    """Return the site chosen in this sign-in, or else the first of the actor's."""
    chosen = request.session.get("site")
    return next((site for site in request.sites if str(site.pk) == chosen), next(iter(request.sites), None))


def choose_site(request: Request, site_id: UUID) -> None:
    """Work at another of one's sites from now on; NotHere when it is not one's own."""
    if site_id not in request.actor.roles:
        raise NotHere
    request.session["site"] = str(site_id)
