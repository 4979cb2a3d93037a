"""Kills the serving process, or fails its disk, at a chosen call: strace counts the calls and does it."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.kill_points import WRITES, KillPoint
from tests.running import RunningHome

# The command `kimbilio`, but for one thread in place of two: strace counts the writes of each thread by itself.
_WITH_ONE_THREAD = """
import sys
sys.argv[0] = "kimbilio"
from kimbilio.config.opening import set_up_django
set_up_django()
from kimbilio.config import serving
assert serving.SQLITE_THREADS == 2
serving.SQLITE_THREADS = 1
from kimbilio.config.command_line.commands import run
sys.exit(run(sys.argv[1:]))
"""
ONE_THREAD = [sys.executable, "-c", _WITH_ONE_THREAD]
NAMES = ("kimbilio.db", "keyring.db", "anchors.db")

needs_strace = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("strace") is None, reason="strace is needed, and is on Linux only"
)


@contextmanager
def injected(home: RunningHome, what: str) -> Iterator[Path]:
    """Have strace do `what` (`CALLS:WHAT`; '' for nothing) to the serving process at its writes to the home's files.

    Gives the trace so far. The process that started the server is held still meanwhile, so that it starts no other one.
    """
    server = home.server
    assert server is not None
    trace = home.folder / "trace"
    command = [*_strace(home, trace), *(["-e", f"inject={what}"] if what else [])]
    server.send_signal(signal.SIGSTOP)
    strace = subprocess.Popen(
        [*command, "-p", str(home.serving_process())], stderr=subprocess.PIPE, text=True
    )
    try:
        _wait_until_attached(home.serving_process(), strace)
        yield trace
    finally:
        _let_go(strace)
        server.send_signal(signal.SIGCONT)


def traced_or_killed(home: RunningHome, point: KillPoint | None) -> list[str]:
    """Return the beginning of a command that traces the program after it, and kills it at a point, if there is one."""
    return [*_strace(home, home.folder / "trace"), *(["-e", f"inject={point.kill}"] if point else [])]


def fails_from(home: RunningHome, write: int, error: str) -> list[str]:
    """Return the beginning of a command whose writes to the home's files fail from the so many-th on."""
    return [*_strace(home, home.folder / "trace"), "-e", f"inject={WRITES}:error={error}:when={write}+"]


def _strace(home: RunningHome, trace: Path) -> list[str]:
    files = [home.home / (name + end) for name in NAMES for end in ("", "-wal", "-shm", "-journal")]
    files += [home.home / "passphrase.json", home.home / "passphrase.json.new"]
    only_there = [argument for path in files for argument in ("-P", str(path))]
    return ["strace", "-f", "-y", "-qq", "-o", str(trace), "-e", f"trace={WRITES}", *only_there]


def _let_go(strace: "subprocess.Popen[str]") -> None:
    strace.send_signal(signal.SIGINT)
    try:
        strace.wait(5)
    except subprocess.TimeoutExpired:  # it waits for a process that is gone
        strace.kill()
        strace.wait()


def _wait_until_attached(process: int, strace: "subprocess.Popen[str]") -> None:
    """Return once every thread of a process has a tracer."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        threads = Path(f"/proc/{process}/task").iterdir()
        tracers = [_tracer(thread / "status") for thread in threads]
        if all(tracers):
            return
        assert strace.poll() is None, strace.stderr.read() if strace.stderr else ""
        time.sleep(0.005)
    raise AssertionError("strace does not reach the serving process")


def _tracer(status: Path) -> int:
    lines = status.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("TracerPid"))
