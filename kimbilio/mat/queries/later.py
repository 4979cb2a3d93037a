"""What lists recorded since a moment say of some people: so that nothing older is laid over what is newer."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kimbilio.mat.choices import DayMark, ListKind
from kimbilio.mat.models import ClinicList, DoseLine
from kimbilio.mat.rules import marks_of
from kimbilio.places.models import MatClinic

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class LaterList:
    """A list of a clinic: when it was recorded, how much it says, and the marks of those who are on it."""

    recorded_at: datetime
    kind: ListKind
    days: frozenset[date]
    marks: dict[UUID, dict[date, DayMark]]

    def says_of(self, client_id: UUID) -> dict[date, DayMark]:
        """Return what it says of somebody: of whoever is not on a whole day's list, that nothing is known."""
        if self.kind == ListKind.DAY:
            return dict.fromkeys(self.days, DayMark.UNKNOWN) | self.marks.get(client_id, {})
        return self.marks.get(client_id, {})


def lists_since(
    clinic: MatClinic,
    people: Collection[UUID],
    months: Collection[date],
    since: datetime,
    but: Collection[UUID] = (),
) -> list[LaterList]:
    """Return a clinic's lists of some months that were recorded since and stand, with what they say of some people."""
    rows = [
        row
        for row in ClinicList.objects.filter(
            organisation=clinic.organisation_id,
            clinic=clinic,
            month__in=months,
            recorded_at__gt=since,
            withdrawn_at__isnull=True,
        ).order_by("pk")
        if row.pk not in set(but)
    ]
    told: dict[UUID, dict[UUID, dict[date, DayMark]]] = defaultdict(dict)
    months_of = {row.pk: row.month for row in rows}
    for list_id, client_id, signs in _lines(clinic, list(months_of), people):
        told[list_id][client_id] = dict(marks_of(months_of[list_id], signs))
    return [
        LaterList(
            row.recorded_at,
            ListKind(row.kind),
            frozenset(day for day, _mark in marks_of(row.month, row.days.replace("x", "+"))),
            told[row.pk],
        )
        for row in rows
    ]


def _lines(
    clinic: MatClinic, lists: Collection[UUID], people: Collection[UUID]
) -> Iterator[tuple[UUID, UUID, str]]:
    ids = list(people) if lists else []
    for start in range(0, len(ids), _AT_ONCE):
        yield from DoseLine.objects.filter(
            organisation=clinic.organisation_id,
            clinic_list__in=lists,
            client__in=ids[start : start + _AT_ONCE],
        ).values_list("clinic_list_id", "client_id", "signs")
