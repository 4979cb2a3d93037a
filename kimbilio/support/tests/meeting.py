"""Sessions held for tests, and who came to them."""

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.audit.models import AuditEvent
from kimbilio.core.references import reference_to
from kimbilio.people.models import Client
from kimbilio.support.actions import (
    record_session,
)
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Session
from kimbilio.support.queries import (
    session_within_reach,
)
from tests.programme import Programme


def held(by: Actor, programme: Programme, came: list[Client], **more: object) -> Session:
    told = {"kind": SessionKind.PSYCHOSOCIAL, "occurred_on": timezone.localdate(), "people": came}
    return record_session(by=by, site=programme.site, **(told | more))  # type: ignore[arg-type]


def came_to(by: Actor, programme: Programme, session: Session) -> list[str]:
    found = session_within_reach(by, programme.site, session.occurred_on, reference_to(session))
    codes = dict(Client.objects.values_list("pk", "code"))
    return [codes[one] for one in found.people]


def entries() -> list[str]:
    found = AuditEvent.objects.filter(event__startswith="support.").order_by("seq")
    return [entry.event.removeprefix("support.") for entry in found]
