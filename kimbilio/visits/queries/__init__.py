"""What can be asked about visits. A person with several cards is one, by the card that stands."""

from kimbilio.visits.queries.anonymous import Anonymous, anonymous_of_day, anonymous_on
from kimbilio.visits.queries.changing import can_take_back, given_at
from kimbilio.visits.queries.day import DayOfVisits, day_at, first_day_at, people_by_day
from kimbilio.visits.queries.person import (
    Before,
    before_visit,
    number_of_visits,
    stood_before,
    story_of,
    visit_whole,
    visits_to_refer_to,
)
from kimbilio.visits.queries.services import services_offered
from kimbilio.visits.queries.store import carries_a_bag, in_store

__all__ = [
    "Anonymous",
    "Before",
    "DayOfVisits",
    "anonymous_of_day",
    "anonymous_on",
    "before_visit",
    "can_take_back",
    "carries_a_bag",
    "day_at",
    "first_day_at",
    "given_at",
    "in_store",
    "number_of_visits",
    "people_by_day",
    "services_offered",
    "stood_before",
    "story_of",
    "visit_whole",
    "visits_to_refer_to",
]
