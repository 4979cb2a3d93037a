"""What is done once a day is done on each day, and one thing that fails does not stop the others."""

import logging
import threading
from typing import Any

import pytest
import time_machine

from kimbilio.config import daily

done: list[str] = []


def one() -> None:
    """A thing to do."""
    done.append("one")


def fails() -> None:
    """A thing that fails, with a name in what it says."""
    raise ValueError("Wanjiru")


def another() -> None:
    """Another thing to do."""
    done.append("another")


@pytest.fixture(autouse=True)
def three_things(settings: Any) -> None:
    done.clear()
    settings.DAILY = [f"{__name__}.{each.__name__}" for each in (one, fails, another)]


def test_one_that_fails_is_said_without_its_words_and_the_others_are_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logging.getLogger("kimbilio").propagate = True
    with caplog.at_level(logging.ERROR):
        daily.do_all()
    assert done == ["one", "another"]
    assert "ValueError" in caplog.text
    assert "Wanjiru" not in caplog.text


def test_they_are_done_again_on_the_next_day_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "close_old_connections", lambda: None)
    hours = iter(range(1, 30))

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            """Let an hour pass; stop when the hours are over."""
            hour = next(hours, None)
            if hour is None:
                return True
            travel.shift(timeout or 0)
            return False

    with time_machine.travel("2026-11-22T12:00:00+03:00", tick=False) as travel:
        daily._watch(Clock())
    assert done == ["one", "another"], "29 hours from noon hold one midnight"
