"""A person asks to be forgotten: it is noted, taken back while there is time, and carried out."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person, one_person
from kimbilio.people.traces import hold_people, hold_person, hold_site
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.erasing import forget
from kimbilio.privacy.models import Erasure


@action(Permission.USE_RIGHTS, event="person.forget_asked", at="client")
def ask_to_be_forgotten(*, by: Actor, client: Client, why: WhyForgotten) -> Erasure:
    """Note that a person asks to be forgotten: whoever may carry it out finds it on a list. Noted once."""
    client = one_person(client)
    hold_person(client.organisation_id, client.pk)
    return _asked(client) or Erasure.objects.create(
        organisation_id=client.organisation_id, client=client, why=why, asked_by=by.staff_id
    )


@action(Permission.USE_RIGHTS, event="person.forget_withdrawn", at="erasure")
def withdraw_asking(*, by: Actor, erasure: Erasure) -> Erasure:
    """Take back that a person asks to be forgotten: they have changed their mind, or it was noted by mistake."""
    hold_people([erasure.client_id])
    erasure.refresh_from_db()
    if erasure.done_at or erasure.withdrawn_at:
        raise Refused(_("This is over already."))
    erasure.withdrawn_at, erasure.withdrawn_by = timezone.now(), by.staff_id
    erasure.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return erasure


@action(Permission.ERASE_PERSON, event="person.forgotten", at="client")
def erase_person(*, by: Actor, client: Client, why: WhyForgotten, asked: UUID | None = None) -> Erasure:
    """Forget a person, in every record that was joined to theirs. It cannot be taken back by anybody.

    What counts are made of stays, under a new code that stands on no paper. Whoever carries it out has typed their
    password just now (the page asks for it). `asked` is the request that they saw: Refused where it was taken back.
    """
    hold_site(client)
    client.joined_ids = None  # who is joined may have changed since the page was shown
    ids = ids_of_one_person(client)
    hold_people(ids)
    if asked and Erasure.objects.filter(pk=asked, client__in=ids, withdrawn_at__isnull=False).exists():
        raise Refused(_("This was taken back meanwhile: they no longer ask to be forgotten."))
    at = timezone.now()
    left_out = forget(client.organisation_id, ids, at)
    stones = [_stone(by, client, one, why) for one in ids]
    for stone in stones:
        stone.done_at, stone.done_by = at, by.staff_id
        stone.save()
    first = stones[0]
    first.lines_left_out = left_out
    first.save(update_fields=["lines_left_out"])
    first.audit_detail = {"why": first.why, "records": len(ids), "lines": left_out}
    return first


def _stone(by: Actor, client: Client, one: UUID, why: WhyForgotten) -> Erasure:
    standing = Erasure.objects.filter(
        organisation=client.organisation_id, client=one, withdrawn_at__isnull=True
    ).first()
    return standing or Erasure(
        organisation_id=client.organisation_id, client_id=one, why=why, asked_by=by.staff_id
    )


def _asked(client: Client) -> Erasure | None:
    return Erasure.objects.filter(
        organisation=client.organisation_id, client__in=ids_of_one_person(client), withdrawn_at__isnull=True
    ).first()
