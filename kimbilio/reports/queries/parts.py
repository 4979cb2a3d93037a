"""Parts of a number as questions to the database: people by sex, age, ward and population, records by week and site."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from kimbilio.core.refusals import NotHere
from kimbilio.people.choices import BirthPrecision
from kimbilio.people.models import Alias, Client
from kimbilio.people.rules import EARLIEST_BIRTH_YEAR, age_band, age_on
from kimbilio.reports.choices import NOT_KNOWN, Split
from kimbilio.reports.scope import Scope

SplitOf = Mapping[str, str]


def narrowed(scope: Scope, split: SplitOf) -> Scope:
    """Return the scope of one site, where a split names it; NotHere where the report has no such site."""
    if Split.SITE not in split:
        return scope
    sites = tuple(site for site in scope.sites if site.name == split[Split.SITE])
    if not sites:
        raise NotHere
    return replace(scope, sites=sites)


def people_like(scope: Scope, split: SplitOf) -> QuerySet[Client]:
    """Return the people of whom a split is true, each by the record that stands."""
    people = Client.objects.filter(organisation=scope.organisation_id)
    people = people.exclude(pk__in=_joined(scope).values("client"))
    if Split.SEX in split:
        people = people.filter(sex=split[Split.SEX])
    if Split.POPULATION in split:
        people = people.filter(population=split[Split.POPULATION])
    if Split.AGE in split:
        people = people.filter(_of_age(split[Split.AGE], scope.last))
    if Split.WARD in split:
        people = people.filter(_of_ward(split[Split.WARD]))
    return people


def people_of(scope: Scope, *records: QuerySet[Any]) -> QuerySet[Client]:
    """Return the people whom these records are about, under whichever card, each once."""
    about = Q()
    for rows in records:
        ids = rows.order_by().values("client")
        about |= Q(pk__in=ids) | Q(pk__in=_joined(scope).filter(client__in=ids).values("stands_for"))
    return Client.objects.filter(about, organisation=scope.organisation_id)


def rows_of_people_like(scope: Scope, split: SplitOf, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of these records that are about people of whom a split is true, under whichever card."""
    if not {Split.SEX, Split.AGE, Split.WARD, Split.POPULATION} & set(split):
        return rows
    people = people_like(scope, split).values("pk")
    joined = _joined(scope).filter(stands_for__in=people).values("client")
    return rows.filter(Q(client__in=people) | Q(client__in=joined))


def in_week(rows: QuerySet[Model], split: SplitOf, day: str) -> QuerySet[Any]:
    """Return those of these records whose day, in this column, lies in the week of a split."""
    if Split.WEEK not in split:
        return rows
    year, _dash, week = split[Split.WEEK].partition("-W")
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise NotHere from None
    return rows.filter(**{f"{day}__range": (monday, monday + timedelta(days=6))})


def _joined(scope: Scope) -> QuerySet[Alias]:
    return Alias.objects.filter(organisation=scope.organisation_id, ended_at__isnull=True)


def _of_age(band: str, on: date) -> Q:
    """Return what is true of people of an age band on a day; of NOT_KNOWN, of those whose age is not known."""
    known = [year for year in range(EARLIEST_BIRTH_YEAR - 100, on.year + 1) if _band(year, on)]
    told = ~Q(birth_precision=BirthPrecision.UNKNOWN) & Q(birth_year__isnull=False)
    if band == NOT_KNOWN:
        return ~(told & Q(birth_year__in=known))
    return told & Q(birth_year__in=[year for year in known if _band(year, on) == band])


def _band(year: int, on: date) -> str:
    age = age_on(year, BirthPrecision.YEAR, on)
    return age_band(age.years) if age else ""


def _of_ward(name: str) -> Q:
    """Return what is true of people of a ward; its name and that of its sub-county stand around one of the commas."""
    if name == NOT_KNOWN:
        return Q(ward__isnull=True)
    found = Q(pk__in=[])
    for place in range(len(name)):
        if name.startswith(", ", place):
            found |= Q(ward__name=name[:place], ward__sub_county__name=name[place + 2 :])
    return found
