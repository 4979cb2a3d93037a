"""What stands out of a week: who looked far beyond their work. Each rule is pure, and only says where to look.

Nothing here accuses anybody: a line leads to the entries behind it, and somebody looks into it (decision 21).
Source: docs/sources.md, 'Watching the watchers'; the numbers are ours, settings that the programme confirms.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from uuid import UUID

from kimbilio.caseload.choices import Rule
from kimbilio.caseload.rules.looking import Look, Week, sittings, without_work, without_work_that_day

_APART = timedelta(minutes=10)
_A_SHARE = 4
"""One in so many of all whom somebody opened is much of it, whatever they usually do."""


@dataclass(frozen=True)
class Limits:
    """From how many on something stands out, in a week. See docs/settings.md."""

    outside: int
    outside_overseeing: int
    opened_without_work: int
    names_without_work: int
    again: int
    at_night: int
    by_many: int
    times_the_usual: int
    open_from: int
    open_until: int


@dataclass(frozen=True)
class StandsOut:
    """One line: by which rule, of which member of staff or person, how many of how many, and whom it is about."""

    rule: Rule
    staff: UUID | None
    about: UUID | None
    count: int
    of: int
    people: frozenset[UUID]


def standing_out(
    week: Week, earlier: Sequence[Week], limits: Limits, overseeing: frozenset[UUID] = frozenset()
) -> list[StandsOut]:
    """Return what stands out of a week, beside the weeks before it. `overseeing`: staff who work for nobody."""
    found = [
        *many_outside(week, limits, overseeing),
        *more_than_usual(week, earlier, limits),
        *names_without_work(week, earlier, limits),
        *again_and_again(week, limits),
        *at_night(week, limits),
        *by_many(week, limits),
    ]
    order = list(Rule)
    return sorted(
        found, key=lambda line: (order.index(line.rule), -line.count, str(line.staff), str(line.about))
    )


def many_outside(week: Week, limits: Limits, overseeing: frozenset[UUID]) -> Iterator[StandsOut]:
    """Many people outside one's own work. Those who oversee work for nobody: for them it takes more."""
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for one in week.outside:
        people[one.staff].add(one.person)
    for staff, opened in people.items():
        if len(opened) >= (limits.outside_overseeing if staff in overseeing else limits.outside):
            yield _of_staff(Rule.MANY_OUTSIDE, staff, opened, len(week.opened_by(staff) | opened))


def more_than_usual(week: Week, earlier: Sequence[Week], limits: Limits) -> Iterator[StandsOut]:
    """Far more people than usual of whom nothing is recorded, or a large share of all they opened."""
    before = [(one.staff, without_work(one)) for one in earlier]
    for staff, people in without_work(week).items():
        usual = _usual(staff, before)
        of = len(week.opened_by(staff))
        if _is_far_more(len(people), of, usual, limits.opened_without_work, limits):
            yield _of_staff(Rule.MORE_THAN_USUAL, staff, people, of)


def names_without_work(week: Week, earlier: Sequence[Week], limits: Limits) -> Iterator[StandsOut]:
    """Names opened of people of whom nothing is recorded that day: far more than usual, or a large share."""
    before = [(one.staff, _names_alone(one)) for one in earlier]
    for staff, people in _names_alone(week).items():
        usual = _usual(staff, before)
        of = len(week.opened_by(staff, names=True))
        if _is_far_more(len(people), of, usual, limits.names_without_work, limits):
            yield _of_staff(Rule.NAMES_WITHOUT_WORK, staff, people, of)


def again_and_again(week: Week, limits: Limits) -> Iterator[StandsOut]:
    """One person opened at several sittings by somebody who recorded nothing of them all week."""
    times: dict[tuple[UUID, UUID], list[Look]] = defaultdict(list)
    for look in week.looks:
        if not week.is_explained(look):
            times[look.staff, look.person].append(look)
    for (staff, person), looks in times.items():
        count = sittings((look.at for look in looks), apart=_APART)
        if count >= limits.again:
            yield StandsOut(Rule.AGAIN_AND_AGAIN, staff, person, count, len(looks), frozenset({person}))


def at_night(week: Week, limits: Limits) -> Iterator[StandsOut]:
    """People opened while the site was closed, of whom nothing is recorded that day or the next."""
    closed = [look for look in week.looks if not limits.open_from <= look.at.hour < limits.open_until]
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for look in without_work_that_day(week, closed, or_the_next=True):
        people[look.staff].add(look.person)
    for staff, opened in people.items():
        if len(opened) >= limits.at_night:
            yield _of_staff(Rule.AT_NIGHT, staff, opened, len(week.opened_by(staff)))


def by_many(week: Week, limits: Limits) -> Iterator[StandsOut]:
    """One person opened by many members of staff who recorded nothing of them all week."""
    staff: dict[UUID, set[UUID]] = defaultdict(set)
    for one, people in without_work(week).items():
        for person in people:
            staff[person].add(one)
    for person, looked in staff.items():
        if len(looked) >= limits.by_many:
            yield StandsOut(Rule.BY_MANY, None, person, len(looked), len(looked), frozenset({person}))


def _names_alone(week: Week) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for look in without_work_that_day(week, (look for look in week.looks if look.names)):
        found[look.staff].add(look.person)
    return found


def _usual(staff: UUID, before: list[tuple[set[UUID], dict[UUID, set[UUID]]]]) -> list[int]:
    """Return how many it was in each earlier week in which they opened anybody; none of them counts as none."""
    return [len(people.get(staff, ())) for looked, people in before if staff in looked]


def _is_far_more(count: int, of: int, usual: list[int], at_least: int, limits: Limits) -> bool:
    """Tell whether this many stands out: enough of them, and far above one's own usual or a large share of all.

    The share is there for whoever looks too much in every week: theirs would be their usual.
    """
    if count < at_least:
        return False
    above = bool(usual) and count > limits.times_the_usual * median(usual)
    return above or count * _A_SHARE >= of


def _of_staff(rule: Rule, staff: UUID, people: set[UUID], of: int) -> StandsOut:
    return StandsOut(rule, staff, None, len(people), of, frozenset(people))
