"""A backup a day where a folder is set, no more; and what is kept for a while only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from kimbilio.safekeeping import daily
from kimbilio.safekeeping.diary import Diary, Entry
from kimbilio.safekeeping.keeping import begin_to_ask, care_for, kept_of
from kimbilio.safekeeping.recovery import add_recovery_key, recipients, remove_recovery_key
from kimbilio.safekeeping.turn import turn_in


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings, db: None) -> Path:
    settings.HOME, settings.BACKUP_FOLDER = tmp_path, tmp_path / "backups"
    add_recovery_key(tmp_path, timezone.localdate())
    begin_to_ask(tmp_path)
    return tmp_path


def remember(home: Path, *, proved: bool) -> None:
    at = timezone.now().isoformat(timespec="seconds")
    Diary.of(home).with_backup(Entry(at, "d", "k", 1, "x", proved, why="" if proved else "cut")).write(home)


def test_one_is_due_at_the_start_then_after_a_day(home: Path) -> None:
    with time_machine.travel("2026-11-22 08:00 +0300", tick=False) as clock:
        assert daily.is_due(home)
        remember(home, proved=True)
        assert not daily.is_due(home)
        clock.shift(timedelta(hours=19))
        assert not daily.is_due(home)
        clock.shift(timedelta(hours=1))
        assert daily.is_due(home)


def test_one_that_failed_is_tried_again_an_hour_later(home: Path) -> None:
    with time_machine.travel("2026-11-22 08:00 +0300", tick=False) as clock:
        remember(home, proved=False)
        assert not daily.is_due(home)
        clock.shift(timedelta(hours=1))
        assert daily.is_due(home)


def test_a_clock_that_ran_ahead_puts_no_backup_off_once_it_is_right(home: Path) -> None:
    with time_machine.travel("2028-11-22 08:00 +0300", tick=False) as clock:
        remember(home, proved=True)
        clock.move_to("2026-11-22 08:00 +0300")
        assert daily.is_due(home)


def test_a_disk_that_fails_for_a_moment_ends_no_backups(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []

    class Ended(BaseException):
        """The process ends."""

    def look(_keeper: daily.Keeper, _home: Path) -> None:
        looks.append(1)
        raise Ended if len(looks) == 2 else OSError(5, "Input/output error")

    monkeypatch.setattr(daily.Keeper, "look", look)
    monkeypatch.setattr(daily, "_LOOKED_AT_EVERY", 0)
    with pytest.raises(Ended):
        daily.Keeper().watch(home)


def test_what_a_killed_backup_or_restore_left_goes_at_the_next_start(home: Path) -> None:
    with turn_in(home):
        for left in ("scratch-0123456789ab/proof", "restoring"):
            (home / left).mkdir(parents=True)
            (home / left / "keyring.db").write_bytes(b"x" * 50)
        (home / "before-upgrade-2026-11-22-080000.age.part").write_bytes(b"half")
        daily.destroy_expired()
        assert len(list(home.rglob("keyring.db"))) == 2, "whoever has the turn may be at work with them"
    daily.destroy_expired()
    assert not list(home.rglob("keyring.db"))
    assert not list(home.glob("before-upgrade-*"))


def test_two_sheets_made_in_the_same_moment_are_two_sheets(home: Path) -> None:
    with ThreadPoolExecutor(8) as several:
        made = list(several.map(lambda _: add_recovery_key(home, timezone.localdate()), range(24)))
    known = {(one.number, one.recipient) for one in recipients(home)}
    assert {(number, key.recipient) for number, key in made} <= known
    assert len(known) == 25


def test_none_is_due_without_a_folder_or_a_key(home: Path, settings: LazySettings) -> None:
    remove_recovery_key(home, 1)
    assert not daily.is_due(home)
    add_recovery_key(home, timezone.localdate())
    settings.BACKUP_FOLDER = None
    assert not daily.is_due(home)


def test_a_number_of_a_sheet_is_never_given_twice(home: Path) -> None:
    remove_recovery_key(home, 1)
    number, _key = add_recovery_key(home, timezone.localdate())
    assert number == 2
    assert [one.number for one in recipients(home)] == [2]


def test_what_is_read_of_the_keeping_is_read_anew_once_it_changed(home: Path) -> None:
    before = kept_of(home)
    assert kept_of(home) is before
    remember(home, proved=True)
    assert kept_of(home).proved_at is not None
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert [str(one) for one in care_for(home, timezone.now())] == ["no_backup", "no_copy"]


def test_a_damaged_diary_tells_nothing_and_breaks_nothing(home: Path) -> None:
    (home / "backups.json").write_bytes(b"{half")
    assert Diary.of(home) == Diary()


def test_a_keyring_that_was_put_aside_is_destroyed_after_thirty_days(home: Path) -> None:
    aside = home / "before-restore-2026-11-22-080000"
    aside.mkdir()
    for name in ("keyring.db", "keyring.db-wal", "kimbilio.db"):
        (aside / name).write_bytes(b"x" * 50)
    with time_machine.travel("2026-12-21 08:00 +0300"):
        daily.destroy_expired()
    assert len(list(aside.iterdir())) == 3
    with time_machine.travel("2026-12-22 08:00 +0300"):
        daily.destroy_expired()
    assert [path.name for path in aside.iterdir()] == ["kimbilio.db"]


def test_a_clock_that_runs_ahead_for_a_day_destroys_nothing(home: Path) -> None:
    aside = home / "before-restore-2026-11-22-080000"
    aside.mkdir()
    (aside / "kimbilio.db").write_bytes(b"x" * 50)
    for day in ("2026-11-23", "2028-11-23", "2028-11-23", "2026-11-23", "2026-11-24"):
        with time_machine.travel(f"{day} 08:00 +0300"):
            daily.destroy_expired()
    assert (aside / "kimbilio.db").exists()
    for day, is_there in (("2026-12-22", True), ("2026-12-23", False)):
        with time_machine.travel(f"{day} 08:00 +0300"):
            daily.destroy_expired()
        assert aside.exists() is is_there


def test_keys_of_earlier_backups_go_after_thirty_days_wherever_they_are_and_the_newest_stay(
    home: Path,
) -> None:
    keys = []
    for number, day in enumerate(("01", "02", "03")):
        stick = home / f"stick {number}"
        stick.mkdir()
        keys.append(stick / f"keys-2026-11-{day}-080000.age")
        keys[-1].write_bytes(b"x" * 50)
        data = stick / f"data-2026-11-{day}-080000.age"
        data.write_bytes(b"x" * 50)
        at = f"2026-11-{day}T08:00:00+03:00"
        entry = Entry(at, str(data), str(keys[-1]), 50, "x", proved=True)
        Diary.of(home).with_backup(entry).write(home)
    with time_machine.travel("2026-12-01 08:00 +0300"):
        daily.destroy_expired()
    assert [path.exists() for path in keys] == [False, True, True]
    for day in ("2027-02-01", "2027-02-02"):
        with time_machine.travel(f"{day} 08:00 +0300"):
            daily.destroy_expired()
            daily.destroy_expired()
    assert [path.exists() for path in keys] == [False, False, True]
    assert len(list(home.glob("stick */data-*"))) == 3


def test_a_stick_that_is_not_plugged_in_is_said_and_nothing_is_made_in_its_place(
    home: Path, settings: LazySettings
) -> None:
    stick = settings.BACKUP_FOLDER
    assert not daily.back_up_now(home)
    assert not stick.exists()
    said = Diary.of(home).failure
    assert str(stick) in said
    assert "Plug in the stick" in said
    stick.mkdir()
    settings.KEYRING_BACKUP_FOLDER = home / "stick of keys"
    assert not daily.back_up_now(home)
    assert str(home / "stick of keys") in Diary.of(home).failure
    assert list(stick.iterdir()) == []
