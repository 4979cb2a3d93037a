"""The visits of one person: all of them for their story, the last few for what they are likely to want today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.visits.models import GivenService, GivenSupply, Visit
from kimbilio.visits.rules import VISITS_FOR_THE_USUAL, known_before, usual

WITH_ITEMS = Prefetch("supplies", GivenSupply.objects.select_related("item").order_by("item"))
WITH_SERVICES = Prefetch("services", GivenService.objects.select_related("site_service").order_by("pk"))


@dataclass(frozen=True)
class Before:
    """What is known of somebody's visits up to a day: the last one before it, those of that day, what they take.

    `met_on`: when they were met, where that was before the month.
    """

    last_on: date | None
    today: tuple[datetime, ...]
    usual: dict[UUID, int]
    met_on: date | None = None

    @property
    def is_new(self) -> bool:
        """Tell whether nobody has recorded a visit of theirs, and nothing says that they were known before."""
        return self.last_on is None and not self.today and self.met_on is None


def before_visit(by: Actor, client: Client, on: date) -> Before:
    """Return what the visit page shows of a person's visits up to a day. Two questions, however many there are."""
    require(by, Permission.RECORD_VISIT, client)
    lately = standing_visits_of(client).filter(occurred_on__lte=on).prefetch_related("supplies")
    visits = list(lately[: VISITS_FOR_THE_USUAL * 2])
    return Before(
        last_on=next((visit.occurred_on for visit in visits if visit.occurred_on < on), None),
        today=tuple(visit.recorded_at for visit in visits if visit.occurred_on == on),
        usual=usual([{line.item_id: line.quantity for line in visit.supplies.all()} for visit in visits]),
        met_on=met if (met := client.first_contact_on) and met < known_before(on) else None,
    )


def story_of(by: Actor, client: Client, part: slice) -> list[Visit]:
    """Return some of a person's visits, newest first, with site and supplies; `done` says how many services.

    Two questions.
    """
    require(by, Permission.OPEN_PERSON, client)
    services = GivenService.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    done = Coalesce(Subquery(services.annotate(number=Count("pk")).values("number")), 0)
    visits = standing_visits_of(client).select_related("at_site").annotate(done=done)
    return list(visits.prefetch_related(WITH_ITEMS)[part])


def number_of_visits(by: Actor, client: Client) -> int:
    """Return how many visits of a person count."""
    require(by, Permission.OPEN_PERSON, client)
    return standing_visits_of(client).count()


def standing_visits_of(client: Client, ids: Collection[UUID] | None = None) -> QuerySet[Visit]:
    """Return the visits of a person that count, newest first. `ids` are those of all their records, if known."""
    return Visit.objects.filter(
        organisation=client.organisation_id,
        client__in=ids or ids_of_one_person(client),
        voided_at__isnull=True,
    ).order_by("-occurred_on", "-pk")


def visits_to_refer_to(by: Actor, client: Client) -> list[Visit]:
    """Return every visit of a person, also those that count no more, for finding the one a page means; keys alone."""
    require(by, Permission.RECORD_VISIT, client)
    visits = Visit.objects.filter(organisation=client.organisation_id, client__in=ids_of_one_person(client))
    return list(visits.only("pk", "organisation_id").order_by("-pk"))


def visit_whole(by: Actor, visit: Visit) -> Visit:
    """Return a visit with its person, its site, what was given and what was done; three questions."""
    found = (
        Visit.objects.select_related("client__site", "at_site", "replaces")
        .prefetch_related(WITH_ITEMS, WITH_SERVICES)
        .get(organisation=visit.organisation_id, pk=visit.pk)
    )
    require(by, Permission.RECORD_VISIT, found)
    return found


def stood_before(visit: Visit) -> list[Visit]:
    """Return what a visit was before it was put right, the last first; nothing where nobody did."""
    earlier = []
    while visit.replaces_id is not None:
        visit = Visit.objects.prefetch_related(WITH_ITEMS, WITH_SERVICES).get(
            organisation=visit.organisation_id, pk=visit.replaces_id
        )
        earlier.append(visit)
    return earlier
