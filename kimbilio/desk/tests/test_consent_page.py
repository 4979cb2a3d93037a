"""The page that asks: several purposes at once, mistakes beside their field, and asking anew on purpose alone."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import answers_of, has_agreed, standing_consent
from kimbilio.people.models import Client
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
CALL = ConsentPurpose.PHONE_CONTACT


@pytest.fixture
def client(programme: Programme) -> Client:
    return person(actor_with(Role.DESK_OFFICER, programme.site), programme.site)


@pytest.fixture
def desk(sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.DESK_OFFICER)


def send(desk: Browser, client: Client, token: str = "", **said: str):
    typed = {"manner": "spoken", "occurred_on": "2026-01-31", "token": token or str(uuid4())}
    return desk.post(f"/p/{client.code}/consent", typed | said)


def shown(desk: Browser, client: Client) -> str:
    return desk.get(f"/p/{client.code}/consent").content.decode()


def anew(page: str, purpose: ConsentPurpose = CALL) -> str:
    found = re.search(rf'name="{purpose}" value="(anew-\w+)"', page)
    assert found is not None
    return found[1]


def test_several_purposes_are_answered_at_once(desk: Browser, client: Client) -> None:
    assert send(desk, client, phone_contact="given", home_visit="withdrawn").status_code == 302
    assert has_agreed(client, CALL)
    assert standing_consent(client)[ConsentPurpose.HOME_VISIT].noes
    page = desk.get(f"/p/{client.code}").content.decode()
    assert "May we call you? We would keep your number" in page


def test_mistakes_stand_beside_their_field_and_nothing_typed_is_lost(desk: Browser, client: Client) -> None:
    answer = send(desk, client, hiv_result_shared="given", phone_contact="given", occurred_on="2999-01-01")
    form = answer.context["form"]
    assert set(form.errors) == {"hiv_result_shared", "occurred_on"}
    assert form["phone_contact"].value() == "given"
    assert set(send(desk, client).context["form"].errors) == {"__all__"}
    assert answers_of(client).count() == 1


def test_a_yes_after_a_no_is_chosen_on_purpose_and_the_same_form_twice_is_one_answer(
    desk: Browser, client: Client
) -> None:
    send(desk, client, phone_contact="withdrawn")
    page = shown(desk, client)
    assert "On 31 January 2026 they said no." in page
    assert "phone_contact" in send(desk, client, phone_contact="given").context["form"].errors
    token = str(uuid4())
    for _time in range(2):
        assert send(desk, client, token, phone_contact=anew(page)).status_code == 302
    assert has_agreed(client, CALL)
    assert answers_of(client).filter(purpose=CALL).count() == 2


def test_a_no_that_came_since_the_page_was_shown_is_not_lifted(desk: Browser, client: Client) -> None:
    send(desk, client, phone_contact="withdrawn")
    page = shown(desk, client)
    send(desk, client, phone_contact="withdrawn")
    answer = send(desk, client, phone_contact=anew(page))
    assert "said no again" in str(answer.context["form"].errors["phone_contact"])
    assert not has_agreed(client, CALL)


def test_the_words_on_paper_name_nobody_and_are_for_whoever_asks(
    desk: Browser, sign_in: Callable[..., Browser]
) -> None:
    page = desk.get("/consent/words").content.decode()
    assert page.count('lang="sw"') >= len(ConsentPurpose)
    assert sign_in(Role.REPORT_READER).get("/consent/words").status_code == 403
