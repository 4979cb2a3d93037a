"""What people are given leaves the store: first expiry first, never refused, and taken back once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import NotHere
from kimbilio.stock.choices import AccountKind, SupplyKind
from kimbilio.stock.distributing import Handed, hand_out, take_back_handed
from kimbilio.stock.items import standard_items
from kimbilio.stock.models import Item, Movement
from tests.programme import staff_with


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def desk(actor):
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def items(programme):
    return standard_items(programme.organisation.pk)


def test_the_four_items_are_made_once(programme, items):
    assert list(items) == ["needles", "condoms", "lubricants", "naloxone"]
    assert standard_items(programme.organisation.pk) == items
    assert Item.objects.count() == 4


def test_before_the_ledger_began_supplies_come_from_before_it(programme, desk, items):
    visit = uuid4()
    made = hand_out(desk, programme.site, today(), [Handed(visit, items[SupplyKind.NEEDLES].pk, 4)])
    (one,) = made
    assert (one.from_account.kind, one.to_account.kind, one.quantity) == (
        AccountKind.BEFORE,
        AccountKind.GIVEN,
        4,
    )
    assert len(take_back_handed(desk, programme.site, [visit])) == 1
    assert take_back_handed(desk, programme.site, [visit]) == []
    assert Movement.objects.count() == 2


def test_another_programmes_item_is_not_here(programme, desk):
    theirs = standard_items(programme.other_organisation.pk)[SupplyKind.CONDOMS]
    with pytest.raises(NotHere):
        hand_out(desk, programme.site, today() - timedelta(1), [Handed(uuid4(), theirs.pk, 4)])


def test_a_bag_is_of_somebody_who_carries_one_for_the_site(programme, desk, items):
    handed = [Handed(uuid4(), items[SupplyKind.NEEDLES].pk, 4)]
    for role, site in ((Role.REPORT_READER, programme.site), (Role.PEER_EDUCATOR, programme.other_site)):
        with pytest.raises(NotHere):
            hand_out(desk, programme.site, today(), handed, from_bag_of=staff_with(role, site).pk)
    worker = staff_with(Role.PEER_EDUCATOR, programme.site).pk
    assert hand_out(desk, programme.site, today(), handed, from_bag_of=worker)
