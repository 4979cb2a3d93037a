"""Who is new on a day, and who returns: by the visits of all their cards, and by when they were met."""

from datetime import date

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from kimbilio.reports.queries import month_figures
from kimbilio.visits.queries import before_visit, day_at
from kimbilio.visits.tests.a_site import make_desk
from tests.programme import actor_with

pytestmark = pytest.mark.django_db
FIRST, LATER, LAST = date(2026, 3, 4), date(2026, 3, 11), date(2026, 3, 30)


@pytest.fixture
def desk(programme):
    return make_desk(programme, people=4)


def met(client, on):
    Client.objects.filter(pk=client.pk).update(first_contact_on=on)
    client.refresh_from_db()


def new_on(desk, day):
    people = {client.pk: number for number, client in enumerate(desk.people)}
    return {people[one] for one in day_at(desk.by, desk.site, day).new}


def test_whoever_was_met_before_the_month_is_not_new_though_no_visit_is_known(desk):
    for client, on in zip(
        desk.people, (date(2019, 5, 1), date(2026, 2, 28), date(2026, 3, 1), None), strict=True
    ):
        met(client, on)
        desk.records(desk.people.index(client), desk.given(1), FIRST)
    assert new_on(desk, FIRST) == {2, 3}


def test_the_new_people_of_the_days_add_up_to_the_months(desk, programme):
    officer = actor_with(Role.ME_OFFICER, programme.site)
    for number, on in enumerate((date(2020, 1, 1), date(2026, 3, 2), date(2026, 3, 11), None)):
        met(desk.people[number], on)
    for number, day in ((0, FIRST), (1, FIRST), (1, LATER), (2, LATER), (3, LATER), (3, LAST), (0, LAST)):
        desk.records(number, desk.given(1), day)
    days = [new_on(desk, day) for day in (FIRST, LATER, LAST)]
    assert days == [{1}, {2, 3}, set()]
    figures = {
        one.code: one.value
        for one in month_figures(officer, FIRST.replace(day=1), desk.site)
        if not one.split
    }
    assert figures["visits.new_people"] == sum(map(len, days))


def test_a_card_that_was_joined_brings_what_it_was_known_by(desk, programme):
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    met(desk.people[0], date(2020, 1, 1))
    met(desk.people[1], FIRST)
    desk.records(1, desk.given(1), FIRST)
    assert new_on(desk, FIRST) == {1}
    merge_clients(by=manager, client=desk.people[0], into=desk.people[1])
    assert new_on(desk, FIRST) == set()


def test_before_a_visit_it_is_told_since_when_somebody_is_known(desk):
    met(desk.people[0], date(2020, 1, 1))
    met(desk.people[1], FIRST)
    known, new = (before_visit(desk.by, client, FIRST) for client in desk.people[:2])
    assert (known.is_new, known.met_on) == (False, date(2020, 1, 1))
    assert (new.is_new, new.met_on) == (True, None)
