"""Registering a person at the desk: as little as possible, once, and never somebody who is here already."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.people.models import Client
from kimbilio.reports.queries.cascade import way_to_mat
from kimbilio.reports.scope import scope_for
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MakeActor = Callable[..., Actor]


def form_of_a_person(**changed: str) -> dict[str, str]:
    """What the register form sends for somebody who agrees that a record is kept."""
    return {
        "token": str(uuid4()),
        "first": "Njoroge",
        "last": "Kamau",
        "sex": "male",
        "born": "34",
        "phone": "0712 345 678",
        "consent": "on",
        "manner": "spoken",
    } | changed


def test_a_person_is_registered_and_their_page_opens(sign_in: SignIn) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    answer = desk.post("/register", form_of_a_person())
    client = Client.objects.get()
    assert answer.headers["Location"] == f"/p/{client.code}"
    page = desk.get(f"/p/{client.code}").content.decode()
    assert f"{client.code[:3]}-{client.code[3:]}" in page
    assert "34 years" in page


def test_whoever_is_registered_at_the_desk_was_met_that_day_and_is_known_of_no_month_before(
    sign_in: SignIn, programme: Programme
) -> None:
    sign_in(Role.DESK_OFFICER).post("/register", form_of_a_person())
    today = timezone.localdate()
    assert Client.objects.get().first_contact_on == today
    before = today.replace(day=1) - timedelta(days=1)
    reader = actor_with(Role.ME_OFFICER, programme.site)
    known = {
        month: way_to_mat(scope_for(reader, Permission.SEE_REPORTS, month.replace(day=1), None)).known
        for month in (before, today)
    }
    assert known == {before: 0, today: 1}


def test_the_same_form_sent_twice_registers_one_person(sign_in: SignIn) -> None:
    desk, form = sign_in(Role.DESK_OFFICER), form_of_a_person()
    first, second = desk.post("/register", form), desk.post("/register", form | {"confirm_new": "on"})
    assert first.headers["Location"] == second.headers["Location"]
    assert Client.objects.count() == 1


def test_without_a_yes_no_record_is_kept_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    form = form_of_a_person()
    del form["consent"]
    page = sign_in(Role.DESK_OFFICER).post("/register", form).content.decode()
    assert not Client.objects.exists()
    assert 'value="Njoroge"' in page
    assert "Without a yes no record is kept" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("born", "3400", "Type a year such as 1990"),
        ("phone", "12", "does not look like a phone number"),
        ("sex", "", "Choose one."),
        ("number", "---", "at least one letter or digit"),
    ],
)
def test_a_mistake_is_explained_beside_its_field(sign_in: SignIn, field: str, typed: str, said: str) -> None:
    page = sign_in(Role.DESK_OFFICER).post("/register", form_of_a_person(**{field: typed})).content.decode()
    assert said in page
    assert not Client.objects.exists()


def test_likely_matches_are_shown_before_saving_with_why_and_without_a_name(
    programme: Programme, actor: MakeActor, sign_in: SignIn
) -> None:
    known = person(
        actor(Role.DESK_OFFICER), programme.site, first="Njoroje", last="Kamau", phone="0712345678"
    )
    desk, form = sign_in(Role.DESK_OFFICER), form_of_a_person()
    page = desk.post("/register", form).content.decode()
    assert Client.objects.count() == 1
    assert f"{known.code[:3]}-{known.code[3:]}" in page
    assert "Same phone" in page
    assert "Not saved yet" in page
    assert "Njoroje" not in page
    desk.post("/register", form | {"confirm_new": "on"})
    assert Client.objects.count() == 2


def test_people_of_another_site_are_no_likely_matches(programme: Programme, sign_in: SignIn) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        person(actor_with(Role.DESK_OFFICER, site), site, phone="0712345678")
    sign_in(Role.DESK_OFFICER).post("/register", form_of_a_person())
    assert Client.objects.filter(site=programme.site).count() == 1
