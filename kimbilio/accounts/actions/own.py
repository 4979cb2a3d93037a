"""What everybody can do with their own sign-in. Being signed in, or holding a code, is the permission."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.flows import add_authenticator, remove_authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts import one_time_codes, passkeys, sign_ins
from kimbilio.accounts.action import note
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.language import is_offered
from kimbilio.accounts.limits import lift_limits, note_refused
from kimbilio.accounts.models import OneTimeCode, Staff
from kimbilio.accounts.passwords import require_good
from kimbilio.accounts.queries import actor_for, staff_who_signs_in_as
from kimbilio.accounts.request import Request
from kimbilio.core.refusals import NotHere, Refused


def change_own_name(*, by: Actor, staff: Staff, display_name: str) -> None:
    """Change the name that colleagues see."""
    _require_self(by, staff)
    with transaction.atomic():
        staff.display_name = display_name.strip()
        staff.save(update_fields=["display_name"])
        note(by, "staff.renamed", about=staff)


def choose_language(*, staff: Staff, language: str) -> None:
    """Remember in which language this person reads. Raises Refused for one that is not offered."""
    if not is_offered(language):
        raise Refused(_("The pages are not written in this language."))
    staff.language = language
    staff.save(update_fields=["language"])


def set_own_password(*, by: Actor, request: Request, password: str) -> None:
    """Change one's password. Every other sign-in of one's own ends; this one goes on."""
    staff = request.user
    with transaction.atomic():
        _set_password(staff, password)
        update_session_auth_hash(request, staff)
        UserSession.objects.create_from_request(request)
        sign_ins.end_all(staff, but=request.session.session_key)
        note(by, "password.set", about=staff, detail={"by": "password"})


def set_password_with_code(*, username: str, code: str, password: str) -> Staff:
    """Set a new password with a manager's one-time code. Raises Refused, in the same words for every wrong pair.

    Every open sign-in of theirs ends, and failures are counted anew.
    """
    staff = staff_who_signs_in_as(username)
    with transaction.atomic():
        if staff is not None and _use_code(staff, code):
            _set_password(staff, password)
            sign_ins.end_all(staff)
            lift_limits(staff)
            note(actor_for(staff), "password.set", about=staff, detail={"by": "one-time code"})
            return staff
    note_refused(username, how="one-time code")
    raise Refused(_("The name or the code is not right, or the code has run out. Ask for a new one."))


def set_up_second_factor(*, by: Actor, request: Request, form: object) -> None:
    """Ask for a code from this phone at every sign-in from now on. Other open sign-ins end."""
    with transaction.atomic():
        activate_totp(request, form)
        sign_ins.end_all(request.user, but=request.session.session_key)
        note(by, "second_factor.set", about=request.user)


def make_recovery_codes(*, by: Actor, request: Request) -> None:
    """Make new recovery codes; the old ones end."""
    with transaction.atomic():
        generate_recovery_codes(request)
        note(by, "second_factor.codes_made", about=request.user)


def remove_own_second_factor(*, by: Actor, staff: Staff) -> None:
    """Take off one's second step, to set it up on another phone."""
    _require_self(by, staff)
    with transaction.atomic():
        Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).delete()
        if not passkeys.passkeys_of(staff):
            Authenticator.objects.filter(user=staff).delete()
        note(by, "second_factor.removed", about=staff)


def add_own_passkey(*, by: Actor, request: Request, name: str, credential: dict[str, Any]) -> bool:
    """Keep a passkey that a device made just now; say whether recovery codes were made with it. Other sign-ins end."""
    with transaction.atomic():
        _passkey, codes = add_authenticator(request, name, credential)
        sign_ins.end_all(request.user, but=request.session.session_key)
        note(by, "second_factor.passkey_added", about=request.user)
    return codes is not None


def rename_own_passkey(*, by: Actor, request: Request, number: int, name: str) -> None:
    """Call one of one's passkeys otherwise."""
    passkey = passkeys.passkey_of(request.user, number)
    with transaction.atomic():
        passkey.data["name"] = name
        passkey.save(update_fields=["data"])
        note(by, "second_factor.passkey_renamed", about=request.user)


def remove_own_passkey(*, by: Actor, request: Request, number: int) -> None:
    """Let one of one's passkeys open nothing any more. Other sign-ins end."""
    passkey = passkeys.passkey_of(request.user, number)
    with transaction.atomic():
        remove_authenticator(request, passkey)
        sign_ins.end_all(request.user, but=request.session.session_key)
        note(by, "second_factor.passkey_removed", about=request.user)


def end_own_sign_in(*, by: Actor, session: UserSession) -> None:
    """End one of one's open sign-ins."""
    _require_self(by, session.user)
    with transaction.atomic():
        session.end()
        note(by, "sign_in.ended", about=session.user)


def end_own_other_sign_ins(*, by: Actor, request: Request) -> None:
    """End every open sign-in of one's own but this one."""
    with transaction.atomic():
        sign_ins.end_all(request.user, but=request.session.session_key)
        note(by, "sign_in.ended", about=request.user)


def _require_self(by: Actor, staff: Staff) -> None:
    """Raise NotHere for anybody else's sign-in: managers have actions of their own."""
    if by.staff_id != staff.pk:
        raise NotHere


def _set_password(staff: Staff, password: str) -> None:
    staff.set_password(require_good(password, staff))
    staff.save(update_fields=["password"])


def _use_code(staff: Staff, typed: str) -> bool:
    """Say whether this code was given to this person and is still good, and use it up."""
    digest = one_time_codes.digest_of(typed, organisation_id=staff.organisation_id, staff_id=staff.pk)
    good = OneTimeCode.objects.filter(staff=staff, used_at__isnull=True, expires_at__gt=timezone.now())
    given = next((code for code in good if one_time_codes.is_same(bytes(code.digest), digest)), None)
    if given is None or not staff.is_active:
        return False
    return good.filter(pk=given.pk).update(used_at=timezone.now()) == 1
