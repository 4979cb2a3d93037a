"""What can be asked about one person's journey."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.mat.choices import DayMark
from kimbilio.mat.models import JourneyStep, StandingMonth
from kimbilio.mat.queries.days import Day, each_day, listed_by_any
from kimbilio.mat.queries.reach import referred_to
from kimbilio.mat.queries.records import MonthRow, listed_at, told_by
from kimbilio.mat.rules import (
    FROM_THE_CLINIC,
    Flag,
    Run,
    State,
    combined,
    explained,
    last_day_with,
    odd_orders,
    run_of_absences,
    state_at,
)
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person


@dataclass(frozen=True)
class Journey:
    """A person's journey as at a day: every step that stands, where they stand, their run, what does not fit.

    `clinic_id`: on whose list they stood last, else of the last step that names one. `voided`: steps taken back.
    """

    steps: list[JourneyStep]
    state: State
    run: Run
    flags: list[Flag]
    clinic_id: UUID | None = None
    voided: list[JourneyStep] = field(default_factory=list)


def journey_of(client: Client, on: date | None = None) -> Journey:
    """Return the journey of a person, under whichever card it was recorded, as at a day (today). Three queries."""
    on = on or timezone.localdate()
    ids = ids_of_one_person(client)
    return _journey(_all_steps(client.organisation_id, ids), _months(client.organisation_id, ids, on), on)


def journey_with_days(client: Client, first: date, on: date) -> tuple[Journey, list[Day]]:
    """Return a person's journey as at a day, and each of their days from the first to that one. Four queries."""
    ids = ids_of_one_person(client)
    months = _months(client.organisation_id, ids, on)
    told = combined((row.month, row.signs) for row in months)
    listed = listed_by_any(client.organisation_id, {row.clinic_id for row in months}, first, on)
    days = [Day(day, told.get(day, DayMark.UNKNOWN), day in listed) for day in each_day(first, on)]
    return _journey(_all_steps(client.organisation_id, ids), months, on), days


def _journey(rows: Iterable[JourneyStep], months: list[MonthRow], on: date) -> Journey:
    rows = list(rows)
    steps = [step for step in rows if step.voided_at is None]
    marks = combined((row.month, row.signs) for row in months)
    named = [step.clinic_id for step in steps if step.clinic_id and step.occurred_on <= on]
    return Journey(
        steps=steps,
        state=state_at(steps, on, last_day_with(marks, FROM_THE_CLINIC, on)),
        run=run_of_absences(explained(marks, steps, on), on),
        flags=odd_orders(steps, marks, on=on),
        clinic_id=listed_at(months) or next(iter(named[::-1]), None),
        voided=[step for step in rows if step.voided_at is not None],
    )


def steps_of(client: Client) -> QuerySet[JourneyStep]:
    """Return the steps of a person that stand, oldest first."""
    steps = _all_steps(client.organisation_id, ids_of_one_person(client))
    return steps.filter(voided_at__isnull=True)


def _all_steps(organisation_id: UUID, ids: Collection[UUID]) -> QuerySet[JourneyStep]:
    """Return the steps of these records of one person, oldest first, with those taken back."""
    steps = JourneyStep.objects.filter(organisation=organisation_id, client__in=ids)
    return steps.select_related("clinic").order_by("occurred_on", "pk")


def voided_steps_of(client: Client) -> QuerySet[JourneyStep]:
    """Return the steps of a person that were taken back, newest first."""
    return JourneyStep.objects.filter(
        organisation=client.organisation_id,
        client__in=ids_of_one_person(client),
        voided_at__isnull=False,
    ).order_by("-voided_at", "-pk")


def step_within_reach(by: Actor, permission: Permission, step_id: UUID) -> JourneyStep:
    """Return a step that stands; NotHere when it does not, or the person is out of the actor's reach."""
    step = JourneyStep.objects.filter(
        organisation=by.organisation_id,
        client__site__in=by.sites_where(permission),
        pk=step_id,
        voided_at__isnull=True,
    ).first()
    if step is None:
        raise NotHere
    return step


def step_of(by: Actor, permission: Permission, client: Client, reference: str) -> JourneyStep:
    """Return the step of a person that a page refers to; NotHere when it does not stand or is out of reach."""
    step = referred_to(steps_of(client), reference)
    return step_within_reach(by, permission, step.pk)


def weeks_before(on: date, weeks: int) -> date:
    """Return the Monday so many weeks back, the week of the day itself being the last of them."""
    return on - timedelta(days=on.weekday() + 7 * (weeks - 1))


def _months(organisation_id: UUID, ids: Collection[UUID], on: date) -> list[MonthRow]:
    rows = StandingMonth.objects.filter(organisation=organisation_id, client__in=ids, month__lte=on)
    return [
        MonthRow(clinic_id, month, told_by(on, month, signs))
        for clinic_id, month, signs in rows.values_list("clinic_id", "month", "signs")
    ]
