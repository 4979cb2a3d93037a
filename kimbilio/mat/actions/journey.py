"""Steps of the journey: dated claims, recorded, corrected and voided. An odd order is accepted and flagged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.choices import Source, StepKind, StepReason
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries.reach import all_are_at
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic


@dataclass(frozen=True)
class Claim:
    """What is said to have happened on a journey: what, when, who says so, at which clinic, why."""

    kind: StepKind
    occurred_on: date
    source: Source = Source.STAFF
    clinic: MatClinic | None = None
    reason: StepReason = StepReason.NOT_STATED


@action(Permission.SEE_JOURNEY, event="mat.journey_opened", at="client")
def open_journey(*, by: Actor, client: Client) -> Client:
    """Write down that a person's journey and days were opened, before they are shown."""
    return client


@action(Permission.RECORD_JOURNEY, event="mat.step_recorded", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def record_step(*, by: Actor, client: Client, claim: Claim) -> JourneyStep:
    """Record one step. The same claim from the same source a second time is the one that stands already."""
    made = _record(by, client.organisation_id, [(client.pk, claim)])
    return made[0] if made else _same(client, claim)


@action(Permission.RECORD_JOURNEY, event="mat.steps_recorded", at="site")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="claims", each=itemgetter(0))
def record_steps(*, by: Actor, site: Site, claims: Sequence[tuple[UUID, Claim]]) -> list[JourneyStep]:
    """Record steps of many people of a site, and return the new ones: claims that stand already add nothing."""
    if not all_are_at([site.pk], site.organisation_id, {client_id for client_id, _claim in claims}):
        raise NotHere
    return _record(by, site.organisation_id, claims)


@action(Permission.RECORD_JOURNEY, event="mat.step_corrected", at="step")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="step")
def correct_step(*, by: Actor, step: JourneyStep, claim: Claim) -> JourneyStep:
    """Void a step and record what is right in its place."""
    _void(step.organisation_id, [step.pk])
    made = _record(by, step.organisation_id, [(step.client_id, claim)])
    return made[0] if made else _same(step.client, claim)


@action(Permission.RECORD_JOURNEY, event="mat.step_voided", at="step")
def void_step(*, by: Actor, step: JourneyStep) -> JourneyStep:
    """Take back a step that was recorded by mistake. It is kept, and counts no more."""
    _void(step.organisation_id, [step.pk])
    step.refresh_from_db()
    return step


@action(Permission.RECORD_JOURNEY, event="mat.steps_voided", at="site")
def void_steps(*, by: Actor, site: Site, steps: Collection[UUID]) -> list[JourneyStep]:
    """Take back many steps of people of a site, by their ids, and return those that stood until now."""
    rows = JourneyStep.objects.filter(
        organisation=site.organisation_id, client__site=site, pk__in=steps, voided_at__isnull=True
    )
    standing = list(rows.order_by("pk"))
    _void(site.organisation_id, [row.pk for row in standing])
    return standing


def _record(by: Actor, organisation_id: UUID, claims: Sequence[tuple[UUID, Claim]]) -> list[JourneyStep]:
    today = timezone.localdate()
    if any(claim.occurred_on > today for _client_id, claim in claims):
        raise Refused(_("A step cannot lie in the future. Check the date."))
    if any(
        claim.clinic is not None and claim.clinic.organisation_id != organisation_id for _id, claim in claims
    ):
        raise NotHere
    known = _known_claims(organisation_id, {client_id for client_id, _claim in claims})
    new = dict.fromkeys(pair for pair in claims if (pair[0], *_columns(pair[1]).values()) not in known)
    return JourneyStep.objects.bulk_create(
        [
            JourneyStep(
                organisation_id=organisation_id,
                client_id=client_id,
                recorded_by=by.staff_id,
                **_columns(claim),
            )
            for client_id, claim in new
        ],
        batch_size=1000,
    )


def _columns(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind.value,
        "occurred_on": claim.occurred_on,
        "source": claim.source.value,
        "clinic_id": claim.clinic.pk if claim.clinic else None,
        "reason": claim.reason.value,
    }


def _known_claims(organisation_id: UUID, client_ids: Collection[UUID]) -> set[tuple[Any, ...]]:
    """Return every claim about these people that stands."""
    rows = _standing_steps(organisation_id).filter(client__in=client_ids)
    return set(rows.values_list("client_id", "kind", "occurred_on", "source", "clinic_id", "reason"))


def _same(client: Client, claim: Claim) -> JourneyStep:
    """Return the step by which the same is claimed already."""
    return _standing_steps(client.organisation_id).filter(client=client, **_columns(claim)).earliest("pk")


def _standing_steps(organisation_id: UUID) -> QuerySet[JourneyStep]:
    return JourneyStep.objects.filter(organisation=organisation_id, voided_at__isnull=True)


def _void(organisation_id: UUID, ids: Collection[UUID]) -> None:
    _standing_steps(organisation_id).filter(pk__in=ids).update(voided_at=timezone.now())
