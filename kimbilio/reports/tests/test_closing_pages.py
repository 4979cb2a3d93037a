"""The pages of an opened number, of checks and of closing a month."""

from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client as Browser

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code
from kimbilio.reports.models import MonthClose
from kimbilio.reports.queries.kept import forget_all
from kimbilio.reports.tests.a_month import JUNE, write_small_june
from kimbilio.visits.models import Visit
from tests.programme import sign_in_as, staff_with

pytestmark = pytest.mark.django_db
CLOSE = "/reports/2025-06/close"


@pytest.fixture
def written(programme):
    return write_small_june(programme)


@pytest.fixture
def officer(written, sign_in):
    return sign_in(Role.ME_OFFICER)


def token_in(page):
    """The hidden fields of the first form that has them."""
    form = page.context["propose_form"]
    decide = page.context["decide_form"]
    fields = {"token": str(form["token"].value())}
    if decide:
        fields = {name: str(decide[name].value()) for name in ("token", "close")}
    return fields


def test_a_number_opens_to_its_records_by_code(officer, written):
    page = officer.get("/reports/2025-06/visits.visits?by-sex=male")
    said = page.content.decode()
    assert page.context["value"] == 2
    assert said.count(display_card_code(written.clients[0].code)) == 2
    assert display_card_code(written.clients[1].code) not in said
    assert "Every coming of a person whom we know" in said
    entry = AuditEvent.objects.get(event="reports.records_opened")
    assert entry.detail == {
        "month": "2025-06",
        "code": "visits.visits",
        "split": {"sex": "male"},
        "rows": 2,
    }


def test_pieces_add_up_and_say_how_many_each(officer):
    page = officer.get("/reports/2025-06/supplies.needles")
    assert (page.context["value"], page.context["count"]) == (15, 2)
    assert [row["amount"] for row in page.context["rows"]] == [5, 10]


def test_numbers_without_people_open_to_events(officer):
    page = officer.get("/reports/2025-06/community.participants?by-activity=clean_up&by-sex=female")
    assert (page.context["value"], [row["amount"] for row in page.context["rows"]]) == (5, [5])
    assert "Clean-up" in page.content.decode()


def test_a_number_that_was_closed_says_what_it_was(officer, written, programme):
    close = MonthClose.objects.create(
        organisation=programme.organisation, site=programme.site, month=JUNE, revision=1
    )
    from django.utils import timezone

    from kimbilio.reports.models import FrozenFigure

    MonthClose.objects.filter(pk=close.pk).update(confirmed_at=timezone.now(), confirmed_by=officer.staff.pk)
    FrozenFigure.objects.create(
        organisation=programme.organisation, close=close, code="visits.visits", split="{}", place=0, value=9
    )
    page = officer.get("/reports/2025-06/visits.visits")
    assert page.context["closed"]["value"] == 9
    assert "with 9" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/reports/2025-06/visits.nothing",
        "/reports/2025-06/visits.visits?by-activity=clean_up",
        "/reports/2025-06/visits.visits?by-site=Nowhere",
        "/reports/2025-06/support.people?by-week=2025-W99",
        "/reports/2025-13/visits.visits",
        "/reports/june/close",
        "/reports/2025-06/check/duplicates",
    ],
)
def test_what_there_is_not_is_not_here(officer, address):
    assert officer.get(address).status_code == HTTPStatus.NOT_FOUND


def test_people_behind_a_number_say_since_when_they_are_known(officer, written):
    people = [client.pk for client in written.clients]
    Client.objects.filter(pk=people[0]).update(first_contact_on=date(2022, 7, 29))
    said = " ".join(officer.get("/reports/2025-06/visits.people").content.decode().split())
    assert said.count(", known since") == 1
    assert "29 July 2022" in said


def test_checks_lead_to_what_they_found(officer, written):
    page = officer.get("/reports/2025-06/check")
    assert "/reports/2025-06/check/nothing_given" in page.content.decode()
    page = officer.get("/reports/2025-06/check/nothing_given")
    assert display_card_code(written.clients[2].code) in page.content.decode()


