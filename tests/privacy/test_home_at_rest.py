"""A home that is closed opens with its passphrase and all of its files, and says plainly what is missing else."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from tests.running import PASSPHRASE, RunningHome

NEED_THE_PASSPHRASE = [["audit", "verify"], ["doctor"], ["user", "list"], ["run", "--port", "1"]]


pytestmark = pytest.mark.long_on_postgresql


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> RunningHome:
    """A home that nobody serves."""
    folder = tmp_path_factory.mktemp("rest") / "made"
    return RunningHome(folder, database_url=postgresql.get_uri() if postgresql else "")


@pytest.fixture
def home(made: RunningHome, tmp_path: Path) -> RunningHome:
    """A copy of it, to be spoilt."""
    return RunningHome(tmp_path / "copy", copy_of=made, database_url=made.database_url)


@pytest.mark.parametrize("command", NEED_THE_PASSPHRASE, ids=" ".join)
def test_a_wrong_passphrase_opens_nothing_and_says_so(home: RunningHome, command: list[str]) -> None:
    nearly = ["seven quiet boats upon the sea", PASSPHRASE + " ", PASSPHRASE.title()]
    # What is nearly right is refused where every command asks: once is enough.
    for wrong in nearly if command == NEED_THE_PASSPHRASE[0] else nearly[:1]:
        answer = home.command(*command, KIMBILIO_PASSPHRASE=wrong)
        assert answer.returncode == 3, answer.stderr
        assert "Traceback" not in answer.stderr
        assert wrong not in answer.stdout + answer.stderr


@pytest.mark.parametrize("command", NEED_THE_PASSPHRASE, ids=" ".join)
def test_without_a_passphrase_nothing_opens(home: RunningHome, command: list[str]) -> None:
    answer = home.command(*command, KIMBILIO_PASSPHRASE="")
    assert answer.returncode == 3, answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("missing", ["keyring.db", "passphrase.json"])
@pytest.mark.parametrize("command", NEED_THE_PASSPHRASE[:2], ids=" ".join)
def test_a_data_file_without_its_keys_cannot_be_read(
    home: RunningHome, command: list[str], missing: str
) -> None:
    (home.home / missing).unlink()
    answer = home.command(*command)
    assert answer.returncode == 1, answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout + answer.stderr


def test_keys_of_another_home_open_nothing(home: RunningHome, tmp_path: Path, made: RunningHome) -> None:
    other = RunningHome(tmp_path / "other") if not made.database_url else None
    if other is None:
        return
    for name in ("passphrase.json", "keyring.db"):
        copy = tmp_path / name
        shutil.copytree(home.home, copy)
        shutil.copy(other.home / name, copy)
        answer = home.command("doctor", KIMBILIO_HOME=str(copy))
        assert answer.returncode == 1, answer.stderr
        assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("name", ["kimbilio.db", "keyring.db"])
def test_no_file_opens_as_plain_sqlite_or_with_a_guessed_key(home: RunningHome, name: str) -> None:
    if not (home.home / name).exists():
        return
    path = str(home.home / name)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT * FROM sqlite_master").fetchall()
    for key in (PASSPHRASE, "guess", "x'" + "00" * 32 + "'"):
        with closing(dbapi2.connect(path)) as connection:
            connection.set_key(key)
            with pytest.raises(dbapi2.DatabaseError):
                connection.execute("SELECT * FROM sqlite_master").fetchall()
    data = (home.home / name).read_bytes()
    assert b"SQLite format" not in data
    assert b"CREATE TABLE" not in data


def test_only_its_owner_can_read_a_home(home: RunningHome, made: RunningHome) -> None:
    assert made.home.stat().st_mode & 0o077 == 0
    assert {path.name: path.stat().st_mode & 0o077 for path in made.home.iterdir()} == {
        path.name: 0 for path in made.home.iterdir()
    }


def test_the_command_finds_tampering_and_says_where(home: RunningHome) -> None:
    verify = ["audit", "verify", "--json"]
    assert home.command(*verify).returncode == 0
    with home.database() as connection:
        if home.database_url:
            connection.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        else:
            connection.execute("DROP TRIGGER audit_entry_no_update")
        (event,) = connection.execute("SELECT event FROM audit_auditevent WHERE seq = 5").fetchone()
        connection.execute("UPDATE audit_auditevent SET event = 'sign_out' WHERE seq = 5")
    found = home.command(*verify)
    assert found.returncode == 1
    document = json.loads(found.stdout)
    assert document["ok"] is False
    assert [fault["seq"] for fault in document["organisations"][0]["faults"]] == [5]
    doctor = home.command("doctor", "--json")
    assert doctor.returncode == 1
    assert {check["check"] for check in json.loads(doctor.stdout)["checks"] if not check["ok"]} == {"audit"}
    with home.database() as connection:
        connection.execute(f"UPDATE audit_auditevent SET event = '{event}' WHERE seq = 5")
    assert home.command(*verify).returncode == 0


def test_a_damaged_anchor_file_is_said_plainly(home: RunningHome) -> None:
    (home.home / "anchors.db").write_bytes(b"not a database at all" * 400)
    for command in (["audit", "verify", "--json"], ["doctor", "--json"]):
        answer = home.command(*command)
        assert answer.returncode == 1
        assert "Traceback" not in answer.stderr, answer.stderr
        assert json.loads(answer.stdout)["ok"] is False
