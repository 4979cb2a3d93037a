"""On PostgreSQL: killed at any moment, the server or PostgreSQL itself, what was acknowledged is there, once."""

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psutil
import pytest

from tests.browsing import Session
from tests.faults import soundness
from tests.faults.story import Story
from tests.own_postgresql import own_postgresql
from tests.privacy.canaries import Canaries
from tests.running import RunningHome

KILLS_IN_THE_SUITE, KILLS_IN_A_SOAK = 2, 25
KILLS_OF_POSTGRESQL = [pytest.param(1, marks=pytest.mark.kill), pytest.param(30, marks=pytest.mark.soak)]
LONGEST_STORY = 0.5


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Any]:
    with own_postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, postgresql: Any) -> Iterator[RunningHome]:
    folder = tmp_path_factory.mktemp("kills") / "running"
    with RunningHome(folder, database_url=postgresql.get_uri()) as home:
        yield home


@pytest.fixture
def session(home: RunningHome) -> Session:
    return home.session(patience=10)


@pytest.fixture(scope="module")
def people() -> Canaries:
    return Canaries("those who come while PostgreSQL dies")


def goes_on_until(kill: Callable[[], None], after: float, people: Canaries, session: Session) -> Story:
    """Send one story after another until something dies in the middle of one; returns that one."""
    killer = threading.Timer(after, kill)
    killer.start()
    try:
        while True:
            story = Story(people)
            if story.go_on_until_it_dies(session):
                return story
    finally:
        killer.join()


def check_all(home: RunningHome, session: Session, story: Story) -> None:
    soundness.check_home(home)
    story.check_what_was_acknowledged(session)
    story.go_on(session)
    story.send_everything_again(session)
    assert story.found(session) == [story.code]
    soundness.check_once(home, story)


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(KILLS_IN_THE_SUITE, marks=pytest.mark.kill),
        pytest.param(KILLS_IN_A_SOAK, marks=pytest.mark.soak),
    ],
)
def test_what_was_acknowledged_survives_kills_of_the_server_at_random_moments(
    kills: int, home: RunningHome, session: Session, people: Canaries
) -> None:
    chance = random.Random(f"kills of the server, {kills}")
    for _ in range(kills):
        story = goes_on_until(home.kill, chance.uniform(0.01, LONGEST_STORY), people, session)
        home.start()
        check_all(home, session, story)


@pytest.mark.parametrize("kills", KILLS_OF_POSTGRESQL)
@pytest.mark.parametrize("what", ["all of it", "one backend"])
def test_what_was_acknowledged_survives_kills_of_postgresql_itself(
    what: str, kills: int, home: RunningHome, postgresql: Any, session: Session, people: Canaries
) -> None:
    chance = random.Random(f"kills of PostgreSQL, {what}, {kills}")
    kill = {"all of it": kill_all_of, "one backend": kill_a_backend_of}[what]
    for _ in range(kills):
        story = goes_on_until(lambda: kill(postgresql), chance.uniform(0.01, LONGEST_STORY), people, session)
        postgresql.ensure_postgres_running()
        wait_until_it_serves_again(session)
        check_all(home, session, story)


def kill_all_of(postgresql: Any) -> None:
    """Kill the process that PostgreSQL started from; the others see it gone and end."""
    started = psutil.Process(postgresql.get_pid())
    others = started.children(recursive=True)
    started.kill()
    _, still_there = psutil.wait_procs(others, timeout=20)
    assert not still_there
    # What was killed may be there as a shadow until somebody asks for its end, and is then taken for running.
    (postgresql.pgdata / "postmaster.pid").unlink()


def kill_a_backend_of(postgresql: Any) -> None:
    """Kill one process that serves a connection of ours; PostgreSQL then ends all, recovers and goes on."""
    for one in psutil.Process(postgresql.get_pid()).children():
        with suppress(psutil.Error):
            # The title of such a process names its user, its database and where it is connected from.
            if re.search(r"^postgres: \w+ \w+ (\[local\]|[\d.]+\(\d+\))", " ".join(one.cmdline())):
                one.kill()
                return
    raise AssertionError("there is no backend to kill")


def wait_until_it_serves_again(session: Session) -> None:
    """Return once a page that asks the database is answered; the server itself was never stopped."""
    until = time.monotonic() + 30
    while session.get("/account").status != 200:
        assert time.monotonic() < until, "the server does not find its database again"
        time.sleep(0.1)
