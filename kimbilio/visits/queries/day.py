"""The visits of one day at a site, who came and what was given, and how many came on the days before."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.many import Keys
from kimbilio.people.models import Alias, Client
from kimbilio.people.queries import standing_ids
from kimbilio.visits.models import GivenService, Visit
from kimbilio.visits.rules import known_before


@dataclass(frozen=True)
class DayOfVisits:
    """The visits of a day, the last one first; who each was, by the record that stands; and who had come before."""

    on: date
    visits: list[Visit]
    person_of: dict[UUID, UUID]
    came_before: frozenset[UUID]

    @property
    def people(self) -> frozenset[UUID]:
        """Return who came, each once."""
        return frozenset(self.person_of.values())

    @cached_property
    def new(self) -> frozenset[UUID]:
        """Return who is new: see `rules.known_before`."""
        return self.people - self.came_before

    @cached_property
    def given(self) -> Counter[UUID]:
        """Return how many pieces were given, by item."""
        total: Counter[UUID] = Counter()
        for visit in self.visits:
            for line in visit.supplies.all():
                total[line.item_id] += line.quantity
        return total

    @property
    def needles_returned(self) -> int:
        """Return how many needles were brought back by people who are known."""
        return sum(visit.needles_returned for visit in self.visits)

    @property
    def for_others(self) -> int:
        """Return for how many people beside themselves they collected."""
        return sum(visit.for_others for visit in self.visits)

    @property
    def services(self) -> int:
        """Return how many services there were, each topic of health education as one."""
        return sum(visit.done for visit in self.visits)  # type: ignore[attr-defined]  # reckoned by the query


def day_at(by: Actor, site: Site, on: date) -> DayOfVisits:
    """Return the visits at a site on a day, each with how many services it had. Four questions, however many came."""
    require(by, Permission.SEE_TODAY, site)
    services = GivenService.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    done = Coalesce(Subquery(services.annotate(count=Count("pk")).values("count")), 0)
    visits: list[Visit] = list(
        standing_visits_at(site)
        .filter(occurred_on=on)
        .select_related("client")
        .annotate(done=done)
        .prefetch_related("supplies")
        .order_by("-pk")
    )
    records = {visit.client_id for visit in visits}
    stands_for = standing_ids(site.organisation_id, records) if records else {}
    person_of = {record: stands_for.get(record, record) for record in records}
    return DayOfVisits(on, visits, person_of, _came_before(site.organisation_id, person_of.values(), on))


def people_by_day(by: Actor, site: Site, first: date, last: date) -> dict[date, int]:
    """Return how many people came on each day of a few weeks, for the days on which anybody did. Two questions."""
    require(by, Permission.SEE_TODAY, site)
    came = standing_visits_at(site).filter(occurred_on__range=(first, last)).order_by()
    rows = list(came.values_list("occurred_on", "client_id").distinct())
    stands_for = standing_ids(site.organisation_id, {record for _on, record in rows}) if rows else {}
    people = {(on, stands_for.get(record, record)) for on, record in rows}
    return dict(sorted(Counter(on for on, _person in people).items()))


def first_day_at(by: Actor, site: Site) -> date | None:
    """Return the first day of which a visit at a site is known; None where there is none."""
    require(by, Permission.SEE_TODAY, site)
    return standing_visits_at(site).order_by("occurred_on").values_list("occurred_on", flat=True).first()


def standing_visits_at(site: Site) -> QuerySet[Visit]:
    """Return the visits at a site that count."""
    return Visit.objects.filter(organisation=site.organisation_id, at_site=site, voided_at__isnull=True)


def _came_before(organisation_id: UUID, people: Collection[UUID], on: date) -> frozenset[UUID]:
    """Return who of these people are not new on a day: who came before it, anywhere and by any of their records, or
    was met before its month. Two questions.
    """
    if not people:
        return frozenset()
    joined = Alias.objects.filter(
        organisation=organisation_id, ended_at__isnull=True, stands_for__in=Keys(people)
    )
    person_of = dict(joined.values_list("client_id", "stands_for_id")) | {person: person for person in people}
    earlier = Visit.objects.filter(
        organisation=organisation_id, client=OuterRef("pk"), occurred_on__lt=on, voided_at__isnull=True
    )
    known = Client.objects.filter(
        Q(first_contact_on__lt=known_before(on)) | Exists(earlier),
        organisation=organisation_id,
        pk__in=Keys(person_of),
    )
    return frozenset(person_of[record] for record in known.values_list("pk", flat=True))
