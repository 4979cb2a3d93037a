"""Whatever is wrong with a file or a key, one sentence says so, and nothing is changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backups.kept import Backup, KeptHome

pytestmark = pytest.mark.long_on_postgresql


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_at_the_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(place: float) -> Callable[[Path], None]:
    def one_bit(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[int(len(content) * place)] ^= 1
        path.write_bytes(content)

    return one_bit


def empty(path: Path) -> None:
    path.write_bytes(b"")


def something_else(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 this is a book, and no backup " * 1000)


DAMAGES = {
    "cut": cut,
    "cut at the end": cut_at_the_end,
    "a bit in the middle": flip(0.5),
    "a bit near the end": flip(0.999),
    "empty": empty,
    "another file": something_else,
}
A_FEW = {("cut", "data"), ("cut at the end", "data"), ("a bit in the middle", "keys")}


def restore_fails(
    kept: KeptHome, data: Path, keys: Path, nowhere: Path, code: int, **environment: str
) -> str:
    url = kept.another_database()
    done = kept.restore(data, "--keyring", keys, into=nowhere, database_url=url, **environment)
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not nowhere.exists(), "nothing was put back, so nothing is left"
    said = done.stderr.strip().splitlines()
    assert len(said) == 1, done.stderr
    return said[0]


@pytest.mark.parametrize(
    ("damage", "which"),
    [
        pytest.param(damage, which, marks=[] if (damage, which) in A_FEW else pytest.mark.soak)
        for damage in DAMAGES
        for which in ("data", "keys")
    ],
)
def test_a_damaged_file_is_refused(
    kept: KeptHome, backup: Backup, nowhere: Path, tmp_path: Path, damage: str, which: str
) -> None:
    files = {"data": tmp_path / "data-x.age", "keys": tmp_path / "keys-x.age"}
    shutil.copy(backup.data, files["data"])
    shutil.copy(backup.keys, files["keys"])
    DAMAGES[damage](files[which])
    restore_fails(kept, files["data"], files["keys"], nowhere, 1)


def test_files_that_were_swapped_are_named(kept: KeptHome, backup: Backup, nowhere: Path) -> None:
    assert "keys" in restore_fails(kept, backup.keys, backup.data, nowhere, 1)
    assert "data" in restore_fails(kept, backup.keys, backup.keys, nowhere, 1)


def test_a_file_that_is_not_there_is_named(kept: KeptHome, backup: Backup, nowhere: Path) -> None:
    assert "no file" in restore_fails(kept, backup.data.with_name("none.age"), backup.keys, nowhere, 1)


@pytest.mark.parametrize("typed", ["", "ABCD EFGH", "AGE-SECRET-KEY-1" + "Q" * 58])
def test_what_is_no_recovery_key_is_said(kept: KeptHome, backup: Backup, nowhere: Path, typed: str) -> None:
    restore_fails(kept, backup.data, backup.keys, nowhere, 3, KIMBILIO_RECOVERY_KEY=typed)


def test_the_key_of_another_sheet_is_said(kept: KeptHome, backup: Backup, nowhere: Path) -> None:
    from kimbilio.core.encryption.recovery_keys import new_recovery_key

    other = new_recovery_key().secret
    said = restore_fails(kept, backup.data, backup.keys, nowhere, 3, KIMBILIO_RECOVERY_KEY=other)
    assert "does not open" in said
    assert other not in said


@pytest.mark.soak
def test_keys_of_another_home_are_said(kept: KeptHome, backup: Backup, nowhere: Path, tmp_path: Path) -> None:
    other = KeptHome(tmp_path / "other", None)
    theirs = other.back_up()
    key = other.recovery_key
    # Their own sheet opens their keys, and not our data; so ours is encrypted for theirs as well.
    shutil.copy(other.home.home / "recovery.json", kept.home.home / "recovery.json.theirs")
    ours = kept.home.home / "recovery.json"
    mine = ours.read_bytes()
    try:
        shutil.copy(kept.home.home / "recovery.json.theirs", ours)
        for_them = kept.back_up("for-them")
    finally:
        ours.write_bytes(mine)
    said = restore_fails(kept, for_them.data, theirs.keys, nowhere, 1, KIMBILIO_RECOVERY_KEY=key)
    assert "not of the same home" in said


def test_a_short_new_passphrase_is_refused_and_nothing_is_left(
    kept: KeptHome, backup: Backup, nowhere: Path
) -> None:
    said = restore_fails(kept, backup.data, backup.keys, nowhere, 1, KIMBILIO_NEW_PASSPHRASE="short")
    assert "15 characters" in said


def test_a_folder_that_is_not_plugged_in_is_named(kept: KeptHome) -> None:
    done = kept.home.command("backup", str(kept.folder / "no" / "stick"))
    assert done.returncode == 1
    assert "plugged in" in done.stderr
    assert not (kept.folder / "no").exists()
