"""What is done for a person's rights."""

from kimbilio.privacy.actions.copying import give_copy, show_looks
from kimbilio.privacy.actions.forgetting import ask_to_be_forgotten, erase_person, withdraw_asking
from kimbilio.privacy.actions.keeping import confirm_period, say_date_is_right
from kimbilio.privacy.actions.telling import (
    NewDisclosure,
    amend_told,
    note_disagreement,
    note_told,
    open_told,
)

__all__ = [
    "NewDisclosure",
    "amend_told",
    "ask_to_be_forgotten",
    "confirm_period",
    "erase_person",
    "give_copy",
    "note_disagreement",
    "note_told",
    "open_told",
    "say_date_is_right",
    "show_looks",
    "withdraw_asking",
]
