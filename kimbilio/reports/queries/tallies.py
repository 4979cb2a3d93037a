"""Tallies: of each kind of record how many, or how much, by person and site. Read in a few questions for all numbers.

From one tally come the people and the pieces of every indicator that counts these records, whole and split.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum

from kimbilio.core.many import Keys
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids
from kimbilio.reports.choices import Split
from kimbilio.reports.indicators.base import Records
from kimbilio.reports.indicators.supplies import RETURNED
from kimbilio.reports.queries.mat_people import people_on_mat, whereabouts
from kimbilio.reports.queries.records import (
    STEPS_OF,
    attendances_in,
    services_in,
    steps_in,
    supplies_in,
    visits_in,
)
from kimbilio.reports.scope import Scope
from kimbilio.support.choices import PSYCHOSOCIAL_SESSIONS
from kimbilio.visits.choices import Service
from kimbilio.visits.models import Visit

NEW, RETURNING = "new", "returning"


@dataclass
class Tally:
    """How much of something by site and person; `parts` are splits that no person's page tells, such as weeks."""

    by_site: dict[UUID, dict[UUID, int]] = field(default_factory=dict)
    parts: dict[Split, dict[str, int]] = field(default_factory=dict)

    def add(self, site: UUID, person: UUID, amount: int) -> None:
        """Count so much more for a person at a site."""
        here = self.by_site.setdefault(site, {})
        here[person] = here.get(person, 0) + amount

    def people(self) -> set[UUID]:
        """Return everybody in it."""
        return set().union(*self.by_site.values())


Tallies = dict[tuple[Records, str], Tally]


def tallies_in(scope: Scope) -> Tallies:
    """Return the tallies of visits and sessions in a month. A person with several cards is one."""
    person_of = standing_ids(scope.organisation_id)
    found: Tallies = defaultdict(Tally)
    _visits(scope, person_of, found)
    _new_and_returning(scope, person_of, found)
    _supplies(scope, person_of, found)
    _services(scope, person_of, found)
    return found


def tallies_on_mat(scope: Scope) -> Tallies:
    """Return the tallies of MAT in a month. A person with several cards is one."""
    person_of = standing_ids(scope.organisation_id)
    found: Tallies = defaultdict(Tally)
    for key in STEPS_OF:
        for site, record in steps_in(scope, key).values_list("client__site_id", "client_id"):
            found[Records.STEPS, key].add(site, person_of.get(record, record), 1)
    _mat(scope, found)
    return found


def week_of(day: date) -> str:
    """Return the week of a day as reports name it: '2025-W23'. Source: ISO 8601."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def _visits(scope: Scope, person_of: Mapping[UUID, UUID], found: Tallies) -> None:
    """Tally visits and needles brought back. By day too, which is the order in which an index has them."""
    visits, returned = found[Records.VISITS, ""], found[Records.VISITS, RETURNED]
    weeks: Counter[str] = Counter()
    rows = visits_in(scope).values_list("at_site_id", "occurred_on", "client_id").order_by()
    for site, day, record, count, pieces in rows.annotate(Count("pk"), Sum("needles_returned")):
        person = person_of.get(record, record)
        visits.add(site, person, count)
        weeks[week_of(day)] += count
        if pieces:
            returned.add(site, person, pieces)
    visits.parts[Split.WEEK] = weeks


def _new_and_returning(scope: Scope, person_of: Mapping[UUID, UUID], found: Tallies) -> None:
    visits = found[Records.VISITS, ""]
    known = known_before(scope.organisation_id, visits.people(), scope.first, person_of)
    for site, people in visits.by_site.items():
        for person in people:
            found[Records.VISITS, RETURNING if person in known else NEW].add(site, person, 1)


def known_before(
    organisation_id: UUID, people: Collection[UUID], day: date, person_of: Mapping[UUID, UUID]
) -> set[UUID]:
    """Return those of these people who came before a day, anywhere and under any card, or were met before it."""
    others = [record for record, person in person_of.items() if person in people]
    earlier = Visit.objects.filter(
        organisation=organisation_id, client=OuterRef("pk"), occurred_on__lt=day, voided_at__isnull=True
    )
    records = Client.objects.filter(
        Q(first_contact_on__lt=day) | Exists(earlier),
        organisation=organisation_id,
        pk__in=Keys([*people, *others]),
    )
    return {person_of.get(record, record) for record in records.values_list("pk", flat=True)}


def met_under_several_cards(
    organisation_id: UUID, person_of: Mapping[UUID, UUID]
) -> Iterable[tuple[UUID, date]]:
    """Return the days of first contact of people with several cards: one may tell of it under which nobody came."""
    cards = Client.objects.filter(
        organisation=organisation_id, pk__in=Keys({*person_of, *person_of.values()})
    )
    rows = cards.filter(first_contact_on__isnull=False).values_list("pk", "first_contact_on")
    return [(person_of.get(card, card), met) for card, met in rows if met is not None]


def _supplies(scope: Scope, person_of: Mapping[UUID, UUID], found: Tallies) -> None:
    rows = supplies_in(scope).values_list("item__kind", "visit__at_site_id", "client_id").order_by()
    for kind, site, record, pieces in rows.annotate(Sum("quantity")):
        found[Records.SUPPLIES, kind].add(site, person_of.get(record, record), pieces)


def _services(scope: Scope, person_of: Mapping[UUID, UUID], found: Tallies) -> None:
    """Tally what was done at visits; and of psychosocial support, by week."""
    rows = services_in(scope).values_list("service", "visit__at_site_id", "visit__occurred_on", "client_id")
    supported = []
    for service, site, day, record, count in rows.order_by().annotate(Count("pk")):
        person = person_of.get(record, record)
        found[Records.SERVICES, service].add(site, person, count)
        if service == Service.PSYCHOSOCIAL:
            supported.append((site, day, person))
    _support(scope, person_of, found, supported)


def _support(
    scope: Scope, person_of: Mapping[UUID, UUID], found: Tallies, supported: list[tuple[UUID, date, UUID]]
) -> None:
    """Tally who had psychosocial support, at a visit or in a session, in which week; and who came to any session."""
    sheets = attendances_in(scope).values_list(
        "session__kind", "session__site_id", "session__occurred_on", "client_id"
    )
    for kind, site, day, record in sheets:
        person = person_of.get(record, record)
        found[Records.ATTENDANCES, ""].add(site, person, 1)
        if kind in PSYCHOSOCIAL_SESSIONS:
            supported.append((site, day, person))
    support, weeks = found[Records.SUPPORT, ""], defaultdict(set)
    for site, day, person in supported:
        support.add(site, person, 1)
        weeks[week_of(day)].add(person)
    support.parts[Split.WEEK] = {week: len(people) for week, people in weeks.items()}


def _mat(scope: Scope, found: Tallies) -> None:
    places: Counter[str] = Counter()
    for site in scope.sites:
        people = people_on_mat(site, scope)
        for key, some in people.items():
            _all(found[Records.MAT, key], site.pk, some)
        places.update(where.value for where in whereabouts(site, scope.on, people).values())
    found[Records.MAT, "ever"].parts[Split.WHERE] = places


def _all(tally: Tally, site: UUID, people: Iterable[UUID]) -> None:
    here = tally.by_site.setdefault(site, {})
    here.update(dict.fromkeys(people, 1))
