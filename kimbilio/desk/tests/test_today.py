"""Today and the end-of-day sheet: who came, by code, what went and whether it balances; and taps without a name."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.community.actions import NewEvent, record_event
from kimbilio.community.choices import Activity
from kimbilio.core.references import reference_to
from kimbilio.desk.day_of_visits import ROWS
from kimbilio.desk.tests.visiting import NAME, desk_of
from kimbilio.people.actions import merge_clients
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind
from kimbilio.visits.choices import Service, Topic
from kimbilio.visits.models import AnonymousSupply, GivenSupply, Visit
from kimbilio.visits.tests.a_site import days_ago, stock_agrees, today
from tests.programme import actor_with

_FACT = re.compile(r"<dt>([^<]+)</dt>\s*<dd[^>]*>(.*?)</dd>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_TAGS = re.compile(r"(?:<[^>]+>|\s)+")


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.DESK_OFFICER)


@pytest.fixture
def desk(officer, programme):
    return desk_of(officer, programme, people=3)


def sums(answer):
    """Return the figures of the day as the page has them."""
    page = answer.content.decode()
    return {name.strip(): _TAGS.sub(" ", value).strip() for name, value in _FACT.findall(page)}


def cells(answer):
    """Return the rows of the tables of a sheet."""
    page = answer.content.decode()
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in _ROW.findall(page)]
    return [[_TAGS.sub(" ", cell).strip() for cell in row] for row in rows]


def a_day(desk):
    """Record a day on which three came, one of them for the first time and one twice."""
    desk.records(0, desk.given(5), days_ago(4))
    desk.records(2, desk.given(5), days_ago(2))
    legal = frozenset({(Service.LEGAL_AID, Topic.NOT_STATED), (Service.HIV_REFERRAL, Topic.NOT_STATED)})
    desk.records(0, desk.given(10, 3, needles_returned=4, services=legal, for_others=2))
    desk.records(0, desk.given(5))
    desk.records(1, desk.given(0, 6))
    desk.records(2)


# Today


def test_the_day_is_told_in_sums_and_rows_by_code(officer, desk):
    a_day(desk)
    answer = officer.get("/today")
    told = sums(answer)
    assert (told["People"], told["New"], told["Returning"], told["Visits"]) == ("3", "1", "2", "4")
    assert (told["Needles and syringes"], told["Condoms"], told["Collected for others"]) == ("15", "9", "2")
    assert (told["Needles brought back"], told["Services"]) == ("4", "2")
    page = answer.content.decode()
    for client in desk.people:
        assert f"/p/{client.code}" in page
    for word in (NAME, "HIV", "Legal", "legal"):
        assert word not in page
    assert re.sub(r"\s*\n\s*", "", page).count("<title>Kimbilio</title>") == 1


def test_a_quiet_day_says_so_and_earlier_days_are_a_tap_away(officer, desk):
    assert "Quiet so far." in officer.get("/today").content.decode()
    a_day(desk)
    page = officer.get("/today").content.decode()
    earlier = f"/today/{days_ago(2).isoformat()}"
    assert earlier in page
    assert sums(officer.get(earlier))["People"] == "1"
    assert "Nobody was recorded" in officer.get(f"/today/{days_ago(3).isoformat()}").content.decode()
    assert officer.get("/today", {"on": days_ago(2).isoformat()}).headers["Location"] == earlier
    assert officer.get("/today", {"on": today().isoformat()}).headers["Location"] == "/today"


@pytest.mark.parametrize("on", ["2999-01-01", "yesterday", "2026-13-01", "0001-01-05"])
def test_a_day_that_is_none_or_has_not_come_is_not_here(officer, desk, on):
    assert officer.get(f"/today/{on}").status_code == 404
    assert officer.get(f"/today/{on}/end").status_code == 404
    assert officer.get("/today", {"on": on}).status_code == 200


def test_two_records_of_one_person_are_one_and_are_shown_by_the_code_that_stands(officer, desk, programme):
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    desk.records(0, desk.given(1))
    desk.records(1, desk.given(2))
    merge_clients(by=manager, client=desk.people[0], into=desk.people[1])
    answer = officer.get("/today")
    assert (sums(answer)["People"], sums(answer)["Visits"]) == ("1", "2")
    page = answer.content.decode()
    assert page.count(f"/p/{desk.people[1].code}") == 2
    assert desk.people[0].code not in page


def test_somebody_joined_to_one_who_came_before_is_not_new(officer, desk, programme):
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    desk.records(0, desk.given(1), days_ago(9))
    desk.records(1, desk.given(2))
    assert sums(officer.get("/today"))["New"] == "1"
    merge_clients(by=manager, client=desk.people[0], into=desk.people[1])
    assert sums(officer.get("/today"))["New"] == "0"


def test_a_busy_day_is_shown_a_page_at_a_time(officer, desk):
    for _ in range(ROWS + 1):
        desk.records(0)
    first, second = officer.get("/today").content.decode(), officer.get("/today?page=2").content.decode()
    assert "?page=2" in first
    assert (first.count('class="row wide"'), second.count('class="row wide"')) == (ROWS, 1)
    assert officer.get("/today?page=minus").status_code == 200


def test_only_ones_own_site_is_shown(sign_in, programme, desk):
    a_day(desk)
    elsewhere = sign_in(Role.DESK_OFFICER, programme.other_site)
    assert sums(elsewhere.get("/today"))["Visits"] == "0"
    assert sign_in(Role.PEER_EDUCATOR).get("/today").status_code == 403
    assert sums(sign_in(Role.ME_OFFICER).get("/today"))["Visits"] == "4"


def test_what_is_taken_back_is_told_no_more(officer, desk):
    visit = desk.records(0, desk.given(5))
    officer.post(f"/p/{desk.people[0].code}/visits/{reference_to(visit)}/undo", {"token": str(uuid4())})
    assert sums(officer.get("/today"))["Visits"] == "0"


# The end of the day


def test_the_sheet_sets_what_was_given_against_what_left_the_stock(officer, desk):
    a_day(desk)
    officer.post("/tally", {"token": str(uuid4()), "add": f"{reference_to(desk.needles)}:5"})
    officer.post("/tally", {"token": str(uuid4()), "add": "returned:10"})
    answer = officer.get("/today/end")
    rows = cells(answer)
    assert ["3", "1", "2", "4", "2", "2"] in rows
    assert ["Needles and syringes", "15", "5", "20", "20", "0"] in rows
    assert ["Condoms", "9", "0", "9", "9", "0"] in rows
    page = answer.content.decode()
    assert "It balances" in page
    assert "14" in page
    assert desk.people[0].code not in page


def test_a_sheet_that_does_not_balance_says_so(officer, desk):
    visit = desk.records(0, desk.given(5))
    GivenSupply.objects.filter(visit=visit).update(quantity=3)
    answer = officer.get("/today/end")
    assert "It does not balance" in answer.content.decode()
    assert ["Needles and syringes", "3", "0", "3", "5", "2"] in cells(answer)


def test_a_visit_of_another_day_stands_on_the_sheet_of_its_own_day(officer, desk):
    visit = desk.records(0, desk.given(5), days_ago(1))
    officer.post(
        f"/p/{desk.people[0].code}/visits/{reference_to(visit)}/correct",
        {
            "token": str(uuid4()),
            f"item_{reference_to(desk.needles)}": 8,
            "occurred_on": days_ago(1).isoformat(),
        },
    )
    for address, pieces in (("/today/end", "0"), (f"/today/{days_ago(1).isoformat()}/end", "8")):
        answer = officer.get(address)
        assert "It balances" in answer.content.decode()
        assert ["Needles and syringes", pieces, "0", pieces, pieces, "0"] in cells(answer)


def test_sessions_and_events_of_the_day_stand_on_it(officer, desk):
    record_session(
        by=desk.by,
        site=desk.site,
        kind=SessionKind.PSYCHOSOCIAL,
        topic="",
        occurred_on=today(),
        led_by=None,
        people=desk.people[:2],
        guests_male=3,
        guests_female=0,
    )
    record_event(by=desk.by, site=desk.site, event=NewEvent(Activity.CLEAN_UP, today(), male=45, female=5))
    for address in ("/today", "/today/end"):
        page = _TAGS.sub(" ", officer.get(address).content.decode())
        for words in ("Psychosocial group", "2 people", "3 guests", "50 came"):
            assert words in page


# Without a name


def test_a_tap_is_one_record_and_can_be_taken_back_once(officer, desk):
    sent = {"token": str(uuid4()), "add": f"{reference_to(desk.condoms)}:10"}
    for _ in range(2):
        assert officer.post("/tally", sent).headers["Location"] == "/tally"
    row = AnonymousSupply.objects.get()
    assert (row.item, row.quantity, row.occurred_on) == (desk.condoms, 10, today())
    undo = {"token": str(uuid4()), "row": reference_to(row)}
    for _ in range(2):
        assert "Taken back." in officer.post("/tally/undo", undo, follow=True).content.decode()
    assert stock_agrees(desk.site)
    assert "Nothing was taken without a name" in officer.get("/tally").content.decode()
    again = {"token": str(uuid4()), "row": reference_to(row)}
    assert "changed or taken back" in officer.post("/tally/undo", again, follow=True).content.decode()


def test_taps_count_apart_from_people(officer, desk):
    officer.post("/tally", {"token": str(uuid4()), "add": f"{reference_to(desk.needles)}:5"})
    told = sums(officer.get("/today"))
    assert (told["People"], told["Visits"]) == ("0", "0")
    assert told["Needles and syringes"] == "0 + 5 without a name"
    assert not Visit.objects.exists()


@pytest.mark.parametrize("add", ["", "returned:7", "soap:5", "returned", ":5", "returned:-5"])
def test_what_no_button_says_is_refused(officer, desk, add):
    answer = officer.post("/tally", {"token": str(uuid4()), "add": add})
    assert (answer.status_code, AnonymousSupply.objects.count()) == (200, 0)
    assert "Say what was given" in answer.content.decode()


def test_yesterdays_taps_are_not_taken_back_from_the_page(officer, desk):
    officer.post("/tally", {"token": str(uuid4()), "add": "returned:5"})
    AnonymousSupply.objects.update(occurred_on=days_ago(1), recorded_at=timezone.now() - timedelta(days=1))
    row = AnonymousSupply.objects.get()
    answer = officer.post("/tally/undo", {"token": str(uuid4()), "row": reference_to(row)}, follow=True)
    assert "does not stand on the page any more" in answer.content.decode()
    assert AnonymousSupply.objects.get().voided_at is None


def test_the_days_before_the_first_visit_are_not_offered(officer):
    assert "The day before" not in officer.get("/today").content.decode()
