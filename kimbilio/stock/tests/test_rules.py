"""The rules of supplies: which batch goes first, how long they last, what to warn of, what a count found."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.stock.choices import Warned
from kimbilio.stock.rules import (
    Lot,
    Shelf,
    differences,
    expires_soon,
    is_expired,
    pace,
    warned_of,
    weeks_left,
)

ON = date(2025, 6, 15)


def day(number: int) -> date:
    return ON + timedelta(days=number)


def shelf(*lots: tuple[str | None, int | None, int]) -> Shelf:
    """Return a shelf of lots told as (batch, days until it expires, pieces)."""
    return Shelf(Lot(batch, None if good is None else day(good), pieces) for batch, good, pieces in lots)


def test_what_expires_first_goes_first_and_what_never_expires_last():
    lots = shelf(("late", 300, 10), (None, None, 5), ("soon", 20, 10))
    assert lots.take(12, ON) == [("soon", 10), ("late", 2)]
    assert lots.take(10, ON) == [("late", 8), (None, 2)]


def test_what_has_expired_goes_only_when_there_is_nothing_else():
    lots = shelf(("expired", -1, 10), ("last day", 0, 4), ("good", 30, 4))
    assert lots.take(9, ON) == [("last day", 4), ("good", 4), ("expired", 1)]


def test_what_is_not_there_is_taken_of_no_batch():
    assert shelf(("a", 30, 3)).take(5, ON) == [("a", 3), (None, 2)]
    assert shelf(("a", 30, 3), (None, None, 1)).take(5, ON) == [("a", 3), (None, 2)]
    assert shelf((None, None, -4)).take(5, ON) == [(None, 5)]


@given(
    st.lists(st.tuples(st.integers(-30, 300) | st.none(), st.integers(-5, 40)), max_size=6),
    st.lists(st.integers(1, 60), max_size=6),
)
def test_no_piece_is_taken_twice_and_every_one_that_is_wanted_is_taken(drawn, wanted):
    lots = shelf(*((str(place), good, pieces) for place, (good, pieces) in enumerate(drawn)))
    there = {str(place): max(pieces, 0) for place, (_good, pieces) in enumerate(drawn)}
    for number in wanted:
        taken = lots.take(number, ON)
        assert sum(pieces for _batch, pieces in taken) == number
        assert all(pieces > 0 for _batch, pieces in taken)
        for batch, pieces in taken:
            if batch is not None:
                there[batch] -= pieces
        if any(batch is None for batch, _pieces in taken):
            assert not any(there.values()), "something was left on the shelf"
    assert all(pieces >= 0 for pieces in there.values())


def test_the_last_good_day_is_good():
    assert not is_expired(ON, ON)
    assert is_expired(ON, day(1))
    assert not is_expired(None, ON)
    assert expires_soon(day(84), ON, 12)
    assert not expires_soon(day(85), ON, 12)
    assert not expires_soon(day(-1), ON, 12)


def test_the_pace_is_that_of_the_last_weeks():
    given_on = {day(-number): 10 for number in range(100)}
    assert pace(given_on, day(-400), ON, 8) == 70
    assert pace({day(-56): 999}, day(-400), ON, 8) == 0, "one day too long ago"
    assert pace({day(-55): 80}, day(-400), ON, 8) == 10


def test_a_young_ledger_is_not_taken_for_a_slow_one():
    assert pace({ON: 30, day(-13): 30}, day(-13), ON, 8) == 30
    assert pace({ON: 30}, ON, ON, 8) == 30, "a first day is taken as a week"
    assert pace({day(-27): 28, ON: 28}, ON, ON, 8) == 14, "what was given before the ledger is known too"
    assert pace({}, None, ON, 8) == 0


def test_how_many_weeks_are_left():
    assert weeks_left(140, 70) == 2
    assert weeks_left(140, 0) is None
    assert weeks_left(0, 0) == 0
    assert weeks_left(-4, 70) == 0


@pytest.mark.parametrize(
    ("places", "a_week", "lots", "said"),
    [
        ([100], 0, [], []),
        ([0], 0, [], []),
        ([0], 5, [], [Warned.OUT]),
        ([-3], 5, [], [Warned.BELOW_ZERO, Warned.OUT]),
        ([100, -3], 5, [], [Warned.BELOW_ZERO]),
        ([20], 5, [], [Warned.LOW]),
        ([21], 5, [], []),
        ([100], 5, [("a", -1, 4)], [Warned.EXPIRED]),
        ([100], 5, [("a", 10, 4), ("b", -1, 0)], [Warned.EXPIRES_SOON]),
        ([20], 5, [("a", -1, 4), ("b", 10, 4)], [Warned.EXPIRED, Warned.LOW, Warned.EXPIRES_SOON]),
    ],
)
def test_what_is_said_of_an_item(places, a_week, lots, said):
    made = [Lot(batch, day(good), pieces) for batch, good, pieces in lots]
    assert warned_of(places=places, a_week=a_week, reorder_weeks=4, expiry_weeks=12, lots=made, on=ON) == said


def test_of_an_item_that_was_counted_a_batch_that_nobody_found_is_not_there():
    lines = differences(
        {("condoms", "A"): 10}, {("condoms", "A"): 12, ("condoms", "B"): 5, ("needles", None): 7}
    )
    assert [(line.item, line.batch, line.counted, line.expected, line.more) for line in lines] == [
        ("condoms", "A", 10, 12, -2),
        ("condoms", "B", 0, 5, -5),
    ]


def test_what_was_found_and_not_expected_is_all_more():
    (line,) = differences({("condoms", "A"): 10}, {})
    assert (line.expected, line.more) == (0, 10)
