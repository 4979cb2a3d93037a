"""Fictional visits of half a year up to today: most people come now and then, and take what they usually take."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.people.choices import PopulationType
from kimbilio.people.models import Client
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Item
from kimbilio.visits.actions import Given, NewVisit, add_site_service, record_anonymous, record_visits
from kimbilio.visits.choices import Service, Topic, VisitSource

_WEEKS = 26
_SUNDAY = 6
# Of a hundred people, how many come on a working day.
_COME_A_DAY = 7
_SEEN_TODAY = 9
_OWN_SERVICES = ("Laundry", "Identity card")
# How often of a hundred visits something is done.
_DONE = (
    (Service.HEALTH_EDUCATION, 22),
    (Service.PEER_COUNSELLING, 15),
    (Service.PSYCHOSOCIAL, 6),
    (Service.WOUND_CARE, 5),
    (Service.SELF_TEST, 2),
    (Service.HIV_REFERRAL, 4),
    (Service.TB_REFERRAL, 4),
    (Service.LEGAL_AID, 2),
    (Service.SHOWER, 18),
    (Service.MEAL, 30),
)
_TOPICS = (Topic.OVERDOSE, Topic.SAFER_INJECTING, Topic.HIV_STI, Topic.TB, Topic.SUBSTANCE_USE)


@dataclass(frozen=True)
class _Habit:
    """What one person usually takes, and how much likelier than others they are to come."""

    client: Client
    needles: int
    condoms: int
    comes: int


@dataclass
class _Season:
    """Who records visits where, with the same dice for the same seed."""

    by: Actor
    site: Site
    chance: Random
    habits: Sequence[_Habit]
    items: Mapping[SupplyKind, Item]

    def on(self, day: date, how_many: int) -> list[NewVisit]:
        """Make up who comes on a day, each once: those who come often are likelier."""
        weights = [habit.comes for habit in self.habits]
        drawn = dict.fromkeys(self.chance.choices(self.habits, weights, k=how_many))
        return [NewVisit(habit.client.pk, day, self._given(habit)) for habit in drawn]

    def _given(self, habit: _Habit) -> Given:
        chance = self.chance
        pieces = {
            SupplyKind.NEEDLES: habit.needles + chance.choice((0, 0, 0, 2, -1)) if habit.needles else 0,
            SupplyKind.CONDOMS: habit.condoms if chance.random() < 0.6 else 0,
            SupplyKind.LUBRICANTS: chance.choice((0, 0, 0, 1)),
            SupplyKind.NALOXONE: int(chance.random() < 0.01),
        }
        back = chance.randint(0, habit.needles) if habit.needles and chance.random() < 0.6 else 0
        return Given(
            supplies={self.items[kind].pk: number for kind, number in pieces.items() if number > 0},
            needles_returned=back,
            services=frozenset(
                (service, chance.choice(_TOPICS) if service == Service.HEALTH_EDUCATION else Topic.NOT_STATED)
                for service, often in _DONE
                if chance.randrange(100) < often
            ),
            for_others=int(chance.random() < 0.06),
        )


def make_visits_season(
    *, by: Actor, site: Site, clients: Sequence[Client], seed: int, weeks: int = _WEEKS
) -> None:
    """Record the visits of so many weeks up to today, a week at a time, and what was taken without a name."""
    chance = Random(seed)  # noqa: S311  # fictional people need no secret dice
    habits = [_habit(client, chance) for client in clients]
    season = _Season(by, site, chance, habits, standard_items(site.organisation_id))
    for name in _OWN_SERVICES:
        add_site_service(by=by, site=site, name=name)
    today = timezone.localdate()
    for some in _weeks(today - timedelta(weeks=weeks), today):
        visits = [visit for day in some for visit in season.on(day, _how_many(season))]
        record_visits(by=by, site=site, visits=visits)
    record_visits(by=by, site=site, visits=season.on(today, _SEEN_TODAY), source=VisitSource.DESK)
    for kind, pieces in ((SupplyKind.CONDOMS, 5), (SupplyKind.NEEDLES, 10)):
        record_anonymous(by=by, site=site, occurred_on=today, item=season.items[kind], quantity=pieces)
    record_anonymous(by=by, site=site, occurred_on=today, needles_returned=12)


def _habit(client: Client, chance: Random) -> _Habit:
    injects = client.population == PopulationType.INJECTS_DRUGS
    return _Habit(
        client,
        needles=chance.choice((5, 10, 10, 15, 20)) if injects else 0,
        condoms=chance.choice((0, 0, 3, 6, 10)),
        comes=chance.choice((1, 1, 2, 3, 5)),
    )


def _how_many(season: _Season) -> int:
    usual = max(2, len(season.habits) * _COME_A_DAY // 100)
    return season.chance.randint(max(1, usual - 3), usual + 3)


def _weeks(first: date, until: date) -> Iterator[list[date]]:
    """Give the working days from one day to the one before another, a week at a time."""
    days = [first + timedelta(days=number) for number in range((until - first).days)]
    for begins in range(0, len(days), 7):
        yield [day for day in days[begins : begins + 7] if day.weekday() != _SUNDAY]
