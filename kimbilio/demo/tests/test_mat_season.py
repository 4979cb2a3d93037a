"""The demo's clinic: a living list that holds together, the same one for the same seed."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.demo.mat_season import DAYS, ENDINGS, WITHOUT_A_LIST, make_mat_season, mat_number
from kimbilio.mat.models import StandingMonth
from kimbilio.mat.queries import (
    day_count,
    days_without_a_list,
    expected_on_list,
    numbers_as_at,
    odd_orders_at,
    runs_as_at,
)
from kimbilio.mat.tests.clinic import Place, make_place
from tests.programme import Programme

pytestmark = pytest.mark.django_db
PEOPLE = 60


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def place(programme: Programme, actor: Callable[..., Actor]) -> Place:
    place = make_place(actor(Role.MAT_LIAISON), programme.site, count=PEOPLE)
    make_mat_season(by=place.by, site=place.site, clients=place.people, chance=Random(1))
    return place


def test_people_are_missing_on_every_step_and_somebody_came_back(place: Place) -> None:
    runs = {run.client_id: run for run in runs_as_at(place.by, place.site, today())}
    assert {run.step for run in runs.values()} == {"1-2", "3-4", "5+"}
    for client, ending in zip(place.people, ENDINGS, strict=False):
        assert (client.pk in runs) == ending.endswith("A")
    numbers = numbers_as_at(place.by, place.site, today())
    assert numbers.on_mat == PEOPLE * 68 // 100
    assert numbers.waiting.people
    assert numbers.waiting.asks


def test_one_day_has_no_list_and_yesterdays_adds_up(place: Place) -> None:
    yesterday = today() - timedelta(days=1)
    without = days_without_a_list(place.clinic, today() - timedelta(days=DAYS), yesterday)
    assert without == [today() - timedelta(days=WITHOUT_A_LIST)]
    assert day_count(place.clinic, yesterday).people == PEOPLE * 68 // 100
    assert len(expected_on_list(place.by, place.clinic, today())) == PEOPLE * 68 // 100


def test_nothing_in_it_speaks_against_the_rest(place: Place) -> None:
    assert odd_orders_at(place.by, place.site, today()) == {}


def test_the_same_seed_gives_the_same_days(place: Place, programme: Programme) -> None:
    signs = sorted(StandingMonth.objects.values_list("signs", flat=True))
    again = make_place(place.by, programme.site, count=PEOPLE, name="Another clinic")
    StandingMonth.objects.all().delete()
    make_mat_season(by=place.by, site=place.site, clients=again.people, chance=Random(1))
    assert sorted(StandingMonth.objects.values_list("signs", flat=True)) == signs


def test_those_who_ever_started_have_a_number_of_the_clinic() -> None:
    numbered = [mat_number(place, 100) for place in range(1, 101)]
    assert numbered[0] == "KRMAT-0001"
    assert [bool(number) for number in numbered] == [True] * 75 + [False] * 25
