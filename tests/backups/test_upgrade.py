"""From the last release with data: whole whenever it is killed, and kept as it was before."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backups.kept import KeptHome, everything, opened_there
from tests.faults import soundness
from tests.running import ROOT, RunningHome

pytestmark = pytest.mark.long_on_postgresql

# The newest migration of each room in the release before: from there a home is brought up to date.
LAST_RELEASE = json.loads(Path(__file__).with_name("last_release.json").read_text())
_BACK = """
import json, sys
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.config.command_line.opening import open_here
open_here()
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
known = json.loads(sys.stdin.read())
rooms = sorted({app for app, _ in MigrationRecorder(connection).applied_migrations()})
for room in rooms:
    if room in known:
        call_command("migrate", room, known[room], verbosity=0)
    elif room in known["rooms"]:
        call_command("migrate", room, "zero", verbosity=0)
"""


def back_to_the_last_release(home: RunningHome) -> None:
    """Take the tables of a home back to those of the last release, with the people in them."""
    done = subprocess.run(
        [sys.executable, "-c", _BACK],
        cwd=ROOT,
        env=home.environment,
        input=json.dumps(LAST_RELEASE["newest"] | {"rooms": LAST_RELEASE["rooms_since"]}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def old(kept: KeptHome, tmp_path: Path) -> RunningHome:
    """A home of the last release, with people in it."""
    backup = kept.back_up("for-upgrade")
    into, url = tmp_path / "restored", kept.another_database()
    assert kept.restore(backup.data, "--keyring", backup.keys, into=into, database_url=url).returncode == 0
    home = opened_there(tmp_path / "running", into, url)
    back_to_the_last_release(home)
    return home


def people(home: RunningHome) -> list[object]:
    return sorted(home.rows("SELECT id, code, sex FROM people_client"))


def test_a_home_of_the_last_release_is_brought_up_to_date_and_kept_as_it_was(old: RunningHome) -> None:
    before, all_before = people(old), everything(old)
    with old:
        assert old.session("desk_officer").get("/").status == 200
    assert people(old) == before
    said = old.stderr.read_text()
    assert "As they were before" in said
    (copy,) = old.home.glob("before-upgrade-*.age")
    assert copy.stat().st_mode & 0o077 == 0
    soundness.check_files(old)
    soundness.check_audit(old)
    done = old.command("restore", str(copy), "--replace")
    assert done.returncode == 0, done.stderr
    assert people(old) == before
    assert everything(old).keys() >= all_before.keys()
    soundness.check_audit(old)


def test_where_a_folder_is_set_a_proved_backup_is_made_first(old: RunningHome, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    old.environment["KIMBILIO_BACKUP_FOLDER"] = str(folder)
    with old:
        pass
    assert list(folder.glob("data-*.age"))
    assert not list(old.home.glob("before-upgrade-*"))
    assert str(folder) in old.stderr.read_text()


@pytest.mark.soak
def test_the_copy_is_still_there_after_the_next_good_start(old: RunningHome) -> None:
    with old:
        pass
    assert list(old.home.glob("before-upgrade-*.age"))
    with old:
        pass
    assert list(old.home.glob("before-upgrade-*.age"))
