"""What is remembered of looking for people, by code alone. Append-only: what stands no more says since when."""

from kimbilio.followup.models.office import Answer, PrintedSheet, SheetLine
from kimbilio.followup.models.people import Assignment, Attempt, ContactWish, WayBack, WayBackEnd

__all__ = [
    "Answer",
    "Assignment",
    "Attempt",
    "ContactWish",
    "PrintedSheet",
    "SheetLine",
    "WayBack",
    "WayBackEnd",
]
