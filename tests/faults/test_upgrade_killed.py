"""An upgrade that is killed midway leaves the tables as before it, and is done whole at the next start."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import INIT, PASSWORD, ROOT, RunningHome

_UPGRADE = """
import os, sys
from pathlib import Path
from kimbilio.config.opening import open_with_passphrase, set_up_django
set_up_django()
open_with_passphrase(Path(os.environ["KIMBILIO_HOME"]), os.environ["KIMBILIO_PASSPHRASE"])
from django.db.migrations.recorder import MigrationRecorder
from kimbilio.config.serving import migrate
left, record = int(sys.argv[1]), MigrationRecorder.record_applied
def record_and_die(*names):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), 9)
    record(*names)
MigrationRecorder.record_applied = record_and_die
migrate()

"""


class _Home(RunningHome):
    def _make(self) -> None:
        add = [["user", "add", role, "--role", role] for role in ("desk_officer", "programme_manager")]
        passwords = {"KIMBILIO_ADMIN_PASSWORD": PASSWORD, "KIMBILIO_USER_PASSWORD": PASSWORD}
        self.several(INIT, *add, environment=passwords)


def run(home: _Home, *program: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=home.environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> Iterator[_Home]:
    """A home with people, as an earlier release would have left it."""
    url = postgresql.get_uri() if postgresql else ""
    home = _Home(tmp_path_factory.mktemp("upgrade") / "home", database_url=url)
    prepared = run(home, "-m", "tests.faults.power.script", "prepare")
    assert prepared.returncode == 0, prepared.stderr
    return home


def applied(home: _Home) -> list[Any]:
    return sorted(home.rows("SELECT app, name FROM django_migrations"))


def test_an_upgrade_killed_at_any_migration_is_done_whole_at_the_next_start(home: _Home) -> None:
    before = applied(home)
    for migration in (1, 4):
        killed = run(home, "-c", _UPGRADE, str(migration))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert applied(home) == before, "a part of the upgrade stayed"
    done = run(home, "-c", _UPGRADE, "0")
    assert done.returncode == 0, done.stderr
    assert len(applied(home)) >= len(before) + 4
    verified = home.command("audit", "verify")
    assert verified.returncode == 0, verified.stderr
