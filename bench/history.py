"""Years of visits, supplies, services, sessions and events of a programme, written month by month in bulk.

As in a real register: of those who are known a fifth come in a month, some once, some daily, three times on average.
Imported once Django is ready.
"""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import F

from bench.history_of_mat import HistoryOfMat
from bench.home import MANAGER
from bench.programme import Place
from bench.rows import Table, new_key, noon, stored, write_all
from kimbilio.accounts.queries import actor_named
from kimbilio.community.choices import Activity
from kimbilio.community.models import CommunityEvent
from kimbilio.mat.rules import months_between
from kimbilio.stock.actions import Receipt, Received, receive
from kimbilio.stock.choices import AccountKind, MovementKind, SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Batch, Holding, Movement
from kimbilio.stock.site_accounts import site_accounts
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Attendance, Session
from kimbilio.visits.choices import Service, VisitSource
from kimbilio.visits.models import AnonymousSupply, GivenService, GivenSupply, Visit

_COME_IN_A_MONTH, _COME_AGAIN, _MOST = 0.195, 0.69, 25
_GIVEN = {
    SupplyKind.NEEDLES: (0.6, 20),
    SupplyKind.CONDOMS: (0.4, 30),
    SupplyKind.LUBRICANTS: (0.1, 10),
    SupplyKind.NALOXONE: (0.03, 1),
}
_DONE = {
    Service.PEER_COUNSELLING: 0.15,
    Service.PSYCHOSOCIAL: 0.1,
    Service.HIV_REFERRAL: 0.05,
    Service.TB_REFERRAL: 0.05,
    Service.LEGAL_AID: 0.02,
    Service.SHOWER: 0.2,
}
_IN_STORE, _BATCH = 500_000_000, "B1"


