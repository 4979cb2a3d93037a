"""The list of people to look for, most urgent first, and those who came back.

The days say who is missing (`mat.runs_as_at`); what is recorded here says who looks for them and where they stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.followup.choices import Group
from kimbilio.followup.models import WayBack
from kimbilio.followup.queries.facts import (
    People,
    assigned_workers,
    learnt_of,
    plan_in,
    plans_of,
)
from kimbilio.followup.rules import Absence, Learnt, group_of, urgency
from kimbilio.mat.choices import Standing, StepKind
from kimbilio.mat.queries import PersonRun, runs_as_at
from kimbilio.mat.queries.records import claims_of, months_since_last_dose
from kimbilio.mat.rules import FROM_THE_CLINIC, last_in_lines
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import uses_consent, who_among_agreed

# A way back is looked at for so long after its day.
_PLANS_FOR = timedelta(days=31)
_CAME_BACK_WITHIN = timedelta(days=7)
_STARTED_AGAIN = frozenset({StepKind.RE_INDUCTED, StepKind.RETURNED})


@dataclass(frozen=True)
class Entry:
    """Somebody on the list: what the days say, where they stand, who looks for them, what is known or agreed."""

    run: PersonRun
    group: Group
    worker_id: UUID | None
    learnt: Learnt | None
    way_back: WayBack | None

    @property
    def client_id(self) -> UUID:
        """Return whose entry it is."""
        return self.run.client_id


@dataclass(frozen=True)
class Return:
    """Somebody with whom a way back was agreed, and who was dosed since, as the clinic's list says."""

    client_id: UUID
    planned_on: date
    dosed_on: date
    started_again: bool


def sees_everybody(by: Actor, site_id: UUID) -> bool:
    """Tell whether the actor sees the whole list of a site, or only whom they look for themselves."""
    return by.may(Permission.SEE_EVERYBODY_TO_FOLLOW_UP, site_id)


def entries_at(by: Actor, site: Site, on: date) -> list[Entry]:
    """Return the list of a site as at a day, most urgent first: all of it, or the actor's own people only."""
    require(by, Permission.SEE_FOLLOW_UP, site)
    runs = {run.client_id: run for run in runs_as_at(by, site, on)}
    people = People.of(site.organisation_id, runs)
    workers = assigned_workers(people)
    if not sees_everybody(by, site.pk):
        people = people.among(_own(workers, by))
    learnt, plans = learnt_of(people, on), plans_of(people, on - _PLANS_FOR, on)
    seen = set(people.person_of.values())
    entries = [
        _entry(run, workers.get(person), learnt.get(person), plans.get(person), on)
        for person, run in runs.items()
        if person in seen
    ]
    return sorted(entries, key=_place)


def _place(entry: Entry) -> tuple[int, ...]:
    return *urgency(entry.group, absence_in(entry.run)), entry.client_id.int


def _own(workers: Mapping[UUID, UUID], by: Actor) -> list[UUID]:
    return [person for person, worker in workers.items() if worker == by.staff_id]


def _entry(
    run: PersonRun, worker_id: UUID | None, learnt: Learnt | None, way_back: WayBack | None, on: date
) -> Entry:
    group = group_of(absence_in(run), learnt, plan_in(way_back), on)
    return Entry(run, group, worker_id, learnt, way_back)


def absence_in(run: PersonRun) -> Absence:
    """Return a run as the rules take it."""
    return Absence(run.days, run.last_dose, run.out_of_touch, paused=run.standing == Standing.PAUSED)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def returns_at(by: Actor, site: Site, on: date, still_missing: Collection[UUID]) -> list[Return]:
    """Return who came back lately of those with whom a way back was agreed, the last first; as far as the actor sees.

    `still_missing` are those on the list. Whether they were dosed is read from the clinic's list.
    """
    require(by, Permission.SEE_FOLLOW_UP, site)
    agreed = _agreed_lately(site, on)
    if not agreed:
        return []
    people = People.of(site.organisation_id, set(agreed) - set(still_missing))
    people = people.among(
        who_among_agreed(site.organisation_id, ConsentPurpose.HOLD_A_RECORD, people.person_of)
    )
    if not sees_everybody(by, site.pk):
        people = people.among(_own(assigned_workers(people), by))
    dosed = _last_doses(people, on)
    claims = claims_of(site.organisation_id, list(people.person_of), on)
    again = {
        people.person_of[record]
        for record, told in claims.items()
        if any(claim.kind in _STARTED_AGAIN and claim.occurred_on > on - _PLANS_FOR for claim in told)
    }
    back = [
        Return(person, agreed[person], dosed_on, person in again)
        for person, dosed_on in dosed.items()
        if dosed_on >= agreed[person] - _CAME_BACK_WITHIN
    ]
    return sorted(back, key=lambda one: (one.dosed_on, one.client_id), reverse=True)


def _agreed_lately(site: Site, on: date) -> dict[UUID, date]:
    """Return the last day that was agreed with each person, of ways back not long ago."""
    rows = WayBack.objects.filter(
        organisation=site.organisation_id,
        client__site=site,
        planned_on__gte=on - _CAME_BACK_WITHIN,
    )
    told = list(rows.order_by("pk").values_list("client_id", "planned_on"))
    if not told:
        return {}
    people = People.whom(site.organisation_id, {record for record, _planned_on in told})
    return {people.person_of[record]: planned_on for record, planned_on in told}


def _last_doses(people: People, on: date) -> dict[UUID, date]:
    records: dict[UUID, list[UUID]] = {}
    for record, person in people.person_of.items():
        records.setdefault(person, []).append(record)
    months = months_since_last_dose(people.organisation_id, records, on)
    found = {
        person: last_in_lines([(row.month, row.signs) for row in rows], FROM_THE_CLINIC)
        for person, rows in months.items()
    }
    return {person: day for person, day in found.items() if day}
