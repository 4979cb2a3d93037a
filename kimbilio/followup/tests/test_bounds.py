"""How many statements a page of follow-up may cost, however many people and attempts there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kimbilio.accounts.roles import Role
from kimbilio.followup.actions import Said, Try, record_attempt, record_wish
from kimbilio.followup.choices import HowTried, Result, Wish
from kimbilio.followup.tests.looking import Looking, make_looking, today
from tests.programme import Programme

pytestmark = pytest.mark.django_db
MOST_OF_THE_LIST, MOST_OF_A_PERSON, MOST_OF_THE_NUMBERS = 36, 24, 41
FEW, MANY = 3, 30


def statements(browser: Browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(address)
    assert answer.status_code == 200
    return len(captured)


def missing(programme: Programme, count: int, name: str = "Karuri MAT clinic") -> Looking:
    looking = make_looking(programme, ["PPPPAAAA"] * count, name)
    tried = Try(HowTried.PHONE, Result.NOT_REACHED, today())
    for number, client in enumerate(looking.people[: count - 1]):
        looking.gives(number)
        record_wish(by=looking.liaison, client=client, said=Said(Wish.YES, Wish.YES))
        record_attempt(by=looking.liaison, client=client, attempt=tried)
    return looking


@pytest.mark.parametrize("address", ["/follow", "/follow?show=nobody", "/follow/how"])
def test_the_list_and_the_numbers_cost_the_same_with_few_and_many(
    programme: Programme, sign_in: Callable[..., Browser], address: str
) -> None:
    liaison = sign_in(Role.MAT_LIAISON)
    missing(programme, FEW)
    few = statements(liaison, address)
    missing(programme, MANY, name="Thika MAT clinic")
    many = statements(liaison, address)
    most = MOST_OF_THE_NUMBERS if address.endswith("how") else MOST_OF_THE_LIST
    assert many == few <= most, (few, many)


def test_a_persons_page_costs_the_same_with_few_and_many_attempts(
    programme: Programme, sign_in: Callable[..., Browser]
) -> None:
    liaison = sign_in(Role.MAT_LIAISON)
    looking = missing(programme, FEW)
    address = reverse("follow_person", args=[looking.people[0].code])
    few = statements(liaison, address)
    for _time in range(MANY):
        record_attempt(
            by=looking.liaison,
            client=looking.people[0],
            attempt=Try(HowTried.VISIT, Result.REACHED, today()),
        )
    assert statements(liaison, address) == few <= MOST_OF_A_PERSON, few
