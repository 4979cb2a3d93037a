"""Who opened whom at a site in a week, what stands out, and what was looked into. Read by index, in few queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Value
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site, SiteRole, Staff
from kimbilio.accounts.queries import staff_named
from kimbilio.accounts.roles import Permission
from kimbilio.audit.choices import Event
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.queries import looks_between
from kimbilio.caseload.models import LookedInto
from kimbilio.caseload.queries.sessions import came_to_sessions
from kimbilio.caseload.rules import BONDS_OF_ROLE, Limits, Look, Outside, StandsOut, Week, Work, standing_out
from kimbilio.core import vault
from kimbilio.core.encryption import blind_index
from kimbilio.core.refusals import NotHere, Refused

WEEKS_BEFORE = 4
_WEEK = timedelta(days=7)
# A copy of a whole record has the names in it.
_NAMES = frozenset({Event.IDENTITY_OPENED, Event.RIGHTS_COPY})
LOOKING = _NAMES | {
    Event.PERSON_OPENED,
    Event.PERSON_COMPARED,
    Event.MAT_JOURNEY_OPENED,
    Event.RIGHTS_LOOKED,
    Event.RIGHTS_TOLD_OPENED,
}
# Looking at many at once, or being turned away: no work either.
_NO_WORK = frozenset(
    {
        Event.IDENTITY_NAMES_LISTED,
        Event.IDENTITY_NUMBERS_LISTED,
        Event.PEOPLE_DUPLICATES,
        Event.FOLLOWUP_LISTED,
        Event.LINE_OPENED,
        Event.REPORTS_RECORDS_OPENED,
        Event.ENTRY_REFUSED,
    }
)
# Saying why, and looking into what stood out, is neither looking at a person nor work for them. Who came to a session
# is told by its list, with whether they were seen that day.
_NEITHER = frozenset(
    {Event.PERSON_OPENED_OUTSIDE, Event.CASELOAD_LOOKED_INTO, Event.SUPPORT_ADDED, Event.SUPPORT_STRUCK}
)
WORKING = frozenset(Event) - LOOKING - _NO_WORK - _NEITHER
_REFERENCE = 12
Row = TypeVar("Row")


@dataclass(frozen=True)
class Line:
    """Something that stands out, its reference, and how it was looked into, the newest first."""

    reference: str
    stands_out: StandsOut
    looked_into: tuple[LookedInto, ...]


@dataclass(frozen=True)
class StaffWeek:
    """How many people one member of staff opened in a week: of them names, outside their work and why, and so on."""

    staff: UUID
    people: int
    names: int
    outside: int
    reasons: dict[str, int]
    at_night: int
    without_work: int


@dataclass(frozen=True)
class WeekAtSite:
    """A week at a site: each member of staff who looked, and what stands out."""

    monday: date
    staff: list[StaffWeek]
    lines: list[Line]


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_at_site(by: Actor, site: Site, monday: date) -> WeekAtSite:
    """Return who opened whom at a site in the week of this Monday. Five queries, however much was looked at."""
    if not by.may(Permission.READ_AUDIT, site.pk):
        raise Refused if site.pk in by.roles else NotHere
    week, *earlier = _weeks(site, monday)
    limits = Limits(**settings.WATCH)
    found = standing_out(week, earlier, limits, _overseeing(site, week.staff))
    marks = list(looked_into_in(site, monday))
    return WeekAtSite(
        monday, list(_by_staff(week, limits)), [_line(site, monday, one, marks) for one in found]
    )


@dataclass(frozen=True)
class Behind:
    """Whose entries are asked for: of one member of staff, about one person, or only about some people."""

    staff: UUID | None = None
    person: UUID | None = None
    people: frozenset[UUID] | None = None


def entries_behind(site: Site, monday: date, behind: Behind, rows: slice) -> tuple[list[AuditEvent], int]:
    """Return what was looked at in a week, newest first, these rows of it, and how many there are. Two queries."""
    kinds = LOOKING | {Event.PERSON_OPENED_OUTSIDE}
    entries = looks_between(site.organisation_id, site.pk, kinds, *_bounds(monday))
    asked = {"actor_id": behind.staff, "about": behind.person, "about__in": behind.people}
    entries = entries.filter(**{name: value for name, value in asked.items() if value is not None})
    return list(entries.order_by("-recorded_at", "-seq")[rows]), entries.count()


def looked_into_in(site: Site, monday: date) -> QuerySet[LookedInto]:
    """Return what was looked into of a week at a site, newest first."""
    rows = LookedInto.objects.filter(organisation=site.organisation_id, site=site, week=monday)
    return rows.order_by("-recorded_at", "-pk")


def staff_ever_at(site: Site, username: str) -> Staff:
    """Return a member of staff who works at this site or did; NotHere for others."""
    staff = staff_named(site.organisation_id, username)
    if all(held.site_id != site.pk for held in staff.site_roles.all()):
        raise NotHere
    return staff


def first_week(site: Site) -> date:
    """Return the Monday of the week in which the programme began: there is none before."""
    return monday_of(timezone.localtime(site.organisation.recorded_at).date())


def _weeks(site: Site, monday: date) -> list[Week]:
    """Return a week and those before it, the newest first."""
    mondays = [monday - _WEEK * number for number in range(WEEKS_BEFORE + 1)]
    since, until = _bounds(mondays[-1])[0], _bounds(monday)[1]
    looks, works = _split(_looks(site, since, until)), _split(_works(site, since, until))
    outside = tuple(_outside(site, monday))
    return [
        Week(one, tuple(looks[one]), outside if one == monday else (), tuple(works[one])) for one in mondays
    ]


def _split(rows: Iterable[tuple[date, Row]]) -> dict[date, list[Row]]:
    weeks: dict[date, list[Row]] = defaultdict(list)
    for on, row in rows:
        weeks[monday_of(on)].append(row)
    return weeks


def _looks(site: Site, since: datetime, until: datetime) -> Iterator[tuple[date, Look]]:
    entries = looks_between(site.organisation_id, site.pk, LOOKING, since, until)
    for staff, person, event, at in entries.values_list(
        "actor_id", "about", "event", "recorded_at"
    ).iterator():
        local = timezone.localtime(at)
        if staff and person:
            yield local.date(), Look(staff, person, local, names=event in _NAMES)


def _works(site: Site, since: datetime, until: datetime) -> Iterator[tuple[date, Work]]:
    entries = looks_between(site.organisation_id, site.pk, WORKING, since, until).annotate(
        seen=Value(value=True)
    )
    rows = chain(
        entries.values_list("actor_id", "about", "recorded_at", "seen").iterator(),
        # A session is one entry of the audit, whoever came to it.
        came_to_sessions(site, since, until)
        .values_list("recorded_by", "client_id", "recorded_at", "seen")
        .iterator(),
    )
    for staff, person, at, seen in rows:
        on = timezone.localtime(at).date()
        if staff and person:
            yield on, Work(staff, person, on, word_alone=not seen)


def _outside(site: Site, monday: date) -> Iterator[Outside]:
    said = looks_between(site.organisation_id, site.pk, {Event.PERSON_OPENED_OUTSIDE}, *_bounds(monday))
    for staff, person, detail in said.values_list("actor_id", "about", "detail").iterator():
        if staff and person:
            yield Outside(staff, person, detail.get("why", ""))


def _overseeing(site: Site, staff: set[UUID]) -> frozenset[UUID]:
    """Return those of these staff who work for nobody in any role they hold at the site."""
    held = SiteRole.objects.filter(
        organisation=site.organisation_id, site=site, staff__in=staff, ended_at__isnull=True
    )
    roles = held.values_list("staff_id", "role")
    caring = {one for one, role in roles if BONDS_OF_ROLE.get(role)}
    return frozenset({one for one, _role in roles} - caring)


def _by_staff(week: Week, limits: Limits) -> Iterator[StaffWeek]:
    for staff in sorted(week.staff, key=lambda one: (-len(week.opened_by(one)), str(one))):
        looks = [look for look in week.looks if look.staff == staff]
        said = {(one.person, one.why) for one in week.outside if one.staff == staff}
        yield StaffWeek(
            staff=staff,
            people=len({look.person for look in looks}),
            names=len({look.person for look in looks if look.names}),
            outside=len({person for person, _why in said}),
            reasons=dict(Counter(why for _person, why in said).most_common()),
            at_night=len(
                {look.person for look in looks if not limits.open_from <= look.at.hour < limits.open_until}
            ),
            without_work=len({look.person for look in looks if not week.is_explained(look)}),
        )


def _line(site: Site, monday: date, found: StandsOut, marks: list[LookedInto]) -> Line:
    same = (found.rule, found.staff, found.about)
    mine = tuple(mark for mark in marks if (mark.rule, mark.staff, mark.about) == same)
    return Line(_reference(site, monday, found), found, mine)


def _reference(site: Site, monday: date, found: StandsOut) -> str:
    """Return what a form calls a line: it tells nothing, and is the same each time."""
    key = vault.keyring().index_key(site.organisation_id)
    value = f"{site.pk} {monday} {found.rule} {found.staff} {found.about}"
    return blind_index(key, context="line that stands out of a week", value=value).hex()[:_REFERENCE]


def _bounds(monday: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(monday, time.min))
    return start, timezone.make_aware(datetime.combine(monday + _WEEK, time.min))
