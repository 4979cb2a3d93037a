"""Reminders come when they are due, and not before."""

from datetime import UTC, datetime, timedelta

import pytest

from kimbilio.safekeeping.choices import Care
from kimbilio.safekeeping.rules import Kept, is_all_done, overdue

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


ALL_DONE = {"proved_at": ago(1), "copied_at": ago(1), "drilled_at": ago(1)}


def test_nothing_is_asked_where_all_was_done():
    assert overdue(Kept(LONG_AGO, True, **ALL_DONE), NOW) == []


@pytest.mark.parametrize(
    ("what", "days", "care"),
    [("proved_at", 8, Care.NO_BACKUP), ("copied_at", 8, Care.NO_COPY), ("drilled_at", 92, Care.NO_DRILL)],
)
def test_each_is_asked_for_when_its_time_is_over(what, days, care):
    in_time = ALL_DONE | {what: ago(days)}
    late = ALL_DONE | {what: ago(days + 0.01)}
    never = ALL_DONE | {what: None}
    assert overdue(Kept(LONG_AGO, True, **in_time), NOW) == []
    assert overdue(Kept(LONG_AGO, True, **late), NOW) == [care]
    assert overdue(Kept(LONG_AGO, True, **never), NOW) == [care]
    assert overdue(Kept(ago(1), True, **never), NOW) == [], "a new home has time for its first"


def test_no_key_and_a_failure_are_said_at_once():
    assert overdue(Kept(NOW, False), NOW) == [Care.NO_KEY]
    assert overdue(Kept(NOW, True, failed_at=NOW), NOW) == [Care.FAILED]


@pytest.mark.parametrize("what", ["proved_at", "copied_at", "drilled_at"])
def test_what_was_done_by_a_clock_that_ran_ahead_puts_nothing_off(what):
    ahead = ALL_DONE | {what: NOW + timedelta(days=730)}
    assert len(overdue(Kept(LONG_AGO, True, **ahead), NOW)) == 1


@pytest.mark.parametrize("never", ["proved_at", "copied_at", "drilled_at"])
def test_not_all_is_done_while_something_was_never_done(never):
    assert is_all_done(Kept(LONG_AGO, True, **ALL_DONE))
    assert not is_all_done(Kept(LONG_AGO, True, **ALL_DONE | {never: None}))
    assert not is_all_done(Kept(LONG_AGO, False, **ALL_DONE))
