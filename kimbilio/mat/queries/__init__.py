"""What can be asked about MAT. A person with several cards is one, by the card that stands."""

from kimbilio.mat.queries.activity import PersonReturn, active_on, first_lists_at, returned_between
from kimbilio.mat.queries.clinic_rules import RulesByClinic, rule_history, rules_of, rules_of_clinics
from kimbilio.mat.queries.days import (
    Day,
    clinic_lists_of,
    counts_at,
    day_at,
    days_of,
    days_without_a_list,
    listed_days,
    lists_of_day,
)
from kimbilio.mat.queries.journey import (
    Journey,
    journey_of,
    journey_with_days,
    step_of,
    step_within_reach,
    steps_of,
    voided_steps_of,
    weeks_before,
)
from kimbilio.mat.queries.later import LaterList, lists_since
from kimbilio.mat.queries.morning import (
    DayCount,
    Expected,
    Silence,
    Waiting,
    day_count,
    expected_on_list,
    silences,
    waiting_at,
)
from kimbilio.mat.queries.numbers import Numbers, missing_by_step, numbers_as_at, odd_orders_at
from kimbilio.mat.queries.reach import clinic_within_reach, clinics_where, reference_of, referred_to
from kimbilio.mat.queries.runs import PersonRun, run_of, runs_as_at

__all__ = [
    "Day",
    "DayCount",
    "Expected",
    "Journey",
    "LaterList",
    "Numbers",
    "PersonReturn",
    "PersonRun",
    "RulesByClinic",
    "Silence",
    "Waiting",
    "active_on",
    "clinic_lists_of",
    "clinic_within_reach",
    "clinics_where",
    "counts_at",
    "day_at",
    "day_count",
    "days_of",
    "days_without_a_list",
    "expected_on_list",
    "first_lists_at",
    "journey_of",
    "journey_with_days",
    "listed_days",
    "lists_of_day",
    "lists_since",
    "missing_by_step",
    "numbers_as_at",
    "odd_orders_at",
    "reference_of",
    "referred_to",
    "returned_between",
    "rule_history",
    "rules_of",
    "rules_of_clinics",
    "run_of",
    "runs_as_at",
    "silences",
    "step_of",
    "step_within_reach",
    "steps_of",
    "voided_steps_of",
    "waiting_at",
    "weeks_before",
]
