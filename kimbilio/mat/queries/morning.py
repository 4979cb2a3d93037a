"""The clinic's day: who is expected on its list, what the list says, who has not sent one, who waits to start."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.months import last_day_of, month_of
from kimbilio.mat.choices import DayMark, RuleName, Standing
from kimbilio.mat.models import StandingMonth
from kimbilio.mat.queries.clinic_rules import rules_of, rules_of_clinics
from kimbilio.mat.queries.days import counted_lists, day_at, listed_days
from kimbilio.mat.queries.glances import (
    last_induction,
    on_the_way,
    started_at,
)
from kimbilio.mat.queries.records import (
    ClaimRow,
    claims_of_people,
    joined_at,
)
from kimbilio.mat.rules import (
    FROM_THE_CLINIC,
    ClinicRules,
    combined,
    last_day_with,
    likely_mark,
    months_between,
    state_at,
)
from kimbilio.people.queries import standing_ids
from kimbilio.places.models import MatClinic

_GONE = frozenset({Standing.LEFT, Standing.DIED})
# How far back the last list is looked for at once: hardly a clinic was silent for longer.
_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True)
class Expected:
    """Somebody who stands on a clinic's list: their mark of the day if there is one, and the last one before it.

    `likely` is what a list of the day most likely says of them: where a page begins before anybody is marked.
    """

    client_id: UUID
    standing: Standing
    mark: DayMark | None
    last_mark: DayMark | None
    last_marked_on: date | None
    likely: DayMark


@dataclass(frozen=True)
class DayCount:
    """A clinic's day as it stands: how many are on the list, and how many with each mark."""

    people: int
    by_mark: Mapping[DayMark, int]


@dataclass(frozen=True)
class Silence:
    """A clinic's last day with a list, and how many days ago it was; `asks` when that raises a question."""

    clinic: MatClinic
    last_list: date | None
    days: int | None
    asks: bool


@dataclass(frozen=True)
class Waiting:
    """Who waits to start MAT at a site, and when somebody last did; `asks` when that raises a question."""

    people: frozenset[UUID]
    last_start: date | None
    weeks: int | None
    asks: bool


def expected_on_list(by: Actor, clinic: MatClinic, day: date) -> list[Expected]:
    """Return everybody who belongs on a clinic's list of a day: for the page on which absentees are marked.

    Those on the list lately, and those who lately started there, but for those who left or died; and whoever has a
    mark of that day already.
    """
    require(by, Permission.RECORD_JOURNEY, clinic)
    since = day - timedelta(days=rules_of(clinic).out_of_touch_after)
    joined = standing_ids(clinic.organisation_id)
    told = _marks_at(clinic, since, day, joined)
    people = told.keys() | {joined.get(record, record) for record in started_at(clinic, since, day)}
    claims = claims_of_people(clinic.organisation_id, people, day, joined)
    found = [_expected(person, claims.get(person, []), told.get(person, {}), day) for person in people]
    return [one for one in found if one.mark is not None or one.standing not in _GONE]


def _marks_at(
    clinic: MatClinic, after: date, day: date, joined: Mapping[UUID, UUID]
) -> dict[UUID, dict[date, DayMark]]:
    """Return what the clinic's lists say of each person on the days after one and up to another."""
    rows = StandingMonth.objects.filter(
        organisation=clinic.organisation_id, clinic=clinic, month__in=months_between(after, day)
    )
    lines: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
    for record, month, signs in rows.values_list("client_id", "month", "signs"):
        lines[joined.get(record, record)].append((month, signs))
    told = {
        person: {on: mark for on, mark in combined(of_person).items() if after < on <= day}
        for person, of_person in lines.items()
    }
    return {person: marks for person, marks in told.items() if marks}


def _expected(person: UUID, claims: list[ClaimRow], marks: Mapping[date, DayMark], day: date) -> Expected:
    before = max((on for on in marks if on < day), default=None)
    last_mark = marks[before] if before else None
    state = state_at(claims, day, last_day_with(marks, FROM_THE_CLINIC, day))
    return Expected(
        client_id=person,
        standing=state.standing,
        mark=marks.get(day),
        last_mark=last_mark,
        last_marked_on=before,
        likely=likely_mark(state, last_mark),
    )


def day_count(clinic: MatClinic, day: date) -> DayCount:
    """Return how many stand on the clinic's list of a day, by mark: for the check '194 + 10 = 204'."""
    by_mark = Counter(day_at(clinic, day).values())
    return DayCount(people=by_mark.total(), by_mark=by_mark)


def silences(by: Actor, site: Site, on: date) -> list[Silence]:
    """Return, for each clinic beside a site, when its last list by that day came."""
    require(by, Permission.SEE_JOURNEY, site)
    rules = rules_of_clinics(site.organisation_id)
    clinics = MatClinic.objects.filter(organisation=site.organisation_id, site=site).order_by("name")
    listed = _listed_by(site.organisation_id, {clinic.pk for clinic in clinics}, on)
    return [_silence(clinic, listed.get(clinic.pk, []), on, rules.of(clinic.pk)) for clinic in clinics]


def _listed_by(organisation_id: UUID, clinics: set[UUID], on: date) -> dict[UUID, list[date]]:
    """Return days with a list by a day, in order, the last one among them, of each clinic that ever sent one."""
    found = listed_days(organisation_id, clinics, on - _LOOK_BACK, on)
    silent = {clinic for clinic in clinics if not found.get(clinic)}
    rows = counted_lists(organisation_id).filter(clinic__in=silent, month__lte=month_of(on - _LOOK_BACK))
    for clinic, month in rows.order_by().values_list("clinic_id").annotate(Max("month")):
        found |= listed_days(organisation_id, {clinic}, month, last_day_of(month))
    return found


def _silence(clinic: MatClinic, listed: list[date], on: date, rules: ClinicRules) -> Silence:
    last_list = listed[-1] if listed else None
    days = (on - last_list).days if last_list else None
    return Silence(clinic, last_list, days, asks=days is None or days >= rules.value(RuleName.NO_LIST_FOR))


def waiting_at(by: Actor, site: Site, on: date) -> Waiting:
    """Return who waits to start MAT at a site, and whether nobody has started for too long.

    Of several clinics beside a site, the one with the most patience decides when it is too long.
    """
    require(by, Permission.SEE_JOURNEY, site)
    people = reckoned_waiting(site, on)
    last_start = last_induction(site, on)
    weeks = (on - last_start).days // 7 if last_start else None
    rules = rules_of_clinics(site.organisation_id)
    clinics = MatClinic.objects.filter(organisation=site.organisation_id, site=site)
    patience = max((rules.of(clinic.pk).value(RuleName.NO_START_FOR) for clinic in clinics), default=0)
    return Waiting(
        people, last_start, weeks, asks=bool(people) and patience > 0 and (weeks is None or weeks >= patience)
    )


def reckoned_waiting(site: Site, on: date) -> frozenset[UUID]:
    """Return who waits, also for the month's report, which shows their number to whoever may see no journey."""
    joined = joined_at(site)
    claims = claims_of_people(site.organisation_id, on_the_way(site, on, joined), on, joined)
    return frozenset(person for person, steps in claims.items() if state_at(steps, on).waiting)
