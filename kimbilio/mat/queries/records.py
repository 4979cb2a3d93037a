"""What the lists of people are reckoned from: months and claims of many people, each read with few questions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.accounts.models import Site
from kimbilio.core.many import Keys
from kimbilio.mat.models import JourneyStep, StandingMonth
from kimbilio.mat.rules import (
    FROM_THE_CLINIC,
    PAUSES,
    SIGN,
    month_of,
    months_between,
)
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids

_CLINIC_SIGNS = tuple(SIGN[mark] for mark in FROM_THE_CLINIC)
_A_WEEK = 7


class ClaimRow(NamedTuple):
    """A step that stands, as little of it as the rules need."""

    kind: str
    occurred_on: date


class MonthRow(NamedTuple):
    """A month that stands: at which clinic, and its signs."""

    clinic_id: UUID
    month: date
    signs: str


def joined_at(site: Site) -> dict[UUID, UUID]:
    """Return, for the people of a site who have several cards, which card stands for each of the others."""
    joined = standing_ids(site.organisation_id)
    if not joined:
        return {}
    here = set(Client.objects.filter(site=site, pk__in=set(joined.values())).values_list("pk", flat=True))
    return {record: person for record, person in joined.items() if person in here}


def claims_of(organisation_id: UUID, ids: Collection[UUID], on: date) -> dict[UUID, list[ClaimRow]]:
    """Return the claims by that day of these records, by record. One query."""
    rows = steps_by(organisation_id, on).filter(client__in=Keys(ids))
    return _by_record(rows)


def claims_at(site: Site, on: date, joined: Mapping[UUID, UUID]) -> dict[UUID, list[ClaimRow]]:
    """Return the claims by that day of everybody of a site, by person. One query."""
    return _by_person(_by_record(steps_by(site.organisation_id, on).filter(client__site=site)), joined)


def claims_of_people(
    organisation_id: UUID, people: Collection[UUID], on: date, joined: Mapping[UUID, UUID]
) -> dict[UUID, list[ClaimRow]]:
    """Return the claims by that day of these people, by person, under whichever card. One query."""
    others = {record for record, person in joined.items() if person in people}
    return _by_person(claims_of(organisation_id, [*people, *others], on), joined)


def claims_of_paused(site: Site, on: date, joined: Mapping[UUID, UUID]) -> dict[UUID, list[ClaimRow]]:
    """Return all claims of those people of a site who were ever in transit, hospital or prison, by person."""
    steps = steps_by(site.organisation_id, on).filter(client__site=site, kind__in=PAUSES)
    people = {joined.get(record, record) for record in steps.values_list("client_id", flat=True)}
    return claims_of_people(site.organisation_id, people, on, joined)


def other_records(joined: Mapping[UUID, UUID]) -> dict[UUID, list[UUID]]:
    """Return the records that were set aside, by the person who stands for them."""
    others: dict[UUID, list[UUID]] = defaultdict(list)
    for record, person in joined.items():
        others[person].append(record)
    return others


def _by_person(
    by_record: Mapping[UUID, list[ClaimRow]], joined: Mapping[UUID, UUID]
) -> dict[UUID, list[ClaimRow]]:
    found: dict[UUID, list[ClaimRow]] = defaultdict(list)
    for record, claims in by_record.items():
        found[joined.get(record, record)] += claims
    return found


def _by_record(steps: QuerySet[JourneyStep]) -> dict[UUID, list[ClaimRow]]:
    found: dict[UUID, list[ClaimRow]] = defaultdict(list)
    for client_id, kind, occurred_on in steps.values_list("client_id", "kind", "occurred_on"):
        found[client_id].append(ClaimRow(kind, occurred_on))
    return found


def claimed_clinics(organisation_id: UUID, people: Mapping[UUID, UUID], on: date) -> dict[UUID, UUID]:
    """Return the clinic that the latest claim which names one names, by person; `people` maps records to them."""
    if not people:
        return {}
    named = steps_by(organisation_id, on).filter(client__in=Keys(people), clinic__isnull=False)
    rows = named.order_by("occurred_on", "clinic_id").values_list("client_id", "clinic_id")
    return {people[record]: clinic_id for record, clinic_id in rows}


def months_since_last_dose(
    organisation_id: UUID, people: Mapping[UUID, Collection[UUID]], on: date
) -> dict[UUID, list[MonthRow]]:
    """Return each person's months by that day, back to the one with their last dose from the clinic.

    `people` are the ids of all records of each. Looks at the last week's months first, then further and further back,
    for those only of whom no dose was found yet: a few questions, however many years there are.
    """
    person_of = {record: person for person, records in people.items() for record in records}
    months = StandingMonth.objects.filter(organisation=organisation_id)
    earliest = months.order_by("month").values_list("month", flat=True).first() or on
    found: dict[UUID, list[MonthRow]] = defaultdict(list)
    done: set[UUID] = set()
    sought, last, span = set(person_of), on, _A_WEEK
    while sought and last >= earliest:
        first = month_of(last - timedelta(days=span))
        rows = months.filter(client__in=Keys(sought), month__gte=first, month__lte=last)
        for client_id, clinic_id, month, signs in rows.values_list(
            "client_id", "clinic_id", "month", "signs"
        ):
            person = person_of[client_id]
            told = told_by(on, month, signs)
            found[person].append(MonthRow(clinic_id, month, told))
            if has_a_clinic_dose(told):
                done.add(person)
        sought = {record for record in sought if person_of[record] not in done}
        last, span = first - timedelta(days=1), span * 2
    return found


def has_a_clinic_dose(signs: str) -> bool:
    """Tell whether a line of signs has a day with a dose from the clinic."""
    return any(map(signs.__contains__, _CLINIC_SIGNS))


def months_at(site: Site, first: date, on: date, joined: Mapping[UUID, UUID]) -> dict[UUID, list[MonthRow]]:
    """Return the months from that of one day up to another day of everybody of a site, by person. One query."""
    rows = months_of(site).filter(client__site=site, month__in=months_between(first, on))
    found: dict[UUID, list[MonthRow]] = defaultdict(list)
    for client_id, clinic_id, month, signs in rows.values_list("client_id", "clinic_id", "month", "signs"):
        found[joined.get(client_id, client_id)].append(MonthRow(clinic_id, month, told_by(on, month, signs)))
    return found


def told_by(on: date, month: date, signs: str) -> str:
    """Return a month's signs without those of later days."""
    return signs[: on.day] if (month.year, month.month) == (on.year, on.month) else signs


def listed_at(months: Iterable[MonthRow]) -> UUID | None:
    """Return the clinic on whose list a person stood last."""
    told = [row for row in months if row.signs.strip()]
    return (
        max(told, key=lambda row: (row.month, len(row.signs.rstrip()), row.clinic_id)).clinic_id
        if told
        else None
    )


def months_of(site: Site) -> QuerySet[StandingMonth]:
    """Return every month that stands of an organisation."""
    return StandingMonth.objects.filter(organisation=site.organisation_id)


def steps_by(organisation_id: UUID, on: date) -> QuerySet[JourneyStep]:
    """Return the steps of an organisation that stand and are dated by that day."""
    return JourneyStep.objects.filter(
        organisation=organisation_id, voided_at__isnull=True, occurred_on__lte=on
    )
