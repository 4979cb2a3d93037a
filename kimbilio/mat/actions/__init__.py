"""What staff can do about MAT: record, correct and take back steps, lists and days; set a clinic's numbers."""

from kimbilio.mat.actions.clinic_rules import set_rule
from kimbilio.mat.actions.journey import (
    Claim,
    correct_step,
    open_journey,
    record_step,
    record_steps,
    void_step,
    void_steps,
)
from kimbilio.mat.actions.lists import correct_day, record_clinic_list, record_days, withdraw_lists

__all__ = [
    "Claim",
    "correct_day",
    "correct_step",
    "open_journey",
    "record_clinic_list",
    "record_days",
    "record_step",
    "record_steps",
    "set_rule",
    "void_step",
    "void_steps",
    "withdraw_lists",
]
