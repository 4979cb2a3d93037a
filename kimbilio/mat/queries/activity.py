"""Who is on MAT as at a day, and who came back: what the manager's page and the monthly report count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.mat.queries.clinic_rules import rules_of_clinics
from kimbilio.mat.queries.days import counted_lists, listed_days
from kimbilio.mat.queries.glances import (
    OFF_MAT,
    ON_MAT,
    claimed_to_be,
)
from kimbilio.mat.queries.records import (
    MonthRow,
    claimed_clinics,
    claims_of_paused,
    claims_of_people,
    has_a_clinic_dose,
    joined_at,
    listed_at,
    months_at,
    months_since_last_dose,
    other_records,
)
from kimbilio.mat.rules import (
    ENDS_A_RUN,
    combined,
    days_in,
    explained,
    is_active_on,
    is_dosed_within,
    last_in_lines,
    month_before,
    month_of,
    returns_between,
    returns_in_lines,
)
from kimbilio.places.models import MatClinic


@dataclass(frozen=True)
class PersonReturn:
    """Somebody who came back to the clinic, on which day and after how many missed days."""

    client_id: UUID
    on: date
    days: int


def active_on(by: Actor, site: Site, on: date) -> set[UUID]:
    """Return everybody of a site who counts as active on MAT at the end of a day (rules/presence.py)."""
    require(by, Permission.SEE_JOURNEY, site)
    return reckoned_active(site, on)


def reckoned_active(site: Site, on: date) -> set[UUID]:
    """Return the same for the month's report, which shows their number to whoever may see no journey."""
    joined, rules = joined_at(site), rules_of_clinics(site.organisation_id)
    since = on - timedelta(days=max(rules.out_of_touch_days))
    months = months_at(site, since, on, joined)
    started = claimed_to_be(site, ON_MAT, on, joined)
    clinics = _clinics_of(site, on, joined, {person: months.get(person, []) for person in started})
    first_lists = first_lists_at(site)
    unlisted = {person for person in started if first_lists.get(clinics[person], date.max) > on}
    in_question = unlisted | started & claimed_to_be(site, OFF_MAT, on, joined)
    claims = claims_of_people(site.organisation_id, in_question, on, joined)

    def is_active(person: UUID) -> bool:
        after = rules.of(clinics[person]).out_of_touch_after
        last_dose = last_in_lines([(row.month, row.signs) for row in months.get(person, ())], ENDS_A_RUN)
        if person not in in_question:
            return is_dosed_within(last_dose, on, after)  # started, and never left: nothing else to ask
        first_list = first_lists.get(clinics[person])
        steps = claims.get(person, ())
        return is_active_on(steps, on, last_dose=last_dose, out_of_touch_after=after, first_list=first_list)

    return {person for person in started if is_active(person)}


def first_lists_at(site: Site) -> dict[UUID | None, date]:
    """Return the first day with a list, by the clinic's id; under None, of any clinic beside the site. Two queries."""
    months = dict(
        counted_lists(site.organisation_id)
        .values_list("clinic_id")
        .annotate(first=Min("month"))
        .values_list("clinic_id", "first")
    )
    found: dict[UUID | None, date] = {}
    for month in set(months.values()):
        clinics = [clinic_id for clinic_id, first in months.items() if first == month]
        listed = listed_days(site.organisation_id, clinics, month, month.replace(day=days_in(month)))
        found |= {clinic_id: days[0] for clinic_id, days in listed.items() if days}
    beside = MatClinic.objects.filter(organisation=site.organisation_id, site=site).values_list(
        "pk", flat=True
    )
    ours = [found[clinic_id] for clinic_id in beside if clinic_id in found]
    return found | ({None: min(ours)} if ours else {})


def returned_between(by: Actor, site: Site, first: date, last: date) -> list[PersonReturn]:
    """Return each coming back to the clinic after missed days, of everybody of a site, in order of days."""
    require(by, Permission.SEE_JOURNEY, site)
    return reckoned_returns(site, first, last)


def reckoned_returns(site: Site, first: date, last: date) -> list[PersonReturn]:
    """Return the same for the month's report, which shows their number to whoever may see no journey."""
    joined = joined_at(site)
    begins = month_of(first)
    months = months_at(site, month_before(begins), last, joined)
    _read_on_to_the_last_dose(site, begins, joined, months)
    paused = claims_of_paused(site, last, joined)
    found = []
    for person, rows in months.items():
        lines = [(row.month, row.signs) for row in rows]
        if person in paused or len({month for month, _signs in lines}) < len(lines):
            returns = returns_between(explained(combined(lines), paused.get(person, ()), last), first, last)
        else:
            returns = returns_in_lines(lines, first, last)
        found += [PersonReturn(person, back.on, back.days) for back in returns]
    return sorted(found, key=lambda back: (back.on, back.client_id))


def _read_on_to_the_last_dose(
    site: Site, begins: date, joined: Mapping[UUID, UUID], months: dict[UUID, list[MonthRow]]
) -> None:
    """Add the earlier months of those who had no dose in the month before, since their absences began earlier."""
    others = other_records(joined)
    people = {
        person: [person, *others.get(person, ())]
        for person, rows in months.items()
        if not any(row.month < begins and has_a_clinic_dose(row.signs) for row in rows)
    }
    earlier = months_since_last_dose(site.organisation_id, people, begins - timedelta(days=1))
    for person, rows in earlier.items():
        months[person] = rows + [row for row in months[person] if row.month >= begins]


def _clinics_of(
    site: Site, on: date, joined: Mapping[UUID, UUID], months: Mapping[UUID, list[MonthRow]]
) -> dict[UUID, UUID | None]:
    """Return the clinic of each of these people: of their last list, else of a claim that names one."""
    clinics = {person: listed_at(rows) for person, rows in months.items()}
    others = other_records(joined)
    unlisted = {
        record: person
        for person, clinic_id in clinics.items()
        if clinic_id is None
        for record in (person, *others.get(person, ()))
    }
    return clinics | claimed_clinics(site.organisation_id, unlisted, on)
