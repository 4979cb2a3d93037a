"""Registers of other programmes, taken in beside their people: every line has the fate a careful clerk gives it."""

from collections import Counter
from datetime import date

import pytest

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.tests.clerk_registers import a_month_of_a_clerk
from kimbilio.exchange.tests.door import Door, fates
from kimbilio.exchange.tests.visits_at_door import figures, standing_visits

MONTHS = [date(2025, 3, 1), date(2024, 2, 1), date(2025, 12, 1), date(2026, 1, 1)]
FATES = ("accepted", "copies", "ambiguous", "unknown", "unreadable")


@pytest.mark.parametrize("seed", range(16))
def test_every_line_has_the_fate_that_a_careful_clerk_gives_it(programme, seed):
    told = a_month_of_a_clerk(seed, MONTHS[seed % len(MONTHS)])
    door = Door(programme)
    door.takes_in(GivenBook(Kind.LINE_LIST, "people.csv", told.people))
    made = fates(door.takes_in(GivenBook(Kind.REGISTER, told.name, told.register)))
    taken = made.get("accepted", 0) + made.get("corrected", 0)
    assert Counter({**made, "accepted": taken}) & Counter(dict.fromkeys(FATES, 10_000)) == told.fates
    assert made["rows"] == told.fates.total()
    assert figures() == told.figures
    assert len({visit.client_id for visit in standing_visits()}) == told.visitors
