"""The pages of sessions: a month, one with who came, corrections, the sheet for paper; and what they never show."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.roles import Role
from kimbilio.desk.tests.gathered import (
    NAMES,
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
from tests.programme import Programme, person, staff_with

pytestmark = pytest.mark.django_db
MOST_OF_A_MONTH, MOST_OF_A_SESSION, MOST_OF_A_SHEET = 10, 14, 24


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def people(programme: Programme, officer: Actor) -> list[Client]:
    return make_people(officer, programme)


@pytest.fixture
def desk(sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.DESK_OFFICER)


def test_an_empty_month_says_what_belongs_there(desk: Browser) -> None:
    assert "No session is recorded in this month." in text_of(desk.get("/sessions"))


def test_a_month_shows_how_many_came_and_nobody(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people, on=date(2025, 6, 12))
    page = text_of(desk.get("/sessions?month=2025-06"))
    assert "Peer support group" in page
    assert "4 people" in page
    assert address_of(session) in page
    assert not any(client.code in page for client in people)
    assert "No session is recorded" in text_of(desk.get("/sessions?month=2025-07"))
    assert desk.get("/sessions?month=2025-06").context["before"] is None


def test_no_page_and_no_address_of_a_session_tells_a_name(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people)
    pages = ["/sessions", "/sessions/new", "/sessions/paper?kind=peer_support", address_of(session)]
    pages += [address_of(session, part) for part in ("/add", "/correct")]
    for path in pages:
        page = desk.get(path).content.decode()
        assert re.search(r"<title>\s*Kimbilio\s*</title>", page), path
        for first, last in NAMES:
            assert first not in page, path
            assert last not in page, path
    found = desk.post("/sessions/new", sheet("KSS-0001", "0722000002", do="check")).content.decode()
    assert "Njoroge" not in found
    assert "Wanjiku" not in found


def test_one_is_struck_off_and_it_is_said_by_code(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people[:2])
    answer = desk.post(address_of(session, "/strike"), {"code": people[0].code})
    assert answer.headers["Location"] == address_of(session)
    assert "is struck off." in text_of(desk.get(address_of(session)))
    assert came_to(session) == {people[1].code}
    desk.post(address_of(session, "/strike"), {"code": people[1].code})
    assert "Take the whole session back instead." in text_of(desk.get(address_of(session)))
    assert desk.post(address_of(session, "/strike"), {"code": "nobody"}).status_code == 404


def test_a_session_is_corrected_and_keeps_who_came(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people[:2])
    form = desk.get(address_of(session, "/correct"))
    assert form.context["form"]["kind"].value() == "peer_support"
    answer = desk.post(address_of(session, "/correct"), sheet(kind="family", guests_female="3"))
    right = Session.objects.get(voided_at__isnull=True)
    assert answer.headers["Location"] == address_of(right)
    assert (right.kind, right.guests_female, right.replaces_id) == ("family", 3, session.pk)
    assert came_to(right) == {people[0].code, people[1].code}
    assert desk.get(address_of(session)).status_code == 404
    future = desk.post(address_of(right, "/correct"), sheet(occurred_on="2999-01-01", topic="Hope"))
    assert "This day has not come yet." in text_of(future)
    assert sent_back(future)["topic"] == "Hope"


def test_who_led_it_stays_when_they_have_left(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    leader = staff_with(Role.COUNSELLOR, programme.site)
    session = held(officer, programme, people[:1], led_by=leader.pk)
    SiteRole.objects.filter(staff=leader).update(ended_at=timezone.now())
    form = desk.get(address_of(session, "/correct")).context["form"]
    assert form["led_by"].value() == leader.username
    desk.post(address_of(session, "/correct"), sheet(led_by=leader.username))
    assert Session.objects.get(voided_at__isnull=True).led_by == leader.pk


def test_a_session_is_taken_back_within_its_day(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people[:1])
    assert "take it back" in text_of(desk.get(address_of(session)))
    assert desk.post(address_of(session, "/undo")).status_code == 302
    assert "No session is recorded" in text_of(desk.get("/sessions"))
    earlier = held(officer, programme, people[:1])
    Session.objects.filter(pk=earlier.pk).update(recorded_at=timezone.now() - timedelta(days=2))
    assert "take it back" not in text_of(desk.get(address_of(earlier)))
    assert desk.post(address_of(earlier, "/undo")).status_code == 403


@pytest.mark.parametrize("path", ["/sessions/never/0123456789ab", "/sessions/2025-06-30/0123456789ab"])
def test_what_is_no_session_is_not_here(desk: Browser, path: str) -> None:
    assert [desk.get(f"{path}{part}").status_code for part in ("", "/add", "/correct")] == [404] * 3
    assert [desk.post(f"{path}{part}").status_code for part in ("/strike", "/undo")] == [404] * 2


def test_a_session_of_another_site_is_not_here(
    programme: Programme, officer: Actor, people: list[Client], sign_in: Callable[..., Browser]
) -> None:
    session = held(officer, programme, people)
    stranger = sign_in(Role.COUNSELLOR, programme.other_site)
    assert stranger.get(address_of(session)).status_code == 404
    assert stranger.post(address_of(session, "/undo")).status_code == 404


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.PARALEGAL, Role.ME_OFFICER, Role.REPORT_READER])
def test_sessions_are_for_those_who_work_at_the_safe_space(
    sign_in: Callable[..., Browser], role: Role
) -> None:
    browser = sign_in(role)
    for path in ("/sessions", "/sessions/new", "/sessions/paper"):
        assert browser.get(path).status_code == 403


def test_the_sheet_for_paper_has_codes_or_empty_lines(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    held(officer, programme, people)
    assert desk.get("/sessions/paper").context["lines"] == [""] * 25
    lines = desk.get("/sessions/paper?kind=peer_support").context["lines"]
    assert (len(lines), len([line for line in lines if line])) == (25, 4)
    assert desk.get("/sessions/paper?kind=nonsense").context["lines"] == [""] * 25


def test_sessions_stand_in_the_story_of_who_came(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    session = held(officer, programme, people[:1], on=date(2025, 6, 12))
    page = text_of(desk.get(f"/p/{people[0].code}"))
    assert address_of(session) in page
    assert "12 June 2025" in page
    assert address_of(session) not in text_of(desk.get(f"/p/{people[1].code}"))


def test_who_may_not_open_sessions_sees_that_there_were_some(
    programme: Programme, officer: Actor, people: list[Client], sign_in: Callable[..., Browser]
) -> None:
    session = held(officer, programme, people[:1])
    page = text_of(sign_in(Role.PEER_EDUCATOR).get(f"/p/{people[0].code}"))
    assert "Peer support group" in page
    assert address_of(session) not in page


def statements(browser: Browser, path: str, typed: dict[str, object] | None = None) -> int:
    def ask() -> int:
        answer = browser.post(path, typed) if typed else browser.get(path)
        return answer.status_code

    ask()
    with CaptureQueriesContext(connection) as captured:
        assert ask() == 200
    return len(captured)


def test_pages_cost_the_same_with_few_and_many(
    programme: Programme, officer: Actor, desk: Browser, people: list[Client]
) -> None:
    def cost(session: Session, lines: list[str]) -> tuple[int, ...]:
        return (
            statements(desk, "/sessions"),
            statements(desk, address_of(session)),
            statements(desk, "/sessions/new"),
            statements(desk, "/sessions/new", sheet(*lines, kind="peer_support", do="check")),
        )

    few = cost(held(officer, programme, people[:2]), ["KSS-0001", "Otieno Ouma", "0722000004"])
    more = [
        person(officer, programme.site, first="Peter", phone=f"0733000{place:03}", number=f"OLD-{place:04}")
        for place in range(25)
    ]
    sessions = [held(officer, programme, [*people, *more]) for _time in range(5)]
    lines = [f"OLD-{place:04}" for place in range(12)] + [f"0733000{place:03}" for place in range(12, 25)]
    many = cost(sessions[-1], [*lines, "Otieno Ouma", "Peter", "Nobody Atall"])
    assert many == few
    most = (MOST_OF_A_MONTH, MOST_OF_A_SESSION, MOST_OF_A_SHEET, MOST_OF_A_SHEET)
    assert all(cost <= bound for cost, bound in zip(few, most, strict=True)), few
