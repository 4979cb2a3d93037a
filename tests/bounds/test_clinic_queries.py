"""How many statements the pages of a clinic cost, however many people are on its list and for however long."""

from datetime import timedelta

import pytest

from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.desk.tests.a_clinic import make_clinic, today
from kimbilio.identity.actions import add_outside_number
from kimbilio.identity.choices import NumberKind
from kimbilio.mat.actions import Claim, correct_step, record_step
from kimbilio.mat.choices import StepKind
from kimbilio.mat.queries import reference_of
from tests.bounds.test_queries import statements
from tests.programme import person

FEW, MANY = 3, 30
MOST_TO_SHOW = 14
# Who is expected, whose the lines are, the list with its lines and months, the audit and the receipt.
MOST_TO_RECORD = 40


@pytest.fixture
def liaison(sign_in):
    return sign_in(Role.MAT_LIAISON)


@pytest.fixture
def at(liaison, programme):
    return make_clinic(actor_for(liaison.staff), programme.site, count=FEW)


def more_people(at, site):
    for number in range(FEW, MANY):
        one = person(at.by, site)
        add_outside_number(by=at.by, client=one, kind=NumberKind.MAT_NUMBER, number=f"KRMAT-{number + 1}")
        at.people.append(one)
    for ago in range(40, 0, -1):
        at.list_came(today() - timedelta(days=ago), ago % MANY, 1)


def the_same_with_many(visit, at, site, most):
    """Count a page among few people and one list, and among many with forty."""
    few = statements(visit)
    more_people(at, site)
    many = statements(visit)
    assert many <= few + 2, (few, many)  # a second month may be read, or written
    assert many <= most, many


def test_a_clinics_day_costs_the_same_with_few_and_many(liaison, at, programme):
    the_same_with_many(lambda: liaison.get(at.day()), at, programme.site, MOST_TO_SHOW)


def test_the_list_to_be_marked_costs_the_same_with_few_and_many(liaison, at, programme):
    the_same_with_many(lambda: liaison.get(at.day(after="/list")), at, programme.site, MOST_TO_SHOW + 4)


def test_recording_a_list_costs_the_same_with_few_and_many(liaison, at, programme):
    def record():
        lines = "\n".join(f"KRMAT-{number}" for number in range(1, len(at.people)))
        return liaison.post(at.day(after="/list"), at.sent(0, lines=lines))

    the_same_with_many(record, at, programme.site, MOST_TO_RECORD)


def test_a_journey_costs_the_same_with_few_and_many_steps_and_days(liaison, at, programme):
    client = at.people[0]
    page = f"/p/{client.code}/journey"

    def walk():
        for ago in range(60, 30, -1):
            step = record_step(
                by=at.by, client=client, claim=Claim(StepKind.RETURNED, today() - timedelta(days=ago))
            )
        correct_step(by=at.by, step=step, claim=Claim(StepKind.MAINTENANCE, today()))

    few = statements(lambda: liaison.get(page))
    walk()
    more_people(at, programme.site)
    many = statements(lambda: liaison.get(page))
    assert many <= few + 1 <= MOST_TO_SHOW + 1, (few, many)  # the names of those who recorded steps


def test_the_numbers_and_what_does_not_fit_cost_the_same_with_few_and_many(liaison, at, programme):
    def visits():
        numbers = statements(lambda: liaison.get(f"/clinic/{reference_of(at.clinic)}/numbers"))
        return numbers, statements(lambda: liaison.get("/look-into"))

    record_step(by=at.by, client=at.people[0], claim=Claim(StepKind.RE_INDUCTED, today()))
    few = visits()
    more_people(at, programme.site)
    for client in at.people:
        record_step(by=at.by, client=client, claim=Claim(StepKind.RE_INDUCTED, today()))
    many = visits()
    assert many == few
    assert max(many) <= MOST_TO_SHOW
