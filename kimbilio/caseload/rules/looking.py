"""What somebody looked at and what they worked on in a week, as rules count it. Times are local; people are ids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

Days = Mapping[UUID, frozenset[date]]
"""On which days something happened, by person."""


@dataclass(frozen=True)
class Look:
    """One person opened by one member of staff: their page, or their names."""

    staff: UUID
    person: UUID
    at: datetime
    names: bool = False


@dataclass(frozen=True)
class Outside:
    """One person opened outside somebody's own work, with the code of the reason."""

    staff: UUID
    person: UUID
    why: str


@dataclass(frozen=True)
class Work:
    """Something that a member of staff recorded of a person, on a day.

    `word_alone`: that they came to a session on a day on which nobody saw them. It explains what is opened on later
    days, as it makes them of one's work from the next day on (belonging.py): else any code typed into a list would do.
    """

    staff: UUID
    person: UUID
    on: date
    word_alone: bool = False


@dataclass(frozen=True)
class Week:
    """One week at one site: its Monday, who looked at whom, and who recorded something of whom."""

    monday: date
    looks: tuple[Look, ...] = ()
    outside: tuple[Outside, ...] = ()
    works: tuple[Work, ...] = ()
    worked: Mapping[tuple[UUID, UUID], frozenset[date]] = field(init=False, compare=False)
    """On which days a member of staff recorded something of a person, more than their word alone."""
    said: Mapping[tuple[UUID, UUID], date] = field(init=False, compare=False)
    """On which day a member of staff first gave their word alone that a person came."""

    def __post_init__(self) -> None:
        days: dict[tuple[UUID, UUID], set[date]] = defaultdict(set)
        said: dict[tuple[UUID, UUID], date] = {}
        for work in self.works:
            pair = work.staff, work.person
            if work.word_alone:
                said[pair] = min(work.on, said.get(pair, work.on))
            else:
                days[pair].add(work.on)
        object.__setattr__(self, "worked", {pair: frozenset(on) for pair, on in days.items()})
        object.__setattr__(self, "said", said)

    def is_explained(self, look: Look) -> bool:
        """Tell whether whoever looked recorded something of the person in the week."""
        pair = look.staff, look.person
        return pair in self.worked or self.said.get(pair, date.max) < look.at.date()

    @property
    def staff(self) -> set[UUID]:
        """Return everybody who looked at somebody."""
        return {look.staff for look in self.looks} | {one.staff for one in self.outside}

    def opened_by(self, staff: UUID, *, names: bool = False) -> set[UUID]:
        """Return whom somebody opened, or whose names they opened."""
        return {look.person for look in self.looks if look.staff == staff and (look.names or not names)}


def without_work(week: Week) -> dict[UUID, set[UUID]]:
    """Return whom each member of staff opened in the week while recording nothing of them in it."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for look in week.looks:
        if not week.is_explained(look):
            found[look.staff].add(look.person)
    return found


def without_work_that_day(week: Week, looks: Iterable[Look], *, or_the_next: bool = False) -> list[Look]:
    """Return those of these looks after which nothing was recorded of the person on that day."""
    return [look for look in looks if not _worked_on(week, look, or_the_next=or_the_next)]


def _worked_on(week: Week, look: Look, *, or_the_next: bool) -> bool:
    worked, on = week.worked.get((look.staff, look.person), frozenset()), look.at.date()
    return on in worked or (or_the_next and on + timedelta(days=1) in worked)


def sittings(times: Iterable[datetime], *, apart: timedelta) -> int:
    """Return how many times somebody sat down to it: looks closer together than this are one."""
    count, last = 0, None
    for at in sorted(times):
        if last is None or at - last >= apart:
            count += 1
        last = at
    return count
