"""Who has not come: the runs of absences of a site's people as at a day, for the list of people to look for.

Most people end their last month with a dose, and the database says so at a glance. Only the others are reckoned in
full by the rules, from the days since their last dose: so it takes no longer after many years than after one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.mat.choices import Standing
from kimbilio.mat.queries.clinic_rules import RulesByClinic, rules_of_clinics
from kimbilio.mat.queries.days import listed_days
from kimbilio.mat.queries.glances import (
    on_no_list_this_month,
    said_to_be_out_of_touch,
    without_a_dose_lately,
)
from kimbilio.mat.queries.records import (
    ClaimRow,
    MonthRow,
    claimed_clinics,
    claims_of,
    joined_at,
    listed_at,
    months_since_last_dose,
    other_records,
)
from kimbilio.mat.rules import (
    FROM_THE_CLINIC,
    PAUSES,
    combined,
    days_in_prison,
    explained,
    first_day_of,
    is_looked_for,
    is_out_of_touch,
    last_in_lines,
    lines_of,
    run_in_lines,
    state_at,
    step_of_run,
)
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import uses_consent, who_among_agreed
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person

# How far back the days with a list are counted. Beyond it everybody is out of touch, whatever a clinic decides.
_A_YEAR = timedelta(days=400)


@dataclass(frozen=True)
class PersonRun:
    """Somebody who has not come, or is out of touch: what is known since their last dose, and what follows.

    `days` missed make the `step`, such as '3-4'. `standing` PAUSED: the claims explain where they are, since when.
    """

    client_id: UUID
    clinic_id: UUID | None
    days: int
    step: str
    last_dose: date | None
    unknown_days: int
    out_of_touch: bool
    assess_before_dose: bool
    may_start_again: bool
    standing: Standing
    since: date | None


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def runs_as_at(by: Actor, site: Site, on: date) -> list[PersonRun]:
    """Return everybody of a site who has a run of absences or is out of touch as at a day, the longest run first.

    A person with several cards is one, by the card that stands. Nobody looks for those of whom no record is kept any
    more: they said no to it, or were forgotten, and no yes of theirs is left. A dozen questions, however many people.
    """
    require(by, Permission.SEE_JOURNEY, site)
    rules = rules_of_clinics(site.organisation_id)
    people = _people_to_look_at(site, on, rules)
    person_of = {record: person for person, records in people.items() for record in records}
    recorded = who_among_agreed(site.organisation_id, ConsentPurpose.HOLD_A_RECORD, person_of)
    return _runs(site, on, rules, {person: people[person] for person in recorded})


def reckoned_runs(site: Site, on: date) -> list[PersonRun]:
    """Return the same, and everybody in it, for the month's report: it shows a number to whoever may see no journey."""
    rules = rules_of_clinics(site.organisation_id)
    return _runs(site, on, rules, _people_to_look_at(site, on, rules))


def _runs(site: Site, on: date, rules: RulesByClinic, people: Mapping[UUID, list[UUID]]) -> list[PersonRun]:
    known = _read_up(site, on, rules, people)
    runs = [run for person in people if (run := _run_of(person, known)) is not None]
    return sorted(runs, key=lambda run: (-run.days, run.last_dose or date.min, run.client_id.int))


def run_of(client: Client, on: date) -> PersonRun | None:
    """Return the run of one person as at a day, as `runs_as_at` has it; None for whoever need not be looked for."""
    ids = ids_of_one_person(client)
    rules = rules_of_clinics(client.organisation_id)
    return _run_of(ids[0], _read_up(client.site, on, rules, {ids[0]: ids}))


def _people_to_look_at(site: Site, on: date, rules: RulesByClinic) -> dict[UUID, list[UUID]]:
    """Return who may have a run or be out of touch: the ids of all their records, by the one that stands."""
    within = min(rules.out_of_touch_days)
    found = without_a_dose_lately(site, on, within)
    found |= on_no_list_this_month(site, on, within)
    found |= said_to_be_out_of_touch(site, on - timedelta(days=within), on)
    joined = joined_at(site)
    others = other_records(joined)
    people = {joined.get(record, record) for record in found | joined.keys()}
    return {person: [person, *others.get(person, ())] for person in people}


@dataclass(frozen=True)
class _Known:
    """What is read of the people to look at, by person; the days with a list, by clinic."""

    on: date
    rules: RulesByClinic
    months: Mapping[UUID, list[MonthRow]]
    claims: Mapping[UUID, list[ClaimRow]]
    clinics: Mapping[UUID, UUID | None]
    listed: Mapping[UUID, list[date]]

    def listed_since(self, clinic_id: UUID | None, day: date | None) -> int:
        """Return on how many days after this one the clinic's list came."""
        if clinic_id is None or day is None:
            return 0
        days = self.listed.get(clinic_id, [])
        return len(days) - bisect_right(days, day)


def _read_up(site: Site, on: date, rules: RulesByClinic, people: Mapping[UUID, list[UUID]]) -> _Known:
    organisation_id = site.organisation_id
    months = months_since_last_dose(organisation_id, people, on)
    person_of = {record: person for person, ids in people.items() for record in ids}
    claims: dict[UUID, list[ClaimRow]] = defaultdict(list)
    for record, told in claims_of(organisation_id, person_of, on).items():
        claims[person_of[record]] += told
    clinics = {person: listed_at(months.get(person, ())) for person in people}
    unlisted = {record: person for person in people if clinics[person] is None for record in people[person]}
    clinics |= claimed_clinics(organisation_id, unlisted, on)
    listed = listed_days(organisation_id, None, on - _A_YEAR, on)
    return _Known(on, rules, months, claims, clinics, listed)


def _run_of(person: UUID, known: _Known) -> PersonRun | None:
    """Return the run of one person by the rules, or None for somebody who need not be looked for."""
    on, months, claims = known.on, known.months.get(person, []), known.claims.get(person, [])
    lines = _lines(months, claims, on)
    seen = last_in_lines(lines, FROM_THE_CLINIC)
    state = state_at(claims, on, seen)
    is_listed = any(row.signs.strip() for row in months)
    if not is_looked_for(state, on, is_listed=is_listed, last_dose=seen):
        return None
    clinic_id = known.clinics[person]
    rules = known.rules.of(clinic_id)
    run = run_in_lines(lines, on)
    listed = known.listed_since(clinic_id, run.last_dose or state.started_on or first_day_of(lines))
    listed -= days_in_prison(lines, run.last_dose)
    out_of_touch = is_out_of_touch(state, listed, rules.out_of_touch_after)
    if not run.days and not out_of_touch:
        return None
    return PersonRun(
        client_id=person,
        clinic_id=clinic_id,
        days=run.days,
        step=step_of_run(run.days, rules.thresholds),
        last_dose=run.last_dose,
        unknown_days=run.unknown_days,
        out_of_touch=out_of_touch,
        assess_before_dose=rules.assess_before_dose(run.days),
        may_start_again=rules.may_start_again(run.days),
        standing=state.standing,
        since=state.since,
    )


def _lines(months: list[MonthRow], claims: list[ClaimRow], on: date) -> list[tuple[date, str]]:
    """Return a person's lines: as they are, or with several clinics and cards combined and pauses explained."""
    lines = [(row.month, row.signs) for row in months]
    one_a_month = len({month for month, _signs in lines}) == len(lines)
    if one_a_month and not any(claim.kind in PAUSES for claim in claims):
        return lines
    return list(lines_of(explained(combined(lines), claims, on)).items())
