"""The way back: agreed with the person, and what came of it. Whether they were dosed the clinic's list tells."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.followup.choices import Fault, GoesWith, HowEnded
from kimbilio.followup.models import WayBack, WayBackEnd
from kimbilio.followup.queries.holding import hold
from kimbilio.followup.queries.workers import Worker, workers_at
from kimbilio.followup.rules import fault_of_plan
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.models import Client


@dataclass(frozen=True)
class PlannedReturn:
    """A way back as agreed: which day, at what time if one was said, who goes with them."""

    on: date
    goes_with: GoesWith
    at: time | None = None
    worker: Worker | None = None


@action(Permission.RECORD_FOLLOW_UP, event="followup.way_back_agreed", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def agree_way_back(*, by: Actor, client: Client, plan: PlannedReturn) -> WayBack:
    """Record a way back. One that was agreed before and is still open is thereby changed."""
    ids = hold(by, client)
    fault = fault_of_plan(plan.on, timezone.localdate())
    if fault:
        raise Refused(str(fault.label))
    if plan.worker and plan.worker.id not in {worker.id for worker in workers_at(client.site)}:
        raise NotHere
    open_before = WayBack.objects.filter(
        organisation=client.organisation_id, client__in=ids, ended_at__isnull=True
    )
    for row in open_before:
        _end(by, row, HowEnded.CHANGED, timezone.localdate())
    return WayBack.objects.create(
        organisation_id=client.organisation_id,
        client_id=ids[0],
        planned_on=plan.on,
        planned_at=plan.at,
        goes_with=plan.goes_with,
        worker=_who_goes(by, plan),
        agreed_by=by.staff_id,
    )


def _who_goes(by: Actor, plan: PlannedReturn) -> UUID | None:
    """Return who of the staff goes with them: the one named, or whoever agreed it."""
    if plan.goes_with != GoesWith.WORKER:
        return None
    return plan.worker.id if plan.worker else by.staff_id


@action(Permission.RECORD_FOLLOW_UP, event="followup.way_back_ended", at="way_back")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="way_back")
def end_way_back(*, by: Actor, way_back: WayBack, how: HowEnded, on: date) -> WayBackEnd:
    """Record what came of a way back: arrived at the clinic, or did not come."""
    hold(by, way_back.client)
    if on > timezone.localdate():
        raise Refused(str(Fault.FUTURE.label))
    return _end(by, way_back, how, on)


def _end(by: Actor, way_back: WayBack, how: HowEnded, on: date) -> WayBackEnd:
    is_open = WayBack.objects.filter(
        organisation=way_back.organisation_id, pk=way_back.pk, ended_at__isnull=True
    )
    if not is_open.update(ended_at=timezone.now()):
        raise Refused(str(Fault.ENDED_ALREADY.label))
    return WayBackEnd.objects.create(
        organisation_id=way_back.organisation_id,
        client_id=way_back.client_id,
        way_back=way_back,
        how=how,
        occurred_on=on,
        recorded_by=by.staff_id,
    )
