"""People who do not come to a clinic, and who looks for them, for tests of follow-up."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.followup.actions import assign
from kimbilio.followup.queries import Entry, Worker, entries_at, worker_named
from kimbilio.mat.choices import StepKind
from kimbilio.mat.tests.clinic import Place, make_place
from kimbilio.people.models import Client
from tests.programme import Programme, actor_with, staff_with


def today() -> date:
    return timezone.localdate()


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


@dataclass(frozen=True)
class Looking:
    """A safe space with a liaison and a peer educator, and people of whom the clinic's lists tell."""

    place: Place
    liaison: Actor
    peer: Actor
    peer_staff: Staff
    other_peer: Staff

    @property
    def people(self) -> list[Client]:
        return self.place.people

    @property
    def worker(self) -> Worker:
        return worker_named(self.place.site, self.peer_staff.username)

    @property
    def other_worker(self) -> Worker:
        return worker_named(self.place.site, self.other_peer.username)

    def entries(self, by: Actor | None = None) -> list[Entry]:
        return entries_at(by or self.liaison, self.place.site, today())

    def entry_of(self, number: int) -> Entry:
        return next(one for one in self.entries() if one.client_id == self.people[number].pk)

    def gives(self, number: int, worker: Worker | None = None) -> None:
        assign(by=self.liaison, client=self.people[number], worker=worker or self.worker)


def make_looking(programme: Programme, rows: list[str], name: str = "Karuri MAT clinic") -> Looking:
    """Make people with a row of letters each, one a day up to yesterday; each started ten days before the first."""
    liaison = actor_with(Role.MAT_LIAISON, programme.site)
    place = make_place(liaison, programme.site, count=len(rows), name=name)
    span = max(map(len, rows))
    for number in range(len(rows)):
        place.claim(number, StepKind.INDUCTED, days_ago(span + 10))
    for back in range(span, 0, -1):
        letters = "".join(row[len(row) - back] if back <= len(row) else "." for row in rows)
        place.list_of(days_ago(back), letters)
    peer = staff_with(Role.PEER_EDUCATOR, programme.site)
    other = staff_with(Role.PEER_EDUCATOR, programme.site)
    return Looking(place, liaison, actor_for(peer), peer, other)
