"""Visits recorded, put right, moved and taken back in any order: what stands is what a slow clerk would have."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.accounts.once import once
from kimbilio.core.refusals import Refused
from kimbilio.stock.actions import Receipt, Received, receive
from kimbilio.stock.holdings import holdings_from_movements
from kimbilio.stock.models import Holding
from kimbilio.stock.queries.handed import handed_out
from kimbilio.visits.actions import (
    Given,
    correct_visit,
    move_visit,
    record_anonymous,
    record_visits,
    undo_anonymous,
    undo_visit,
    void_visits,
)
from kimbilio.visits.choices import Service, Topic
from kimbilio.visits.models import AnonymousSupply, Visit
from kimbilio.visits.queries import anonymous_on, day_at, given_at
from kimbilio.visits.tests.a_site import Desk, days_ago, make_desk, recorded_as_given, stock_agrees

PEOPLE, DAYS = 3, 3


@dataclass
class Clerk:
    """What somebody with a pencil would have: one line a visit, rubbed out and written anew."""

    lines: dict[UUID, tuple[int, int, Given]] = field(default_factory=dict)
    nameless: dict[UUID, tuple[int, int]] = field(default_factory=dict)


givens = st.builds(
    lambda needles, condoms, returned, others, tb: (needles, condoms, returned, others, tb),
    st.integers(0, 30),
    st.integers(0, 3),
    st.integers(0, 9),
    st.integers(0, 2),
    st.booleans(),
)
steps = st.one_of(
    st.tuples(st.just("record"), st.integers(0, PEOPLE - 1), st.integers(0, DAYS - 1), givens),
    st.tuples(st.just("book"), st.integers(1, 4), st.integers(0, DAYS - 1), givens),
    st.tuples(st.just("correct"), st.integers(0, 50), st.integers(0, DAYS - 1), givens),
    st.tuples(st.just("move"), st.integers(0, 50), st.integers(0, PEOPLE - 1), st.none()),
    st.tuples(st.just("undo"), st.integers(0, 50), st.integers(0, 1), st.none()),
    st.tuples(st.just("void"), st.integers(0, 50), st.none(), st.none()),
    st.tuples(st.just("nameless"), st.integers(1, 20), st.integers(0, DAYS - 1), st.none()),
    st.tuples(st.just("take back"), st.integers(0, 50), st.none(), st.none()),
    st.tuples(st.just("receive"), st.integers(1, 60), st.integers(0, DAYS - 1), st.none()),
)


def as_given(desk: Desk, drawn: tuple[int, int, int, int, bool]) -> Given:
    needles, condoms, returned, others, tb = drawn
    services = {(Service.HEALTH_EDUCATION, Topic.TB)} if tb else set()
    return Given(
        {item.pk: pieces for item, pieces in ((desk.needles, needles), (desk.condoms, condoms)) if pieces},
        returned,
        frozenset(services),
        frozenset(),
        others,
    )


class Day:
    """Does each step to the programme and to the clerk's paper."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.clerk = desk, Clerk()

    def record(self, person: int, day: int, drawn: tuple) -> None:
        given = as_given(self.desk, drawn)
        visit = self.desk.records(person, given, days_ago(day))
        self.clerk.lines[visit.pk] = person, day, given

    def book(self, lines: int, day: int, drawn: tuple) -> None:
        given = as_given(self.desk, drawn)
        many = [self.desk.new(number % PEOPLE, given, days_ago(day)) for number in range(lines)]
        for number, visit in enumerate(record_visits(by=self.desk.by, site=self.desk.site, visits=many)):
            self.clerk.lines[visit.pk] = number % PEOPLE, day, given

    def correct(self, which: int, day: int, drawn: tuple) -> None:
        if (visit := self._picked(which)) is None:
            return
        person, _day, _given = self.clerk.lines.pop(visit.pk)
        given = as_given(self.desk, drawn)
        right = correct_visit(by=self.desk.by, visit=visit, new=self.desk.new(person, given, days_ago(day)))
        self.clerk.lines[right.pk] = person, day, given

    def move(self, which: int, to: int, _none: None) -> None:
        if (visit := self._picked(which)) is None:
            return
        person, day, given = self.clerk.lines[visit.pk]
        if person == to:
            with pytest.raises(Refused):
                move_visit(by=self.desk.by, visit=visit, client=self.desk.people[to])
            return
        moved = move_visit(by=self.desk.by, visit=visit, client=self.desk.people[to])
        del self.clerk.lines[visit.pk]
        self.clerk.lines[moved.pk] = to, day, given

    def undo(self, which: int, again: int, _none: None) -> None:
        if (visit := self._picked(which)) is None:
            return
        for _ in range(1 + again):
            once(self.desk.by, visit.pk, lambda: undo_visit(by=self.desk.by, visit=visit))
        del self.clerk.lines[visit.pk]

    def void(self, which: int, _none: None, _nothing: None) -> None:
        if (visit := self._picked(which)) is not None:
            void_visits(by=self.desk.by, site=self.desk.site, visits=[visit.pk])
            del self.clerk.lines[visit.pk]

    def nameless(self, pieces: int, day: int, _none: None) -> None:
        row = record_anonymous(
            by=self.desk.by,
            site=self.desk.site,
            occurred_on=days_ago(day),
            item=self.desk.needles,
            quantity=pieces,
        )
        self.clerk.nameless[row.pk] = day, pieces

    def take_back(self, which: int, _none: None, _nothing: None) -> None:
        if self.clerk.nameless:
            key = sorted(self.clerk.nameless)[which % len(self.clerk.nameless)]
            undo_anonymous(by=self.desk.by, supply=AnonymousSupply.objects.get(pk=key))
            del self.clerk.nameless[key]

    def receive(self, pieces: int, day: int, _none: None) -> None:
        line = Received(self.desk.needles.pk, pieces, f"B{pieces % 3}")
        receive(by=self.desk.by, site=self.desk.site, receipt=Receipt([line], days_ago(day)))

    def _picked(self, which: int) -> Visit | None:
        keys = sorted(self.clerk.lines)
        return Visit.objects.get(pk=keys[which % len(keys)]) if keys else None


