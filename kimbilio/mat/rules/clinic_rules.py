"""The numbers that a clinic decides, each with a suggested value until the clinic confirms one. Never a dose.

Source: docs/sources.md, 'Missed doses'. None of the suggestions is verified for Kenya; each says where it comes from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from kimbilio.mat.choices import RuleFault, RuleName, RuleWords, SuggestedBecause
from kimbilio.mat.rules.runs import Thresholds


@dataclass(frozen=True)
class Suggestion:
    """A value that works from the start, and why it is this one."""

    value: int
    because: SuggestedBecause


SUGGESTED: Mapping[RuleName, Suggestion] = {
    # The Australian ladder: 1 or 2 days missed; 3, after a talk with the prescriber; 4, see the prescriber; 5 and
    # more, a new induction. Source: docs/sources.md, 'Missed doses'.
    RuleName.SECOND_STEP_FROM: Suggestion(3, SuggestedBecause.LADDER),
    RuleName.THIRD_STEP_FROM: Suggestion(5, SuggestedBecause.LADDER),
    RuleName.ASSESS_FROM: Suggestion(3, SuggestedBecause.LADDER),
    RuleName.START_AGAIN_FROM: Suggestion(5, SuggestedBecause.COMMONLY),
    RuleName.OUT_OF_TOUCH_AFTER: Suggestion(30, SuggestedBecause.COMMONLY),
    # The community must notice within a day, so a list that is two days late is asked for.
    RuleName.NO_LIST_FOR: Suggestion(2, SuggestedBecause.OURS),
    RuleName.NO_START_FOR: Suggestion(4, SuggestedBecause.OURS),
}
# Outside of these a slip of the hand is likelier than a decision of the clinic.
LEAST, MOST = 1, 366


class ConfirmedRule(Protocol):
    """A number as the clinic confirmed it: by whom, when, and where it is written."""

    @property
    def rule(self) -> str:
        """Return which number it is."""

    @property
    def value(self) -> int:
        """Return the number."""

    @property
    def source(self) -> str:
        """Return where it is written, in words."""

    @property
    def confirmed_by(self) -> str:
        """Return who at the clinic confirmed it."""

    @property
    def confirmed_on(self) -> date:
        """Return when."""


@dataclass(frozen=True)
class RuleInForce:
    """A number that is used, and who stands behind it."""

    rule: RuleName
    value: int
    words: RuleWords = RuleWords.SUGGESTED
    because: SuggestedBecause | None = None
    source: str = ""
    confirmed_by: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True)
class ClinicRules:
    """Every number of one clinic, as used."""

    rules: Mapping[RuleName, RuleInForce]

    def value(self, rule: RuleName) -> int:
        """Return the number used for a rule."""
        return self.rules[rule].value

    @cached_property
    def thresholds(self) -> Thresholds:
        """Return where the steps of missed days begin."""
        return Thresholds(self.value(RuleName.SECOND_STEP_FROM), self.value(RuleName.THIRD_STEP_FROM))

    @property
    def out_of_touch_after(self) -> int:
        """Return after how many days without a dose a person is out of touch."""
        return self.value(RuleName.OUT_OF_TOUCH_AFTER)

    def assess_before_dose(self, days_missed: int) -> bool:
        """Tell whether the clinic wants to see this person before a dose."""
        return days_missed >= self.value(RuleName.ASSESS_FROM)

    def may_start_again(self, days_missed: int) -> bool:
        """Tell whether the clinic starts MAT anew after so many missed days."""
        return days_missed >= self.value(RuleName.START_AGAIN_FROM)


def rules_in_force(confirmed: Iterable[ConfirmedRule] = ()) -> ClinicRules:
    """Return every number of a clinic: the confirmed one where there is one, else the suggestion."""
    rules = {name: _suggested(name) for name in RuleName}
    for row in confirmed:
        rules[RuleName(row.rule)] = RuleInForce(
            rule=RuleName(row.rule),
            value=row.value,
            words=RuleWords.CONFIRMED,
            source=row.source,
            confirmed_by=row.confirmed_by,
            confirmed_on=row.confirmed_on,
        )
    return ClinicRules(rules)


def _suggested(rule: RuleName) -> RuleInForce:
    suggestion = SUGGESTED[rule]
    return RuleInForce(rule=rule, value=suggestion.value, because=suggestion.because)


def fault_in(current: ClinicRules, rule: RuleName, value: int) -> RuleFault | None:
    """Return why a clinic's number cannot be set to this value, or None where it can."""
    if not LEAST <= value <= MOST:
        return RuleFault.OUT_OF_RANGE
    values = {name: current.value(name) for name in RuleName} | {rule: value}
    if values[RuleName.SECOND_STEP_FROM] < 2 or (
        values[RuleName.THIRD_STEP_FROM] <= values[RuleName.SECOND_STEP_FROM]
    ):
        return RuleFault.STEPS_OUT_OF_ORDER
    if values[RuleName.OUT_OF_TOUCH_AFTER] < values[RuleName.THIRD_STEP_FROM]:
        return RuleFault.OUT_OF_TOUCH_TOO_SOON
    return None
