"""What the clinic may hear of somebody who is missing."""

from dataclasses import replace

import pytest

from kimbilio.followup.choices import Outcome, Result, Told
from kimbilio.followup.rules import Plan, told_to_clinic
from kimbilio.followup.tests.test_rules import ON, Try, day


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.FOUND, Told.FOUND),
        ("", Told.FOUND),
        (Outcome.DIED, Told.DIED),
        (Outcome.IMPRISONED, Told.IMPRISONED),
        (Outcome.ADMITTED, Told.ADMITTED),
        (Outcome.CHOSE_TO_STOP, None),
        (Outcome.RELOCATED, None),
    ],
)
def test_the_clinic_hears_what_was_learnt_last_and_no_more(outcome, told):
    earlier = Try(outcome=Outcome.DIED, occurred_on=day(-2))
    assert told_to_clinic([earlier, Try(outcome=outcome)], None, day(-4), ON) == told


def test_a_way_back_is_told_and_what_was_before_the_last_dose_is_not():
    assert told_to_clinic([Try()], Plan(day(1)), day(-4), ON) == Told.COMING
    assert told_to_clinic([Try(occurred_on=day(-5))], Plan(day(-5)), day(-4), ON) is None
    assert told_to_clinic([Try(result=Result.NOT_REACHED)], None, None, ON) is None


@pytest.mark.parametrize(
    ("plan", "outcome", "told"),
    [
        (Plan(day(-1)), Outcome.FOUND, Told.FOUND),
        (Plan(day(-1)), Outcome.DIED, Told.DIED),
        (Plan(day(0)), Outcome.FOUND, Told.COMING),
        (Plan(day(2)), "", Told.COMING),
        (Plan(day(2)), Outcome.DIED, Told.DIED),
        (Plan(day(2)), Outcome.IMPRISONED, Told.IMPRISONED),
        (Plan(day(2)), Outcome.CHOSE_TO_STOP, None),
    ],
)
def test_nobody_is_coming_whose_day_has_passed_or_of_whom_it_was_learnt_that_they_cannot(plan, outcome, told):
    tried = Try(result=Result.REACHED if outcome == "" else Result.OTHER_INFORMANT, outcome=outcome)
    tried = replace(tried, result=Result.REACHED) if outcome == Outcome.FOUND else tried
    assert told_to_clinic([tried], plan, day(-6), ON) == told


def test_that_somebody_was_not_traced_hides_nothing_that_was_learnt():
    learnt = Try(result=Result.OTHER_INFORMANT, outcome=Outcome.IMPRISONED, occurred_on=day(-2))
    for result in (Result.NOT_REACHED, Result.OTHER_INFORMANT):
        not_traced = Try(result=result, outcome=Outcome.NOT_TRACED)
        assert told_to_clinic([not_traced, learnt], None, day(-4), ON) == Told.IMPRISONED
