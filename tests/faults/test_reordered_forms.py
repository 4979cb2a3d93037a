"""Forms arrive twice, late, and from two sign-ins: whatever the order, each does its work once."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.test import Client as Browser
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.audit.verify import verify_chain
from kimbilio.desk.tests.visiting import address, desk_of, typed
from kimbilio.identity.models import Locator, Phone
from kimbilio.people.models import Client
from kimbilio.stock.holdings import holdings_from_movements
from kimbilio.stock.models import Holding
from kimbilio.visits.models import GivenSupply, Visit
from tests.programme import Programme, sign_in_as, staff_with

FORMS = 8
IN_THE_SUITE, IN_A_SOAK = (4, 25), (250, 40)
"""How many orders are tried, and how many arrivals each has at most: 10,000 in a soak."""
Form = tuple[str, dict[str, Any]]


def forms_of(desk: Any) -> list[Form]:
    """Return forms as they lie filled in in two browsers, each with its token."""
    one, other = desk.people[:2]
    new = {"sex": "male", "consent": "on", "manner": "spoken", "confirm_new": "on", "born": "1990"}
    phone = {"belongs_to": "own", "may_call": "any_staff", "safe_to_say": "nothing"}
    return [
        (address(one), typed(desk, needles=3)),
        (address(one), typed(desk, needles=5, condoms=1)),
        (address(other), typed(desk, condoms=2)),
        ("/register", {"token": str(uuid4()), "first": "Baraka", "last": "Tumo", **new}),
        ("/register", {"token": str(uuid4()), "first": "Neema", "last": "Zawi", **new}),
        (address(one, "where"), {"token": str(uuid4()), "where": "behind the old market"}),
        (address(one, "where"), {"token": str(uuid4()), "where": "beside the new bridge"}),
        (address(one, "phone"), {"token": str(uuid4()), "number": "0712345678", **phone}),
    ]


def stands(desk: Any, before: int) -> dict[str, Any]:
    """Return what stands in the tables of what the forms can do."""
    given_out = GivenSupply.objects.filter(visit__in=Visit.objects.filter(voided_at__isnull=True))
    locators = Locator.objects.filter(client_id=desk.people[0].pk)
    return {
        "visits": Visit.objects.count(),
        "needles": given_out.filter(item=desk.needles).aggregate(n=Sum("quantity"))["n"] or 0,
        "people": Client.objects.count() - before,
        "wheres": locators.count(),
        "where": [one.where for one in locators.filter(replaced_at__isnull=True)],
        "phones": Phone.objects.filter(client_id=desk.people[0].pk).count(),
    }


def meant(arrivals: Sequence[int]) -> dict[str, Any]:
    """Return what should stand: each form counts where it first arrived, and is nothing later."""
    first = list(dict.fromkeys(arrivals))
    wheres = [("behind the old market", "beside the new bridge")[n - 5] for n in first if n in (5, 6)]
    return {
        "visits": sum(n in first for n in (0, 1, 2)),
        "needles": 3 * (0 in first) + 5 * (1 in first),
        "people": sum(n in first for n in (3, 4)),
        "wheres": len(wheres),
        "where": wheres[-1:],
        "phones": int(7 in first),
    }


@pytest.mark.parametrize("size", [IN_THE_SUITE, pytest.param(IN_A_SOAK, marks=pytest.mark.soak)])
def test_forms_that_arrive_in_any_order_do_their_work_once(
    programme: Programme, size: tuple[int, int]
) -> None:
    orders, longest = size
    browsers = [Browser(), Browser()]
    for browser in browsers:
        sign_in_as(browser, staff_with(Role.DESK_OFFICER, programme.site))

    @settings(max_examples=orders, database=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, FORMS - 1), st.integers(0, 1)), min_size=longest // 2, max_size=longest
        )
    )
    def each_does_its_work_once(arrivals: list[tuple[int, int]]) -> None:
        desk = desk_of(browsers[0], programme)
        started = stands(desk, 0)
        forms = forms_of(desk)
        for form, who in arrivals:
            path, fields = forms[form]
            answer = browsers[who].post(path, fields)
            assert answer.status_code == 302, (path, answer.content.decode())
        now, should = stands(desk, started["people"]), meant([form for form, _ in arrivals])
        found = now | {name: now[name] - started[name] for name in ("visits",)}
        found["needles"] = now["needles"] - started["needles"]
        assert found == should
        balances(actor_for(browsers[0].staff))

    each_does_its_work_once()


def balances(by: Actor) -> None:
    """Fail where the ledger does not balance or the chain does not hold."""
    rows = Holding.objects.filter(organisation=by.organisation_id)
    kept = {(row.account_id, row.item_id, row.batch_id): row.quantity for row in rows}
    assert kept == holdings_from_movements(by.organisation_id)
    assert verify_chain(by.organisation_id).entries > 0
