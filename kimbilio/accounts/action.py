"""What every action guarantees: permitted, all or nothing, audited in the same transaction."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.audit.actions import record
from kimbilio.core import vault
from kimbilio.core.encryption import mac
from kimbilio.core.refusals import Gone, NotHere, Refused

Params = ParamSpec("Params")
Result = TypeVar("Result")

_DIGEST_PURPOSE = b"batch of an action"


class AtSite(Protocol):
    """Anything that stands at a site of an organisation."""

    organisation_id: UUID
    site_id: UUID


def action(
    permission: Permission, *, event: str, at: str | None = None
) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """Make a keyword-only function an action: allowed, whole and audited.

    `at` names the argument (a Site, or a record that has one) where `by` needs the permission;
    without it, holding the permission at any site of the organisation is enough. Whatever belongs to
    another organisation or a site where `by` has no part is NotHere; a permission that is lacking is
    Refused. The function returns what it made or changed; a record becomes the subject of the audit
    entry, and what it puts in `audit_detail` of that record its detail. For a list (the batch form)
    the one entry carries the number of rows and their digest instead.
    """

    def make(function: Callable[Params, Result]) -> Callable[Params, Result]:
        @wraps(function)
        def act(*args: Params.args, **kwargs: Params.kwargs) -> Result:
            by: Actor = kwargs["by"]  # type: ignore[assignment]  # ParamSpec cannot name a keyword
            site_id = require(by, permission, kwargs[at] if at else None)
            with transaction.atomic():
                result = function(*args, **kwargs)
                _write_down(by, event, site_id, result)
            return result

        return act

    return make


def require(by: Actor, permission: Permission, place: Any = None) -> UUID | None:
    """Return the site of `place`, or raise: NotHere out of reach, Refused without permission, Gone if forgotten."""
    if place is None:
        if not by.may_somewhere(permission):
            raise Refused(_("Your role does not allow this."))
        return None
    site_id: UUID = getattr(place, "site_id", None) or place.pk
    if place.organisation_id != by.organisation_id:
        raise NotHere
    if not by.may(permission, site_id):
        if site_id in by.roles or by.holds_the_passphrase:
            raise Refused(_("Your role does not allow this."))
        raise NotHere
    if why := getattr(place, "no_more_because", ""):
        raise Gone(why)
    return site_id


def note(
    by: Actor, event: str, *, about: models.Model | None = None, detail: dict[str, Any] | None = None
) -> None:
    """Write one audit entry of the actor's, on its own or within an action."""
    with transaction.atomic():
        _write_down(by, event, getattr(about, "site_id", None), about, detail)


def _write_down(
    by: Actor, event: str, site_id: UUID | None, result: object, detail: dict[str, Any] | None = None
) -> None:
    subject = result if isinstance(result, models.Model) else None
    if isinstance(result, list):
        detail = _batch_detail(by.organisation_id, result)
    record(
        organisation_id=by.organisation_id,
        actor_id=by.staff_id,
        event=event,
        site_id=site_id,
        about=getattr(subject, "client_id", None),
        record=subject,
        detail=detail or getattr(subject, "audit_detail", None),
    )


def _batch_detail(organisation_id: UUID, rows: list[Any]) -> dict[str, Any]:
    """Return how many rows there were and a keyed digest over their ids, in order."""
    ids = b"".join(row.pk.bytes for row in rows)
    key = vault.keyring().audit_key(organisation_id)
    return {"rows": len(rows), "digest": mac(key, _DIGEST_PURPOSE + ids).hex()}
