"""What cannot be recorded of community events, and why."""

from datetime import date
from typing import Protocol

from kimbilio.community.choices import Activity, Fault
from kimbilio.core.days import EARLIEST

MOST_PEOPLE = 99_999
LONGEST_WORDS = 80


class Told(Protocol):
    """What is told of an event."""

    @property
    def activity(self) -> Activity:
        """Return what it was."""

    @property
    def named(self) -> str:
        """Return what it was called, '' where the activity says it."""

    @property
    def occurred_on(self) -> date:
        """Return on which day it was."""

    @property
    def venue(self) -> str:
        """Return where it was."""

    @property
    def facilitator(self) -> str:
        """Return who led it."""

    @property
    def male(self) -> int:
        """Return how many men and boys came."""

    @property
    def female(self) -> int:
        """Return how many women and girls came."""

    @property
    def unsorted(self) -> int:
        """Return how many more came, counted without their sex."""


def fault_of_event(told: Told, today: date) -> Fault | None:
    """Return why an event cannot be recorded, or None where it can."""
    if told.occurred_on > today:
        return Fault.FUTURE
    if told.occurred_on < EARLIEST:
        return Fault.LONG_AGO
    if not all(0 <= heads <= MOST_PEOPLE for heads in (told.male, told.female, told.unsorted)):
        return Fault.TOO_MANY
    if told.activity == Activity.OTHER and not told.named.strip():
        return Fault.NO_NAME
    if any(len(words) > LONGEST_WORDS for words in (told.named, told.venue, told.facilitator)):
        return Fault.TOO_LONG
    return None
