"""Killed at any write of register and edit: what was acknowledged is there, once, whole, and the chain verifies.

Proves 'Done when' 6 of the first issue. In `make test` at a few writes, in `make soak` at every one.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing import Session
from tests.faults import soundness
from tests.faults.injecting import ONE_THREAD, injected, needs_strace, writes_in
from tests.faults.story import Story
from tests.privacy.canaries import Canaries
from tests.running import RunningHome

A_FEW = 8
pytestmark = needs_strace


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHome]:
    """One home for all kills: it must survive them one after the other."""
    with RunningHome(tmp_path_factory.mktemp("kills") / "running", program=ONE_THREAD) as home:
        yield home


@pytest.fixture(scope="module")
def session(home: RunningHome) -> Session:
    return home.session(patience=10)


@pytest.fixture(scope="module")
def people() -> Canaries:
    return Canaries("those who come while the server dies")


@pytest.fixture(scope="module")
def writes(home: RunningHome, session: Session, people: Canaries) -> int:
    """How many writes one whole story makes, in a server that was just started."""
    home.restart()
    with injected(home, "") as trace:
        Story(people).go_on(session)
    count = writes_in(trace)
    assert count > 100, "a story of nine forms makes hundreds of writes"
    return count


def survives_a_kill_at(write: int, home: RunningHome, session: Session, people: Canaries) -> bool:
    """Kill the server at the so many-th write, start it again, and check everything. False when it was not killed.

    It was started a moment ago, after the kill before: so its log of writes is empty, as it always is then.
    """
    home.restart()
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
    assert survives_a_kill_at(1 + place * writes // A_FEW, home, session, people)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_kill_at_every_write(
    home: RunningHome, session: Session, people: Canaries, writes: int
) -> None:
    killed = [survives_a_kill_at(write, home, session, people) for write in range(1, writes + 20)]
    assert sum(killed) >= writes - 5
    assert not killed[-1], "the story was over before the last kill"


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
