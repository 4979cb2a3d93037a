"""What was told about a person to somebody outside, and with what the person disagrees."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.people.models import Client
from kimbilio.people.traces import hold_person
from kimbilio.privacy.choices import Ground, ToldWhom
from kimbilio.privacy.models import Disagreement, Disclosure


@dataclass(frozen=True)
class NewDisclosure:
    """What was told: to whom, on which ground, what, by whom and when."""

    told: ToldWhom
    ground: Ground
    what: str
    occurred_on: date
    whom: str = ""
    told_by: UUID | None = None


@action(Permission.USE_RIGHTS, event="rights.told", at="client")
def note_told(*, by: Actor, client: Client, told: NewDisclosure) -> Disclosure:
    """Note what was told about a person to somebody outside."""
    hold_person(client.organisation_id, client.pk)
    return _written(by, client, told)


@action(Permission.USE_RIGHTS, event="rights.told_amended", at="disclosure")
def amend_told(*, by: Actor, disclosure: Disclosure, told: NewDisclosure) -> Disclosure:
    """Put an entry right: the new one stands, and the one before stays beside it."""
    hold_person(disclosure.organisation_id, disclosure.client_id)
    if Disclosure.objects.filter(organisation=disclosure.organisation_id, amends=disclosure).exists():
        raise Refused(_("Somebody has amended this already. Amend the newest entry."))
    return _written(by, disclosure.client, told, amends=disclosure)


@action(Permission.USE_RIGHTS, event="rights.told_opened", at="client")
def open_told(*, by: Actor, client: Client) -> Client:
    """Write down that somebody reads what was told about a person, before it is shown."""
    return client


@action(Permission.USE_RIGHTS, event="rights.disagreed", at="client")
def note_disagreement(*, by: Actor, client: Client, text: str) -> Disagreement:
    """Put a person's own words beside their record. Nothing of the record changes."""
    hold_person(client.organisation_id, client.pk)
    return Disagreement.objects.create(
        organisation_id=client.organisation_id,
        client=client,
        text=text.strip(),
        recorded_by=by.staff_id,
        occurred_on=timezone.localdate(),
    )


def _written(by: Actor, client: Client, told: NewDisclosure, amends: Disclosure | None = None) -> Disclosure:
    if told.occurred_on > timezone.localdate():
        raise Refused(_("This day is still to come."))
    made = Disclosure.objects.create(
        organisation_id=client.organisation_id,
        client=client,
        told=told.told,
        ground=told.ground,
        whom=told.whom,
        what=told.what,
        told_by=told.told_by or by.staff_id,
        recorded_by=by.staff_id,
        occurred_on=told.occurred_on,
        amends=amends,
    )
    made.audit_detail = {"told": made.told, "ground": made.ground}
    return made
