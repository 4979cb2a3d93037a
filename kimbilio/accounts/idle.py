"""The lock that falls when nobody has been at the page for a while, and that keeps a half-filled form.

What was typed is not stored here: it goes back to the browser sealed, in a hidden field of the page that
asks for the password, and opens only for the same person, in the same sign-in, at the same address.
"""

import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts import sign_ins
from kimbilio.accounts.action import note
from kimbilio.accounts.forms import UnlockForm
from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.request import Request
from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal, bind, seal, unseal

SEEN_AT = "seen_at"
SIGN_IN = "sign_in"  # what stays the same while the key of a sign-in is renewed
PROVED_AT = "proved_at"  # when the password was last typed: nobody works on for ever on one proof
LOCKED = "locked"
WRITTEN_EVERY = 30  # seconds: so that not every page writes the stored sign-in
BY_THE_CLOCK = "keep-for-later"
KEPT = "kept-form"
PASSWORD = "unlock-password"  # the name of a field
_NOT_KEPT = ("csrfmiddlewaretoken", BY_THE_CLOCK, KEPT, PASSWORD)
_LOCKED_STATUS = 423


@dataclass(frozen=True)
class KeptForm:
    """What was typed, and whether the person had pressed the button themselves."""

    fields: dict[str, list[str]]
    pressed: bool

    def as_post(self) -> QueryDict:
        """Return the fields as a request carries them."""
        return QueryDict(urlencode(self.fields, doseq=True))


class IdleLockMiddleware:
    """Shows the locked page in place of every page that needs a sign-in, once that sign-in has been idle."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Pass everything on: what there is to ask is asked once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Return the locked page, or None to let the request through."""
        declared = getattr(view, "entry", None)
        if declared is None or not declared.signed_in or not isinstance(request.user, Staff):
            return None
        if request.method == "POST" and PASSWORD in request.POST:
            return _unlock(request)
        if request.method == "POST" and BY_THE_CLOCK in request.POST:
            return locked_page(request, kept=keep_typed(request, pressed=False))
        if _is_idle(request):
            may_post = declared.post_while_locked and request.method == "POST"
            return None if may_post else _locked_answer(request)
        _note_life(request)
        return None


def start_clock(request: Request) -> None:
    """Begin to count, unlocked, from now."""
    request.session.pop(LOCKED, None)
    request.session[SEEN_AT] = request.session[PROVED_AT] = int(time.time())


def draft_or_none(request: Request) -> dict[str, Any] | None:
    """Return what was half typed before the lock, as a form's `initial`; None where nothing was."""
    draft: QueryDict | None = getattr(request, "draft", None)
    if draft is None:
        return None
    return {name: values[0] if len(values) == 1 else values for name, values in draft.lists()}


def locked_page(request: Request, *, kept: str = "", form: UnlockForm | None = None) -> HttpResponse:
    """Lock this sign-in, if it is not yet, and ask for the password at the same address."""
    _lock(request)
    name = request.user.display_name
    page = {
        "form": form or UnlockForm(user=request.user),
        "kept_name": KEPT,
        "kept": kept,
        "display_name": name,
    }
    return render(request, "accounts/locked.html", page, status=_LOCKED_STATUS)


def _is_idle(request: Request) -> bool:
    # A clock that was put back counts like one that ran on: a sign-in seen in days to come would never be idle.
    return (
        LOCKED in request.session
        or _apart(request, SEEN_AT) > settings.IDLE_SECONDS
        or _apart(request, PROVED_AT) > settings.SESSION_COOKIE_AGE
    )


def _apart(request: Request, moment: str) -> float:
    """Return how many seconds lie between now and a moment of this sign-in, whichever is first."""
    now = time.time()
    return abs(now - request.session.get(moment, now))


def _note_life(request: Request) -> None:
    if abs(time.time() - request.session.get(SEEN_AT, 0)) >= WRITTEN_EVERY:
        request.session[SEEN_AT] = int(time.time())
        request.session.setdefault(PROVED_AT, int(time.time()))


def _lock(request: Request) -> None:
    if LOCKED not in request.session:
        request.session[LOCKED] = True
        note(actor_for(request.user), "account.locked", about=request.user)


def _locked_answer(request: Request) -> HttpResponse:
    if request.htmx:
        # The page's own script then sends what is half typed, to be kept, before it shows the locked page.
        return HttpResponse(status=204, headers={"HX-Trigger": "kimbilio:lock"})
    return locked_page(request, kept=keep_typed(request, pressed=True) if request.method == "POST" else "")


def _unlock(request: Request) -> HttpResponse | None:
    """Check the password (unless another page has unlocked meanwhile) and go on where the lock fell."""
    if _is_idle(request):
        form = UnlockForm(request.POST, user=request.user)
        if not form.is_valid():
            return locked_page(request, kept=request.POST.get(KEPT, ""), form=form)
        start_clock(request)
        sign_ins.renew_key(request)
        note(actor_for(request.user), "account.unlocked", about=request.user)
    return _go_on(request)


def _go_on(request: Request) -> HttpResponse | None:
    """Hand a kept form to its view: to be saved if the person had pressed Save, else to be shown again."""
    kept = typed_before(request)
    if kept is None:
        if request.POST.get(KEPT):
            messages.warning(request, _("What was being typed could not be brought back."))
        return HttpResponseRedirect("/" if request.path == reverse("locked") else request.get_full_path())
    if kept.pressed:
        request.POST = kept.as_post()  # type: ignore[assignment]  # it is an immutable one
        return None
    request.draft = kept.as_post()
    request.POST = QueryDict()
    request.method = "GET"
    return None


def keep_typed(request: Request, *, pressed: bool) -> str:
    """Return what was typed, sealed. Only text is kept, no file."""
    fields = {name: values for name, values in request.POST.lists() if name not in _NOT_KEPT}
    plain = json.dumps({"fields": fields, "pressed": pressed}).encode()
    return urlsafe_b64encode(seal(_key(request), plain, aad=_bound_to(request), key_id=0)).decode()


def typed_before(request: Request) -> KeptForm | None:
    """Return the form that comes with the password; None where there is none that belongs here."""
    try:
        sealed = urlsafe_b64decode(request.POST.get(KEPT, ""))
        return KeptForm(**json.loads(unseal(_key(request), sealed, aad=_bound_to(request))))
    except (CannotUnseal, NotBase64, ValueError):
        return None


def _key(request: Request) -> bytes:
    return vault.keyring().staff_key(request.user.organisation_id)


def _bound_to(request: Request) -> bytes:
    sign_in = request.session.setdefault(SIGN_IN, secrets.token_urlsafe(16))
    return bind("kept form", request.user.pk.bytes, request.path, sign_in)
