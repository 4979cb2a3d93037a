"""After a no to a record nothing more is written by any door, no list has them, and the pages say so."""

import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.desk.actions import list_people_to_follow_up
from kimbilio.desk.day_of_visits import DeskDay
from kimbilio.desk.session_sheet import who_came
from kimbilio.desk.sessions_shown import paper_shown
from kimbilio.desk.tests.somebody_known import Known, make_known, page
from kimbilio.followup.actions import (
    PlannedReturn,
    Said,
    Try,
    agree_way_back,
    assign,
    record_attempt,
    record_wish,
)
from kimbilio.followup.choices import GoesWith, HowTried, Result
from kimbilio.followup.queries import entries_at
from kimbilio.followup.tests.looking import days_ago, today
from kimbilio.identity.actions import (
    ContactDetails,
    Details,
    PhoneDetails,
    add_contact,
    add_outside_number,
    add_phone,
    open_names,
    record_details,
    record_locator,
)
from kimbilio.identity.choices import NumberKind
from kimbilio.identity.name_search import search_names
from kimbilio.mat.actions import Claim, correct_day, record_clinic_list, record_step
from kimbilio.mat.choices import DayMark, StepKind
from kimbilio.mat.queries import reference_of
from kimbilio.people.actions import AboutClient, correct_client
from kimbilio.people.choices import ConsentPurpose, Sex
from kimbilio.people.rules import display_card_code
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind
from kimbilio.support.queries import last_session_of
from kimbilio.visits.actions import Given, NewVisit, record_anonymous, record_visit
from tests.programme import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(programme: Programme) -> Known:
    return make_known(programme)


@pytest.fixture
def desk(known: Known, sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.MAT_LIAISON)


# The record


def test_after_a_no_to_a_record_nothing_is_written_by_any_door(known: Known) -> None:
    by, client, clinic = known.looking.liaison, known.client, known.looking.place.clinic
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    plan = PlannedReturn(today(), GoesWith.ALONE)
    doors: list[Callable[[], object]] = [
        lambda: record_visit(
            by=by, client=client, at_site=known.site, visit=NewVisit(client.pk, today(), Given())
        ),
        lambda: record_session(
            by=by, site=known.site, kind=SessionKind.PEER_SUPPORT, occurred_on=today(), people=[client]
        ),
        lambda: record_step(by=by, client=client, claim=Claim(StepKind.COMPLETED, today())),
        lambda: record_clinic_list(by=by, clinic=clinic, day=days_ago(1), marks={client.pk: DayMark.DOSED}),
        lambda: correct_day(by=by, client=client, clinic=clinic, day=days_ago(1), mark=DayMark.DOSED),
        lambda: record_details(by=by, client=client, details=Details("Other")),
        lambda: add_phone(by=by, client=client, phone=PhoneDetails("0733000222")),
        lambda: record_locator(by=by, client=client, where="Elsewhere"),
        lambda: add_contact(by=by, client=client, contact=ContactDetails("Another")),
        lambda: add_outside_number(by=by, client=client, kind=NumberKind.OLD_CODE, number="K-1"),
        lambda: correct_client(by=by, client=client, about=AboutClient(sex=Sex.FEMALE)),
        lambda: record_attempt(by=by, client=client, attempt=Try(HowTried.VISIT, Result.REACHED, today())),
        lambda: agree_way_back(by=by, client=client, plan=plan),
        lambda: record_wish(by=by, client=client, said=Said()),
        lambda: assign(by=by, client=client, worker=known.looking.worker),
    ]
    for door in doors:
        with pytest.raises(Refused, match="keeping a record"):
            door()
    needles = standard_items(by.organisation_id)[SupplyKind.NEEDLES]
    assert (
        record_anonymous(by=by, site=known.site, occurred_on=today(), item=needles, quantity=2).quantity == 2
    )


def test_after_a_no_to_a_record_no_list_has_them_and_no_search_names_them(
    known: Known, desk: Browser
) -> None:
    by, client = known.looking.liaison, known.client
    assert client.pk in {one.client_id for one in entries_at(by, known.site, today())}
    assert [hit.person_id for hit in search_names(by.organisation_id, "Zawadi", limit=9)] == [client.pk]
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    assert client.pk not in {one.client_id for one in entries_at(by, known.site, today())}
    assert "KRMAT-7" not in {
        one.mat_number for one in list_people_to_follow_up(by=by, site=known.site, on=today())
    }
    assert search_names(by.organisation_id, "Zawadi", limit=9) == []
    assert open_names(by=by, site=known.site, clients=[client]) == {}
    assert client.code not in desk.post("/", {"q": "Zawadi"}).content.decode()
    assert client.code in desk.post("/", {"q": client.code}).content.decode()


