"""The first visit: a page guarded by the token that was printed at the terminal."""

from typing import Any

import pytest
from django.test import Client as Browser

from kimbilio.accounts.models import Organisation, Site, Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.places.models import MatClinic, Ward

pytestmark = pytest.mark.django_db
TOLD = {
    "token": "the-printed-token",
    "organisation": "Safe Space Programme",
    "county": "Kiambu",
    "site": "Karuri",
    "clinic": "Karuri MAT",
    "username": "asha",
    "password": "a long walk by the river 91",
    "password_again": "a long walk by the river 91",
}


@pytest.fixture(autouse=True)
def _token(settings: Any) -> None:
    settings.SETUP_TOKEN = "the-printed-token"


def test_a_first_visit_leads_to_the_set_up_page() -> None:
    assert Browser().get("/").headers["Location"] == "/setup"


def test_a_programme_is_set_up_whole() -> None:
    answer = Browser().post("/setup", TOLD)
    assert answer.headers["Location"] == "/sign-in"
    staff, site = Staff.objects.get(), Site.objects.get()
    assert actor_for(staff).roles[site.pk] == {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}
    assert MatClinic.objects.get().name == "Karuri MAT"
    assert Ward.objects.filter(sub_county__county__name="Kiambu").count() == 60


def test_once_somebody_can_sign_in_there_is_no_set_up_page() -> None:
    Browser().post("/setup", TOLD)
    assert Browser().get("/setup").status_code == 404
    assert Browser().post("/setup", TOLD | {"username": "other"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("token", "another-token"),
        ("password", "password1234567"),
        ("password_again", "something else entirely"),
        ("organisation", ""),
        ("username", "two words"),
    ],
)
def test_a_wrong_token_or_a_weak_password_sets_nothing_up(field: str, typed: str) -> None:
    page = Browser().post("/setup", TOLD | {field: typed}).content.decode()
    assert not Organisation.objects.exists()
    assert TOLD["clinic"] in page


def test_without_a_token_there_is_no_set_up_page(settings: Any) -> None:
    settings.SETUP_TOKEN = ""
    assert Browser().get("/setup").status_code == 404
