"""Saying why one opens a person outside one's own work."""

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.caseload.choices import Why
from kimbilio.caseload.models import OpenedOutside
from kimbilio.core.refusals import NotHere
from kimbilio.people.models import Client


@action(Permission.OPEN_PERSON, event="person.opened_outside", at="client")
def say_why(*, by: Actor, client: Client, why: Why) -> OpenedOutside:
    """Keep why the actor opens this person today. The audit entry carries the reason's code."""
    if by.staff_id is None:
        raise NotHere
    said = OpenedOutside.objects.create(
        organisation_id=by.organisation_id,
        site_id=client.site_id,
        about=client.pk,
        opened_by=by.staff_id,
        why=why,
    )
    said.audit_detail = {"why": str(why)}
    return said
