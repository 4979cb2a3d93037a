"""A person's journey on MAT as a page shows it: where they stand, every step with its ways back, and their days."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.desk.strip import strip
from kimbilio.mat.choices import Advice, StepKind, StepReason
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries import Journey, journey_with_days, reference_of, rules_of_clinics, weeks_before
from kimbilio.mat.rules import Episode
from kimbilio.people.models import Client

Shown = dict[str, Any]
WEEKS = 13


def journey_shown(by: Actor, client: Client, *, may_add: bool) -> Shown:
    """Return what the page shows of a journey as at today; what was recorded may be taken back, whatever `may_add`."""
    today = timezone.localdate()
    journey, days = journey_with_days(client, weeks_before(today, WEEKS), today)
    may_record = by.may(Permission.RECORD_JOURNEY, client.site_id)
    address = [client.code]
    return {
        "standing": journey.state.standing.label,
        "kind": StepKind(journey.state.kind).label if journey.state.kind else "",
        "since": journey.state.since,
        "run": journey.run,
        "advice": _advice(client, journey),
        "episodes": [_episode(one) for one in journey.state.episodes],
        "flags": [{"what": flag.what.label, "on": flag.on} for flag in reversed(journey.flags)],
        "steps": _steps(client, journey, may_take_back=may_record, may_correct=may_record and may_add),
        "strip": strip(days) if journey.clinic_id else None,
        "record_url": reverse("record_step", args=address) if may_record and may_add else None,
        "day_url": reverse("correct_day", args=address) if may_record and may_add else None,
        "hide_url": reverse("person", args=address),
    }


def _advice(client: Client, journey: Journey) -> list[str]:
    """Return what to say and do from the step that the clinic names. Never a dose."""
    rules = rules_of_clinics(client.organisation_id).of(journey.clinic_id)
    if not journey.run.days or not rules.assess_before_dose(journey.run.days):
        return []
    return [str(advice.label) for advice in Advice]


def _episode(episode: Episode) -> Shown:
    return {
        "started_on": episode.started_on,
        "started_by": episode.started_by.label,
        "ended_on": episode.ended_on,
        "ended_by": episode.ended_by.label if episode.ended_by else "",
    }


def _steps(client: Client, journey: Journey, *, may_take_back: bool, may_correct: bool) -> list[Shown]:
    """Return every step, the newest first, those taken back too."""
    rows = sorted(
        [*journey.steps, *journey.voided], key=lambda step: (step.occurred_on, step.pk), reverse=True
    )
    staff = staff_names(client.organisation_id, [row.recorded_by for row in rows if row.recorded_by])
    return [
        _step(row, staff)
        | {
            "correct_url": _address_of("correct_step", client, row, offered=may_correct),
            "void_url": _address_of("void_step", client, row, offered=may_take_back),
        }
        for row in rows
    ]


def _address_of(name: str, client: Client, step: JourneyStep, *, offered: bool) -> str | None:
    """Return where a step is put right or taken back; None where it is not offered, or was taken back before."""
    if not offered or step.voided_at is not None:
        return None
    return reverse(name, args=[client.code, reference_of(step)])


def _step(step: JourneyStep, staff: dict[UUID, str]) -> Shown:
    return {
        "what": step.get_kind_display(),
        "on": step.occurred_on,
        "why": "" if step.reason == StepReason.NOT_STATED else step.get_reason_display(),
        "clinic": step.clinic.name if step.clinic else "",
        "source": step.get_source_display(),
        "who": staff.get(step.recorded_by, "") if step.recorded_by else "",
        "recorded_at": step.recorded_at,
        "voided_at": step.voided_at,
    }
