"""What can be asked about looking for people. A person with several cards is one, by the card that stands."""

from kimbilio.followup.queries.entries import Entry, Return, entries_at, returns_at, sees_everybody
from kimbilio.followup.queries.facts import assigned_to, assigned_workers, wishes_of_people
from kimbilio.followup.queries.person import (
    Followed,
    attempt_of,
    followed,
    is_followed_by,
    may_see_days_of,
    open_way_back_of,
    person_within_reach,
    standing_wish,
    wishes_of,
)
from kimbilio.followup.queries.questions import Question, answers_at, question_referred_to, questions_at
from kimbilio.followup.queries.sheets import (
    SheetRow,
    answer_rows,
    lines_of,
    sheet_rows,
    sheet_within_reach,
    sheets_at,
)
from kimbilio.followup.queries.suggestions import suggestions
from kimbilio.followup.queries.workers import Worker, worker_named, workers_at

__all__ = [
    "Entry",
    "Followed",
    "Question",
    "Return",
    "SheetRow",
    "Worker",
    "answer_rows",
    "answers_at",
    "assigned_to",
    "assigned_workers",
    "attempt_of",
    "entries_at",
    "followed",
    "is_followed_by",
    "lines_of",
    "may_see_days_of",
    "open_way_back_of",
    "person_within_reach",
    "question_referred_to",
    "questions_at",
    "returns_at",
    "sees_everybody",
    "sheet_rows",
    "sheet_within_reach",
    "sheets_at",
    "standing_wish",
    "suggestions",
    "wishes_of",
    "wishes_of_people",
    "worker_named",
    "workers_at",
]
