"""What staff can do about visits: record, correct, move and take them back; give without a name; a site's services."""

from kimbilio.visits.actions.anonymous import record_anonymous, undo_anonymous
from kimbilio.visits.actions.changing import correct_visit, move_visit, undo_visit, void_visits
from kimbilio.visits.actions.recording import record_visit, record_visits
from kimbilio.visits.actions.services import add_site_service, end_site_service
from kimbilio.visits.rules import Given, NewVisit

__all__ = [
    "Given",
    "NewVisit",
    "add_site_service",
    "correct_visit",
    "end_site_service",
    "move_visit",
    "record_anonymous",
    "record_visit",
    "record_visits",
    "undo_anonymous",
    "undo_visit",
    "void_visits",
]
