"""Recording what a person says of being looked for. What they said before is kept, replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import action, note
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup.choices import Fault, Wish
from kimbilio.followup.models import Assignment, ContactWish
from kimbilio.followup.queries.facts import OF_WISHES
from kimbilio.followup.queries.holding import hold
from kimbilio.followup.queries.person import wishes_of
from kimbilio.followup.queries.workers import Worker, workers_at
from kimbilio.people.actions import Said as Answered
from kimbilio.people.actions import write_consents
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.consent_words import VERSION
from kimbilio.people.models import Client
from kimbilio.places.models import Hotspot

_ANSWER = {Wish.YES: ConsentAnswer.GIVEN, Wish.NO: ConsentAnswer.WITHDRAWN}


@dataclass(frozen=True)
class Said:
    """What a person said of being looked for. 'Ask first' says nothing: what they answered before stands.

    `lifts` has, by purpose, the noes that were in sight when they were asked anew.
    """

    call: Wish = Wish.ASK
    visit: Wish = Wish.ASK
    tell_clinic: Wish = Wish.ASK
    only_worker: Worker | None = None
    hotspot: Hotspot | None = None
    on: date | None = None
    manner: ConsentManner = ConsentManner.SPOKEN
    lifts: Mapping[ConsentPurpose, frozenset[UUID]] = field(default_factory=dict)

    def answers(self) -> list[Answered]:
        """Return what they answered, as consent takes it."""
        return [
            Answered(purpose, _ANSWER[wish], self.lifts.get(purpose, frozenset()))
            for purpose, wish in zip(OF_WISHES, (self.call, self.visit, self.tell_clinic), strict=True)
            if wish in _ANSWER
        ]


@action(Permission.RECORD_FOLLOW_UP, event="followup.wish_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def record_wish(*, by: Actor, client: Client, said: Said) -> ContactWish:
    """Record what a person wishes, and what they agree to.

    Where they want another worker, or nobody, nobody looks for them as before.
    """
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
    _write_answers(by, client, said, said.on or today)
    _end_what_they_do_not_want(client, ids, said)
    return ContactWish.objects.create(
        organisation_id=client.organisation_id,
        client_id=ids[0],
        only_worker=said.only_worker.id if said.only_worker else None,
        hotspot=said.hotspot,
        words_version=VERSION,
        occurred_on=said.on or today,
        asked_by=by.staff_id,
    )


def _write_answers(by: Actor, client: Client, said: Said, on: date) -> None:
    answers = said.answers()
    if answers:
        rows = write_consents(by=by, client=client, said=answers, manner=said.manner, occurred_on=on)
        note(by, "consent.recorded", about=client, detail={"answers": len(rows)})


def _end_what_they_do_not_want(client: Client, ids: list[UUID], said: Said) -> None:
    """Have nobody look for them who may not: the next one is chosen by whoever assigns."""
    standing = Assignment.objects.filter(
        organisation=client.organisation_id, client__in=ids, replaced_at__isnull=True
    )
    wishes = wishes_of(client)
    if wishes.call == wishes.visit == Wish.NO:
        standing.update(replaced_at=timezone.now())
    elif said.only_worker:
        standing.exclude(worker=said.only_worker.id).update(replaced_at=timezone.now())
