"""The records behind a number that counts records or adds them up: each with `day`, `amount` and `place`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value

from kimbilio.people.choices import Sex
from kimbilio.reports.choices import Split
from kimbilio.reports.indicators import Records
from kimbilio.reports.indicators.supplies import RETURNED
from kimbilio.reports.queries.parts import SplitOf, in_week, rows_of_people_like
from kimbilio.reports.queries.records import (
    anonymous_in,
    events_in,
    services_in,
    sessions_in,
    supplies_in,
    visits_in,
)
from kimbilio.reports.scope import Scope


def rows_counted(scope: Scope, records: Records, key: str, split: SplitOf) -> QuerySet[Any]:
    """Return the records of one kind and sort that a part of a month's number counts."""
    return _HOW[records](scope, key, split)


def _visits(scope: Scope, key: str, split: SplitOf) -> QuerySet[Any]:
    rows = rows_of_people_like(scope, split, in_week(visits_in(scope), split, "occurred_on"))
    if key == RETURNED:
        rows = rows.filter(needles_returned__gt=0)
        return rows.annotate(day=F("occurred_on"), amount=F("needles_returned"), place=F("at_site__name"))
    return rows.annotate(day=F("occurred_on"), amount=_one(), place=F("at_site__name"))


def _supplies(scope: Scope, key: str, split: SplitOf) -> QuerySet[Any]:
    rows = rows_of_people_like(scope, split, supplies_in(scope).filter(item__kind=key))
    rows = rows.select_related("visit")
    return rows.annotate(day=F("visit__occurred_on"), amount=F("quantity"), place=F("visit__at_site__name"))


def _services(scope: Scope, key: str, split: SplitOf) -> QuerySet[Any]:
    rows = rows_of_people_like(scope, split, services_in(scope).filter(service=key))
    rows = rows.select_related("visit")
    return rows.annotate(day=F("visit__occurred_on"), amount=_one(), place=F("visit__at_site__name"))


def _anonymous(scope: Scope, key: str, _split: SplitOf) -> QuerySet[Any]:
    rows = anonymous_in(scope)
    if key == RETURNED:
        rows, amount = rows.filter(needles_returned__gt=0), F("needles_returned")
    else:
        rows, amount = rows.filter(item__kind=key, quantity__gt=0), F("quantity")
    return rows.annotate(day=F("occurred_on"), amount=amount, place=F("site__name"))


def _sessions(scope: Scope, key: str, split: SplitOf) -> QuerySet[Any]:
    heads = {Sex.MALE: F("guests_male"), Sex.FEMALE: F("guests_female")}
    amount = _heads(heads, split) if key else _one()
    rows = sessions_in(scope).annotate(
        day=F("occurred_on"), amount=amount, place=F("site__name"), what=F("kind")
    )
    return rows.filter(amount__gt=0)


def _events(scope: Scope, key: str, split: SplitOf) -> QuerySet[Any]:
    rows = events_in(scope)
    if Split.ACTIVITY in split:
        rows = rows.filter(activity=split[Split.ACTIVITY])
    heads = {Sex.MALE: F("male"), Sex.FEMALE: F("female"), Sex.NOT_STATED: F("unsorted")}
    amount = _one() if key == "events" else _heads(heads, split)
    found = rows.annotate(day=F("occurred_on"), amount=amount, place=F("site__name"), what=F("activity"))
    return found.filter(amount__gt=0)


def _heads(heads: Mapping[Sex, Any], split: SplitOf) -> Any:
    if Split.SEX in split:
        return next((column for sex, column in heads.items() if sex == split[Split.SEX]), _nothing())
    first, *others = heads.values()
    return sum(others, first)


def _one() -> Value:
    return Value(1, output_field=IntegerField())


def _nothing() -> Value:
    return Value(0, output_field=IntegerField())


_HOW: dict[Records, Any] = {
    Records.VISITS: _visits,
    Records.SUPPLIES: _supplies,
    Records.SERVICES: _services,
    Records.ANONYMOUS: _anonymous,
    Records.SESSIONS: _sessions,
    Records.EVENTS: _events,
}
