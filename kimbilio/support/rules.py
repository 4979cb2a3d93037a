"""What cannot be recorded of sessions, and why."""

from datetime import date

from kimbilio.core.days import EARLIEST
from kimbilio.support.choices import Fault

MOST_GUESTS = 999
LONGEST_TOPIC = 80


def fault_of_session(
    occurred_on: date, topic: str, people: int, guests: tuple[int, int], today: date
) -> Fault | None:
    """Return why a session cannot be recorded, or None where it can. `guests` are heads, male and female."""
    if occurred_on > today:
        return Fault.FUTURE
    if occurred_on < EARLIEST:
        return Fault.LONG_AGO
    if len(topic) > LONGEST_TOPIC:
        return Fault.TOO_LONG
    if not all(0 <= heads <= MOST_GUESTS for heads in guests):
        return Fault.TOO_MANY_GUESTS
    return Fault.NOBODY if not people and not any(guests) else None
