"""How many statements a page may cost, those of transactions included, however many rows there are.

Counted on the second visit, as most are: the first one of a process also reads everybody's names.
"""

from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.desk.queries import MOST_SHOWN
from kimbilio.identity.actions import ContactDetails, PhoneDetails, add_contact, add_phone, open_identity
from kimbilio.people.actions import record_consent
from kimbilio.people.choices import ConsentAnswer, ConsentManner
from kimbilio.places.actions import add_facility, add_hotspot, add_mat_clinic
from kimbilio.places.choices import FacilityKind, HotspotKind
from tests.programme import person, staff_with

MOST = 14
# At most every half minute the sign-in also notes that somebody is there: one statement in a transaction.
NOTING_THE_SIGN_IN = 3
MOST_TO_REGISTER = 52
FEW, MANY = 3, 30
HTMX = {"HX-Request": "true"}


def statements(visit):
    """Count what a page costs on the second visit."""
    visit()
    with CaptureQueriesContext(connection) as captured:
        answer = visit()
    assert answer.status_code in (200, 302), answer.status_code
    return len(captured)


@pytest.fixture
def desk(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.fixture
def manager(sign_in):
    return sign_in(Role.PROGRAMME_MANAGER)


@pytest.fixture
def by(desk):
    return actor_for(desk.staff)


def find(browser, text):
    return lambda: browser.post("/", {"q": text}, headers=HTMX)


# The pages of a person


def test_finding_by_name_costs_little_among_few_and_many(desk, by, programme):
    for _ in range(FEW):
        person(by, programme.site)
    few = statements(find(desk, "Njoroge Kamau"))
    for _ in range(MANY - FEW):
        person(by, programme.site)
    many = statements(find(desk, "Njoroge Kamau"))
    assert many == few <= MOST


def test_finding_past_people_of_another_site_costs_little(desk, by, programme):
    elsewhere = actor_for(staff_with(Role.DESK_OFFICER, programme.other_site))
    person(by, programme.site)
    for _ in range(MANY):
        person(elsewhere, programme.other_site)
    assert statements(find(desk, "Njoroge Kamau")) <= MOST


@pytest.mark.parametrize("typed", ["0712 000 345", "kss 0048"])
def test_finding_by_phone_or_number_costs_little(desk, by, programme, typed):
    person(by, programme.site, phone="0712000345", number="KSS-0048")
    assert statements(find(desk, typed)) <= MOST


def test_finding_by_card_code_costs_little(desk, by, programme):
    client = person(by, programme.site)
    assert statements(find(desk, client.code)) <= MOST


def test_a_persons_page_costs_the_same_with_few_and_many_entries(desk, by, programme):
    client = person(by, programme.site)
    page = f"/p/{client.code}"
    few = statements(lambda: desk.get(page))
    for _ in range(MANY):
        colleague = actor_for(staff_with(Role.COUNSELLOR, programme.site))
        open_identity(by=colleague, client=client)
        record_consent(
            by=colleague,
            client=client,
            answer=ConsentAnswer.GIVEN,
            manner=ConsentManner.SPOKEN,
            occurred_on=client.recorded_at.date(),
        )
    many = statements(lambda: desk.get(page))
    assert many == few <= MOST


def test_noting_that_somebody_is_still_there_costs_one_statement_more(desk, by, programme):
    client = person(by, programme.site)
    page = f"/p/{client.code}"
    without = statements(lambda: desk.get(page))
    session = desk.session
    session["seen_at"] -= 60
    session.save()
    with CaptureQueriesContext(connection) as captured:
        desk.get(page)
    assert len(captured) == without + NOTING_THE_SIGN_IN


def test_showing_name_and_contacts_costs_the_same_with_few_and_many_contacts(desk, by, programme):
    client = person(by, programme.site, phone="0712000345", number="KSS-0048")
    address = f"/p/{client.code}/name"
    few = statements(lambda: desk.post(address, headers=HTMX))
    for number in range(MANY):
        add_phone(by=by, client=client, phone=PhoneDetails(f"07120004{number:02}"))
        add_contact(by=by, client=client, contact=ContactDetails("Mama", "mother"))
    many = statements(lambda: desk.post(address, headers=HTMX))
    assert many == few <= MOST


# Registering


def typed_for(first, last, **more):
    """Return a filled register form: the same person may be sent again as somebody new."""
    return {
        "first": first,
        "last": last,
        "sex": "male",
        "consent": "on",
        "manner": "spoken",
        "may_call": "nobody",
        "safe_to_say": "nothing",
        "confirm_new": "on",
        "token": str(uuid4()),
        **more,
    }


def test_registering_costs_the_same_among_few_and_many_alike(desk, by, programme):
    def register():
        number = {"phone": "0712000345", "number_kind": "old_code", "number": "KSS-0048"}
        return desk.post("/register", typed_for("Njoroge", "Kamau", **number))

    for _ in range(FEW):
        person(by, programme.site)
    few = statements(register)
    for _ in range(MANY):
        person(by, programme.site)
    many = statements(register)
    assert many == few <= MOST_TO_REGISTER


def test_likely_matches_cost_the_same_among_few_and_many_alike(desk, by, programme):
    typed = typed_for("Njoroge", "Kamau", phone="0712000345")
    for _ in range(MOST_SHOWN):
        person(by, programme.site, phone="0712000345")
    few = statements(lambda: desk.post("/register/likely", typed, headers=HTMX))
    for _ in range(MANY):
        person(by, programme.site, phone="0712000345")
    many = statements(lambda: desk.post("/register/likely", typed, headers=HTMX))
    assert many == few <= MOST


# The pages around them


def test_the_history_costs_the_same_with_few_and_many_entries(manager, by, programme):
    client = person(by, programme.site)
    few = statements(lambda: manager.get("/history"))
    for _ in range(MANY):
        open_identity(by=actor_for(staff_with(Role.COUNSELLOR, programme.site)), client=client)
    many = statements(lambda: manager.get("/history"))
    assert many == few <= MOST


def test_the_list_of_staff_costs_the_same_with_few_and_many(manager, programme):
    def staff(count):
        for _ in range(count):
            staff_with(Role.DESK_OFFICER, programme.site)

    staff(FEW)
    few = statements(lambda: manager.get("/staff"))
    staff(MANY)
    many = statements(lambda: manager.get("/staff"))
    assert many == few <= MOST


def test_the_list_of_places_costs_the_same_with_few_and_many(manager, programme):
    keeper = actor_for(manager.staff)

    def places(first, last):
        for number in range(first, last):
            add_mat_clinic(by=keeper, site=programme.site, name=f"Clinic {number}")
            add_facility(
                by=keeper, site=programme.site, name=f"Hospital {number}", kind=FacilityKind.HOSPITAL
            )
            add_hotspot(by=keeper, site=programme.site, code=f"KR-{number:02}", kind=HotspotKind.STREET)

    places(0, FEW)
    few = statements(lambda: manager.get("/places"))
    places(FEW, MANY)
    many = statements(lambda: manager.get("/places"))
    assert many == few <= MOST


def test_ones_own_page_costs_the_same_with_few_and_many_sign_ins(desk):
    def sign_ins(count):
        for _ in range(count):
            browser = Browser()
            browser.force_login(desk.staff)
            key = browser.session.session_key
            UserSession.objects.create(user=desk.staff, session_key=key, ip="127.0.0.1", user_agent="Firefox")

    sign_ins(FEW)
    few = statements(lambda: desk.get("/account"))
    sign_ins(MANY)
    many = statements(lambda: desk.get("/account"))
    assert desk.get("/account").content.count(b"Firefox") >= FEW + MANY
    assert many == few <= MOST
