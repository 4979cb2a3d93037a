"""What can be asked about days: a person's days, the clinics' lists, the days on which no list came."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.mat.choices import DayMark, ListKind
from kimbilio.mat.models import ClinicList, StandingMonth
from kimbilio.mat.rules import BLANK_MONTH, NOTHING, combined, each_day_of, marks_of, month_of, months_between
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.places.models import MatClinic


@dataclass(frozen=True)
class Day:
    """One day of a person: what is known of it, and whether any of their clinics sent a list."""

    on: date
    mark: DayMark
    listed: bool


def days_of(client: Client, first: date, last: date) -> list[Day]:
    """Return each day of a person from the first to the last, under whichever card it was recorded.

    A day of which nothing is known has the mark UNKNOWN; `listed` tells whether the clinic was silent too.
    """
    rows = StandingMonth.objects.filter(
        organisation=client.organisation_id,
        client__in=ids_of_one_person(client),
        month__in=months_between(first, last),
    ).values_list("clinic_id", "month", "signs")
    told = combined((month, signs) for _clinic, month, signs in rows)
    listed = listed_by_any(client.organisation_id, {clinic for clinic, _month, _signs in rows}, first, last)
    return [Day(on, told.get(on, DayMark.UNKNOWN), on in listed) for on in each_day(first, last)]


def days_without_a_list(clinic: MatClinic, first: date, last: date) -> list[date]:
    """Return the days from the first to the last of which no list or book of the clinic tells anything."""
    listed = listed_by_any(clinic.organisation_id, {clinic.pk}, first, last)
    return [on for on in each_day(first, last) if on not in listed]


def clinic_lists_of(clinic: MatClinic, first: date, last: date) -> QuerySet[ClinicList]:
    """Return the lists and books of a clinic for the months of these days, newest first, with those taken back."""
    return ClinicList.objects.filter(
        organisation=clinic.organisation_id, clinic=clinic, month__in=months_between(first, last)
    ).order_by("-pk")


def day_at(clinic: MatClinic, day: date) -> dict[UUID, DayMark]:
    """Return the mark of everybody on the clinic's list of a day, as it stands, by the person's id."""
    rows = StandingMonth.objects.filter(
        organisation=clinic.organisation_id, clinic=clinic, month=month_of(day)
    ).values_list("client_id", "signs")
    return {
        client_id: mark
        for client_id, signs in rows
        for on, mark in marks_of(month_of(day), signs)
        if on == day
    }


def counts_at(clinic: MatClinic, first: date, last: date) -> dict[date, Counter[DayMark]]:
    """Return how many stand with each mark on each of the clinic's days on which anybody has one. One query."""
    rows = StandingMonth.objects.filter(
        organisation=clinic.organisation_id, clinic=clinic, month__in=months_between(first, last)
    ).values_list("month", "signs")
    counts: dict[date, Counter[DayMark]] = defaultdict(Counter)
    for month, signs in rows:
        for on, mark in marks_of(month, signs):
            if first <= on <= last and mark != DayMark.UNKNOWN:
                counts[on][mark] += 1
    return dict(counts)


def lists_of_day(clinic: MatClinic, day: date) -> list[ClinicList]:
    """Return the lists, books and corrections that speak of a clinic's day, newest first, with those taken back."""
    return [row for row in clinic_lists_of(clinic, day, day) if row.days[day.day - 1] != NOTHING]


def listed_days(
    organisation_id: UUID, clinics: Collection[UUID] | None, first: date, last: date
) -> dict[UUID, list[date]]:
    """Return the days with a list, in order, by the clinic's id. One query."""
    rows = counted_lists(organisation_id).filter(month__in=months_between(first, last))
    if clinics is not None:
        rows = rows.filter(clinic__in=clinics)
    found: dict[UUID, set[date]] = defaultdict(set)
    for clinic_id, month, days in rows.values_list("clinic_id", "month", "days"):
        told = zip(each_day_of(month), days, strict=False)
        found[clinic_id].update(on for on, sign in told if sign != NOTHING and first <= on <= last)
    return {clinic_id: sorted(days) for clinic_id, days in found.items()}


def counted_lists(organisation_id: UUID) -> QuerySet[ClinicList]:
    """Return what makes a day one with a list: not taken back, of more than one person's day, and not all unknown."""
    return ClinicList.objects.filter(
        organisation=organisation_id,
        kind__in=(ListKind.DAY, ListKind.BOOK),
        withdrawn_at__isnull=True,
    ).exclude(days=BLANK_MONTH)


def listed_by_any(organisation_id: UUID, clinics: Collection[UUID], first: date, last: date) -> set[date]:
    """Return the days with a list of any of these clinics. One query."""
    by_clinic = listed_days(organisation_id, clinics, first, last)
    return {on for days in by_clinic.values() for on in days}


def each_day(first: date, last: date) -> list[date]:
    """Return the days from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
