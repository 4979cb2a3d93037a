"""A person's days and the days without a list, as they are asked for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.mat.actions import correct_day, withdraw_lists
from kimbilio.mat.choices import DayMark
from kimbilio.mat.queries import days_of, days_without_a_list
from kimbilio.mat.tests.clinic import make_place
from kimbilio.people.actions import merge_clients
from tests.programme import Programme

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
M = DayMark
DAY = date(2025, 6, 10)


@pytest.fixture
def place(programme: Programme, actor: MakeActor) -> Any:
    return make_place(actor(Role.MAT_LIAISON), programme.site)


def test_a_day_without_a_list_is_unknown_for_all_and_told_apart(place) -> None:
    place.list_of(DAY, "PA.")
    place.list_of(DAY + timedelta(days=2), "PPP")
    correct_day(
        by=place.by, client=place.people[0], clinic=place.clinic, day=DAY + timedelta(days=1), mark=M.DOSED
    )
    assert days_without_a_list(place.clinic, DAY, DAY + timedelta(days=3)) == [
        DAY + timedelta(days=1),
        DAY + timedelta(days=3),
    ]
    days = days_of(place.people[2], DAY, DAY + timedelta(days=2))
    assert [(day.mark, day.listed) for day in days] == [
        (M.UNKNOWN, True),
        (M.UNKNOWN, False),
        (M.DOSED, True),
    ]


def test_a_list_that_was_taken_back_makes_a_day_without_a_list(place) -> None:
    made = place.list_of(DAY, "PPP")
    withdraw_lists(by=place.by, site=place.site, lists=[made.pk])
    assert days_without_a_list(place.clinic, DAY, DAY) == [DAY]


def test_the_days_of_two_cards_of_one_person_are_one(place, actor: MakeActor) -> None:
    place.list_of(DAY, "PA.")
    place.list_of(DAY + timedelta(days=1), ".A.")
    merge_clients(by=actor(Role.PROGRAMME_MANAGER), client=place.people[1], into=place.people[0])
    for card in place.people[:2]:
        days = days_of(card, DAY, DAY + timedelta(days=1))
        assert [day.mark for day in days] == [M.DOSED, M.MISSED]


def test_somebody_on_no_list_has_days_of_which_nothing_is_known(place) -> None:
    assert [(day.mark, day.listed) for day in days_of(place.people[0], DAY, DAY)] == [(M.UNKNOWN, False)]
