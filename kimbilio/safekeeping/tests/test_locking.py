"""Locking: whatever holds the keys ends, for certain, and nothing else does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kimbilio.safekeeping.holders import holders
from kimbilio.safekeeping.locking import is_marked_closed, lock_all, mark_closed

ROOT = Path(__file__).resolve().parents[3]
_HOLD = """
import signal, subprocess, sys, time
from pathlib import Path
from kimbilio.safekeeping.holders import hold
if "deaf" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
hold(Path(sys.argv[1]))
if "reads" in sys.argv:
    print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid)
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def start(tmp_path):
    """Give a function that starts a process which holds the keys of `tmp_path`, and returns it with what it printed."""
    started = []

    def begin(*how):
        process = subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(tmp_path), *how], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        printed = iter(process.stdout.readline, "held\n")
        return process, [line.strip() for line in printed]

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_process_that_holds_the_keys_is_known_and_ends_when_asked(start, tmp_path):
    process, _said = start()
    assert holders(tmp_path) == [process.pid]
    assert lock_all(tmp_path).ended == 1
    assert process.wait(5) == -signal.SIGTERM
    assert holders(tmp_path) == []


def test_one_that_does_not_listen_is_killed_and_the_others_are_not_kept_waiting_for_it(start, tmp_path):
    deaf, _said = start("deaf")
    other, _said = start()
    locked = lock_all(tmp_path, patience=0.3)
    assert (locked.ended, locked.killed, locked.left) == (1, 1, ())
    assert deaf.wait(5) == -signal.SIGKILL
    assert other.wait(5) == -signal.SIGTERM


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who started whom")
def test_what_a_holder_started_for_a_moment_ends_too(start, tmp_path):
    _process, (reader,) = start("reads")
    lock_all(tmp_path)
    assert _ends(int(reader))


def test_a_number_that_now_belongs_to_another_program_is_left_alone(tmp_path):
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        # As a process leaves it that was killed: its file is there, and nobody holds its lock.
        (tmp_path / f"open.{bystander.pid}").touch()
        assert lock_all(tmp_path) == lock_all(tmp_path)
        assert bystander.poll() is None
        assert not (tmp_path / f"open.{bystander.pid}").exists()
    finally:
        bystander.kill()
        bystander.wait()


def test_a_process_that_was_killed_holds_nothing_any_more(start, tmp_path):
    process, _said = start()
    process.kill()
    process.wait()
    assert holders(tmp_path) == []


def test_the_mark_is_there_before_anything_ends(start, tmp_path, monkeypatch):
    process, _said = start()

    def look_first(_home):
        assert process.poll() is None
        mark_closed(tmp_path)

    monkeypatch.setattr("kimbilio.safekeeping.locking.mark_closed", look_first)
    lock_all(tmp_path)
    assert is_marked_closed(tmp_path)


def test_a_mark_that_cannot_be_written_keeps_nobody_from_locking(start, tmp_path, monkeypatch):
    process, _said = start()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kimbilio.safekeeping.locking.replace_durably", full)
    locked = lock_all(tmp_path)
    assert (locked.ended, locked.left) == (1, ())
    assert "No space" in locked.unmarked
    assert process.wait(5) == -signal.SIGTERM


def test_an_empty_folder_stays_empty_so_that_a_home_can_be_made_in_it(tmp_path):
    lock_all(tmp_path)
    assert list(tmp_path.iterdir()) == []


def _ends(process: int) -> bool:
    """Say whether a process that is nobody's child here is gone within some seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    return False
