"""Passkeys: a device's own proof of who sits there, as the second step, or in place of name, password and step.

allauth keeps the public halves; a passkey belongs to the name of the page it was made on, never to a number.
"""

import json
import re
import struct
from ipaddress import ip_address
from typing import Any

from allauth.account.models import Login
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import begin_registration, perform_passwordless_login
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from kimbilio.accounts.limits import note_refused
from kimbilio.accounts.models import Staff
from kimbilio.accounts.request import Request
from kimbilio.core import vault
from kimbilio.core.encryption import bind, mac
from kimbilio.core.refusals import NotHere

_PURPOSE = "passkey of"
# What allauth and its library raise over what a browser sent, or somebody else in its name.
_NOT_ONE = (
    ValidationError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    struct.error,
)
# A passkey's own number as text, of at most 1,023 bytes (Web Authentication, level 2, section 4).
_NUMBER = re.compile(r"[A-Za-z0-9_-]{1,1364}")


def can_be_used(request: Request) -> bool:
    """Say whether a browser offers passkeys on this page: it does where the page has a name, and a safe way to it."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def passkeys_of(staff: Staff) -> list[Authenticator]:
    """Return this person's passkeys, oldest first."""
    return list(Authenticator.objects.filter(user=staff, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def passkey_of(staff: Staff, number: int) -> Authenticator:
    """Return one of this person's passkeys; NotHere for any other."""
    found = next((passkey for passkey in passkeys_of(staff) if passkey.pk == number), None)
    if found is None:
        raise NotHere
    return found


def to_make_one(request: Request) -> str:
    """Return what the browser is told to make a passkey that also tells its owner. Needs a fresh password."""
    return _told(begin_registration(request, request.user, passwordless=True))


def to_show_one(staff: Staff | None = None) -> str:
    """Return what the browser is told to show a passkey: one of this person's, or of anybody's."""
    return _told(auth.begin_authentication(staff))


def accepted(staff: Staff | None, credential: Any) -> Authenticator | None:
    """Return the passkey by which this person, or for None its owner, signed what we asked just now.

    None where nobody did, which is written down; of somebody who is known it is counted as well, and too many tries
    raise ValidationError.
    """
    forget = check_rate_limit(staff) if staff else lambda: None
    owner = staff or owner_of(credential)
    passkey = _shown(owner, credential) if owner and owner.is_active else None
    if passkey is None:
        note_refused(owner.username if owner else "", how="passkey")
    else:
        forget()
    return passkey


def sign_in_by(request: Request, passkey: Authenticator) -> HttpResponse:
    """Sign the owner of an accepted passkey in: no second step is asked, since the device asked who its owner is."""
    login = Login(user=passkey.user, redirect_url=None)
    answer: HttpResponse = perform_passwordless_login(request, passkey, login)
    return answer


def owner_of(credential: Any) -> Staff | None:
    """Return the one whose passkey this says it is; nothing vouches for it yet. None for one that nobody has."""
    number = credential.get("id") if isinstance(credential, dict) else None
    if not isinstance(number, str) or not _NUMBER.fullmatch(number):
        return None
    known = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, data__credential__id=number)
    kept = known.select_related("user").first()
    return kept.user if kept else None


def handle_of(staff: Staff) -> bytes:
    """Return by what a device knows whose passkey it keeps: random to everybody else, and never our own number."""
    return mac(vault.keyring().staff_key(staff.organisation_id), bind(_PURPOSE, staff.pk.bytes))


def was_made(credential: Any) -> bool:
    """Say whether this is the passkey that was asked for, made for this page by a device that knows its owner."""
    try:
        auth.parse_registration_response(credential)
        return bool(auth.complete_registration(credential).is_user_verified())
    except _NOT_ONE:
        return False


def _shown(staff: Staff, credential: Any) -> Authenticator | None:
    """Return the passkey of this person by which what we asked was signed just now; None where it was not."""
    try:
        auth.parse_authentication_response(credential)
        return auth.complete_authentication(staff, credential)
    except _NOT_ONE:
        return None


def _told(options: dict[str, Any]) -> str:
    """Return options as JSON, in which every value of bytes is text already."""
    return json.dumps(options, default=dict)
