"""What is told of supplies: handed out, warnings, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import NotHere
from kimbilio.stock.choices import SupplyKind, Warned
from kimbilio.stock.distributing import hand_out_on_days, take_back_handed
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Item
from kimbilio.stock.queries import handed_out, ledger_of, supplies_at, warnings
from kimbilio.stock.tests.keeping import Keeping, back, today

FEW, MANY = 3, 40


@pytest.fixture
def keeping(programme, actor):
    standard_items(programme.organisation.pk)
    return Keeping(actor(Role.DESK_OFFICER), programme.site)


def test_what_was_handed_out_counts_from_everywhere_and_without_what_was_taken_back(keeping):
    keeping.gives(5, on=back(30))
    keeping.receives(100, on=back(20))
    keeping.gives(7, on=back(10))
    undone = keeping.gives(9, on=back(10))
    take_back_handed(keeping.by, keeping.site, [undone])
    condoms = keeping.item(SupplyKind.CONDOMS)
    assert handed_out(keeping.by, keeping.site, back(30), today()) == {condoms: 12}
    assert handed_out(keeping.by, keeping.site, back(29), today()) == {condoms: 7}
    assert handed_out(keeping.by, keeping.site, back(9), today()) == {}


def test_warnings_come_the_gravest_first_and_in_words(keeping):
    assert warnings(keeping.by, keeping.site, today()) == []
    keeping.receives(30, SupplyKind.NALOXONE, batch="N", good=20, on=back(5))
    keeping.receives(10, SupplyKind.LUBRICANTS, on=back(60))
    keeping.gives(10, SupplyKind.LUBRICANTS, on=back(6))
    keeping.receives(10)
    keeping.gives(12)
    said = warnings(keeping.by, keeping.site)
    assert [(one.item.kind, one.warned) for one in said] == [
        ("condoms", Warned.BELOW_ZERO),
        ("condoms", Warned.OUT),
        ("lubricants", Warned.OUT),
        ("naloxone", Warned.EXPIRES_SOON),
    ]
    assert said[0].words == "Condoms: -2, below zero. Count again."
    assert [one.is_grave for one in said] == [True, True, True, False]
    assert warnings(keeping.by, keeping.site, back(59)) == []


def test_an_item_out_of_use_is_told_of_as_long_as_some_is_left(keeping):
    item = Item.objects.get(pk=keeping.item(SupplyKind.NALOXONE))
    keeping.receives(2, SupplyKind.NALOXONE)
    item.ended_at = item.recorded_at
    item.save()
    assert keeping.there(SupplyKind.NALOXONE).in_store == 2
    keeping.gives(2, SupplyKind.NALOXONE)
    assert item not in [one.item for one in supplies_at(keeping.by, keeping.site).items]


def test_a_ledger_adds_up_day_by_day(keeping):
    first = today().replace(day=1) - timedelta(days=1)
    keeping.receives(100, on=first)
    keeping.gives(20, on=first + timedelta(days=1))
    item = Item.objects.get(pk=keeping.item(SupplyKind.CONDOMS))
    its = ledger_of(keeping.by, keeping.site, item, today().replace(day=1), today())
    assert its.store_before == 100
    assert [(line.store, line.left, line.given) for line in its.lines] == [(-20, 80, 20)]


@pytest.mark.parametrize("ask", [supplies_at, warnings])
def test_who_may_not_see_supplies_here_is_told_nothing(keeping, actor, programme, ask):
    with pytest.raises(NotHere):
        ask(actor(Role.DESK_OFFICER, programme.other_site), keeping.site)


def cost(do) -> int:
    with CaptureQueriesContext(connection) as captured:
        do()
    return len(captured)


def test_handing_out_costs_the_same_for_few_and_many(keeping):
    from uuid import uuid4

    from kimbilio.stock.distributing import Handed

    keeping.receives(1000, batch="A", good=90, on=back(50))
    keeping.receives(1000, batch="B", good=120, on=back(50))
    condoms = keeping.item(SupplyKind.CONDOMS)

    def given(number: int) -> None:
        lines = [(back(one), Handed(uuid4(), condoms, 2)) for one in range(number)]
        hand_out_on_days(keeping.by, keeping.site, lines)

    given(1)
    assert cost(lambda: given(MANY)) == cost(lambda: given(FEW)) <= 9


def test_asking_costs_the_same_after_few_and_many_movements(keeping):
    keeping.receives(1000, batch="A", good=90, on=back(50))
    item = Item.objects.get(pk=keeping.item(SupplyKind.CONDOMS))

    def asks() -> int:
        return cost(lambda: supplies_at(keeping.by, keeping.site, back(3))) + cost(
            lambda: ledger_of(keeping.by, keeping.site, item, back(40), today())
        )

    for _ in range(FEW):
        keeping.gives(1, on=back(5))
    few = asks()
    for number in range(MANY):
        keeping.gives(1, on=back(number % 30))
    assert asks() == few <= 24
