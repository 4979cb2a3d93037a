"""Recording what a person says of being looked for. What they said before is kept, replaced."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup.choices import Fault, Wish
from kimbilio.followup.models import Assignment, ContactWish
from kimbilio.followup.queries.holding import hold
from kimbilio.followup.queries.workers import Worker, workers_at
from kimbilio.people.models import Client
from kimbilio.places.models import Hotspot

# The words of the questions (README.md). A change of words is a new version.
WISH_WORDS = "2026-11"


@dataclass(frozen=True)
class Said:
    """What a person said of being looked for."""

    call: Wish = Wish.ASK
    visit: Wish = Wish.ASK
    tell_clinic: Wish = Wish.ASK
    only_worker: Worker | None = None
    hotspot: Hotspot | None = None
    on: date | None = None


@action(Permission.RECORD_FOLLOW_UP, event="followup.wish_recorded", at="client")
def record_wish(*, by: Actor, client: Client, said: Said) -> ContactWish:
    """Record what a person wishes. Where they want another worker, or nobody, nobody looks for them as before."""
    ids = hold(by, client)
    today = timezone.localdate()
    if said.on and said.on > today:
        raise Refused(str(Fault.FUTURE.label))
    if said.hotspot and said.hotspot.site_id != client.site_id:
        raise NotHere
    if said.only_worker and said.only_worker.id not in {worker.id for worker in workers_at(client.site)}:
        raise NotHere
    ContactWish.objects.filter(
        organisation=client.organisation_id, client__in=ids, replaced_at__isnull=True
    ).update(replaced_at=timezone.now())
    _end_what_they_do_not_want(client, ids, said)
    return ContactWish.objects.create(
        organisation_id=client.organisation_id,
        client_id=ids[0],
        call=said.call,
        visit=said.visit,
        tell_clinic=said.tell_clinic,
        only_worker=said.only_worker.id if said.only_worker else None,
        hotspot=said.hotspot,
        words_version=WISH_WORDS,
        occurred_on=said.on or today,
        asked_by=by.staff_id,
    )


def _end_what_they_do_not_want(client: Client, ids: list[UUID], said: Said) -> None:
    """Have nobody look for them who may not: the next one is chosen by whoever assigns."""
    standing = Assignment.objects.filter(
        organisation=client.organisation_id, client__in=ids, replaced_at__isnull=True
    )
    if said.call == said.visit == Wish.NO:
        standing.update(replaced_at=timezone.now())
    elif said.only_worker:
        standing.exclude(worker=said.only_worker.id).update(replaced_at=timezone.now())
