"""Killed at any write of register and edit: what was acknowledged is there, once, whole, and the chain verifies.

Proves 'Done when' 6 of the first issue. In `make test` at a few writes, in `make soak` at every one.
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
from tests.faults.injecting import injected, kills_at, needs_strace, writes_in
from tests.faults.story import Story
from tests.privacy.canaries import Canaries
from tests.running import ROOT, RunningHome

A_FEW = 8
EVERY_SO_MANY = 5  # for starts, which are slow
pytestmark = needs_strace


@pytest.fixture(scope="module")
def writes(home: RunningHome, session: Session, people: Canaries) -> int:
    """How many writes one whole story makes."""
    with injected(home, "") as trace:
        Story(people).go_on(session)
    count = writes_in(trace)
    assert count > 100, "a story of nine forms makes hundreds of writes"
    return count


def survives_a_kill_at(write: int, home: RunningHome, session: Session, people: Canaries) -> bool:
    """Kill the server at the so many-th write, start it again, and check everything. False when it was not killed."""
    story = Story(people)
    with injected(home, f"signal=SIGKILL:when={write}"):
        died = story.go_on_until_it_dies(session)
        if died:
            home.kill()  # before the one that started it can start another
    home.kill()
    home.start()
    soundness.check_home(home)
    story.check_what_was_acknowledged(session)
    story.go_on(session)
    story.send_everything_again(session)
    assert story.found(session) == [story.code]
    soundness.check_once(home, story)
    return died


@pytest.mark.kill
@pytest.mark.parametrize("place", range(A_FEW))
def test_what_was_acknowledged_survives_a_kill_at_a_few_writes(
    place: int, home: RunningHome, session: Session, people: Canaries, writes: int
) -> None:
    # Not up to the last: how many writes a story makes differs by what the log held before it.
    assert survives_a_kill_at(1 + place * writes // (A_FEW + 1), home, session, people)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_kill_at_every_write(
    home: RunningHome, session: Session, people: Canaries, writes: int
) -> None:
    killed = [survives_a_kill_at(write, home, session, people) for write in range(1, writes + 20)]
    assert sum(killed) >= writes - 5
    assert not killed[-1], "the story was over before the last kill"


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_kill_while_the_log_is_written_back(
    home: RunningHome, session: Session, people: Canaries
) -> None:
    """SQLite writes its log back into the file when that has grown to a thousand pages."""
    log = home.home / "kimbilio.db-wal"
    full = 1000 * 4120
    killed = []
    for write in range(40, 1240, 60):
        while log.stat().st_size < full - 60 * 4120:
            Story(people).go_on(session)
        killed.append(survives_a_kill_at(write, home, session, people))
    assert sum(killed) > len(killed) / 2


@pytest.mark.soak
def test_a_server_that_is_killed_while_it_starts_after_a_kill_loses_nothing(
    home: RunningHome, session: Session, people: Canaries
) -> None:
    killed = 0
    for write in range(1, 400, EVERY_SO_MANY):
        story = Story(people)
        story.send(session, story.steps[0])
        home.kill()
        if starts_until_killed_at(write, home):
            killed += 1
        else:
            break
        home.start()
        soundness.check_home(home)
        story.check_what_was_acknowledged(session)
        story.go_on(session)
        soundness.check_once(home, story)
    assert killed > 5, "starting after a kill writes the log back, so there are writes to be killed at"
    home.restart()


def starts_until_killed_at(write: int, home: RunningHome) -> bool:
    """Start the server under strace, to be killed at the so many-th write. False where it started."""
    while answers(home):  # the one that was killed is still going
        time.sleep(0.01)
    with home.stderr.open("ab") as err:
        started = subprocess.Popen(
            [*kills_at(home, write), *home.program, "run", "--port", str(home.port)],
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