def test_the_pages_say_so_and_offer_nothing_more_to_write(known: Known, desk: Browser) -> None:
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    shown = page(desk, f"/p/{known.client.code}")
    assert "No record is kept any more" in shown
    assert 'href="/tally"' in shown
    assert f"/p/{known.client.code}/visit" not in shown
    assert f"/p/{known.client.code}/about" not in shown
    for address in ("visit", "about", "details", "phone"):
        answer = desk.get(f"/p/{known.client.code}/{address}")
        assert answer.status_code == 403
        assert "said no to our keeping a record" in answer.content.decode()
    assert desk.get(f"/p/{known.client.code}/consent").status_code == 200
    known.is_asked_anew(ConsentPurpose.HOLD_A_RECORD)
    assert "No record is kept any more" not in page(desk, f"/p/{known.client.code}")
    assert f"/p/{known.client.code}/visit" in page(desk, f"/p/{known.client.code}")


def test_the_journey_says_so_and_a_step_may_be_taken_back(known: Known, desk: Browser) -> None:
    code = known.client.code
    before = page(desk, f"/p/{code}/journey")
    assert f"/p/{code}/step" in before
    assert f"/p/{code}/day" in before
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    shown = page(desk, f"/p/{code}/journey")
    assert "No record is kept any more" in shown
    assert f'href="/p/{code}/consent"' in shown
    assert f'href="/p/{code}/step' not in shown
    assert f"/p/{code}/day" not in shown
    back = re.search(rf'action="(/p/{code}/step/\S+/undo)"', shown).group(1)
    for address in (f"/p/{code}/step", f"/p/{code}/day", back.removesuffix("/undo")):
        answer = desk.get(address)
        assert answer.status_code == 403
        assert "said no to our keeping a record" in answer.content.decode()
    assert desk.post(back).status_code == 302


def test_looking_for_them_says_so_and_an_attempt_may_be_taken_back(known: Known, desk: Browser) -> None:
    client, address = known.client, reverse("follow_person", args=[known.client.code])
    tried = Try(HowTried.VISIT, Result.NOT_REACHED, today())
    record_attempt(by=known.looking.liaison, client=client, attempt=tried)
    assert f"{address}/back" in page(desk, address)
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    shown = page(desk, address)
    assert "No record is kept any more" in shown
    assert 'href="/tally"' in shown
    assert f'href="{address}/' not in shown
    for name in ("attempt", "back", "wish", "who"):
        answer = desk.get(f"{address}/{name}")
        assert answer.status_code == 403
        assert "said no to our keeping a record" in answer.content.decode()
    back = re.search(rf'action="({address}/attempt/\S+/undo)"', shown).group(1)
    assert desk.post(back).status_code == 302
    assert f'action="{back}"' not in page(desk, address)
    known.is_asked_anew(ConsentPurpose.HOLD_A_RECORD)
    assert f'href="{address}/attempt"' in page(desk, address)


def test_a_new_sheet_of_a_session_offers_nobody_of_whom_no_record_is_kept(known: Known) -> None:
    by, client, other = known.looking.liaison, known.client, known.looking.people[1]
    kind = SessionKind.PEER_SUPPORT
    record_session(by=by, site=known.site, kind=kind, occurred_on=today(), people=[client, other])
    last = last_session_of(by, known.site, kind)
    assert {one.pk for one in who_came(by, last)} == {client.pk, other.pk}
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    assert [one.pk for one in who_came(by, last)] == [other.pk]
    codes = [line for line in paper_shown(by, known.site, kind)["lines"] if line]
    assert codes == [display_card_code(other.code)]


def test_as_many_are_said_to_be_missing_today_as_may_be_looked_for(known: Known) -> None:
    day = DeskDay(known.looking.liaison, known.site, today())
    missing = day.missing()
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    assert day.missing() == missing - 1 == len(entries_at(day.by, known.site, today()))


def test_the_clinics_day_is_recorded_without_them(known: Known, desk: Browser) -> None:
    known.says_no(ConsentPurpose.HOLD_A_RECORD)
    address = reverse("record_day", args=[reference_of(known.looking.place.clinic), today().isoformat()])
    shown = page(desk, address)
    assert known.client.code not in shown
    assert known.looking.people[1].code in shown
