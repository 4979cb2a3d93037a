"""A clinic's numbers: suggested from the start, confirmed with who and where, never a dose."""

from dataclasses import dataclass
from datetime import date

import pytest

from kimbilio.mat.choices import RuleFault, RuleName, RuleWords
from kimbilio.mat.rules import SUGGESTED, Thresholds, fault_in, rules_in_force


@dataclass(frozen=True)
class Confirmed:
    """A number as a clinic confirmed it."""

    rule: str
    value: int
    source: str = "Standing orders, page 4"
    confirmed_by: str = "The clinic's in-charge"
    confirmed_on: date = date(2025, 5, 1)


def test_every_number_has_a_suggestion_that_says_where_it_comes_from_and_that_it_is_not_verified():
    assert set(SUGGESTED) == set(RuleName)
    assert all("not verified" in str(suggestion.because.label) for suggestion in SUGGESTED.values())


def test_suggestions_work_from_the_start_and_say_that_they_are_not_confirmed():
    rules = rules_in_force()
    assert rules.thresholds == Thresholds(3, 5)
    assert (rules.out_of_touch_after, rules.value(RuleName.ASSESS_FROM)) == (30, 3)
    assert {rule.words for rule in rules.rules.values()} == {RuleWords.SUGGESTED}
    assert RuleWords.SUGGESTED.label == "suggested, not yet confirmed by the clinic"


def test_a_confirmed_number_is_used_with_who_confirmed_it_and_the_rest_stay_suggested():
    rules = rules_in_force([Confirmed("out_of_touch_after", 14)])
    rule = rules.rules[RuleName.OUT_OF_TOUCH_AFTER]
    assert (rule.value, rule.words, rule.confirmed_by) == (14, RuleWords.CONFIRMED, "The clinic's in-charge")
    assert rules.rules[RuleName.ASSESS_FROM].words == RuleWords.SUGGESTED


def test_from_the_step_the_clinic_names_it_assesses_before_a_dose():
    assert [rules_in_force().assess_before_dose(days) for days in (0, 2, 3, 9)] == [False, False, True, True]
    earlier = rules_in_force([Confirmed("assess_from", 1)])
    assert earlier.assess_before_dose(1)
    assert [rules_in_force().may_start_again(days) for days in (4, 5)] == [False, True]


@pytest.mark.parametrize(
    ("rule", "value", "fault"),
    [
        (RuleName.ASSESS_FROM, 0, RuleFault.OUT_OF_RANGE),
        (RuleName.OUT_OF_TOUCH_AFTER, 367, RuleFault.OUT_OF_RANGE),
        (RuleName.SECOND_STEP_FROM, 1, RuleFault.STEPS_OUT_OF_ORDER),
        (RuleName.SECOND_STEP_FROM, 5, RuleFault.STEPS_OUT_OF_ORDER),
        (RuleName.THIRD_STEP_FROM, 3, RuleFault.STEPS_OUT_OF_ORDER),
        (RuleName.OUT_OF_TOUCH_AFTER, 4, RuleFault.OUT_OF_TOUCH_TOO_SOON),
        (RuleName.THIRD_STEP_FROM, 31, RuleFault.OUT_OF_TOUCH_TOO_SOON),
        (RuleName.SECOND_STEP_FROM, 2, None),
        (RuleName.THIRD_STEP_FROM, 30, None),
        (RuleName.NO_LIST_FOR, 1, None),
    ],
)
def test_a_number_that_cannot_be_meant_is_refused_with_a_reason(rule, value, fault):
    assert fault_in(rules_in_force(), rule, value) == fault
