"""Runs a command under strace, which tells where it could be killed, and kills it there."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.faults.kill_points import CHANGES, KillPoint, points_in
from tests.running import KIMBILIO, ROOT, RunningHome

_KILLED = -9


def run_traced(
    home: RunningHome, trace: Path, inject: str, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run one command under strace, which does `inject` (`CALLS:WHAT`); '' only writes its calls down."""
    strace = ["strace", "-f", "-y", "-qq", "-o", str(trace), "-e", f"trace={CHANGES}"]
    injected = ["-e", f"inject={inject}"] if inject else []
    settings: Mapping[str, str] = home.environment | environment
    return subprocess.run(
        [*strace, *injected, *KIMBILIO, *arguments],
        cwd=ROOT,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def kill_points(
    home: RunningHome, trace: Path, *arguments: str, also: Path | None = None, **environment: str
) -> list[KillPoint]:
    """Run one command to its end; return where it could have been killed: its changes of the home's files.

    `also` is another folder whose files count.
    """
    done = run_traced(home, trace, "", *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return points_in(trace, *filter(None, (home.home, also)))


def was_killed(done: "subprocess.CompletedProcess[str]") -> bool:
    """Say whether the command was killed, and did not end by itself."""
    return done.returncode in (_KILLED, 128 - _KILLED)
