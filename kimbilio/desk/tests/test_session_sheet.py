"""The attendance sheet: what is saved at once, what waits for a look, and that nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.desk.session_lines import MOST_LINES
from kimbilio.desk.tests.gathered import (
    address_of,
    came_to,
    held,
    make_people,
    sent_back,
    sheet,
    text_of,
)
from kimbilio.people.models import Client
from kimbilio.support.models import Session
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def people(programme: Programme, officer: Actor) -> list[Client]:
    return make_people(officer, programme)


@pytest.fixture
def desk(sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.DESK_OFFICER)


def test_codes_phones_and_numbers_are_saved_at_once(desk: Browser, people: list[Client]) -> None:
    answer = desk.post(
        "/sessions/new",
        sheet(people[0].code, "0722000002", "KSS-0003", guests_male="2", topic="Anger", led_by=""),
    )
    session = Session.objects.get()
    assert answer.headers["Location"] == address_of(session)
    assert (session.kind, session.topic, session.guests_male) == ("cbt", "Anger", 2)
    assert came_to(session) == {client.code for client in people[:3]}
    assert "Recorded: 3 people and 2 guests." in text_of(desk.get(address_of(session)))


def test_names_are_looked_at_before_they_are_saved(desk: Browser, people: list[Client]) -> None:
    answer = desk.post("/sessions/new", sheet("Otieno Ouma", "KSS-0001"))
    page = text_of(answer)
    assert "Some were found by their name." in page
    assert "“Otieno Ouma”" in page
    assert "Same name" in page
    assert not Session.objects.exists()
    desk.post("/sessions/new", sent_back(answer))
    assert came_to(Session.objects.get()) == {people[2].code, people[0].code}


def test_what_is_found_is_shown_without_saving(desk: Browser, people: list[Client]) -> None:
    answer = desk.post("/sessions/new", sheet("KSS-0001", do="check"))
    assert people[0].code in text_of(answer)
    assert not Session.objects.exists()


def test_nothing_is_said_of_empty_fields_before_save_is_pressed(desk: Browser) -> None:
    answer = desk.post("/sessions/new", sheet("Nobody Atall", kind="", occurred_on="", do="check"))
    assert "Choose one." not in text_of(answer)
    assert "Nobody was found for these lines." in text_of(answer)


def test_a_line_of_nobodys_is_said_and_stays_in_the_box(desk: Browser, people: list[Client]) -> None:
    answer = desk.post("/sessions/new", sheet("KSS-0001", "Nobody Atall", "0799 111 222"))
    page = text_of(answer)
    assert "Nobody was found for these lines." in page
    assert sent_back(answer)["lines"] == "Nobody Atall\n0799 111 222"
    assert not Session.objects.exists()
    again = desk.post("/sessions/new", sent_back(answer))
    assert sent_back(again)["lines"] == "Nobody Atall\n0799 111 222"
    assert desk.post("/sessions/new", sent_back(again, leave_out="on")).status_code == 302
    assert came_to(Session.objects.get()) == {people[0].code}


def test_only_lines_that_were_shown_as_nobodys_are_left_out(desk: Browser, people: list[Client]) -> None:
    answer = desk.post("/sessions/new", sheet("KSS-0001", "Nobody Atall"))
    more = sent_back(answer, leave_out="on", lines="Nobody Atall\nSomebody Else")
    answer = desk.post("/sessions/new", more)
    assert set(str(sent_back(answer)["lines"]).splitlines()) == {"Nobody Atall", "Somebody Else"}
    assert not Session.objects.exists()


def test_who_is_meant_among_several_is_chosen(programme: Programme, officer: Actor, desk: Browser) -> None:
    ones = [person(officer, programme.site, first="Peter", last="Kimani") for _time in range(2)]
    answer = desk.post("/sessions/new", sheet("Peter Kimani"))
    assert "Who is meant by “Peter Kimani”?" in text_of(answer)
    again = desk.post("/sessions/new", sent_back(answer))
    assert "Who is meant by “Peter Kimani”?" in text_of(again)
    desk.post("/sessions/new", sent_back(again, **{"pick-0": ones[1].code}))
    assert came_to(Session.objects.get()) == {ones[1].code}


def test_a_line_that_means_none_of_them_goes_back_into_the_box(
    programme: Programme, officer: Actor, desk: Browser
) -> None:
    for _time in range(2):
        person(officer, programme.site, first="Peter", last="Kimani")
    answer = desk.post("/sessions/new", sheet("Peter Kimani"))
    answer = desk.post("/sessions/new", sent_back(answer, **{"pick-0": "box"}))
    back = sent_back(answer)
    assert (back["lines"], back.get("asked")) == ("Peter Kimani", None)
    assert desk.post("/sessions/new", sent_back(answer, leave_out="on", guests_male="1")).status_code == 302


def test_those_of_the_last_session_of_the_kind_are_offered_and_ticked(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    held(officer, programme, people[:2])
    fresh = desk.get("/sessions/new")
    assert {one["code"] for one in fresh.context["offered"]} == {people[0].code, people[1].code}
    assert fresh.context["form"]["kind"].value() == "peer_support"
    ticked = desk.post("/sessions/new", sent_back(fresh, do="all"))
    assert ticked.context["count"] == 2
    desk.post("/sessions/new", sent_back(ticked, came=[people[1].code], lines="KSS-0004"))
    assert came_to(Session.objects.order_by("pk").last()) == {people[1].code, people[3].code}  # type: ignore[arg-type]


def test_who_was_ticked_stays_when_another_kind_is_chosen(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    held(officer, programme, people[:2])
    answer = desk.post("/sessions/new", sheet("KSS-0004", came=[people[0].code], kind="cbt", do="check"))
    assert not answer.context["offered"]
    on_list = {one["code"]: one["ticked"] for one in answer.context["people"]}
    assert on_list == {people[0].code: True, people[3].code: True}


def test_somebody_unticked_stays_on_the_page_and_does_not_come(desk: Browser, people: list[Client]) -> None:
    answer = desk.post("/sessions/new", sheet("KSS-0001", "KSS-0002", do="check"))
    answer = desk.post("/sessions/new", sent_back(answer, came=[people[0].code], do="check"))
    assert [one["ticked"] for one in answer.context["people"]] == [True, False]
    desk.post("/sessions/new", sent_back(answer))
    assert came_to(Session.objects.get()) == {people[0].code}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Choose one."),
        ({"occurred_on": "2999-01-01"}, "This day has not come yet."),
        ({"occurred_on": "1925-01-01"}, "This was too long ago."),
        ({"guests_male": "some"}, "Type a number, such as 3."),
        ({"guests_female": "1000"}, "This is more guests than can be."),
    ],
)
def test_a_mistake_is_said_and_everybody_stays(
    desk: Browser, people: list[Client], wrong: dict[str, object], said: str
) -> None:
    answer = desk.post("/sessions/new", sheet("KSS-0001", "Nobody Atall", topic="Hope", **wrong))
    assert said in text_of(answer)
    back = sent_back(answer)
    assert (back["came"], back["lines"], back["topic"]) == ([people[0].code], "Nobody Atall", "Hope")
    assert not Session.objects.exists()


def test_a_sheet_with_nobody_on_it_is_not_saved(desk: Browser) -> None:
    assert "Nobody is on the list yet." in text_of(desk.post("/sessions/new", sheet()))
    assert not Session.objects.exists()


def test_a_whole_book_is_refused_and_kept(desk: Browser) -> None:
    lines = [f"Somebody {number}" for number in range(MOST_LINES + 1)]
    answer = desk.post("/sessions/new", sheet(*lines))
    assert "These are too many lines for one session." in text_of(answer)
    assert len(str(sent_back(answer)["lines"]).splitlines()) == len(lines)


def test_the_same_sheet_twice_is_one_session(desk: Browser, people: list[Client]) -> None:
    sent = sheet("KSS-0001")
    assert [desk.post("/sessions/new", sent).status_code for _time in range(2)] == [302, 302]
    assert Session.objects.count() == 1


def test_more_people_are_put_on_the_list_later(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people[:1])
    address = address_of(session, "/add")
    assert "Nobody is on the list yet. Type who came." in text_of(desk.post(address, sheet()))
    answer = desk.post(address, sheet("KSS-0002", "Zainabu"))
    assert "Some were found by their name." in text_of(answer)
    assert desk.post(address, sent_back(answer)).headers["Location"] == address_of(session)
    assert came_to(session) == {people[0].code, people[1].code, people[3].code}
