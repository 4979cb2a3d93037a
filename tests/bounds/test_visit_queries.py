"""How many statements the desk's day costs, however long people have come and however many come today."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.core.references import reference_to
from kimbilio.stock.actions import Receipt, Received, receive
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.visits.actions import NewVisit, record_visits
from kimbilio.visits.models import Visit
from kimbilio.visits.tests.a_site import TOPICS, Desk, days_ago, make_people, today
from tests.bounds.test_queries import HTMX, statements

FEW, MANY = 2, 40
MOST_TO_SHOW = 20
# The person, what is offered, the receipt of the form, the visit with its lines, the stock and the audit.
MOST_TO_SAVE = 28
MOST_OF_A_DAY = 31


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.fixture
def desk(officer, programme):
    by = actor_for(officer.staff)
    items = standard_items(programme.organisation.pk)
    lines = [
        Received(items[SupplyKind.NEEDLES].pk, 900, f"B{number}", today() + timedelta(days=90 + number))
        for number in range(3)
    ]
    receive(by=by, site=programme.site, receipt=Receipt(lines, days_ago(200)))
    return Desk(by, programme.site, make_people(by, programme.site, MANY), items)


def many_come(desk, *, first, last):
    """Have people come, each on a day of the past and today."""
    given = desk.given(10, 2, services=TOPICS, needles_returned=2)
    visits = [
        NewVisit(client.pk, on, given)
        for number, client in enumerate(desk.people[first:last])
        for on in (days_ago(number + 1), today())
    ]
    record_visits(by=desk.by, site=desk.site, visits=visits)


def the_same_with_many(visit, desk, most):
    """Count a page after few came, and after many did."""
    many_come(desk, first=0, last=FEW)
    few = statements(visit)
    many_come(desk, first=FEW, last=MANY)
    many = statements(visit)
    assert many <= few, (few, many)
    assert many <= most, many


def sent(desk):
    return {
        "token": str(uuid4()),
        f"item_{reference_to(desk.needles)}": 10,
        f"item_{reference_to(desk.condoms)}": 2,
        "services": ["health_education", "shower"],
        "topics": ["tb"],
        "occurred_on": timezone.localdate().isoformat(),
    }


def test_the_visit_page_costs_the_same_after_few_visits_and_many(officer, desk):
    page = f"/p/{desk.people[0].code}/visit"
    few = statements(lambda: officer.get(page))
    given = desk.given(10, 2, services=TOPICS)
    record_visits(
        by=desk.by,
        site=desk.site,
        visits=[NewVisit(desk.people[0].pk, days_ago(number), given) for number in range(MANY)],
    )
    many = statements(lambda: officer.get(page))
    assert many <= few + 1 <= MOST_TO_SHOW, (few, many)  # what was given at the last few


def test_saving_a_visit_costs_the_same_after_few_visits_and_many(officer, desk):
    page = f"/p/{desk.people[0].code}/visit"
    the_same_with_many(lambda: officer.post(page, sent(desk)), desk, MOST_TO_SAVE)


def test_finding_after_a_visit_was_saved_costs_little(officer, desk):
    def save_and_find():
        officer.post(f"/p/{desk.people[0].code}/visit", sent(desk))
        return officer.get("/")

    save_and_find()
    officer.post(f"/p/{desk.people[0].code}/visit", sent(desk))
    assert statements(lambda: officer.post("/", {"q": desk.people[0].code}, headers=HTMX)) <= MOST_TO_SHOW


@pytest.mark.parametrize(
    ("page", "most"), [("/today", MOST_OF_A_DAY), ("/today/end", MOST_OF_A_DAY), ("/tally", MOST_TO_SHOW)]
)
def test_a_day_costs_the_same_when_few_came_and_many(officer, desk, page, most):
    the_same_with_many(lambda: officer.get(page), desk, most)


def test_a_tap_without_a_name_costs_the_same_when_few_came_and_many(officer, desk):
    def tap():
        return officer.post("/tally", {"token": str(uuid4()), "add": f"{reference_to(desk.needles)}:5"})

    the_same_with_many(tap, desk, MOST_TO_SAVE)


def test_a_visit_among_many_is_found_and_shown_in_few(officer, desk):
    visits = [NewVisit(desk.people[0].pk, days_ago(number % 90), desk.given(5)) for number in range(FEW)]
    record_visits(by=desk.by, site=desk.site, visits=visits)
    visit = Visit.objects.latest("pk")
    page = f"/p/{desk.people[0].code}/visits/{reference_to(visit)}"
    few = statements(lambda: officer.get(page))
    record_visits(by=desk.by, site=desk.site, visits=visits * 50)
    many = statements(lambda: officer.get(page))
    assert many == few <= MOST_TO_SHOW, (few, many)


@pytest.mark.parametrize("page", ["", "/visits"])
def test_somebodys_visits_cost_the_same_when_few_and_many(officer, desk, page):
    visits = [NewVisit(desk.people[0].pk, days_ago(number % 90), desk.given(5)) for number in range(FEW)]
    record_visits(by=desk.by, site=desk.site, visits=visits)
    address = f"/p/{desk.people[0].code}{page}"
    few = statements(lambda: officer.get(address))
    record_visits(by=desk.by, site=desk.site, visits=visits * 50)
    assert statements(lambda: officer.get(address)) == few <= MOST_TO_SHOW
