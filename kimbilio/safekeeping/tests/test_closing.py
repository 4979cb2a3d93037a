"""Closing from a page, and the first start after."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.safekeeping import closing
from kimbilio.safekeeping.closing import end_sign_ins_if_closed
from kimbilio.safekeeping.locking import is_marked_closed, mark_closed


@pytest.fixture
def ended(settings, tmp_path):
    """The times that the program was told to end; its mark goes to a folder of the test's own."""
    times = []
    settings.HOME, settings.END_SERVING = tmp_path, lambda: times.append("ended")
    return times


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_close_and_is_asked_once_more(sign_in, ended, settings, role):
    browser = sign_in(role)
    page = browser.get("/close")
    assert page.status_code == 200
    assert ended == []
    assert not is_marked_closed(settings.HOME)
    answer = browser.post("/close")
    assert (answer.status_code, ended) == (200, ["ended"])
    assert is_marked_closed(settings.HOME)
    assert AuditEvent.objects.filter(event="home.closed", actor_id=browser.staff.pk).count() == 1


def test_the_last_answer_has_the_browser_forget_everything_and_is_kept_by_nobody(sign_in, ended):
    answer = sign_in(Role.PEER_EDUCATOR).post("/close")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in answer["Cache-Control"]
    assert "Kimbilio is closed" in answer.content.decode()


def test_nobody_closes_who_is_not_signed_in(client, db, ended):
    assert client.post("/close").status_code == 302
    assert ended == []


def test_every_page_of_somebody_signed_in_leads_there_and_the_sign_in_page_does_not(sign_in, client):
    assert 'href="/close"' in sign_in(Role.REPORT_READER).get("/account").content.decode()
    assert 'href="/close"' not in client.get("/sign-in").content.decode()


def test_what_cannot_be_written_keeps_nobody_from_closing(sign_in, ended, monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError("disk I/O error")

    browser = sign_in(Role.DESK_OFFICER)
    monkeypatch.setattr(closing, "note", broken)
    monkeypatch.setattr(closing, "mark_closed", lambda _home: (_ for _ in ()).throw(OSError(28, "full")))
    assert browser.post("/close").status_code == 200
    assert ended == ["ended"]


def test_the_first_start_after_a_lock_ends_every_sign_in_once_and_writes_it_down(
    sign_in, programme, tmp_path
):
    browsers = [sign_in(Role.DESK_OFFICER), sign_in(Role.PROGRAMME_MANAGER)]
    mark_closed(tmp_path)
    assert end_sign_ins_if_closed(tmp_path)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    assert [browser.get("/account").status_code for browser in browsers] == [302, 302]
    assert AuditEvent.objects.filter(event="home.sign_ins_ended", actor_id=None).count() >= 1
    assert not end_sign_ins_if_closed(tmp_path)


def test_a_start_that_is_killed_before_the_end_does_it_again(sign_in, programme, tmp_path, monkeypatch):
    browser = sign_in(Role.DESK_OFFICER)
    mark_closed(tmp_path)

    def killed(**_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(closing, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            end_sign_ins_if_closed(tmp_path)
    assert is_marked_closed(tmp_path)
    assert browser.get("/account").status_code == 200, "all of it, or nothing"
    assert end_sign_ins_if_closed(tmp_path)
    assert browser.get("/account").status_code == 302


def test_without_a_lock_a_start_ends_nobody(sign_in, tmp_path):
    browser = sign_in(Role.DESK_OFFICER)
    assert not end_sign_ins_if_closed(tmp_path)
    assert browser.get("/account").status_code == 200


def test_a_locked_page_closes_without_the_password_and_shows_nothing_else(sign_in, ended):
    browser = sign_in(Role.DESK_OFFICER)
    locked = browser.get("/locked")
    assert locked.status_code == 423
    assert 'action="/close"' in locked.content.decode()
    assert 'href="#close"' in locked.content.decode()
    assert locked.content.decode().count('class="button close-all"') == 1
    assert browser.get("/close").status_code == 423, "only what protects goes through"
    assert browser.post("/keeping", {"do": "drill"}).status_code == 423
    assert ended == []
    answer = browser.post("/close")
    assert (answer.status_code, ended) == (200, ["ended"])
    assert "Kimbilio is closed" in answer.content.decode()


def test_a_wrong_password_at_the_address_of_closing_neither_unlocks_nor_closes(sign_in, ended):
    browser = sign_in(Role.DESK_OFFICER)
    browser.get("/locked")
    assert browser.post("/close", {"unlock-password": "guessed"}).status_code == 423
    assert ended == []
