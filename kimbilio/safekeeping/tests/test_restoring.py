"""Restoring beside what else goes on in a home: a lock finds it, and it takes nothing away from whoever was started."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kimbilio.safekeeping import placing, restore
from kimbilio.safekeeping.faults import CannotRestore
from kimbilio.safekeeping.loading import Place
from kimbilio.safekeeping.locking import mark_closed
from kimbilio.safekeeping.turn import SomebodyElse

ROOT = Path(__file__).resolve().parents[3]
_WHO_HOLDS = """
import sys
from pathlib import Path
from kimbilio.safekeeping.holders import holders
print(len(holders(Path(sys.argv[1]))))
"""


def wanted(home, tmp_path):
    data = tmp_path / "data.age"
    data.write_bytes(b"age-encryption.org/v1")
    return restore.Wanted(home, data, keys=None, replace=False, erase=lambda: 0)


def test_a_lock_finds_whoever_restores(tmp_path, monkeypatch, db):
    home = tmp_path / "home"

    def seen_from_outside(_run):
        found = [sys.executable, "-c", _WHO_HOLDS, str(home)]
        return subprocess.run(found, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    monkeypatch.setattr(restore._Run, "go", seen_from_outside)
    monkeypatch.setattr(restore, "_holds_data", lambda _home: False)
    assert restore.restore(wanted(home, tmp_path)) == "1\n"


def test_nothing_is_put_in_the_place_of_what_was_started_meanwhile(tmp_path, monkeypatch):
    home = tmp_path / "home"
    ready = home / placing.READY
    ready.mkdir(parents=True)
    (home / "kimbilio.db").write_text("as it is")
    (ready / "kimbilio.db").write_text("as it was")
    monkeypatch.setattr(restore, "holders", lambda _home: [4711])
    with pytest.raises(CannotRestore, match="4711"):
        restore._Run(wanted(home, tmp_path))._place(SimpleNamespace(aside=[]), Place(ready / "kimbilio.db"))
    assert (home / "kimbilio.db").read_text() == "as it is"


def test_whoever_comes_second_takes_nothing_away_from_whoever_restores(tmp_path, monkeypatch):
    home = tmp_path / "home"

    def taken(_home):
        (home / "kimbilio.db").write_text("somebody else's, put back a moment ago")
        raise SomebodyElse

    monkeypatch.setattr(restore, "turn_in", taken)
    monkeypatch.setattr(restore, "_holds_data", lambda _home: False)
    with pytest.raises(SomebodyElse):
        restore.restore(wanted(home, tmp_path))
    assert (home / "kimbilio.db").exists()


def test_after_a_lock_that_cut_a_restore_short_it_can_be_said_again(tmp_path):
    (tmp_path / placing.READY).mkdir()
    mark_closed(tmp_path)
    assert not placing.holds_anything(tmp_path)


@pytest.mark.parametrize(
    ("stands", "stays"), [("restoring", False), ("restored", True), ("restored-placing", True)]
)
def test_a_home_that_was_decided_on_stays_though_its_files_could_not_all_be_moved(tmp_path, stands, stays):
    home = tmp_path / "home"

    def run_out_of_disk():
        with restore._home_folder(home):
            (home / stands).mkdir()
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        run_out_of_disk()
    assert home.exists() is stays


@pytest.mark.parametrize("content", [b"", b"age-encr", b"a letter of somebody's"])
@pytest.mark.parametrize("which", ["data.age", "keys.age"])
def test_what_is_no_backup_is_said_before_anybody_is_asked_for_a_secret(tmp_path, which, content):
    for name in ("data.age", "keys.age"):
        (tmp_path / name).write_bytes(content if name == which else b"age-encryption.org/v1")
    asked = restore.Wanted(
        tmp_path / "home", tmp_path / "data.age", tmp_path / "keys.age", replace=False, erase=lambda: 0
    )
    with pytest.raises(CannotRestore, match=f"{which}: .*not a backup"):
        restore.check_place(asked)
    assert not (tmp_path / "home").exists()
