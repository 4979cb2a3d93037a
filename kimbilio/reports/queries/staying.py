"""How long the people of a report stay on MAT: their stays by the rules, and the curve of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kimbilio.mat.choices import Source, Standing
from kimbilio.mat.queries import first_lists_at, reckoned_active
from kimbilio.mat.queries.records import ClaimRow, months_since_last_dose, steps_by
from kimbilio.mat.rules import ENDS_A_RUN, last_in_lines, state_at
from kimbilio.people.queries import standing_ids
from kimbilio.reports.choices import StayEnd
from kimbilio.reports.rules.staying import LEFT, MatStay, stays_of
from kimbilio.reports.rules.survival import Survival, survival_of
from kimbilio.reports.scope import Scope

_Claims = dict[UUID, list[ClaimRow]]


@dataclass(frozen=True)
class Staying:
    """How long people stay: the curve of every stay whose start is known, and how these ended.

    `start_unknown`: stays that are left out, of people who were on MAT already when we met. `undated`: how many of
    those who left did so by an earlier book, which tells the day of the book and not the day on which they left.
    """

    curve: Survival
    people: int
    ends: Mapping[StayEnd, int]
    start_unknown: int
    undated: int

    @property
    def left(self) -> int:
        """Return how many stays ended by leaving."""
        return self.curve.events


def staying_at(scope: Scope) -> Staying:
    """Return how long the people of these sites stay, as at the day of the report. A bounded number of questions."""
    claims, undated = _claims(scope)
    active = set().union(*(reckoned_active(site, scope.on) for site in scope.sites))
    undosed = _undosed(scope, claims, active)
    stays = {
        person: stays_of(steps, scope.on, active=person in active, undosed_since=undosed.get(person))
        for person, steps in claims.items()
    }
    known = {person: [stay for stay in found if stay.start_known] for person, found in stays.items()}
    counted = [stay for found in known.values() for stay in found]
    return Staying(
        curve=survival_of(stay.as_watched for stay in counted),
        people=sum(bool(found) for found in known.values()),
        ends=Counter(stay.end for stay in counted),
        start_unknown=sum(len(found) for found in stays.values()) - len(counted),
        undated=sum(_is_undated(stay, undated[person]) for person, found in known.items() for stay in found),
    )


def _is_undated(stay: MatStay, days: Collection[date]) -> bool:
    return stay.end in LEFT and stay.until in days


def _claims(scope: Scope) -> tuple[_Claims, dict[UUID, set[date]]]:
    """Return every claim by person, and the days that only an earlier book tells. Two questions."""
    person_of = standing_ids(scope.organisation_id)
    rows = steps_by(scope.organisation_id, scope.on).filter(client__site__in=scope.site_ids)
    claims: _Claims = defaultdict(list)
    undated: dict[UUID, set[date]] = defaultdict(set)
    for record, kind, day, source in rows.values_list("client_id", "kind", "occurred_on", "source"):
        person = person_of.get(record, record)
        claims[person].append(ClaimRow(kind, day))
        if source == Source.EARLIER_BOOKS:
            undated[person].add(day)
    return claims, undated


def _undosed(scope: Scope, claims: _Claims, active: Collection[UUID]) -> dict[UUID, date]:
    """Return the last sign of those whom only the clinic's lists show out of touch: the last dose by them.

    Of somebody on MAT by their claims whom no list ever shows dosed, the first day with a list from a clinic here.
    """
    first_list = min((day for site in scope.sites for day in first_lists_at(site).values()), default=None)
    if first_list is None or first_list > scope.on:
        return {}
    in_question = {
        person for person, steps in claims.items() if person not in active and _is_on_mat(steps, scope.on)
    }
    months = _months(scope, in_question)
    return {person: last_in_lines(months.get(person, ()), ENDS_A_RUN) or first_list for person in in_question}


def _is_on_mat(steps: list[ClaimRow], on: date) -> bool:
    """Tell whether a stay is open with nothing that says where they are. Prison and hospital do say it."""
    state = state_at(steps, on)
    return state.on_mat and state.standing == Standing.ON_MAT


def _months(scope: Scope, people: Collection[UUID]) -> dict[UUID, list[tuple[date, str]]]:
    records: dict[UUID, list[UUID]] = {person: [person] for person in people}
    for record, person in standing_ids(scope.organisation_id).items():
        if person in records:
            records[person].append(record)
    rows = months_since_last_dose(scope.organisation_id, records, scope.on)
    return {person: [(row.month, row.signs) for row in found] for person, found in rows.items()}
