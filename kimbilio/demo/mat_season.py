"""Fictional journeys on MAT, and eight weeks of a clinic's lists up to yesterday: most come, some are looked for.

Nobody has started for half a year although people wait, as in the programme that this was written for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.mat.actions import Claim, record_clinic_list, record_steps
from kimbilio.mat.choices import DayMark, Source, StepKind, StepReason
from kimbilio.mat.queries import clinics_where
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic

DAYS = 56
WITHOUT_A_LIST = 9  # days ago
LAST_START = timedelta(weeks=26)
# Of a hundred people: on the clinic's list, left MAT, on the way to it; the others have nothing to do with it.
ON_THE_LIST, LEFT, ON_THE_WAY = 68, 7, 8
# The last days of the first people on the list: who is missing since when, and who is explained.
ENDINGS = "A AA A AA A AAA AAA AAAA AAAAAA AAAAAAAAA AAAAAAAAAAAAAA HHH JJJJJJJJJ TTTT AP AAAP AAAAAP".split()
LETTERS = {
    "P": DayMark.DOSED,
    "A": DayMark.MISSED,
    "H": DayMark.ADMITTED,
    "J": DayMark.IMPRISONED,
    "T": DayMark.TRANSIT,
}
_WAYS_OUT = (
    (StepKind.COMPLETED, StepReason.FEELS_RECOVERED),
    (StepKind.TRANSFERRED, StepReason.NOT_STATED),
    (StepKind.STOPPED_BY_CHOICE, StepReason.WORK),
    (StepKind.STOPPED_BY_CHOICE, StepReason.LOGISTICS),
    (StepKind.STOPPED_BY_CLINIC, StepReason.DISRUPTION),
)


@dataclass
class _Season:
    """Who records what of whom, with the same dice for the same seed."""

    by: Actor
    site: Site
    clinic: MatClinic
    today: date
    chance: Random
    claims: list[tuple[UUID, Claim]] = field(default_factory=list)

    def claim(
        self,
        client: Client,
        kind: StepKind,
        on: date,
        reason: StepReason = StepReason.NOT_STATED,
        source: Source = Source.STAFF,
    ) -> None:
        """Have a step recorded with all the others."""
        self.claims.append((client.pk, Claim(kind, on, source, self.clinic, reason)))

    def ago(self, least: int, most: int) -> date:
        """Return a day so many days ago."""
        return self.today - timedelta(days=self.chance.randint(least, most))


def mat_number(place: int, people: int) -> str:
    """Return the clinic's number of the person in this place among so many; '' for those who never started."""
    return f"KRMAT-{place:04}" if place <= _part(people, ON_THE_LIST + LEFT) else ""


def make_mat_season(*, by: Actor, site: Site, clients: Sequence[Client], chance: Random) -> None:
    """Record journeys of these people, and the clinic's lists of eight weeks."""
    clinic = clinics_where(by, Permission.RECORD_JOURNEY)[0]
    season = _Season(by, site, clinic, timezone.localdate(), chance)
    listed = clients[: _part(len(clients), ON_THE_LIST)]
    left = clients[len(listed) : _part(len(clients), ON_THE_LIST + LEFT)]
    waiting = clients[len(listed) + len(left) : _part(len(clients), ON_THE_LIST + LEFT + ON_THE_WAY)]
    for client in listed:
        _is_on_mat(season, client)
    for client in left:
        _has_left(season, client)
    for place, client in enumerate(waiting):
        _is_on_the_way(season, client, steps=1 + place % 4)
    record_steps(by=by, site=site, claims=season.claims)
    for day, marks in _lists(season, listed):
        record_clinic_list(by=by, clinic=clinic, day=day, marks=marks)


def _part(people: int, hundredths: int) -> int:
    return people * hundredths // 100


def _is_on_mat(season: _Season, client: Client) -> None:
    started = season.ago(LAST_START.days, 1400)
    season.claim(client, StepKind.INDUCTED, started, source=Source.EARLIER_BOOKS)
    season.claim(client, StepKind.STABILISING, started + timedelta(days=14))
    if season.chance.random() < 0.85:
        season.claim(client, StepKind.MAINTENANCE, started + timedelta(days=90))


def _has_left(season: _Season, client: Client) -> None:
    started = season.ago(500, 1400)
    season.claim(client, StepKind.INDUCTED, started, source=Source.EARLIER_BOOKS)
    kind, reason = season.chance.choice(_WAYS_OUT)
    season.claim(client, kind, started + timedelta(days=season.chance.randint(60, 400)), reason)


def _is_on_the_way(season: _Season, client: Client, *, steps: int) -> None:
    met = season.ago(30, 240)
    kinds = (StepKind.IDENTIFIED, StepKind.REFERRED, StepKind.SCREENED_ELIGIBLE, StepKind.PREPARING)
    for number, kind in enumerate(kinds[:steps]):
        season.claim(client, kind, met + timedelta(days=7 * number))


def _lists(season: _Season, listed: Sequence[Client]) -> Iterator[tuple[date, Mapping[UUID, DayMark]]]:
    """Yield a list for each of the days but one, the earliest first."""
    first = season.today - timedelta(days=DAYS)
    lines = {client.pk: _line(season.chance, place) for place, client in enumerate(listed)}
    for number in range(DAYS if listed else 0):
        if number != DAYS - WITHOUT_A_LIST:
            yield first + timedelta(days=number), {pk: line[number] for pk, line in lines.items()}


def _line(chance: Random, place: int) -> list[DayMark]:
    """Return somebody's days: they come, now and then miss one, and end as their place in the list says."""
    line = [DayMark.MISSED if chance.random() < 0.012 else DayMark.DOSED for _day in range(DAYS)]
    if chance.random() < 0.1:
        line = [DayMark.TAKE_HOME if day % 7 == 6 else mark for day, mark in enumerate(line)]
    ending = [LETTERS[letter] for letter in ENDINGS[place]] if place < len(ENDINGS) else [DayMark.DOSED]
    if DayMark.DOSED not in ending:
        ending = [DayMark.DOSED, *ending]
    return line[: DAYS - len(ending)] + ending
