"""The pages of follow-up, as those who look for people use them."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kimbilio.accounts.roles import Role
from kimbilio.followup.actions import PlannedReturn, Said, Try, agree_way_back, record_attempt, record_wish
from kimbilio.followup.choices import GoesWith, HowTried, Result, Wish
from kimbilio.followup.models import Answer, Assignment, Attempt, ContactWish, WayBack
from kimbilio.followup.tests.looking import Looking, days_ago, make_looking, today
from kimbilio.people.rules import display_card_code
from tests.programme import AnsweringBrowser, Programme, sign_in_as

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Browser]


@pytest.fixture
def looking(programme: Programme) -> Looking:
    return make_looking(programme, ["PPPPPPPA", "PPPPPAAA", "PPAAAAAA", "PPPPPPPP"])


@pytest.fixture
def peer(looking: Looking) -> Browser:
    browser = AnsweringBrowser()
    sign_in_as(browser, looking.peer_staff)
    return browser


@pytest.fixture
def liaison(sign_in: SignIn, looking: Looking) -> Browser:
    return sign_in(Role.MAT_LIAISON)


def codes(answer: object) -> list[str]:
    return re.findall(r'<span class="code">(\S{8})</span>', answer.content.decode())  # type: ignore[attr-defined]


def code(looking: Looking, number: int) -> str:
    return display_card_code(looking.people[number].code)


def send(browser: Browser, name: str, looking: Looking, number: int, **typed: object) -> object:
    address = reverse(name, args=[looking.people[number].code])
    return browser.post(address, {"token": str(uuid4()), **typed})


def attempt(**more: object) -> dict[str, object]:
    return {"how": "phone", "result": "not_reached", "outcome": "", "occurred_on": today().isoformat()} | more


def test_the_list_shows_codes_the_most_urgent_first(looking: Looking, liaison: Browser) -> None:
    answer = liaison.get("/follow")
    assert codes(answer) == [code(looking, 2), code(looking, 1), code(looking, 0)]
    page = answer.content.decode()
    assert page.count("Assess before dose</") + page.count("Assess before dose\n") == 2
    assert "suggested, not yet confirmed by the clinic" in page
    assert "Offer naloxone" in page


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("step-5%2B", [2]),
        ("step-3-4", [1]),
        ("nobody", [2, 1]),
        ("mine", []),
        ("on_the_way", [0]),
        ("?", [2, 1, 0]),
    ],
)
def test_a_part_of_the_list_is_chosen(
    looking: Looking, liaison: Browser, part: str, shown: list[int]
) -> None:
    plan = PlannedReturn(today(), GoesWith.ALONE)
    agree_way_back(by=looking.liaison, client=looking.people[0], plan=plan)
    assert codes(liaison.get(f"/follow?show={part}")) == [code(looking, number) for number in shown]


def test_a_worker_opens_their_own_people_only(looking: Looking, peer: Browser) -> None:
    looking.gives(1)
    assert codes(peer.get("/follow")) == [code(looking, 1)]
    for name in ("follow_person", "follow_attempt", "follow_way_back", "follow_came", "follow_wish"):
        assert peer.get(reverse(name, args=[looking.people[2].code])).status_code == 404
        assert peer.get(reverse(name, args=[looking.people[1].code])).status_code in (200, 302)
    assert send(peer, "follow_attempt", looking, 2, **attempt()).status_code == 404
    assert not Attempt.objects.exists()
    for address in ("/follow/sheets", "/follow/how", reverse("follow_who", args=[looking.people[1].code])):
        assert peer.get(address).status_code == 403


def test_an_attempt_is_recorded_once_however_often_it_is_sent(looking: Looking, peer: Browser) -> None:
    looking.gives(1)
    token = str(uuid4())
    for _time in range(2):
        answer = send(peer, "follow_attempt", looking, 1, **attempt(token=token))
        assert answer.status_code == 302
    assert Attempt.objects.count() == 1
    page = peer.get(reverse("follow_person", args=[looking.people[1].code])).content.decode()
    assert "Nobody was reached" in page


def test_a_call_that_is_not_wanted_is_explained_and_what_was_typed_stays(
    looking: Looking, liaison: Browser
) -> None:
    record_wish(by=looking.liaison, client=looking.people[1], said=Said(call=Wish.NO))
    answer = send(liaison, "follow_attempt", looking, 1, **attempt())
    assert answer.status_code == 200
    assert "does not want to be called" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_an_attempt_is_corrected_and_taken_back(looking: Looking, liaison: Browser) -> None:
    record_attempt(
        by=looking.liaison,
        client=looking.people[1],
        attempt=Try(HowTried.PHONE, Result.NOT_REACHED, today()),
    )
    address = reverse("follow_person", args=[looking.people[1].code])
    page = liaison.get(address).content.decode()
    correct = re.search(r'href="(\S+/attempt/\S+)"', page).group(1)
    assert 'value="phone"' in liaison.get(correct).content.decode()
    liaison.post(correct, {"token": str(uuid4())} | attempt(how="visit"))
    assert [row.how for row in Attempt.objects.order_by("pk")] == ["phone", "visit"]
    page = liaison.get(address).content.decode()
    assert "corrected" in page
    assert liaison.get(correct).status_code == 404
    again = re.search(r'href="(\S+/attempt/\S+)"', page).group(1)
    liaison.post(f"{again}/undo")
    assert not Attempt.objects.filter(voided_at__isnull=True).exists()


def test_a_way_back_is_agreed_and_ended(looking: Looking, peer: Browser) -> None:
    looking.gives(1)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    send(peer, "follow_way_back", looking, 1, on=tomorrow, at="07:30", goes_with="worker", worker="")
    row = WayBack.objects.get()
    assert (row.worker, f"{row.planned_at:%H:%M}") == (looking.peer_staff.pk, "07:30")
    page = peer.get("/follow").content.decode()
    assert "One of us goes with them" in page
    send(peer, "follow_came", looking, 1, how="arrived", occurred_on=today().isoformat())
    row.refresh_from_db()
    assert row.ended_at is not None
    assert peer.get(reverse("follow_came", args=[looking.people[1].code])).status_code == 302


def test_a_wish_is_recorded_and_shown(looking: Looking, liaison: Browser) -> None:
    page = liaison.get("/follow").content.decode()
    assert page.count("Call: Ask first") == 3
    typed = {
        "call": "given",
        "visit": "withdrawn",
        "manner": "spoken",
        "only_worker": looking.peer_staff.username,
    }
    answer = send(liaison, "follow_wish", looking, 1, occurred_on=today().isoformat(), hotspot="", **typed)
    assert answer.status_code == 302
    assert ContactWish.objects.get().only_worker == looking.peer_staff.pk
    page = liaison.get("/follow").content.decode()
    assert page.count("Call: Ask first") == 2
    again = liaison.get(reverse("follow_wish", args=[looking.people[1].code])).content.decode()
    assert "they said no" in again
    assert again.count('value="given"') == 2


def test_who_looks_is_suggested_and_said(looking: Looking, liaison: Browser) -> None:
    page = liaison.get(reverse("follow_who", args=[looking.people[1].code])).content.decode()
    assert "has the fewest people to look for" in page
    send(liaison, "follow_who", looking, 1, worker=looking.peer_staff.username)
    assert Assignment.objects.get().worker == looking.peer_staff.pk
    send(liaison, "follow_who", looking, 1, worker="")
    assert Assignment.objects.get(replaced_at__isnull=True).worker is None
    assert "Have them look" in liaison.get("/follow?show=nobody").content.decode()


def test_a_question_is_answered_on_the_page_of_numbers(looking: Looking, liaison: Browser) -> None:
    looking.place.list_of(days_ago(14), "PPPP")
    page = liaison.get("/follow/how").content.decode()
    assert "sent no list for 5 days" in page
    question = re.search(r'name="question" value="([^"]+)"', page).group(1)
    later = (today() + timedelta(days=9)).isoformat()
    typed = {"question": question, "answer": "clinic_closed", "ask_again_on": later}
    assert (
        "Choose one"
        in liaison.post("/follow/how/answer", typed | {"token": str(uuid4()), "answer": ""}).content.decode()
    )
    liaison.post("/follow/how/answer", typed | {"token": str(uuid4())})
    assert Answer.objects.count() == 1
    page = liaison.get("/follow/how").content.decode()
    assert "What happened?" not in page
    assert "The clinic was closed" in page


def test_the_numbers_open_to_the_people_behind_them(looking: Looking, liaison: Browser) -> None:
    page = liaison.get("/follow/how").content.decode()
    assert "/follow?show=step-5%2B" in page
    assert codes(liaison.get("/follow?show=step-5%2B")) == [code(looking, 2)]


def test_those_who_count_see_numbers_and_no_list(looking: Looking, sign_in: SignIn) -> None:
    officer = sign_in(Role.ME_OFFICER)
    page = officer.get("/follow/how")
    assert page.status_code == 200
    assert 'action="/follow/how/answer"' not in page.content.decode()
    assert officer.get("/follow").status_code == 403
