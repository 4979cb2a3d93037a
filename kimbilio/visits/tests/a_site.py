"""A site with a desk and people, for tests of visits: what is given, what stands, and what the ledger says of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Role
from kimbilio.people.actions import AboutClient, NewClient, register_clients
from kimbilio.people.choices import BirthPrecision, ConsentManner, Sex
from kimbilio.people.models import Client
from kimbilio.stock.choices import AccountKind, SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Item, Movement
from kimbilio.visits.actions import Given, NewVisit, record_visit
from kimbilio.visits.choices import Service, Topic
from kimbilio.visits.models import AnonymousSupply, GivenSupply, Visit
from tests.programme import Programme, actor_with

TOPICS = frozenset({(Service.HEALTH_EDUCATION, Topic.OVERDOSE), (Service.HEALTH_EDUCATION, Topic.TB)})


def today() -> date:
    return timezone.localdate()


def tomorrow() -> date:
    return today() + timedelta(days=1)


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def make_people(by: Actor, site: Site, count: int) -> list[Client]:
    """Register this many people by code alone."""
    about = AboutClient(sex=Sex.MALE, birth_year=1988, birth_precision=BirthPrecision.YEAR)
    return register_clients(
        by=by, site=site, people=[NewClient(about, ConsentManner.SPOKEN) for _ in range(count)]
    )


@dataclass(frozen=True)
class Desk:
    """A desk officer at a site, and the people who come there."""

    by: Actor
    site: Site
    people: list[Client]
    items: dict[SupplyKind, Item]

    @property
    def needles(self) -> Item:
        return self.items[SupplyKind.NEEDLES]

    @property
    def condoms(self) -> Item:
        return self.items[SupplyKind.CONDOMS]

    def given(self, needles: int = 0, condoms: int = 0, **more: object) -> Given:
        return Given(supplies={self.needles.pk: needles, self.condoms.pk: condoms}, **more)

    def new(self, number: int, given: Given | None = None, on: date | None = None) -> NewVisit:
        return NewVisit(self.people[number].pk, on or today(), given or Given())

    def records(
        self, number: int, given: Given | None = None, on: date | None = None, **more: object
    ) -> Visit:
        visit = self.new(number, given, on)
        return record_visit(by=self.by, client=self.people[number], at_site=self.site, visit=visit, **more)


def make_desk(programme: Programme, people: int = 3) -> Desk:
    """Make a desk officer and people at the first site."""
    by = actor_with(Role.DESK_OFFICER, programme.site)
    clients = make_people(by, programme.site, people)
    return Desk(by, programme.site, clients, standard_items(programme.organisation.pk))


def recorded_as_given(site: Site) -> Counter[tuple[object, date]]:
    """Return what was given at a site by item and day, as visits and anonymous supplies that count say."""
    total: Counter[tuple[object, date]] = Counter()
    for line in GivenSupply.objects.filter(visit__at_site=site, visit__voided_at__isnull=True):
        total[line.item_id, line.visit.occurred_on] += line.quantity
    for row in AnonymousSupply.objects.filter(site=site, voided_at__isnull=True, quantity__gt=0):
        total[row.item_id, row.occurred_on] += row.quantity
    return total


def given_by_the_ledger(site: Site) -> Counter[object]:
    """Return what people were given at a site by item, as all movements together say."""
    net: Counter[object] = Counter()
    for one in Movement.objects.select_related("from_account", "to_account"):
        if one.to_account.kind == AccountKind.GIVEN and one.to_account.site_id == site.pk:
            net[one.item_id] += one.quantity
        if one.from_account.kind == AccountKind.GIVEN and one.from_account.site_id == site.pk:
            net[one.item_id] -= one.quantity
    return +net


def stock_agrees(site: Site) -> bool:
    """Tell whether the ledger says that people were given what visits say, item by item."""
    recorded: Counter[object] = Counter()
    for (item, _on), pieces in recorded_as_given(site).items():
        recorded[item] += pieces
    return given_by_the_ledger(site) == +recorded
