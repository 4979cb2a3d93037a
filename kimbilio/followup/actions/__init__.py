"""What staff can do about looking for people: say who, what they wish, how it went, the way back; print; answer."""

from kimbilio.followup.actions.assigning import assign, assign_many
from kimbilio.followup.actions.attempts import Try, correct_attempt, record_attempt, void_attempt
from kimbilio.followup.actions.questions import answer_question
from kimbilio.followup.actions.returns import PlannedReturn, agree_way_back, end_way_back
from kimbilio.followup.actions.sheets import print_sheet
from kimbilio.followup.actions.wishes import Said, record_wish

__all__ = [
    "PlannedReturn",
    "Said",
    "Try",
    "agree_way_back",
    "answer_question",
    "assign",
    "assign_many",
    "correct_attempt",
    "end_way_back",
    "print_sheet",
    "record_attempt",
    "record_wish",
    "void_attempt",
]
