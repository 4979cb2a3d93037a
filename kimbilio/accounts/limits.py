"""How often a sign-in may fail, counted by name; who was refused; and how a manager lets somebody try again."""

from collections.abc import Iterable
from uuid import UUID

from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import staff_who_signs_in_as, the_organisation
from kimbilio.audit.actions import record

_APP = "allauth.account"
_ACTION = "login_failed"


def limit_of(username: str) -> str:
    """Return the key under which failures for a typed name are counted: a name may hold a password by mistake."""
    return salted_hmac("sign-in limit", username.strip().casefold(), algorithm="sha256").hexdigest()


def limited_among(people: Iterable[Staff]) -> set[UUID]:
    """Return the ids of those who are refused for a while, even with the right password. One query."""
    counters = {key: (rate, staff.pk) for staff in people for rate, key in _counters(staff)}
    now = timezone.now().timestamp()
    return {
        counters[key][1]
        for key, failed_at in cache.get_many(counters).items()
        if _is_used_up(counters[key][0], failed_at, now)
    }


def lift_limits(staff: Staff) -> None:
    """Forget every failed try of this person's, so that they can sign in at once."""
    for _rate, key in _counters(staff):
        cache.delete(key)


def note_refused(username: str, *, how: str = "password") -> None:
    """Write down that a sign-in was refused: by staff id for a known name, with nothing typed for any other.

    Both are written, so that the time of the answer does not tell which names are known.
    """
    staff = staff_who_signs_in_as(username)
    organisation_id = staff.organisation_id if staff else getattr(the_organisation(), "pk", None)
    if organisation_id is None:
        return
    with transaction.atomic():
        record(
            organisation_id=organisation_id,
            actor_id=staff.pk if staff else None,
            event="sign_in_refused",
            record=staff,
            detail={"by": how},
        )


def _counters(staff: Staff) -> list[tuple[Rate, str]]:
    """Return every count that stands between this person and their sign-in: of passwords and of second steps."""
    return [
        (rate, get_cache_key(None, app=_APP, action=_ACTION, rate=rate, key=key))
        for key in (limit_of(staff.username), f"mfa-auth-user-{staff.pk}")
        for rate in get_rates(app=_APP, action=_ACTION)
        if rate.per == "key"
    ]


def _is_used_up(rate: Rate, failed_at: list[float], now: float) -> bool:
    return sum(at > now - rate.duration for at in failed_at) >= rate.amount
