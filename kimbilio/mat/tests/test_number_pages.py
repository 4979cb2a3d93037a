"""What the clinic decides, as pages show it: each number with who stands behind it, and setting one."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.mat.models import ClinicRule
from kimbilio.mat.queries import reference_of, rules_of
from kimbilio.mat.rules import SUGGESTED
from kimbilio.mat.tests.clinic import Place, make_place
from tests.programme import Programme

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]


@pytest.fixture
def place(programme: Programme, actor: Callable[..., Actor]) -> Place:
    return make_place(actor(Role.MAT_LIAISON), programme.site, count=0)


@pytest.fixture
def liaison(sign_in: SignIn) -> Browser:
    return sign_in(Role.MAT_LIAISON)


def numbers(place: Place, after: str = "") -> str:
    return f"/clinic/{reference_of(place.clinic)}/numbers{after}"


def confirmed(value: object = 4, **typed: str) -> dict[str, object]:
    return {
        "token": str(uuid4()),
        "value": value,
        "source": "Minutes of 3 June, page 2",
        "confirmed_by": "Sister in charge",
        "confirmed_on": timezone.localdate().isoformat(),
    } | typed


def page(browser: Browser, address: str) -> str:
    return " ".join(browser.get(address).content.decode().split())


def test_each_number_works_from_the_start_and_says_that_it_is_a_suggestion(
    liaison: Browser, place: Place
) -> None:
    assert liaison.get("/clinic").headers["Location"] == numbers(place)
    shown = page(liaison, numbers(place))
    assert shown.count("suggested, not yet confirmed by the clinic") == len(SUGGESTED)
    assert "not verified for Kenya" in shown
    assert "The clinic has confirmed none of them yet." in shown


def test_a_number_is_written_down_with_its_signature_and_the_history_is_kept(
    liaison: Browser, place: Place
) -> None:
    for value in (4, 3):
        assert liaison.post(numbers(place, "/assess_from"), confirmed(value)).status_code == 302
    assert rules_of(place.clinic).assess_before_dose(3)
    shown = page(liaison, numbers(place))
    assert "confirmed by the clinic" in shown
    assert shown.count("Sister in charge") == 3
    assert "replaced" in shown


def test_the_form_begins_with_the_number_in_use(liaison: Browser, place: Place) -> None:
    assert 'value="3"' in page(liaison, numbers(place, "/assess_from"))


@pytest.mark.parametrize(
    ("rule", "typed", "said"),
    [
        ("assess_from", {"value": 0}, "A number from 1 to 366 is needed."),
        ("assess_from", {"value": "many"}, "A number from 1 to 366 is needed."),
        ("assess_from", {"source": ""}, "Fill this in."),
        ("assess_from", {"confirmed_on": "2999-01-01"}, "This day has not come yet."),
        ("third_step_from", {"value": 2}, "the third step after the second"),
        ("out_of_touch_after", {"value": 2}, "before the third step"),
    ],
)
def test_what_cannot_be_meant_is_explained_and_not_saved(
    liaison: Browser, place: Place, rule: str, typed: dict[str, object], said: str
) -> None:
    answer = liaison.post(numbers(place, f"/{rule}"), confirmed() | typed)
    assert said in answer.content.decode()
    assert not ClinicRule.objects.exists()


def test_the_same_form_twice_sets_it_once(liaison: Browser, place: Place) -> None:
    form = confirmed()
    for _time in range(2):
        liaison.post(numbers(place, "/assess_from"), form)
    assert ClinicRule.objects.count() == 1


def test_numbers_of_others_and_numbers_that_are_none_are_not_there(
    sign_in: SignIn, liaison: Browser, place: Place, programme: Programme
) -> None:
    assert sign_in(Role.MAT_LIAISON, programme.other_site).get(numbers(place)).status_code == 404
    assert sign_in(Role.PEER_EDUCATOR).get(numbers(place)).status_code == 403
    assert liaison.get(numbers(place, "/dose")).status_code == 404


def test_several_clinics_are_named(liaison: Browser, place: Place, programme: Programme) -> None:
    make_place(place.by, programme.site, count=0, name="Thika MAT clinic")
    assert "Thika MAT clinic" in page(liaison, "/clinic")
