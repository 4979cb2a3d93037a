"""Saying who looks for whom. What stood before is kept, replaced."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup.choices import Because
from kimbilio.followup.models import Assignment
from kimbilio.followup.queries.facts import People, wishes_of_people
from kimbilio.followup.queries.workers import Worker, workers_at
from kimbilio.followup.rules import fault_of_worker
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import require_of_many, uses_consent
from kimbilio.people.models import Client


@action(Permission.ASSIGN_FOLLOW_UP, event="followup.assigned", at="client")
def assign(
    *, by: Actor, client: Client, worker: Worker | None, because: Because = Because.CHOSEN
) -> Assignment:
    """Say who looks for a person; with None, that nobody does any more."""
    pairs = [(client.pk, worker.id if worker else None, because)]
    return _assign(by, client.site, pairs)[0]


@action(Permission.ASSIGN_FOLLOW_UP, event="followup.many_assigned", at="site")
def assign_many(
    *, by: Actor, site: Site, suggested: Sequence[tuple[UUID, UUID, Because]]
) -> list[Assignment]:
    """Say who looks for many people of a site: each person's id, the worker's, and why."""
    here = Client.objects.filter(site=site, pk__in=[person for person, _worker, _why in suggested])
    if here.count() != len(suggested):
        raise NotHere
    return _assign(by, site, suggested)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _assign(by: Actor, site: Site, pairs: Sequence[tuple[UUID, UUID | None, Because]]) -> list[Assignment]:
    asked = [person for person, worker, _why in pairs if worker]
    require_of_many(site.organisation_id, (ConsentPurpose.HOLD_A_RECORD,), asked)
    people = People.whom(site.organisation_id, [person for person, _worker, _why in pairs])
    _check(site, people, {people.person_of[person]: worker for person, worker, _why in pairs})
    _replace(people)
    return Assignment.objects.bulk_create(
        [
            Assignment(
                organisation_id=site.organisation_id,
                client_id=people.person_of[person],
                worker=worker,
                because=because.value,
                assigned_by=by.staff_id,
            )
            for person, worker, because in pairs
        ],
        batch_size=1000,
    )


def _check(site: Site, people: People, workers: dict[UUID, UUID | None]) -> None:
    """Refuse a worker who cannot look for people here, or whom the person does not want."""
    here = {worker.id for worker in workers_at(site)}
    if not {worker for worker in workers.values() if worker} <= here:
        raise NotHere
    wishes = wishes_of_people(people)
    for person, worker in workers.items():
        fault = fault_of_worker(worker, wishes[person])
        if fault:
            raise Refused(str(fault.label))


def _replace(people: People) -> None:
    records: Collection[UUID] = list(people.person_of)
    list(
        Client.objects.select_for_update(no_key=True)
        .filter(pk__in=records)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    Assignment.objects.filter(
        organisation=people.organisation_id, client__in=records, replaced_at__isnull=True
    ).update(replaced_at=timezone.now())
