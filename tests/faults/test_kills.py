"""Killed at any write of register and edit: what was acknowledged is there, once, whole, and the chain verifies.

Proves 'Done when' 6 of the first issue. In `make test` at a few writes, in `make soak` all through.
"""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress

import pytest

from tests.browsing import Session
from tests.faults import soundness
from tests.faults.injecting import injected, needs_strace, traced_or_killed
from tests.faults.kill_points import KillPoint, every, points_in
from tests.faults.story import Story
from tests.privacy.canaries import Canaries
from tests.running import ROOT, RunningHome

A_FEW = 6
# In a soak: the kill points that are unlike their neighbours, and of rows of equal ones so many. Kills of a real server
# are slow: test_power_cuts.py has the moment before each call of a longer run.
EVERY_SO_MANY, PARTS = 10, 2
pytestmark = needs_strace


@pytest.fixture(scope="module")
def points(home: RunningHome, people: Canaries) -> list[KillPoint]:
    """Where one whole story can be killed."""
    session = home.session(patience=30)
    with injected(home, "") as trace:
        Story(people).go_on(session)
    found = every(points_in(trace), EVERY_SO_MANY)
    assert len(found) > 50, "a story of nine forms makes hundreds of writes"
    return found


def survives_a_kill_at(
    what: str, home: RunningHome, session: Session, people: Canaries, *, chain: bool = True
) -> bool:
    """Kill the server in a story, start it again, and check everything. False when it was not killed."""
    story = Story(people)
    with injected(home, what):
        died = story.go_on_until_it_dies(session)
        if died:
            home.kill()  # before the one that started it can start another
    home.kill()
    home.start()
    soundness.check_home(home, chain=chain)
    story.check_what_was_acknowledged(session)
    story.go_on(session)
    story.send_everything_again(session)
    assert story.found(session) == [story.code]
    soundness.check_once(home, story)
    return died


@pytest.mark.kill
@pytest.mark.parametrize("place", range(A_FEW))
def test_what_was_acknowledged_survives_a_kill_at_a_few_writes(
    place: int, home: RunningHome, session: Session, people: Canaries, points: list[KillPoint]
) -> None:
    # Not up to the last: how many writes a story makes differs by what the log held before it.
    point = points[1 + place * len(points) // (A_FEW + 1)]
    assert survives_a_kill_at(point.kill, home, session, people)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_what_was_acknowledged_survives_a_kill_at_writes_all_through_a_story(
    part: int, home: RunningHome, session: Session, people: Canaries, points: list[KillPoint]
) -> None:
    chosen = points[part::PARTS]
    killed = 0
    for number, point in enumerate(chosen):
        # A chain that a kill broke stays broken: the next look at it finds that.
        killed += survives_a_kill_at(point.kill, home, session, people, chain=number % 5 == 0)
    soundness.check_audit(home)
    assert killed > 0.9 * len(chosen)


def fill_the_log(home: RunningHome, session: Session, people: Canaries) -> None:
    """Have SQLite's log grow to just below a thousand pages: then it is written back into the file."""
    log = home.home / "kimbilio.db-wal"
    while True:
        story = Story(people)
        for step in story.steps:
            if log.stat().st_size > (1000 - 60) * 4120:
                return
            story.send(session, step)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_kill_while_the_log_is_written_back(
    home: RunningHome, session: Session, people: Canaries
) -> None:
    killed = []
    for write in range(40, 1240, 120):
        fill_the_log(home, session, people)
        killed.append(survives_a_kill_at(f"pwrite64:signal=SIGKILL:when={write}", home, session, people))
    assert sum(killed) > len(killed) / 2


@pytest.mark.soak
def test_a_server_that_is_killed_while_it_starts_after_a_kill_loses_nothing(
    home: RunningHome, session: Session, people: Canaries
) -> None:
    home.kill()
    assert not starts_until_killed_at(None, home)
    points, killed = every(points_in(home.folder / "trace"), EVERY_SO_MANY), 0
    home.start()
    for point in points:
        story = Story(people)
        story.send(session, story.steps[0])
        home.kill()
        killed += starts_until_killed_at(point, home)
        home.start()
        soundness.check_home(home)
        story.check_what_was_acknowledged(session)
        story.go_on(session)
        soundness.check_once(home, story)
    assert killed > 5, "starting after a kill writes the log back, so there are writes to be killed at"


def starts_until_killed_at(point: KillPoint | None, home: RunningHome) -> bool:
    """Start the server under strace, to be killed at a point where one is given. False where it started."""
    while answers(home):  # the one that was killed is still going
        time.sleep(0.01)
    with home.stderr.open("ab") as err:
        started = subprocess.Popen(
            [*traced_or_killed(home, point), *home.program, "run", "--port", str(home.port)],
            cwd=ROOT,
            env=home.environment,
            stdin=subprocess.DEVNULL,
            stdout=err,
            stderr=err,
            start_new_session=True,
        )
    while started.poll() is None and not answers(home):
        time.sleep(0.02)
    died = started.poll() is not None
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    return died


def answers(home: RunningHome) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", home.port)) == 0


@pytest.mark.kill
def test_a_server_whose_serving_process_died_serves_again_by_itself(
    home: RunningHome, session: Session, people: Canaries
) -> None:
    story = Story(people)
    story.send(session, story.steps[0])
    os.kill(home.serving_process(), signal.SIGKILL)
    home.wait_until_it_answers()
    story.check_what_was_acknowledged(session)
    story.go_on(session)
    soundness.check_home(home)
    soundness.check_once(home, story)