class History:
    """Writes what happened at the sites of a programme from one day to another."""

    def __init__(self, places: list[Place], first: date, last: date, seed: int) -> None:
        self._places, self._first, self._last, self._chance = places, first, last, Random(seed)
        by = actor_named(MANAGER)
        self._items = {kind: stored(item.pk) for kind, item in standard_items(by.organisation_id).items()}
        self._ends = {place.site.pk: _stocked(by, place, first) for place in places}
        self._mat = HistoryOfMat(places, first, last, seed)
        self._given: Counter[tuple[UUID, SupplyKind]] = Counter()
        of = {"organisation": by.organisation_id}
        self._visits = Table(
            Visit,
            *"id recorded_at client at_site occurred_on needles_returned".split(),
            source=VisitSource.BOOK.value,
            for_others=0,
            why_voided="",
            **of,
        )
        self._supplies = Table(GivenSupply, *"id recorded_at client visit item quantity".split(), **of)
        self._services = Table(GivenService, *"id recorded_at client visit service".split(), topic="", **of)
        self._movements = Table(
            Movement,
            *"id recorded_at item batch from_account to_account quantity occurred_on document".split(),
            kind=MovementKind.DISTRIBUTION.value,
            **of,
        )
        self._sessions = Table(
            Session,
            *"id recorded_at site kind occurred_on guests_male guests_female".split(),
            topic="",
            **of,
        )
        self._attendances = Table(Attendance, *"id recorded_at client session".split(), **of)
        self._events = Table(
            CommunityEvent,
            *"id recorded_at site activity occurred_on male female".split(),
            unsorted=0,
            named="",
            venue="",
            facilitator="",
            **of,
        )
        self._anonymous = Table(
            AnonymousSupply,
            *"id recorded_at site occurred_on item quantity needles_returned".split(),
            **of,
        )

    def write(self) -> None:
        """Write every month, the earliest first, and what lies in the stores after them."""
        for month in months_between(self._first, self._last):
            days = self._days_of(month)
            for place in self._places:
                self._come(place, month, days)
                self._gather(place, days)
            write_all(
                [
                    self._visits,
                    self._supplies,
                    self._services,
                    self._movements,
                    self._sessions,
                    self._attendances,
                    self._events,
                    self._anonymous,
                ]
            )
            self._mat.write_month(month, days)
        self._take_out_of_store()

    def _days_of(self, month: date) -> list[date]:
        every = [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
        return [day for day in every if self._first <= day <= self._last]

    def _come(self, place: Place, month: date, days: list[date]) -> None:
        chance = self._chance
        told = [noon(day) for day in days]
        for person, since in place.people:
            if since <= days[-1] and chance.random() < _COME_IN_A_MONTH:
                times = 1
                while times < _MOST and chance.random() < _COME_AGAIN:
                    times += 1
                for _time in range(times):
                    at = chance.randrange(len(days))
                    self._visit(place, stored(person), days[at], told[at])

    def _visit(self, place: Place, person: Any, day: date, told: Any) -> None:
        chance, visit, site = self._chance, new_key(), stored(place.site.pk)
        self._visits.add(visit, told, person, site, day, chance.choice((0, 0, 0, 5, 10)))
        for kind, (often, most) in _GIVEN.items():
            if chance.random() < often:
                pieces = chance.randint(1, most)
                self._supplies.add(new_key(), told, person, visit, self._items[kind], pieces)
                self._move(place, kind, pieces, (visit, day, told))
        for service, often in _DONE.items():
            if chance.random() < often:
                self._services.add(new_key(), told, person, visit, service.value)

    def _move(self, place: Place, kind: SupplyKind, pieces: int, by: tuple[Any, date, Any]) -> None:
        """Take pieces out of the store by a document of a day, which was written down at some moment."""
        document, day, told = by
        batches, store, given = self._ends[place.site.pk]
        item = self._items[kind]
        self._movements.add(new_key(), told, item, batches[kind], store, given, pieces, day, document)
        self._given[place.site.pk, kind] += pieces

    def _gather(self, place: Place, days: list[date]) -> None:
        """Hold three sessions a week and an event, and give to a few who say no name."""
        chance, site = self._chance, stored(place.site.pk)
        known = [person for person, since in place.people if since <= days[-1]]
        for day in days:
            told = noon(day)
            if day.weekday() in (0, 2, 4) and known:
                session, kind = new_key(), chance.choice(list(SessionKind)).value
                self._sessions.add(session, told, site, kind, day, chance.randint(0, 4), chance.randint(0, 4))
                for person in chance.sample(known, min(len(known), chance.randint(8, 25))):
                    self._attendances.add(new_key(), told, stored(person), session)
            if day.weekday() == 5:
                heads = chance.randint(0, 60), chance.randint(0, 60)
                self._events.add(new_key(), told, site, chance.choice(list(Activity)).value, day, *heads)
            taken, pieces = new_key(), chance.randint(1, 20)
            self._anonymous.add(taken, told, site, day, self._items[SupplyKind.NEEDLES], pieces, 3)
            self._move(place, SupplyKind.NEEDLES, pieces, (taken, day, told))

    def _take_out_of_store(self) -> None:
        for (site, kind), pieces in self._given.items():
            batches, store, _given = self._ends[site]
            lots = Holding.objects.filter(account=store, item=self._items[kind], batch=batches[kind])
            assert lots.update(quantity=F("quantity") - pieces) == 1


def _stocked(by: Any, place: Place, first: date) -> tuple[dict[SupplyKind, Any], Any, Any]:
    """Fill the store of a site before the first day; return the batch of each item, the store, and whom it goes to."""
    items = standard_items(by.organisation_id)
    lines = [Received(items[kind].pk, _IN_STORE, _BATCH, date(2099, 12, 31)) for kind in _GIVEN]
    receive(by=by, site=place.site, receipt=Receipt(lines, first - timedelta(days=1)))
    batches = {kind: stored(Batch.objects.get(item=items[kind], number=_BATCH).pk) for kind in _GIVEN}
    accounts = site_accounts(by.organisation_id, [place.site.pk])
    ends = (accounts[place.site.pk, kind].pk for kind in (AccountKind.STORE, AccountKind.GIVEN))
    store, given = map(stored, ends)
    return batches, store, given