def standing_is_the_clerks(day: Day) -> None:
    """Check every visit, every day's sums and the ledger against the clerk's paper."""
    desk, clerk = day.desk, day.clerk
    standing = {visit.pk: visit for visit in Visit.objects.filter(voided_at__isnull=True)}
    told = {key: (visit.client_id, visit.occurred_on, given_at(visit)) for key, visit in standing.items()}
    assert told == {
        key: (desk.people[person].pk, days_ago(on), given) for key, (person, on, given) in clerk.lines.items()
    }
    for ago in range(DAYS):
        a_day_is_the_clerks(desk, clerk, ago, days_ago(ago))
    assert stock_agrees(desk.site)
    held = {(row.account_id, row.item_id, row.batch_id): row.quantity for row in Holding.objects.all()}
    assert held == holdings_from_movements(desk.site.organisation_id)


def a_day_is_the_clerks(desk: Desk, clerk: Clerk, ago: int, on: date) -> None:
    lines = [(person, given) for person, day, given in clerk.lines.values() if day == ago]
    seen = day_at(desk.by, desk.site, on)
    assert seen.people == {desk.people[person].pk for person, _given in lines}
    assert len(seen.visits) == len(lines)
    assert seen.needles_returned == sum(given.needles_returned for _person, given in lines)
    earlier = {person for person, day, _given in clerk.lines.values() if day > ago}
    assert seen.new == {desk.people[person].pk for person, _given in lines if person not in earlier}
    taken = sum(pieces for day, pieces in clerk.nameless.values() if day == ago)
    assert anonymous_on(desk.by, desk.site, on).given[desk.needles.pk] == taken
    assert seen.given[desk.needles.pk] == sum(
        given.supplies.get(desk.needles.pk, 0) for _person, given in lines
    )
    recorded = {item: pieces for (item, day), pieces in recorded_as_given(desk.site).items() if day == on}
    assert handed_out(desk.by, desk.site, on, on) == recorded


@settings(max_examples=25)
@given(st.lists(steps, min_size=1, max_size=14))
def test_in_any_order_what_stands_is_what_the_clerk_has(programme, taken):
    from django.db import transaction

    with transaction.atomic():
        day = Day(make_desk(programme, PEOPLE))
        for name, *rest in taken:
            getattr(day, name.replace(" ", "_"))(*rest)
            standing_is_the_clerks(day)
        transaction.set_rollback(True)
