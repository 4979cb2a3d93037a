"""The file that leaves, and the pages on which it is asked for, approved and taken."""

import json
from datetime import datetime, time
from time import time as now

import pyrage
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.audit.queries import events_of
from kimbilio.core.months import month_of
from kimbilio.core.refusals import NotHere
from kimbilio.exchange.actions import approve_taking_out
from kimbilio.exchange.taking_out.choices import FileKind
from kimbilio.exchange.taking_out.lines import Records, foreseen
from kimbilio.exchange.taking_out.models import TakenOut
from kimbilio.exchange.taking_out.writing import Mark, workbook_of
from kimbilio.exchange.tests.a_file_out import (
    PASSPHRASE,
    asked,
    fresh_browser,
    make_people,
    ready,
    taken_by,
    typed,
    wanted,
)
from kimbilio.exchange.tests.reading_workbooks import sheets_of
from kimbilio.people.models import Client
from tests.programme import actor_with, person, staff_with

# The file


@pytest.fixture
def manager(programme):
    return staff_with(Role.PROGRAMME_MANAGER, programme.site, "achieng")


@pytest.fixture
def officer(programme):
    return staff_with(Role.ME_OFFICER, programme.site, "barasa")


@pytest.fixture
def people(programme):
    return make_people(programme)


def test_a_workbook_says_on_every_sheet_who_took_it(programme, people, manager, officer):
    export = ready(programme, officer, manager, wanted(FileKind.WORKBOOK))
    taken = taken_by(officer, export)
    assert taken.name == f"{export.serial}.xlsx.age"
    sheets = sheets_of(pyrage.passphrase.decrypt(taken.contents, PASSPHRASE))
    assert list(sheets) == ["People", "Visits", "Steps on MAT"]
    for sheet in sheets.values():
        mark = sheet.cells["A1"].value
        assert mark.startswith(f"{export.serial} · taken by A colleague on ")
        assert "approved by A colleague" in mark
        assert export.serial in sheet.header
    assert sheets["People"].cells["D3"] == ("number", "1988")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), st.sampled_from("=+-@\t\r"))
def test_no_text_of_ours_is_ever_a_formula_and_numbers_stay_numbers(text, first):
    line = {"code": "AAA-BBBB", "names": first + text, "sum": f"{first}1+1", "number": -4}
    mark = Mark("F-222222", f"{first}cmd", "2026-06-01 10:00", "=1", "+site", "@months", 0)
    cells = sheets_of(workbook_of(Records({"people": [line]}, (), 0), mark))["People"].cells
    assert {cells[place].kind for place in ("A1", "A3", "B3", "C3")} == {"text"}
    assert cells["D3"] == ("number", "-4")


def test_nothing_of_the_file_lies_on_the_disk(programme, people, manager, officer, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    contents = taken_by(officer, ready(programme, officer, manager, wanted(FileKind.WORKBOOK))).contents
    assert list(tmp_path.iterdir()) == []
    assert contents.startswith(b"age-encryption.org/v1")
    assert people[0].code.encode() not in contents


# The pages, and the password


def test_one_person_alone_gets_nothing_by_the_pages_either(programme, people, manager):
    browser = fresh_browser(manager)
    address = browser.post("/files/ask", typed(token="0199d2b4-0000-4000-8000-000000000001")).headers[
        "Location"
    ]
    for method in (browser.get, browser.post):
        refused = method(f"{address}/approve")
        assert refused.status_code == 403
        assert "Another person must approve what you asked for." in refused.content.decode()
    form = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    answer = browser.post(f"{address}/take", form | {"approved_by": "barasa", "asked_by": "barasa"})
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert browser.get(f"{address}/take").headers["Content-Type"].startswith("text/html")
    assert not TakenOut.objects.filter(taken_at__isnull=False).exists()


def test_a_sign_in_of_a_moment_ago_is_not_a_password_typed_again(programme, manager, officer):
    serial = asked(officer, programme.site).serial
    browser = fresh_browser(manager, again=False)
    for page in ("/files/ask", f"/files/{serial}/approve", f"/files/{serial}/take"):
        for method in (browser.get, browser.post):
            assert method(page).headers["Location"] == f"/account/again?next={page.replace('/', '%2F')}"
    assert TakenOut.objects.get().approved_at is None


def test_whoever_may_not_approve_is_told_before_they_type_their_password(programme, manager, officer):
    export, browser = asked(manager, programme.site), fresh_browser(manager, again=False)
    told = browser.get(f"/files/{export.serial}/approve")
    assert told.status_code == 403
    assert "Another person must approve what you asked for." in told.content.decode()
    page = browser.get(f"/files/{export.serial}").content.decode()
    assert "Another person must approve what you asked for." in page
    assert f"/files/{export.serial}/approve" not in page
    approve_taking_out(by=actor_for(officer), export=export)
    sent_twice = fresh_browser(officer, again=False).post(f"/files/{export.serial}/approve")
    assert sent_twice.headers["Location"] == f"/files/{export.serial}"


def test_a_file_with_names_is_not_offered_to_whoever_sees_none(programme, manager, officer):
    named = wanted(with_names=True)
    address = f"/files/{asked(manager, programme.site, named).serial}"
    browser = fresh_browser(officer, again=False)
    page = browser.get(address).content.decode()
    assert "Your role does not see names" in page
    assert f"{address}/approve" not in page
    assert browser.get(f"{address}/approve").status_code == 403


def test_a_password_typed_again_counts_for_a_few_minutes(programme, manager, officer):
    serial, browser = asked(officer, programme.site).serial, fresh_browser(manager)
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] = now() - 301
    session.save()
    assert browser.post(f"/files/{serial}/approve").status_code == 302
    assert TakenOut.objects.get().approved_at is None


