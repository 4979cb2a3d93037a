"""`kimbilio recovery`: a key whose sheet nobody got is none."""

import subprocess
import sys
from argparse import Namespace
from types import SimpleNamespace

import pytest

from kimbilio.config.command_line import recovery
from kimbilio.config.tests.test_command_line import COMMAND, environment, kimbilio
from kimbilio.safekeeping.recovery import recipients


def test_a_sheet_that_could_not_be_written_leaves_neither_a_file_nor_a_key(tmp_path, monkeypatch):
    def full(_sheet):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recovery, "environment", lambda: SimpleNamespace(home=tmp_path))
    monkeypatch.setattr(recovery, "sheet_pdf", full)
    with pytest.raises(OSError, match="No space"):
        recovery.run_new(Namespace(sheet=tmp_path / "sheet.pdf"))
    assert recipients(tmp_path) == []
    assert not (tmp_path / "sheet.pdf").exists()


@pytest.fixture
def locked_home(tmp_path):
    """A home with keys, and nothing else."""
    from kimbilio.config.tests.test_command_line import PASSPHRASE
    from kimbilio.core.keyring import PassphraseCost, create_keyring

    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    create_keyring(home, PASSPHRASE, cost=PassphraseCost(iterations=1, memory_kib=64))
    return home


@pytest.mark.parametrize("shell", ['"$@" > /dev/full', '"$@" | true; exit "${PIPESTATUS[0]}"'])
def test_a_sheet_that_reached_nobody_leaves_no_key(locked_home, shell):
    kept_back = {
        name: value for name, value in environment(locked_home).items() if name != "PYTHONUNBUFFERED"
    }
    command = [sys.executable, "-c", f"import time; time.sleep(0.3); {COMMAND}", "recovery", "new"]
    ended = subprocess.run(
        ["bash", "-c", shell, "bash", *command], env=kept_back, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    assert recipients(locked_home) == []


def test_keys_that_are_damaged_and_a_file_that_cannot_be_read_are_said_in_a_sentence(locked_home, tmp_path):
    folder = kimbilio(
        locked_home, "recovery", "list", KIMBILIO_PASSPHRASE="", KIMBILIO_PASSPHRASE_FILE=str(tmp_path)
    )
    (locked_home / "passphrase.json").write_bytes(b"{half")
    damaged = kimbilio(locked_home, "recovery", "list")
    for ended in (folder, damaged):
        assert ended.returncode == 1, ended.stderr
        assert "Traceback" not in ended.stderr
        assert len(ended.stderr.splitlines()) == 1, ended.stderr
