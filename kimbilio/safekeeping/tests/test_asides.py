"""What a restore put aside: named with its age, and destroyed after a month, in both kinds of database."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from kimbilio.safekeeping import daily, schemas
from kimbilio.safekeeping.asides import put_aside

MADE = datetime(2026, 11, 22, 8, tzinfo=ZoneInfo("Africa/Nairobi"))


@pytest.fixture
def home(tmp_path: Path, settings, db) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_a_folder_is_overwritten_and_deleted_after_a_month_and_others_stay(home: Path) -> None:
    aside = home / "before-restore-2026-11-22-080000"
    (aside / "inside").mkdir(parents=True)
    (home / "before-restore-notes").mkdir()
    for place in (aside, aside / "inside"):
        (place / "kimbilio.db").write_bytes(b"coded rows")
    kept = home / "another name"
    kept.hardlink_to(aside / "kimbilio.db")
    with time_machine.travel("2026-12-23 07:59 +0300"):
        daily.destroy_expired()
        assert [(one.name, one.made_at) for one in put_aside(home)] == [(aside.name, MADE)]
    assert kept.read_bytes() == b"coded rows"
    with time_machine.travel("2026-12-23 08:00 +0300"):
        daily.destroy_expired()
        daily.destroy_expired()
        assert put_aside(home) == []
    assert not aside.exists()
    assert (home / "before-restore-notes").exists()
    assert kept.read_bytes() == bytes(10), "overwritten before it was deleted"


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_schema_is_dropped_after_a_month(home: Path) -> None:
    name = "before_restore_2026_11_22_080000"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
        cursor.execute(f"CREATE TABLE {name}.people_client (code text)")
    with time_machine.travel("2026-12-23 07:59 +0300"):
        daily.destroy_expired()
        assert [(one.name, one.made_at) for one in put_aside(home)] == [(name, MADE)]
    with time_machine.travel("2026-12-23 08:00 +0300"):
        daily.destroy_expired()
    assert not schemas.exists(name)
