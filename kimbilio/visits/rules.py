"""Rules about visits: what can be said to have been given, who may take a visit back and until when, what is usual."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median_low
from uuid import UUID

from kimbilio.core.days import EARLIEST
from kimbilio.visits.choices import Service, Topic, VisitFault

ServiceGiven = tuple[Service, Topic]

# More than this of one item at one visit is likelier a slip of the hand: two needles a day for a year.
MOST_PIECES = 1000
MOST_OTHERS = 50
# What somebody took at their last few visits is what they are likely to want today.
VISITS_FOR_THE_USUAL = 5


@dataclass(frozen=True)
class Given:
    """What was given and done at one visit: pieces by the item's id, needles brought back, services, for whom."""

    supplies: Mapping[UUID, int] = field(default_factory=dict)
    needles_returned: int = 0
    services: frozenset[ServiceGiven] = frozenset()
    site_services: frozenset[UUID] = frozenset()
    for_others: int = 0

    def handed(self) -> Iterator[tuple[UUID, int]]:
        """Yield each item of which there was something, and how much."""
        yield from ((item, pieces) for item, pieces in self.supplies.items() if pieces)


@dataclass(frozen=True)
class NewVisit:
    """One coming of one person on one day, as it is to be recorded."""

    client_id: UUID
    occurred_on: date
    given: Given = Given()


def fault_in(visit: NewVisit, today: date) -> VisitFault | None:
    """Return why a visit cannot be recorded like this; None where it can.

    A visit at which nothing was given is one: somebody came.
    """
    given = visit.given
    numbers = [*given.supplies.values(), given.needles_returned, given.for_others]
    if visit.occurred_on > today:
        return VisitFault.IN_THE_FUTURE
    if visit.occurred_on < EARLIEST:
        return VisitFault.LONG_AGO
    if min(numbers) < 0:
        return VisitFault.LESS_THAN_NOTHING
    if max(numbers) > MOST_PIECES or given.for_others > MOST_OTHERS:
        return VisitFault.TOO_MANY
    if any(topic and service != Service.HEALTH_EDUCATION for service, topic in given.services):
        return VisitFault.TOPIC_OF_NOTHING
    return None


def may_take_back(*, recorded_on: date, today: date, is_own: bool, hands_over: bool, answers: bool) -> bool:
    """Tell whether somebody may take back what was recorded on a day: until it ends, unless they answer for the month.

    `is_own`: they recorded it. `hands_over`: they see everything of the day at that site. `answers`: they are one of
    those who close the month there, and so may clear up later what nobody noticed on the day.
    """
    return answers or (recorded_on == today and (is_own or hands_over))


def known_before(on: date) -> date:
    """Return the day before which somebody must have been met not to be new on a day: the first of its month.

    So the new people of the days of a month add up to those of its report, also where a list says that somebody has
    been known for years and no visit of theirs was ever entered.
    """
    return on.replace(day=1)


def usual(visits: Sequence[Mapping[UUID, int]]) -> dict[UUID, int]:
    """Return what somebody usually takes, by item: the middle of what they took at these visits, the lower of two."""
    lately = visits[:VISITS_FOR_THE_USUAL]
    items = dict.fromkeys(item for visit in lately for item in visit)
    middle = {item: median_low(visit.get(item, 0) for visit in lately) for item in items}
    return {item: pieces for item, pieces in middle.items() if pieces}
