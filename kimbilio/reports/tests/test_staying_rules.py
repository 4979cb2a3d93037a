"""What a stay on MAT is: when it begins, what ends it, what counts as leaving."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.mat.choices import StepKind
from kimbilio.reports.choices import StayEnd
from kimbilio.reports.rules.staying import MatStay, stays_of
from kimbilio.reports.rules.survival import Stay

START = date(2025, 1, 1)
ON = date(2025, 6, 30)


class Claim(NamedTuple):
    kind: str
    occurred_on: date


def day(number):
    return START + timedelta(days=number)


def told(*claims, **known):
    steps = [Claim(kind, day(number)) for kind, number in claims]
    return stays_of(steps, ON, **known)


def test_whoever_is_on_mat_is_watched_until_the_day():
    (stay,) = told((StepKind.INDUCTED, 0), (StepKind.MAINTENANCE, 40))
    assert stay == MatStay(START, ON, StayEnd.STILL_ON_MAT)
    assert stay.as_watched == Stay(180, False)


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        (StepKind.STOPPED_BY_CHOICE, True),
        (StepKind.STOPPED_BY_CLINIC, True),
        (StepKind.TRANSFERRED, False),
        (StepKind.COMPLETED, False),
        (StepKind.DIED, False),
    ],
)
def test_an_end_is_leaving_or_no_longer_watched(kind, left):
    (stay,) = told((StepKind.INDUCTED, 0), (kind, 30))
    assert stay.as_watched == Stay(30, left)


def test_out_of_touch_is_leaving_from_the_day_of_the_claim():
    (stay,) = told((StepKind.INDUCTED, 0), (StepKind.OUT_OF_TOUCH, 50), (StepKind.OUT_OF_TOUCH, 70))
    assert (stay.end, stay.as_watched) == (StayEnd.OUT_OF_TOUCH, Stay(50, True))


def test_whoever_came_back_never_left():
    (stay,) = told((StepKind.INDUCTED, 0), (StepKind.OUT_OF_TOUCH, 50), (StepKind.RETURNED, 70))
    assert stay.as_watched == Stay(180, False)


def test_a_dose_lately_says_that_they_are_back():
    (stay,) = told((StepKind.INDUCTED, 0), (StepKind.OUT_OF_TOUCH, 50), active=True)
    assert stay.end == StayEnd.STILL_ON_MAT


def test_a_start_again_is_another_stay():
    stays = told((StepKind.INDUCTED, 0), (StepKind.OUT_OF_TOUCH, 50), (StepKind.RE_INDUCTED, 70))
    assert [stay.as_watched for stay in stays] == [Stay(50, True), Stay(110, False)]
    stays = told((StepKind.INDUCTED, 0), (StepKind.RE_INDUCTED, 70))
    assert [stay.end for stay in stays] == [StayEnd.STARTED_AGAIN, StayEnd.STILL_ON_MAT]


def test_moving_to_another_clinic_explains_being_out_of_touch_and_death_does_not():
    (moved,) = told((StepKind.INDUCTED, 0), (StepKind.OUT_OF_TOUCH, 50), (StepKind.TRANSFERRED, 90))
    (died,) = told((StepKind.INDUCTED, 0), (StepKind.OUT_OF_TOUCH, 50), (StepKind.DIED, 90))
    assert (moved.as_watched, died.as_watched) == (Stay(50, False), Stay(50, True))


def test_lists_that_show_no_dose_end_a_stay_after_the_last_one():
    (stay,) = told((StepKind.INDUCTED, 0), undosed_since=day(100))
    assert (stay.end, stay.as_watched) == (StayEnd.OUT_OF_TOUCH, Stay(100, True))
    (stay,) = told((StepKind.INDUCTED, 120), undosed_since=day(100))
    assert stay.as_watched == Stay(0, True)


def test_the_start_of_somebody_who_was_on_mat_already_is_not_known():
    (stay,) = told((StepKind.ALREADY_ON_MAT, 0))
    assert not stay.start_known
    assert told((StepKind.REFERRED, 0), (StepKind.OUT_OF_TOUCH, 3)) == []


@given(st.lists(st.tuples(st.sampled_from(StepKind), st.integers(0, 180)), max_size=12))
def test_no_stay_ends_before_it_began_and_only_the_last_is_open(claims):
    stays = told(*claims)
    assert all(START <= stay.started_on <= stay.until <= ON for stay in stays)
    assert all(stay.end != StayEnd.STILL_ON_MAT for stay in stays[:-1])
    assert stays == told(*reversed(claims))
