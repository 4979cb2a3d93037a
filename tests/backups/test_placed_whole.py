"""A restore whose placing fails or is killed: the old home, or the new one at the next start, tables and keys alike."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backups.kept import NEW_PASSPHRASE, Backup, KeptHome, everything, opened_there
from tests.faults import soundness
from tests.running import ROOT, RunningHome

_WITH_A_FAULT = """
import os, sys
sys.argv[0] = "kimbilio"
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.safekeeping import placing
def full(*_args, **_given):
    raise OSError(28, "No space left on device")
def killed(*_args, **_given):
    os._exit(9)
setattr(placing, sys.argv[1], {"full": full, "killed": killed}[sys.argv[2]])
from kimbilio.config.command_line.commands import run
sys.exit(run(sys.argv[3:]))
"""


@pytest.fixture
def stale(kept: KeptHome, backup: Backup, tmp_path: Path) -> RunningHome:
    """A home of its own, made from the backup, in which something was written since."""
    into, url = tmp_path / "restored", kept.another_database()
    assert kept.restore(backup.data, "--keyring", backup.keys, into=into, database_url=url).returncode == 0
    return opened_there(tmp_path / "running", into, url)


def restored_with(
    fault: str, where: str, kept: KeptHome, backup: Backup, home: RunningHome
) -> "subprocess.CompletedProcess[str]":
    given = {"KIMBILIO_RECOVERY_KEY": kept.recovery_key, "KIMBILIO_NEW_PASSPHRASE": NEW_PASSPHRASE}
    arguments = ["restore", str(backup.data), "--keyring", str(backup.keys), "--replace"]
    return subprocess.run(
        [sys.executable, "-c", _WITH_A_FAULT, where, fault, *arguments],
        cwd=ROOT,
        env=home.environment | given,
        capture_output=True,
        text=True,
        check=False,
    )


def times_put_back(home: RunningHome) -> int:
    """Return how many restores this home's record of who did what knows of; it must be whole."""
    done = home.command("audit", "verify", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    soundness.check_files(home)
    return len(json.loads(done.stdout)["organisations"][0]["put_back"])


def schemas_left(home: RunningHome) -> list[object]:
    if not home.database_url:
        return []
    return home.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'kimbilio%'")


@pytest.mark.long_on_postgresql
@pytest.mark.parametrize("fault", [pytest.param("full", marks=pytest.mark.soak), "killed"])
def test_what_fails_before_it_is_decided_changes_nothing(
    fault: str, kept: KeptHome, backup: Backup, stale: RunningHome
) -> None:
    before = everything(stale)
    keys = (stale.home / "keyring.db").read_bytes()
    done = restored_with(fault, "decide", kept, backup, stale)
    assert done.returncode == (1 if fault == "full" else 9)
    assert fault == "killed" or "Nothing was changed" in done.stderr
    assert everything(stale) == before
    assert (stale.home / "keyring.db").read_bytes() == keys
    assert fault == "killed" or schemas_left(stale) == []


@pytest.mark.parametrize("fault", [pytest.param("full", marks=pytest.mark.soak), "killed"])
def test_what_fails_between_tables_and_files_is_done_at_the_next_start(
    fault: str, kept: KeptHome, backup: Backup, stale: RunningHome
) -> None:
    (stale.home / "keyring.db").rename(
        stale.home / "keyring.db.of-before"
    )  # so that only the new one opens anything
    done = restored_with(fault, "_put_aside", kept, backup, stale)
    assert done.returncode == (1 if fault == "full" else 9)
    assert fault == "killed" or "The next start does the rest" in done.stderr
    assert times_put_back(stale) == 1
    assert list(stale.home.glob("before-restore-*/keyring.db.of-before"))
    assert schemas_left(stale) == []
    with stale:
        desk = stale.session("desk_officer")
        shown = desk.post(f"/p/{kept.people[0].code}/name", {})
        assert any(word in shown.text.lower() for word in kept.canaries.words)
