"""The second step at sign-in: of whom it is asked, and how its secrets are kept.

allauth keeps an authenticator's secret in a table and, while it is being set up, in the stored sign-in.
Both hold it sealed under the organisation's staff key.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Staff
from kimbilio.accounts.request import Request
from kimbilio.core import vault
from kimbilio.core.encryption import bind, seal, unseal

_PURPOSE = "second factor"
_KEY_ID = 0  # the staff key is found by its organisation, so the header has no more to say
_GROUP = 4


def is_asked_but_missing(request: Request) -> bool:
    """Say whether one of this person's roles asks for a second step that they have not set up."""
    return is_asked_of(request.actor) and not (_given_at_sign_in(request) or is_set_up(request.user))


def is_asked_of(actor: Actor) -> bool:
    """Say whether one of the roles held asks for a second step. In a demo home, none does."""
    return actor.needs_second_factor and not settings.DEMO


def is_set_up(staff: Staff) -> bool:
    """Say whether this person gives a code from their phone at sign-in, or shows a passkey."""
    return bool(is_mfa_enabled(staff, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def has_code_app(staff: Staff) -> bool:
    """Say whether this person has a phone that shows codes."""
    return bool(is_mfa_enabled(staff, [Authenticator.Type.TOTP]))


def recovery_codes_left(staff: Staff) -> int:
    """Return how many recovery codes were not used yet."""
    codes = Authenticator.objects.filter(user=staff, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def require_fresh_sign_in(request: Request) -> None:
    """Raise ReauthenticationRequired when the password was typed more than a few minutes ago."""
    raise_if_reauthentication_required(request, app="allauth.mfa")


def is_first_use(staff: Staff, code: str) -> bool:
    """Say whether this code has let nobody in yet, for as long as its phone and our clock may differ about it."""
    good_for = (1 + 2 * app_settings.TOTP_TOLERANCE) * app_settings.TOTP_PERIOD
    used = salted_hmac("second step", f"{staff.pk}.{code}", algorithm="sha256").hexdigest()
    return cache.add(used, True, timeout=good_for)


def secret_on_offer(request: Request) -> str:
    """Return the secret for the phone: the same in this sign-in, kept sealed, until its first code is typed.

    Whoever scanned it and then looked elsewhere finds it again, so the code that the phone shows stays right.
    """
    kept = request.session.get(SECRET_SESSION_KEY)
    if kept:
        return unseal_text(kept)
    secret: str = generate_totp_secret()
    request.session[SECRET_SESSION_KEY] = seal_text(secret, request.user.organisation_id)
    return secret


def in_fours(secret: str) -> str:
    """Return the secret as it is typed by hand, in groups of four."""
    return " ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP))


def seal_text(text: str, organisation_id: UUID) -> str:
    """Seal a secret under the organisation's staff key. The organisation stands before it, readable."""
    key = vault.keyring().staff_key(organisation_id)
    sealed = seal(key, text.encode(), aad=bind(_PURPOSE, organisation_id.bytes), key_id=_KEY_ID)
    return f"{organisation_id.hex}.{urlsafe_b64encode(sealed).decode()}"


def unseal_text(kept: str) -> str:
    """Open what `seal_text` sealed; raises CannotUnseal."""
    organisation, _dot, sealed = kept.partition(".")
    organisation_id = UUID(hex=organisation)
    key = vault.keyring().staff_key(organisation_id)
    return unseal(key, urlsafe_b64decode(sealed), aad=bind(_PURPOSE, organisation_id.bytes)).decode()


def _given_at_sign_in(request: Request) -> bool:
    """Say whether this sign-in went through the second step, as its own record says without asking the database."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
