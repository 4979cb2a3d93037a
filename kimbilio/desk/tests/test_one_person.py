"""One person who was entered twice is one everywhere: found, opened, shown, recorded, and parted again."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.desk.tests.two_records import Two, entered_twice, shown, statements
from kimbilio.people.actions import merge_clients
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]
MakeActor = Callable[..., Actor]


@pytest.fixture
def joined(programme: Programme, actor: MakeActor) -> Two:
    """One person entered twice, and joined: the second record was set aside."""
    by = actor(Role.DESK_OFFICER)
    two = entered_twice(by, programme.site)
    merge_clients(by=by, client=two[1], into=two[0])
    return two


def test_a_code_that_was_set_aside_leads_to_the_person(sign_in: SignIn, joined: Two) -> None:
    answer = sign_in(Role.PEER_EDUCATOR).get(f"/p/{joined[1].code}")
    assert answer.headers["Location"] == f"/p/{joined[0].code}"


@pytest.mark.parametrize("typed", ["Zawadi", "zawadhi mkamburi", "0712345678", "kss0048", "KSS-1841"])
def test_one_person_is_found_by_whatever_either_record_says(sign_in: SignIn, joined: Two, typed: str) -> None:
    page = sign_in(Role.DESK_OFFICER).post("/", {"q": typed}).content.decode()
    assert re.findall(r'href="/p/(\w{7})"', page) == [joined[0].code]


def test_one_person_is_found_by_either_card_code(sign_in: SignIn, joined: Two) -> None:
    for client in joined:
        answer = sign_in(Role.DESK_OFFICER).post("/", {"q": client.code, "open": "1"})
        assert answer.headers["Location"] == f"/p/{joined[0].code}"


def test_whoever_registers_them_again_is_shown_one_person(sign_in: SignIn, joined: Two) -> None:
    typed = {"first": "Zawadhi", "last": "Mkamburi", "phone": "0712345678", "sex": "male"}
    page = sign_in(Role.DESK_OFFICER).post("/register/likely", typed).content.decode()
    assert re.findall(r'href="/p/(\w{7})"', page) == [joined[0].code]


def test_the_persons_page_shows_both_histories_as_one(sign_in: SignIn, joined: Two) -> None:
    page = sign_in(Role.COUNSELLOR).get(f"/p/{joined[0].code}").content.decode()
    assert "Also known here as" in page
    assert shown(joined[1]) in page
    assert page.count("<strong>To keep a record</strong>: Yes") == 2
    assert page.count("Joined two records of one person") == 2
    assert page.count("Added an outside number") == 2
    assert "Part them again" not in page


def test_what_either_record_says_is_opened_together_and_can_be_taken_out_of_use(
    sign_in: SignIn, joined: Two
) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    page = desk.post(f"/p/{joined[0].code}/name").content.decode()
    assert all(said in page for said in ("Zawadi Mkamburi", "Zawadhi Mkamburi", "KSS-0048", "KSS-1841"))
    references = re.findall(r'name="entry" value="(\w+)"', page)
    assert len(set(references)) == 4
    for reference in references:
        assert desk.post(f"/p/{joined[0].code}/end", {"entry": reference}).status_code == 302
    assert "KSS-1841" not in desk.post(f"/p/{joined[0].code}/name").content.decode()


def test_what_is_recorded_under_the_old_code_is_recorded_of_the_person(sign_in: SignIn, joined: Two) -> None:
    desk = sign_in(Role.DESK_OFFICER)
    form = {"token": str(uuid4()), "kind": "mat_number", "number": "KRR00123"}
    answer = desk.post(f"/p/{joined[1].code}/number", form)
    assert answer.headers["Location"] == f"/p/{joined[0].code}"
    assert "KRR00123" in desk.post(f"/p/{joined[0].code}/name").content.decode()


def test_they_are_parted_again_on_the_persons_page(sign_in: SignIn, joined: Two) -> None:
    liaison = sign_in(Role.MAT_LIAISON)
    page = liaison.get(f"/p/{joined[0].code}").content.decode()
    undo = re.search(r'action="(/duplicates/\w+/\w+/undo)"', page)
    assert undo is not None
    assert liaison.post(undo[1], follow=True).status_code == 200
    for client, other in (joined, joined[::-1]):
        page = liaison.get(f"/p/{client.code}").content.decode()
        assert shown(client) in page
        assert shown(other) not in page
        assert "Parted two joined records again" in page


def test_a_persons_page_takes_hardly_a_statement_more_however_many_records_were_joined(
    programme: Programme, actor: MakeActor, sign_in: SignIn, joined: Two
) -> None:
    desk, by = sign_in(Role.DESK_OFFICER), actor(Role.DESK_OFFICER)
    alone = person(by, programme.site)
    for _ in range(3):
        merge_clients(by=by, client=person(by, programme.site), into=joined[0])
    desk.get(f"/p/{alone.code}")
    for method, page, more in (("get", "/p/{}", 1), ("post", "/p/{}/name", 0)):
        least = statements(desk, method, page.format(alone.code))
        assert statements(desk, method, page.format(joined[0].code)) == least + more