def test_the_whole_way_by_the_pages(programme, people, manager, officer):
    asker, approver = fresh_browser(officer), fresh_browser(manager)
    assert "Nothing ever left here in a file." in asker.get("/files").content.decode()
    backwards = typed(first="2026-06", last="2026-05", token="0199d2b4-0000-4000-8000-000000000002")
    assert "This month is before the first." in asker.post("/files/ask", backwards).content.decode()
    sent = typed(token="0199d2b4-0000-4000-8000-000000000003")
    address = asker.post("/files/ask", sent).headers["Location"]
    assert asker.post("/files/ask", sent).headers["Location"] == address
    assert "Another person must approve" in asker.get(address).content.decode()
    assert "Let these records leave?" in approver.get(f"{address}/approve").content.decode()
    assert approver.post(f"{address}/approve").status_code == 302
    weak = asker.post(f"{address}/take", {"passphrase": "short", "again": "short"})
    assert "This passphrase is too short" in weak.content.decode()
    form = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    answer = asker.post(f"{address}/take", form)
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="{address.rpartition("/")[2]}.jsonl.age"'
    )
    assert (
        json.loads(pyrage.passphrase.decrypt(answer.content, PASSPHRASE).splitlines()[0])["table"] == "mark"
    )
    assert "cannot be done any more" in asker.post(f"{address}/take", form).content.decode()
    assert "Taken" in approver.get("/files").content.decode()


def test_how_many_lines_there_would_be_is_said_before_anybody_approves(programme, people, manager, officer):
    asker, approver = fresh_browser(officer), fresh_browser(manager)
    assert "What a file holds" in asker.get("/files/ask").content.decode()
    sent = typed(token="0199d2b4-0000-4000-8000-000000000004")
    counted = asker.post("/files/ask", sent | {"count": "1"}).content.decode()
    assert "<strong>5 lines</strong>" in counted
    assert "people: 2, visits: 2, steps on MAT: 1" in counted
    assert not TakenOut.objects.exists()
    address = asker.post("/files/ask", sent).headers["Location"]
    for page in (asker.get(address), approver.get(address), approver.get(f"{address}/approve")):
        assert "<strong>5 lines</strong>" in page.content.decode()
        assert "Their visits in these months" in page.content.decode()


def test_many_files_are_listed_with_as_many_queries_as_few(programme, manager, officer):
    asker, counts = fresh_browser(officer), []
    asker.get("/files")
    for _time in range(2):
        for _one in range(4):
            asked(manager, programme.site)
        with CaptureQueriesContext(connection) as queries:
            assert asker.get("/files").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_passphrase_is_not_kept_while_the_page_is_locked(programme, people, manager, officer):
    address = f"/files/{ready(programme, officer, manager).serial}/take"
    page = fresh_browser(officer).get(address).content.decode()
    assert 'name="passphrase"' in page
    assert "data-keep" not in page


def test_a_file_with_nothing_in_it_is_not_asked_for(programme, people, officer):
    empty = {"first": "2019-01", "last": "2019-02", "token": "0199d2b4-0000-4000-8000-000000000005"}
    answer = fresh_browser(officer).post("/files/ask", typed(**empty))
    assert "There is nothing in these months" in answer.content.decode()
    assert not TakenOut.objects.exists()


def test_whoever_was_registered_after_midnight_belongs_to_the_month_that_began(programme, manager):
    somebody = person(actor_for(manager), programme.site)
    first = timezone.make_aware(datetime.combine(month_of(timezone.localdate()), time(0, 30)))
    Client.objects.filter(pk=somebody.pk).update(first_contact_on=None, recorded_at=first)
    assert foreseen(actor_for(manager), asked(manager, programme.site)).people == 1


def test_what_is_foreseen_is_what_is_taken_and_opens_nobody(programme, people, manager, officer):
    export = ready(programme, officer, manager)
    before = events_of(programme.organisation.pk).count()
    counted = foreseen(actor_for(manager), export)
    assert events_of(programme.organisation.pk).count() == before
    taken_by(officer, export)
    export.refresh_from_db()
    assert (counted.lines, counted.left_out) == (export.lines, export.left_out) == (5, 0)
    with pytest.raises(NotHere):
        foreseen(actor_with(Role.ME_OFFICER, programme.other_site), export)
