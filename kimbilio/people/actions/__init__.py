"""What staff can do with people by code: register, correct, record consent, join what was entered twice."""

from kimbilio.people.actions.consenting import Said, record_consent, record_consents, write_consents
from kimbilio.people.actions.joining import (
    merge_clients,
    part_clients,
    say_two_people,
    take_back_two_people,
    write_down_comparison,
)
from kimbilio.people.actions.registering import (
    AboutClient,
    NewClient,
    correct_client,
    open_person,
    register_client,
    register_clients,
)
from kimbilio.people.actions.taking_back import take_back_registrations

__all__ = [
    "AboutClient",
    "NewClient",
    "Said",
    "correct_client",
    "merge_clients",
    "open_person",
    "part_clients",
    "record_consent",
    "record_consents",
    "register_client",
    "register_clients",
    "say_two_people",
    "take_back_registrations",
    "take_back_two_people",
    "write_consents",
    "write_down_comparison",
]
