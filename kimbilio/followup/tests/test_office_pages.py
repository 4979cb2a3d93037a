"""The pages of those who arrange looking for people: suggestions taken, sheets printed."""

import re
from uuid import uuid4

import pytest
from django.test import Client as Browser

from kimbilio.accounts.models import Staff
from kimbilio.accounts.roles import Role
from kimbilio.followup.models import Assignment, PrintedSheet
from kimbilio.followup.tests.looking import Looking
from kimbilio.followup.tests.test_pages import SignIn, code, liaison, looking
from tests.programme import Programme

__all__ = ["liaison", "looking"]
pytestmark = pytest.mark.django_db


def test_suggestions_are_taken_of_those_shown_and_once(
    looking: Looking, liaison: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kimbilio.followup.views.listed.ROWS", 1)
    page = liaison.get("/follow?show=nobody&page=2").content.decode()
    typed = dict(re.findall(r'<input type="hidden" name="(token|codes)" value="([^"]+)"', page))
    for _tap in range(2):
        answer = liaison.post("/follow/suggested", typed, follow=True)
        assert "1 person is now looked for." in answer.content.decode()
    given = Assignment.objects.filter(worker__isnull=False)
    assert [row.client_id for row in given] == [looking.people[1].pk]


def test_whoever_was_taken_meanwhile_stays_with_whom_they_have(looking: Looking, liaison: Browser) -> None:
    typed = {"token": str(uuid4()), "codes": f"{code(looking, 1)} {code(looking, 3)} ?"}
    looking.gives(1, looking.other_worker)
    assert liaison.post("/follow/suggested", typed).status_code == 302
    assert liaison.post("/follow/suggested").status_code == 302
    assert Assignment.objects.get().worker == looking.other_peer.pk


def test_a_sheet_has_codes_a_serial_and_a_day_to_shred_it(looking: Looking, liaison: Browser) -> None:
    answer = liaison.post("/follow/sheets", {"token": str(uuid4()), "worker": ""})
    sheet = PrintedSheet.objects.get()
    assert answer.headers["Location"] == f"/follow/sheets/{sheet.serial}"
    page = liaison.get(answer.headers["Location"]).content.decode()
    assert sheet.serial in page
    assert code(looking, 2) in page
    assert "shred by" in page
    assert sheet.serial in liaison.get("/follow/sheets").content.decode()


def test_a_sheet_shows_the_name_a_worker_signs_in_with_and_no_full_name(
    looking: Looking, liaison: Browser
) -> None:
    Staff.objects.update(display_name="Wanjiku Otieno")
    looking.gives(1)
    typed = {"token": str(uuid4()), "worker": looking.peer_staff.username}
    page = liaison.post("/follow/sheets", typed, follow=True).content.decode()
    paper = page[page.index("<h1") :]
    assert looking.peer_staff.username in paper
    assert "Wanjiku" not in paper


def test_a_sheet_of_another_site_is_not_here(
    looking: Looking, liaison: Browser, sign_in: SignIn, programme: Programme
) -> None:
    liaison.post("/follow/sheets", {"token": str(uuid4()), "worker": ""})
    elsewhere = sign_in(Role.MAT_LIAISON, programme.other_site)
    assert elsewhere.get(f"/follow/sheets/{PrintedSheet.objects.get().serial}").status_code == 404
