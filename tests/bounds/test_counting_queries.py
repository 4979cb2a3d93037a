"""How many questions the month's figures, an opened number and the checks cost: the same with few and many people."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kimbilio.community.models import CommunityEvent
from kimbilio.people.models import Alias, Client
from kimbilio.reports.queries import month_figures, records_behind
from kimbilio.reports.queries.checks import checks_of
from kimbilio.reports.tests.a_month import JUNE, a_small_june, came, officer_at
from kimbilio.reports.tests.drawn_month import write
from kimbilio.reports.tests.told import Told
from kimbilio.support.models import Attendance, Session
from kimbilio.visits.models import AnonymousSupply, GivenService, GivenSupply, Visit

pytestmark = pytest.mark.django_db
# Most of them are about MAT: claims, lists and runs, by mat.
MOST_FOR_FIGURES, MOST_FOR_A_NUMBER, MOST_FOR_CHECKS = 70, 40, 40
MANY = 40


def statements(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def with_many_more(june: Told) -> Told:
    """The same month with many more people, who came each on another day."""
    people = [replace(june.people[number % 3], first_contact=None) for number in range(MANY)]
    visits = [came(4 + number, 1 + number % 28, needles=number + 1, condoms=3) for number in range(MANY)]
    return replace(june, people=[*june.people, *people], visits=[*june.visits, *visits])


@pytest.mark.parametrize(
    ("most", "ask"),
    [
        (MOST_FOR_FIGURES, lambda by, site: month_figures(by, JUNE, site)),
        (MOST_FOR_CHECKS, lambda by, site: checks_of(by, JUNE, site)),
        (MOST_FOR_A_NUMBER, lambda by, site: records_behind(by, "visits.new_people", JUNE, site, {})),
        (
            MOST_FOR_A_NUMBER,
            lambda by, site: records_behind(by, "supplies.needles", JUNE, site, {"sex": "male"}),
        ),
        (MOST_FOR_A_NUMBER, lambda by, site: records_behind(by, "mat.active", JUNE, site, {})),
    ],
)
def test_as_many_questions_for_many_people_as_for_few(programme, most, ask):
    by = officer_at(programme.site)
    write(programme, a_small_june())
    few = statements(lambda: ask(by, programme.site))
    take_all_away()
    write(programme, with_many_more(a_small_june()))
    many = statements(lambda: ask(by, programme.site))
    assert few == many <= most


def take_all_away() -> None:
    """Take everything of the month away."""
    for model in (
        GivenSupply,
        GivenService,
        Visit,
        Attendance,
        Session,
        AnonymousSupply,
        CommunityEvent,
        Alias,
    ):
        model.objects.all().delete()
    Client.objects.all().delete()
