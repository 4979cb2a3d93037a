"""How allauth signs people in here: our words, our audit, and limits that a manager can lift.

allauth calls these two adapters; `settings.py` names them.
"""

from typing import Any

from allauth.account import app_settings as allauth_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts import idle, passkeys, second_factor
from kimbilio.accounts.action import note
from kimbilio.accounts.language import remember_language
from kimbilio.accounts.limits import limit_of, note_refused
from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import actor_for, the_organisation
from kimbilio.accounts.request import Request

_WRONG_NAME_OR_PASSWORD = _("The sign-in name or the password is not right. Check both and try again.")
_WRONG_PASSWORD = _("This password is not right. Try again.")
_WRONG_CODE = _("This code is not right, or its time has passed. Wait for the next one and try again.")
_TOO_MANY_TRIES = _("Too many tries. Wait 15 minutes, or ask your programme manager to unlock your sign-in.")


class AccountAdapter(DefaultAccountAdapter):
    """Signs in and out, counts failures by sign-in name, and writes each of it down."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG_NAME_OR_PASSWORD,
        "incorrect_password": _WRONG_PASSWORD,
        "enter_current_password": _WRONG_PASSWORD,
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": _TOO_MANY_TRIES,
        "rate_limited": _TOO_MANY_TRIES,
    }

    def is_open_for_signup(self, request: Request) -> bool:
        """Say no: staff are added by a manager."""
        return False

    def is_ajax(self, request: Request) -> bool:
        """Say no, so that nothing is ever answered in allauth's own form."""
        return False

    def add_message(self, request: Request, level: int, *_args: Any, **_kwargs: Any) -> None:
        """Keep allauth's own messages off our pages."""

    def is_safe_url(self, url: str) -> bool:
        """Say whether a page to go to next is one of ours, by its path alone."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: Request, **credentials: Any) -> Staff | None:
        """Return whoever this name and password belong to. A disabled sign-in is refused like a wrong password."""
        staff = super().authenticate(request, **credentials)
        if staff is None or staff.is_active:
            return staff
        self.pre_authenticate(request, **credentials)
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: Request, **credentials: Any) -> None:
        """Write down that a sign-in was refused."""
        note_refused(credentials.get("username", ""))

    def login(self, request: Request, user: Staff) -> None:
        """Open the sign-in and write it down, both or neither."""
        with transaction.atomic():
            super().login(request, user)
            note(actor_for(user), "sign_in", about=user)
        idle.start_clock(request)

    def post_login(self, request: Request, user: Staff, **kwargs: Any) -> HttpResponse:
        """Lead on, in the language this person chose."""
        response = super().post_login(request, user, **kwargs)
        if user.language:
            remember_language(response, user.language)
        return response

    def logout(self, request: Request) -> None:
        """Write down that the sign-in ends, and end it."""
        with transaction.atomic():
            note(actor_for(request.user), "sign_out", about=request.user)
            super().logout(request)

    def get_reauthentication_methods(self, user: Staff) -> list[dict[str, Any]]:
        """Ask for the password, and only for that, before a change to one's own sign-in."""
        return (
            [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]
            if user.is_authenticated
            else []
        )

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Say whether the last proof of who sits here is more than a few minutes old."""
        proofs = get_authentication_records(context.request, context.request.user)
        latest = max((proof["at"] for proof in proofs), default=0)
        return timezone.now().timestamp() - latest > allauth_settings.REAUTHENTICATION_TIMEOUT

    def _get_login_attempts_cache_key(self, request: Request, **credentials: Any) -> str:
        """Count failures by sign-in name alone: allauth would count anew under every name of the host."""
        return limit_of(credentials.get("username", ""))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of second factors, and shows a name of ours in the phone's list."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_generate_recovery_codes": _("Set up the second step first."),
    }

    def generate_authenticator_name(self, user: Staff, type: Any) -> str:  # noqa: A002  # named by allauth
        """Name a passkey that nobody named."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Say for which name of ours a passkey is: that of the page. What a device shows beside it is neutral."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Kimbilio"}

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, Any]:
        """Say whose a passkey is. A device keeps this, and may keep it with its maker: no name, no number of ours."""
        return {"id": passkeys.handle_of(user), "name": user.username, "display_name": user.username}

    def encrypt(self, text: str) -> str:
        """Seal a secret for whoever is signed in; at the command line, for the installation's organisation."""
        if context.request:
            return second_factor.seal_text(text, context.request.user.organisation_id)
        ours = the_organisation()
        assert ours is not None
        return second_factor.seal_text(text, ours.pk)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return second_factor.unseal_text(encrypted_text)
