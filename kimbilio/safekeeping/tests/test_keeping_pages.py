"""The page of backups and the recovery sheet: who may see them, and that a sheet is shown once."""

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.conf import LazySettings
from django.test import RequestFactory
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.encryption.recovery_keys import read_recovery_key
from kimbilio.safekeeping.diary import Diary, Entry
from kimbilio.safekeeping.keeping import begin_to_ask
from kimbilio.safekeeping.recovery import add_recovery_key, recipients


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    settings.HOME = tmp_path
    begin_to_ask(tmp_path)
    return tmp_path


def password_was_typed(browser: Any) -> None:
    request = RequestFactory().get("/")
    request.session = browser.session
    record_authentication(request, browser.staff, method="password", reauthenticated=True)
    request.session.save()


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_what_is_missing_is_said_on_every_page_to_those_who_see_to_it(
    home: Path, sign_in: Any, role: Role
) -> None:
    browser = sign_in(role)
    assert b"no recovery sheet" in browser.get("/account").content
    assert b"no recovery sheet" in browser.get("/keeping").content


def test_others_are_told_nothing_and_may_not_enter(home: Path, sign_in: Any) -> None:
    browser = sign_in(Role.DESK_OFFICER)
    assert b"recovery sheet" not in browser.get("/account").content
    assert browser.get("/keeping").status_code == 403
    assert browser.post("/keeping", {"do": "drill"}).status_code == 403


@pytest.mark.parametrize(
    ("do", "field", "event"),
    [("copied", "second_place_at", "backup.copied"), ("drill", "drill_at", "backup.drill")],
)
def test_what_was_done_is_remembered_and_written_down(
    home: Path, sign_in: Any, do: str, field: str, event: str
) -> None:
    assert sign_in(Role.PROGRAMME_MANAGER).post("/keeping", {"do": do}).status_code == 302
    assert getattr(Diary.of(home), field)
    assert AuditEvent.objects.filter(event=event).count() == 1


def test_looking_changes_nothing(home: Path, sign_in: Any) -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    before = (home / "backups.json").read_bytes()
    browser.get("/keeping")
    assert browser.get("/keeping/sheet").status_code == 302, "the password is asked first"
    password_was_typed(browser)
    assert browser.get("/keeping/sheet").status_code == 200
    assert (home / "backups.json").read_bytes() == before
    assert recipients(home) == []


def test_a_sheet_is_shown_once_and_kept_nowhere(home: Path, sign_in: Any) -> None:
    browser = sign_in(Role.ADMINISTRATOR)
    password_was_typed(browser)
    shown = browser.post("/keeping/sheet")
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    typed = "".join(re.findall(r"<p>((?:[A-Z0-9]{2,4} ?)+)</p>", shown.content.decode()))
    key = read_recovery_key(typed)
    assert [one.recipient for one in recipients(home)] == [key.recipient]
    secret = key.secret.encode()
    assert all(secret not in path.read_bytes() for path in home.iterdir())
    for path in ("/keeping", "/keeping/sheet"):
        assert typed.split()[0].encode() not in browser.get(path).content
    assert AuditEvent.objects.filter(event="recovery.key_made").count() == 1


def test_all_is_in_order_only_once_everything_was_done(
    home: Path, sign_in: Any, settings: LazySettings
) -> None:
    browser = sign_in(Role.PROGRAMME_MANAGER)
    add_recovery_key(home, timezone.localdate())

    def said() -> list[str]:
        page = browser.get("/keeping").content.decode()
        return [words for words in ("All is in order.", "Nothing is overdue yet.") if words in page]

    assert said() == ["Nothing is overdue yet."]
    at = timezone.now().isoformat(timespec="seconds")
    Diary.of(home).with_backup(Entry(at, "d", "k", 1, "x", proved=True)).write(home)
    for do in ("copied", "drill"):
        assert said() == ["Nothing is overdue yet."]
        browser.post("/keeping", {"do": do})
    assert said() == ["Nothing is overdue yet."], "no folder is set"
    settings.BACKUP_FOLDER = home
    assert said() == ["All is in order."]


def test_a_folder_that_goes_with_the_computer_or_is_not_there_is_said(
    home: Path, sign_in: Any, settings: LazySettings
) -> None:
    browser = sign_in(Role.PROGRAMME_MANAGER)
    settings.BACKUP_FOLDER = home
    assert b"on the same disk as the records" in browser.get("/keeping").content
    settings.BACKUP_FOLDER = home / "stick"
    assert b"Plug in the stick" in browser.get("/keeping").content


def test_what_a_restore_put_aside_is_named_with_the_day_it_goes(home: Path, sign_in: Any) -> None:
    (home / "before-restore-2026-11-22-080000").mkdir()
    page = sign_in(Role.PROGRAMME_MANAGER).get("/keeping").content.decode()
    assert "before-restore-2026-11-22-080000" in page
    assert "23 December 2026" in page
