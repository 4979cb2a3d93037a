"""A full disk, a bad one, a busy database and one that is away are told apart, in words; other errors are not."""

import errno

import psycopg
import pytest
from django.db import OperationalError
from sqlcipher3 import dbapi2

from kimbilio.core import trouble
from kimbilio.core.keyring import KeyringUnavailable
from kimbilio.core.trouble import Trouble, trouble_of
from tests.programme import signed_in_client

SAID = [
    (OSError(errno.ENOSPC, "No space left on device"), Trouble.FULL),
    (OSError(errno.EIO, "Input/output error"), Trouble.FAILING),
    (dbapi2.OperationalError("database or disk is full"), Trouble.FULL),
    (dbapi2.OperationalError("disk I/O error"), Trouble.FAILING),
    (dbapi2.OperationalError("database is locked"), Trouble.BUSY),
    (psycopg.errors.DiskFull("could not extend file"), Trouble.FULL),
    (psycopg.errors.IoError("could not read block"), Trouble.FAILING),
    (psycopg.errors.LockNotAvailable("canceling statement"), Trouble.BUSY),
    (psycopg.errors.AdminShutdown("terminating connection"), Trouble.AWAY),
    (psycopg.errors.TooManyConnections("sorry, too many clients already"), Trouble.AWAY),
    (psycopg.OperationalError("connection refused"), Trouble.AWAY),
]
OF_ANOTHER_KIND = [
    ValueError("database is locked"),
    OSError(errno.ENOENT, "No such file"),
    dbapi2.IntegrityError("x"),
]


@pytest.mark.parametrize(("error", "said"), SAID)
def test_each_is_told_by_its_error_also_where_others_followed_from_it(error, said):
    assert trouble_of(error) is said
    for later in (OperationalError("x"), KeyringUnavailable("x")):
        later.__cause__ = error
        assert trouble_of(later) is said


@pytest.mark.parametrize("error", [None, *OF_ANOTHER_KIND])
def test_another_error_is_none(error):
    assert trouble_of(error) is None


def test_a_call_that_fails_on_a_disk_without_room_tells_of_the_room(monkeypatch):
    monkeypatch.setattr(trouble, "_is_full", lambda: True)
    assert trouble_of(dbapi2.OperationalError("disk I/O error")) is Trouble.FULL


@pytest.mark.parametrize(("error", "said"), SAID)
def test_a_page_says_it_and_what_to_do_and_not_what_was_typed(programme, monkeypatch, error, said):
    def fail(*_args, **_kwargs):
        raise OperationalError("Njoroge") from error

    browser = signed_in_client("desk_officer", programme.site)
    browser.raise_request_exception = False
    monkeypatch.setattr("kimbilio.desk.views.finding.find_people", fail)
    answer = browser.post("/", {"q": "Njoroge"})
    assert answer.status_code == 503
    assert str(said.title) in answer.content.decode()
    assert str(said.advice).split(":")[0] in answer.content.decode()
    assert "Njoroge" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
