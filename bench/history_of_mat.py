"""Years of MAT of a programme: claims of a fifth of its people, and the clinics' books month by month.

Imported once Django is ready.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.home import MANAGER
from bench.programme import Place
from bench.rows import Table, new_key, noon, stored, write_all
from kimbilio.accounts.queries import actor_named
from kimbilio.core.many import in_batches
from kimbilio.mat.actions import Claim, record_steps
from kimbilio.mat.choices import ListKind, Source, StepKind
from kimbilio.mat.models import ClinicList, DoseLine, StandingMonth
from kimbilio.mat.rules.days import LENGTH, NOTHING

_ON_MAT, _WAITS, _LEAVES, _RUNS_OUT, _MISSES = 0.18, 0.02, 0.3, 0.05, 0.04
_LEAVINGS = (StepKind.COMPLETED, StepKind.TRANSFERRED, StepKind.STOPPED_BY_CHOICE, StepKind.DIED)
_AT_ONCE = 2_000


@dataclass(frozen=True)
class _Stay:
    """Somebody's time on the books of a clinic: from the day they started to the last one with a dose."""

    person: UUID
    started: date
    until: date


class HistoryOfMat:
    """Writes who started and left, at once, and the clinics' books as the months go by."""

    def __init__(self, places: list[Place], first: date, last: date, seed: int) -> None:
        self._chance, self._last = Random(seed + 1), last
        by = actor_named(MANAGER)
        of = {"organisation": by.organisation_id}
        self._lists = Table(
            ClinicList,
            *"id recorded_at clinic month days people".split(),
            kind=ListKind.BOOK.value,
            source=Source.BOOK.value,
            digest=b"",
            **of,
        )
        self._lines = Table(DoseLine, *"id recorded_at client clinic_list signs".split(), **of)
        self._months = Table(StandingMonth, *"id recorded_at client clinic month signs".split(), **of)
        self._stays = {place.clinic.pk: self._start(by, place, first) for place in places}

    def _start(self, by: Any, place: Place, first: date) -> list[_Stay]:
        """Record the claims of a site's people, and return their stays."""
        claims: list[tuple[UUID, Claim]] = []
        stays = []
        for person, since in place.people:
            begin, fate = max(since, first), self._chance.random()
            if person in place.second_cards:
                continue
            if fate > 1 - _WAITS:
                claims.append((person, Claim(StepKind.REFERRED, begin)))
            if fate < _ON_MAT:
                started = min(begin + timedelta(days=self._chance.randrange(400)), self._last)
                stay = _Stay(person, started, self._until(started))
                claims += self._claims_of(stay, begin)
                stays.append(stay)
        for some in in_batches(claims, _AT_ONCE):
            record_steps(by=by, site=place.site, claims=some)
        return stays

    def _until(self, started: date) -> date:
        """Return the last day with a dose: years ago for those who left, lately for those who just stopped coming."""
        days = (self._last - started).days
        if days and self._chance.random() < _LEAVES:
            return started + timedelta(days=self._chance.randrange(days))
        ago = self._chance.randint(1, 90) if self._chance.random() < _RUNS_OUT else 0
        return max(started, self._last - timedelta(days=ago))

    def _claims_of(self, stay: _Stay, known: date) -> Iterator[tuple[UUID, Claim]]:
        yield stay.person, Claim(StepKind.REFERRED, known)
        yield stay.person, Claim(StepKind.INDUCTED, stay.started)
        if (self._last - stay.until).days > 90 and stay.until > stay.started:
            yield stay.person, Claim(self._chance.choice(_LEAVINGS), stay.until)

    def write_month(self, month: date, days: list[date]) -> None:
        """Write a month's book of each clinic: a line for everybody who started by then and has not left."""
        told = noon(days[-1])
        for clinic_id, stays in self._stays.items():
            clinic, book = stored(clinic_id), new_key()
            present = [stay for stay in stays if stay.started <= days[-1] and self._stands_in(stay, days[0])]
            if not present:
                continue
            listed = "".join("x" if day in set(days) else NOTHING for day in _each(month))
            self._lists.add(book, told, clinic, month, listed, len(present))
            for stay in present:
                person, signs = stored(stay.person), self._signs(stay, month, days)
                self._lines.add(new_key(), told, person, book, signs)
                self._months.add(new_key(), told, person, clinic, month, signs)
        write_all([self._lists, self._lines, self._months])

    def _stands_in(self, stay: _Stay, first: date) -> bool:
        """Say whether the clinic still has a line for somebody: whoever stops coming stays on it for three months."""
        return first <= stay.until + timedelta(days=90 if (self._last - stay.until).days <= 90 else 0)

    def _signs(self, stay: _Stay, month: date, days: list[date]) -> str:
        chance = self._chance.random
        line = [NOTHING] * LENGTH
        for day in days:
            if day >= stay.started:
                line[day.day - 1] = (
                    "-" if day > stay.until or (day > stay.started and chance() < _MISSES) else "+"
                )
        return "".join(line)


def _each(month: date) -> list[date]:
    return [month + timedelta(days=day) for day in range(LENGTH)]