def test_two_people_close_a_month(officer, written, programme):
    page = officer.get(CLOSE)
    sent = token_in(page)
    for _twice in range(2):
        answer = officer.post(f"{CLOSE}/propose", sent)
        assert answer.headers["Location"] == CLOSE
    assert MonthClose.objects.count() == 1
    own = officer.get(CLOSE)
    assert "Another person must confirm" in own.content.decode()
    refused = officer.post(f"{CLOSE}/confirm", token_in(own))
    assert "Another person must confirm" in refused.content.decode()
    other = signed_in(programme)
    page = other.get(CLOSE)
    answer = other.post(f"{CLOSE}/confirm", token_in(page), follow=True)
    assert "The month is closed" in answer.content.decode()
    assert MonthClose.objects.get().confirmed_by == other.staff.pk
    # Whatever is sent again finds it decided.
    answer = other.post(f"{CLOSE}/confirm", token_in(page), follow=True)
    assert "decided already" in answer.content.decode()


def test_a_late_record_is_shown_beside_and_closed_anew_with_a_reason(officer, written, programme):
    officer.post(f"{CLOSE}/propose", token_in(officer.get(CLOSE)))
    other = signed_in(programme)
    other.post(f"{CLOSE}/confirm", token_in(other.get(CLOSE)))
    assert "still what the month was closed with" in officer.get(CLOSE).content.decode()
    Visit.objects.filter(occurred_on=date(2025, 6, 4)).delete()
    forget_all()  # no action told of it
    page = officer.get(CLOSE)
    assert ("Visits", 4, 3) in {
        (one["title"], one["before"], one["now"]) for one in page.context["changes"] if not one["part"]
    }
    without_why = officer.post(f"{CLOSE}/propose", token_in(page))
    assert "Choose one." in without_why.content.decode()
    officer.post(f"{CLOSE}/propose", {**token_in(page), "why": "put_right"})
    assert MonthClose.objects.get(revision=2).why == "put_right"
    page = other.get(CLOSE)
    other.post(f"{CLOSE}/withdraw", token_in(page))
    assert MonthClose.objects.get(revision=2).withdrawn_by == other.staff.pk


def test_the_report_says_that_a_month_waits_for_a_second_person_and_which_revision_it_is(
    officer, written, programme
):
    report = "/reports/2025-06"
    officer.post(f"{CLOSE}/propose", token_in(officer.get(CLOSE)))
    other = signed_in(programme)
    assert "another person has to confirm" in other.get(report).content.decode()
    assert "Close the month" in other.get(report).content.decode()
    other.post(f"{CLOSE}/confirm", token_in(other.get(CLOSE)))
    said = other.get(report).content.decode()
    assert "How the month was closed" in said
    assert "Revision" not in said
    Visit.objects.filter(occurred_on=date(2025, 6, 4)).delete()
    officer.post(f"{CLOSE}/propose", {**token_in(officer.get(CLOSE)), "why": "put_right"})
    said = other.get(report).content.decode()
    assert "these figures stay as they are." in said
    assert "another person has to confirm" in said
    other.post(f"{CLOSE}/confirm", token_in(other.get(CLOSE)))
    assert "Revision 1: Records were put right." in other.get(report).content.decode()


def test_readers_see_checks_and_nothing_by_code(written, sign_in):
    reader = sign_in(Role.REPORT_READER)
    assert reader.get("/reports/2025-06/check").status_code == HTTPStatus.OK
    for address in ("/reports/2025-06/visits.visits", CLOSE, "/reports/2025-06/check/nothing_given"):
        assert reader.get(address).status_code == HTTPStatus.FORBIDDEN


def signed_in(programme) -> Browser:
    browser = Browser()
    sign_in_as(browser, staff_with(Role.PROGRAMME_MANAGER, programme.site))
    return browser
