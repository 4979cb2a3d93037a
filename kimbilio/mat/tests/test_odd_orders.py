"""What does not fit together is flagged, and nothing is refused for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from kimbilio.mat.choices import DayMark, OddOrder, StepKind
from kimbilio.mat.rules import Flag, odd_orders
from kimbilio.mat.tests.drawing import claims, marks
from kimbilio.mat.tests.test_journey_rules import DAY, Told, steps, told

K, M, Odd = StepKind, DayMark, OddOrder


@pytest.mark.parametrize(
    ("kinds", "odd"),
    [
        (
            [
                K.IDENTIFIED,
                K.REFERRED,
                K.SCREENED_ELIGIBLE,
                K.PREPARING,
                K.INDUCTED,
                K.MAINTENANCE,
                K.COMPLETED,
            ],
            [],
        ),
        ([K.INDUCTED, K.TRANSFERRED, K.RE_INDUCTED, K.OUT_OF_TOUCH, K.RE_INDUCTED, K.DIED], []),
        ([K.ALREADY_ON_MAT, K.IN_TRANSIT, K.RETURNED, K.IMPRISONED, K.ADMITTED], []),
        ([K.INDUCTED, K.COMPLETED, K.REFERRED, K.INDUCTED], []),
        ([K.INDUCTED, K.ALREADY_ON_MAT], []),
        ([K.INDUCTED, K.INDUCTED], [Odd.STARTED_TWICE]),
        ([K.INDUCTED, K.OUT_OF_TOUCH, K.INDUCTED], [Odd.STARTED_TWICE]),
        ([K.MAINTENANCE], [Odd.ON_MAT_WITHOUT_START]),
        ([K.INDUCTED, K.COMPLETED, K.STABILISING], [Odd.ON_MAT_WITHOUT_START]),
        ([K.RE_INDUCTED], [Odd.AGAIN_WITHOUT_START]),
        ([K.TRANSFERRED], [Odd.END_WITHOUT_START]),
        ([K.SCREENED_NOT_ELIGIBLE, K.INDUCTED], [Odd.STARTED_WHEN_NOT_ELIGIBLE]),
        ([K.SCREENED_NOT_ELIGIBLE, K.SCREENED_ELIGIBLE, K.INDUCTED], []),
        ([K.INDUCTED, K.DIED, K.RE_INDUCTED, K.MAINTENANCE], [Odd.STEP_AFTER_DEATH, Odd.STEP_AFTER_DEATH]),
        ([K.INDUCTED, K.COMPLETED, K.COMPLETED], []),
    ],
)
def test_claims_that_do_not_fit_are_flagged(kinds, odd):
    assert [flag.what for flag in odd_orders(told(*kinds))] == odd


def on_days(**written: DayMark) -> dict[date, DayMark]:
    """Marks of days of June, as d3=DOSED."""
    return {date(2025, 6, int(day[1:])): mark for day, mark in written.items()}


def test_a_dose_before_the_start_is_flagged():
    flags = odd_orders([Told(K.INDUCTED, date(2025, 6, 5))], on_days(d3=M.DOSED, d4=M.DOSED, d5=M.DOSED))
    assert flags == [Flag(date(2025, 6, 3), Odd.DOSE_BEFORE_START)]


def test_a_dose_after_leaving_is_flagged_until_a_new_start():
    left = [*told(K.INDUCTED), Told(K.COMPLETED, date(2025, 6, 10))]
    assert odd_orders(left, on_days(d9=M.DOSED, d10=M.DOSED, d11=M.MISSED)) == []
    assert odd_orders(left, on_days(d12=M.DOSED, d13=M.DOSED)) == [
        Flag(date(2025, 6, 12), Odd.DOSE_AFTER_LEAVING)
    ]
    again = [*left, Told(K.RE_INDUCTED, date(2025, 6, 12))]
    assert odd_orders(again, on_days(d12=M.DOSED, d13=M.DOSED)) == []


def test_standing_on_a_list_while_in_prison_or_dead_is_flagged():
    prison = [*told(K.INDUCTED), Told(K.IMPRISONED, date(2025, 6, 10))]
    assert odd_orders(prison, on_days(d10=M.DOSED, d11=M.IMPRISONED, d12=M.UNKNOWN)) == []
    assert odd_orders(prison, on_days(d11=M.MISSED)) == [Flag(date(2025, 6, 11), Odd.LISTED_WHILE_IMPRISONED)]
    died = [*told(K.INDUCTED), Told(K.DIED, date(2025, 6, 10))]
    assert odd_orders(died, on_days(d11=M.MISSED)) == [Flag(date(2025, 6, 11), Odd.MARK_AFTER_DEATH)]


def test_nothing_of_later_days_is_flagged():
    assert odd_orders(told(K.INDUCTED, K.INDUCTED), on=DAY + timedelta(days=29)) == []
    assert odd_orders([Told(K.DIED, DAY)], {DAY + timedelta(days=1): M.DOSED}, on=DAY) == []


@given(claims, marks)
def test_whatever_is_claimed_nothing_is_refused(drawn, known):
    flags = odd_orders(steps(drawn), known)
    assert flags == sorted(set(flags))
    assert odd_orders(steps(reversed(drawn)), known) == flags
