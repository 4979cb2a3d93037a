"""Backup files: names, drafts, and keys that live thirty days."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kimbilio.safekeeping.faults import CannotBackUp
from kimbilio.safekeeping.files import (
    destroy_drafts,
    destroy_expired_keys,
    finish,
    letters_in,
    made_if_missing,
    name_at,
    prepared,
    time_in,
    write_draft,
)
from kimbilio.safekeeping.recovery import letters_of_home

NOW = datetime(2026, 11, 22, 12, 30, 15, tzinfo=UTC)
OURS, THEIRS = "kbtxm", "wqzfg"


def test_a_name_tells_what_and_when_and_whose_and_nothing_else(tmp_path: Path) -> None:
    name = name_at("data", NOW, tmp_path, OURS)
    assert name == f"data-2026-11-22-153015-{OURS}.age"  # Nairobi's time
    assert (time_in(name), letters_in(name)) == (NOW, OURS)
    for other in (f"{name}.part", "notes.txt", "keys-2026.age", name.replace(".age", ".unproved")):
        assert (time_in(other), letters_in(other)) == (None, None)


def test_two_in_one_second_have_two_names(tmp_path: Path) -> None:
    (tmp_path / name_at("keys", NOW, tmp_path, OURS)).touch()
    second = name_at("keys", NOW, tmp_path, OURS)
    assert second == f"keys-2026-11-22-153015-{OURS}-2.age"
    assert (time_in(second), letters_in(second)) == (NOW, OURS)


def test_homes_are_told_apart_by_letters_that_stay(tmp_path: Path) -> None:
    homes = [bytes([number] * 32) for number in range(50)]
    letters = [letters_of_home(root_key) for root_key in homes]
    assert len(set(letters)) == len(homes)
    assert letters == [letters_of_home(root_key) for root_key in homes]
    assert all(letters_in(name_at("keys", NOW, tmp_path, one)) == one for one in letters)


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    def fails(file):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_draft(tmp_path / "data-2026-11-22-153015.age", fails)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_has_its_name_only_once_it_is_finished(tmp_path: Path) -> None:
    name = "data-2026-11-22-153015.age"
    draft = write_draft(tmp_path / name, lambda file: file.write(b"whole"))
    assert time_in(draft.name) is None
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert finish(draft, name).read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_keys_are_destroyed_after_thirty_days_and_nothing_else_is(tmp_path: Path) -> None:
    ages = [0, 1, 29, 30, 31, 400, -2, -3650]
    for days in ages:
        for kind in ("keys", "data"):
            (tmp_path / name_at(kind, NOW - timedelta(days=days), tmp_path, OURS)).write_bytes(b"x" * 100)
    (tmp_path / "keys-of-the-house.txt").write_text("not ours")
    assert destroy_expired_keys(tmp_path, OURS, days=30, now=NOW) == 5, "those of days to come as well"
    left = {path.name for path in tmp_path.glob("keys-2*")}
    assert left == {name_at("keys", NOW - timedelta(days=days), tmp_path / "no", OURS) for days in (0, 1, 29)}
    assert len(list(tmp_path.glob("data-*"))) == len(ages)
    assert (tmp_path / "keys-of-the-house.txt").exists()


def test_keys_of_another_home_in_the_same_folder_are_left_to_that_home(tmp_path: Path) -> None:
    long_ago = NOW - timedelta(days=60)
    for letters in (OURS, THEIRS, THEIRS):
        (tmp_path / name_at("keys", long_ago, tmp_path, letters)).write_bytes(b"x" * 100)
    assert destroy_expired_keys(tmp_path, OURS, days=30, now=NOW) == 1
    assert [letters_in(path.name) for path in tmp_path.iterdir()] == [THEIRS, THEIRS]


def test_a_folder_that_is_typed_is_made_but_not_its_parents(tmp_path: Path) -> None:
    assert prepared(made_if_missing(tmp_path / "backups")).stat().st_mode & 0o077 == 0
    with pytest.raises(CannotBackUp, match="plugged in"):
        made_if_missing(tmp_path / "no" / "stick")
    (tmp_path / "file").touch()
    made_if_missing(tmp_path / "file")
    with pytest.raises(CannotBackUp, match="not a folder"):
        prepared(tmp_path / "file")


def test_drafts_of_a_killed_backup_are_destroyed_and_other_files_are_left(tmp_path: Path) -> None:
    others = {f"data-2026-11-22-153015-{THEIRS}.age.part", "film.age.part"}
    for name in {f"data-2026-11-22-153015-{OURS}.age.part", *others}:
        (tmp_path / name).write_bytes(b"half")
    prepared(tmp_path)
    assert len(list(tmp_path.iterdir())) == 3, "the draft may be of a backup that is on its way"
    destroy_drafts(tmp_path, OURS)
    assert {path.name for path in tmp_path.iterdir()} == others
