"""Somebody holds the database: those who write wait, or are told in plain words to send it again; nothing is lost."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from kimbilio.core.trouble import Trouble
from tests.browsing import Session
from tests.faults import soundness
from tests.faults.story import NotSaved, Story
from tests.privacy.canaries import Canaries
from tests.running import RunningHome

WRITERS = 8
HELD = {
    "a writer": ["BEGIN IMMEDIATE"],
    "a reader": ["BEGIN", "SELECT count(*) FROM people_client"],
}


@contextmanager
def held(home: RunningHome, statements: list[str], seconds: float) -> Iterator[None]:
    """Have somebody else hold the database for so long, from the beginning of this on."""
    holds, done = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(home.open_file("kimbilio.db", "database")) as connection:
            for statement in statements:
                connection.execute(statement).fetchall()
            holds.set()
            done.wait(seconds)
            connection.execute("ROLLBACK")

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert holds.wait(20)
        yield
    finally:
        holder.join()


def writes_through(session: Session, name: str) -> tuple[Story, list[NotSaved]]:
    """Tell a story, each form again until it is saved; returns what else than saved was answered."""
    story, said = Story(Canaries(name)), []
    until = time.monotonic() + 300
    while not all(step.acknowledged for step in story.steps):
        assert time.monotonic() < until, said
        try:
            story.go_on(session)
        except NotSaved as answer:
            said.append(answer)
    story.send_everything_again(session)
    assert story.found(session) == [story.code]
    return story, said


@pytest.mark.parametrize("who", HELD)
@pytest.mark.parametrize(
    "seconds", [pytest.param(2, marks=pytest.mark.kill), pytest.param(30, marks=pytest.mark.soak)]
)
def test_eight_who_write_beside_one_who_holds_the_database_all_get_through(
    who: str, seconds: float, home: RunningHome
) -> None:
    told: list[tuple[Story, list[NotSaved]]] = []

    def write(session: Session, number: int) -> None:
        told.append(writes_through(session, f"{who}, {seconds}, {number}"))

    sessions = [home.session(patience=120) for _ in range(WRITERS)]
    writers = [threading.Thread(target=write, args=(one, number)) for number, one in enumerate(sessions)]
    with held(home, HELD[who], seconds):
        for writer in writers:
            writer.start()
    for writer in writers:
        writer.join()
    assert len(told) == WRITERS, "somebody did not get through"
    for story, said in told:
        soundness.check_once(home, story)
        assert all(answer.status == 503 and str(Trouble.BUSY.title) in str(answer) for answer in said), said
    soundness.check_home(home)
