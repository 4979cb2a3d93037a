"""Being asked why: who, where, once a day, with what was typed kept, and written down."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.idle import KEPT
from kimbilio.accounts.roles import Role
from kimbilio.audit.queries import events_about
from kimbilio.caseload.asking import OF_PEOPLE
from kimbilio.caseload.choices import Why
from kimbilio.caseload.models import OpenedOutside
from kimbilio.caseload.queries import may_open_unasked
from kimbilio.followup.models import Attempt
from tests.matrix.addresses import addresses
from tests.matrix.cast import Place, make_cast
from tests.programme import actor_with, person, sign_in_as, staff_with

ASKED = 428


@pytest.fixture
def somebody(programme):
    return person(
        actor_with(Role.DESK_OFFICER, programme.site), programme.site, first="Zuhura", last="Wekesa"
    )


@pytest.fixture
def visitor(programme):
    """Return a function that signs somebody in who answers nothing by themselves."""

    def signed_in(role, site=None):
        browser = Browser()
        sign_in_as(browser, staff_with(role, site or programme.site))
        return browser

    return signed_in


def says(browser, where, why="checking"):
    return browser.post(where, {"opened_because": why, "token": str(uuid4())})


def opened(client):
    return [(entry.event, entry.detail) for entry in events_about(client.organisation_id, client.pk)]


def test_the_question_leads_on_to_where_one_was_going(visitor, somebody):
    manager, page = visitor(Role.PROGRAMME_MANAGER), f"/p/{somebody.code}/visits?page=2"
    asked = manager.get(page)
    assert asked.status_code == 302
    where = asked.headers["Location"]
    assert urlsplit(where).path == f"/p/{somebody.code}/why"
    assert parse_qs(urlsplit(where).query) == {"next": [page]}
    words = manager.get(where).content.decode()
    assert "An emergency" in words
    assert "Zuhura" not in words
    assert says(manager, where).headers["Location"] == page
    assert manager.get(page).status_code == 200


def test_nothing_of_the_person_is_opened_before_the_reason(visitor, somebody):
    manager = visitor(Role.PROGRAMME_MANAGER)
    before = opened(somebody)
    manager.get(f"/p/{somebody.code}")
    answer = manager.post(f"/p/{somebody.code}/name")
    assert answer.status_code == ASKED
    assert "Zuhura" not in answer.content.decode()
    assert opened(somebody) == before


def test_the_reason_is_written_down_by_its_code_and_asked_once_a_day(visitor, somebody):
    manager = visitor(Role.PROGRAMME_MANAGER)
    says(manager, f"/p/{somebody.code}/why", "complaint")
    row = OpenedOutside.objects.get()
    assert (row.about, row.opened_by, row.why) == (somebody.pk, manager.staff.pk, "complaint")
    assert ("person.opened_outside", {"why": "complaint"}) in opened(somebody)
    assert manager.get(f"/p/{somebody.code}").status_code == 200
    assert manager.get(f"/p/{somebody.code}/why").status_code == 302
    colleague = visitor(Role.PROGRAMME_MANAGER)
    assert colleague.get(f"/p/{somebody.code}").status_code == 302
    OpenedOutside.objects.update(occurred_on=timezone.localdate() - timedelta(days=1))
    assert manager.get(f"/p/{somebody.code}").status_code == 302


def test_a_double_tap_is_one_reason(visitor, somebody):
    manager, sent = visitor(Role.ME_OFFICER), {"opened_because": "checking", "token": str(uuid4())}
    for _ in range(2):
        assert manager.post(f"/p/{somebody.code}/why", sent).status_code == 302
    assert OpenedOutside.objects.count() == 1


def test_a_reason_that_nobody_knows_is_no_reason(visitor, somebody):
    manager = visitor(Role.PROGRAMME_MANAGER)
    for why in ("", "because"):
        answer = says(manager, f"/p/{somebody.code}/why", why)
        assert answer.status_code == 200
        assert "Choose a reason." in answer.content.decode()
    assert not OpenedOutside.objects.exists()


@pytest.mark.parametrize(
    "leads_to", ["https://elsewhere.example/p/2", "//elsewhere.example", "/nowhere", "/sign-out"]
)
def test_it_leads_to_no_page_but_our_own(visitor, somebody, leads_to):
    answer = says(visitor(Role.PROGRAMME_MANAGER), f"/p/{somebody.code}/why?next={leads_to}")
    assert answer.headers["Location"] == f"/p/{somebody.code}"


def test_the_desk_is_asked_nothing_and_pays_nothing(visitor, somebody):
    desk = visitor(Role.DESK_OFFICER)
    assert desk.get(f"/p/{somebody.code}").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        desk.get(f"/p/{somebody.code}")
    assert not [query for query in captured if "caseload_" in query["sql"]]


def test_a_form_that_was_sent_without_a_reason_is_kept_and_saved_after_it(visitor, somebody):
    manager, page = visitor(Role.PROGRAMME_MANAGER), f"/follow/p/{somebody.code}/attempt"
    today = timezone.localdate().isoformat()
    typed = {"token": str(uuid4()), "how": "phone", "result": "not_reached", "occurred_on": today}
    asked = manager.post(page, typed)
    assert asked.status_code == ASKED
    assert not Attempt.objects.exists()
    kept = {KEPT: asked.context["kept"], "opened_because": "care", "token": str(uuid4())}
    assert today not in asked.context["kept"]
    assert manager.post(page, kept).status_code == 302
    assert Attempt.objects.get().client_id == somebody.pk
    assert OpenedOutside.objects.get().why == "care"


def test_a_form_that_is_sent_again_on_the_next_day_has_its_reason_written_down_again(visitor, somebody):
    manager, page = visitor(Role.PROGRAMME_MANAGER), f"/p/{somebody.code}/name"
    kept = manager.post(page).context["kept"]
    sent = {KEPT: kept, "opened_because": "care", "token": str(uuid4())}
    assert manager.post(page, sent).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        manager.force_login(manager.staff)
        again = {**sent, KEPT: manager.post(page).context["kept"]}
        assert manager.post(page, again).status_code == 200
    assert OpenedOutside.objects.count() == 2


def test_what_was_kept_opens_for_nobody_else_and_nowhere_else(visitor, somebody, programme):
    manager, other = visitor(Role.PROGRAMME_MANAGER), visitor(Role.PROGRAMME_MANAGER)
    asked = manager.post(f"/follow/p/{somebody.code}/attempt", {"token": str(uuid4()), "how": "phone"})
    sent = {KEPT: asked.context["kept"], "opened_because": "care", "token": str(uuid4())}
    assert other.post(f"/follow/p/{somebody.code}/attempt", sent).status_code == 302
    assert manager.post(f"/follow/p/{somebody.code}/wish", sent).status_code == 302
    assert not Attempt.objects.exists()


def test_a_part_of_a_page_leads_the_whole_page_to_the_question(visitor, somebody):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/p/{somebody.code}"}
    answer = visitor(Role.PROGRAMME_MANAGER).post(f"/p/{somebody.code}/name", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/p/{somebody.code}/why?next=%2Fp%2F{somebody.code}"


def test_two_records_side_by_side_ask_nothing_since_their_page_has_one_reason(visitor, programme, somebody):
    manager = visitor(Role.PROGRAMME_MANAGER)
    other = person(actor_with(Role.DESK_OFFICER, programme.site), programme.site)
    page = f"/duplicates/{somebody.code}/{other.code}"
    for _ in range(2):
        assert manager.get(page).status_code == 200
    assert manager.post(f"{page}/names").status_code == 200
    said = OpenedOutside.objects.values_list("about", "why")
    assert sorted(said) == sorted([(somebody.pk, "joining"), (other.pk, "joining")])
    assert ("person.opened_outside", {"why": "joining"}) in opened(somebody)


def test_whoever_goes_on_from_two_records_to_one_of_them_is_asked(visitor, programme, somebody):
    manager = visitor(Role.PROGRAMME_MANAGER)
    other = person(actor_with(Role.DESK_OFFICER, programme.site), programme.site)
    assert manager.get(f"/duplicates/{somebody.code}/{other.code}").status_code == 200
    assert manager.get(f"/p/{somebody.code}").status_code == 302
    says(manager, f"/p/{somebody.code}/why", why="joining")
    assert manager.get(f"/p/{somebody.code}").status_code == 302


def test_somebody_out_of_reach_is_not_here_and_not_asked_about(visitor, programme):
    there = person(actor_with(Role.DESK_OFFICER, programme.other_site), programme.other_site)
    manager = visitor(Role.PROGRAMME_MANAGER)
    assert manager.get(f"/p/{there.code}").status_code == 404
    assert says(manager, f"/p/{there.code}/why").status_code == 404
    assert not OpenedOutside.objects.exists()


def test_every_address_that_names_a_person_asks_first(programme, visitor, somebody):
    manager = visitor(Role.PROGRAMME_MANAGER)
    own = make_cast(programme, None).belongings[Place.OWN]
    unasked = []
    for address in addresses():
        if hasattr(address.view, "known_reason"):
            continue
        if not set(address.parameters) & set(OF_PEOPLE) or address.name == "why":
            continue
        path = address.filled(own.values(address.name))
        for method in set(address.entry.methods) & {"GET", "POST"}:
            answer = getattr(manager, method.lower())(path)
            asks = answer.status_code == ASKED or (
                answer.status_code == 302
                and urlsplit(answer.headers["Location"]).path == f"/p/{own.client.code}/why"
            )
            if not asks and answer.status_code != 403:
                unasked.append(f"{method} {path}: {answer.status_code}")
    assert not unasked, "\n".join(unasked)


def test_the_pages_that_know_their_reason_are_those_that_settle_who_is_entered_twice():
    known = {
        address.name: address.view.known_reason
        for address in addresses()
        if hasattr(address.view, "known_reason")
    }
    assert known == dict.fromkeys(("compare", "compare_names", "undo_decision"), Why.JOINING)


def test_the_question_costs_two_statements_more_however_much_is_recorded(programme, somebody):
    by = actor_with(Role.COUNSELLOR, programme.site)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            may_open_unasked(by, somebody)
    assert len(captured) <= 2


def test_who_may_not_open_people_gets_no_question(visitor, somebody):
    for role in (Role.ADMINISTRATOR, Role.REPORT_READER):
        assert visitor(role).get(reverse("person", args=[somebody.code])).status_code == 403
