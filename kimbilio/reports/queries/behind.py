"""The records behind a number: their count, or their sum, is the number. By code alone, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.many import Keys
from kimbilio.core.refusals import NotHere
from kimbilio.people.models import Client
from kimbilio.people.queries import standing_ids
from kimbilio.reports.choices import Split
from kimbilio.reports.indicators import INDICATORS, Indicator, Measure, Records
from kimbilio.reports.queries.mat_people import people_on_mat, whereabouts
from kimbilio.reports.queries.parts import (
    SplitOf,
    in_week,
    narrowed,
    people_like,
    people_of,
)
from kimbilio.reports.queries.records import (
    attendances_in,
    services_in,
    steps_in,
    supplies_in,
    visits_in,
)
from kimbilio.reports.queries.rows_behind import rows_counted
from kimbilio.reports.queries.shown_rows import BehindRow, page_of, person_shown, rows_shown
from kimbilio.reports.queries.tallies import NEW, RETURNING, known_before
from kimbilio.reports.scope import Scope, scope_for
from kimbilio.support.choices import PSYCHOSOCIAL_SESSIONS
from kimbilio.visits.choices import Service


@dataclass(frozen=True)
class Behind:
    """What is behind a number: how much it is in all, of how many rows, and one page of them."""

    indicator: Indicator
    split: Mapping[str, str]
    scope: Scope
    value: int
    count: int
    rows: list[BehindRow]
    page: int = 1


def records_behind(
    by: Actor, code: str, month: date, site: Site | None, split: SplitOf, *, page: int = 1
) -> Behind:
    """Return the records behind a figure of a month, as they stand now; NotHere for a figure that there is not."""
    indicator = INDICATORS.get(code)
    if indicator is None or not _is_a_split(indicator, split):
        raise NotHere
    scope = scope_for(by, Permission.SEE_RECORDS_BEHIND, month, site)
    here = narrowed(scope, split)
    source = indicator.counts
    if source.measure == Measure.PEOPLE:
        people = _people(here, source.records, source.key, split)
        count = value = people.count()
        rows = [person_shown(client) for client in page_of(people.order_by("code", "pk"), page)]
    else:
        records = rows_counted(here, source.records, source.key, split)
        count = records.count()
        value = records.aggregate(all=Sum("amount"))["all"] or 0
        rows = rows_shown(here.organisation_id, page_of(records.order_by("-day", "pk"), page))
    return Behind(indicator, dict(split), scope, value, count, rows, page)


def _is_a_split(indicator: Indicator, split: SplitOf) -> bool:
    return not split or set(split) in [{one.value for one in splits} for splits in indicator.splits]


# People


def _people(scope: Scope, records: Records, key: str, split: SplitOf) -> QuerySet[Client]:
    """Return the people whom a number counts."""
    like = people_like(scope, split).select_related("site")
    if records == Records.MAT:
        return like.filter(pk__in=Keys(_on_mat(scope, key, split)))
    if records == Records.VISITS:
        came = people_of(scope, visits_in(scope))
        if key in (NEW, RETURNING):
            ids = set(came.values_list("pk", flat=True)) & set(like.values_list("pk", flat=True))
            known = known_before(scope.organisation_id, ids, scope.first, standing_ids(scope.organisation_id))
            return like.filter(pk__in=Keys(known if key == RETURNING else ids - known))
        return like.filter(pk__in=came.values("pk"))
    if records == Records.SUPPORT:
        ticked = services_in(scope).filter(service=Service.PSYCHOSOCIAL)
        sheets = attendances_in(scope).filter(session__kind__in=PSYCHOSOCIAL_SESSIONS)
        told = people_of(
            scope,
            in_week(ticked, split, "visit__occurred_on"),
            in_week(sheets, split, "session__occurred_on"),
        )
        return like.filter(pk__in=told.values("pk"))
    return like.filter(pk__in=people_of(scope, _RECORDS[records](scope, key)).values("pk"))


_RECORDS: dict[Records, Any] = {
    Records.SUPPLIES: lambda scope, kind: supplies_in(scope).filter(item__kind=kind),
    Records.SERVICES: lambda scope, service: services_in(scope).filter(service=service),
    Records.ATTENDANCES: lambda scope, _key: attendances_in(scope),
    Records.STEPS: steps_in,
}


def _on_mat(scope: Scope, key: str, split: SplitOf) -> set[UUID]:
    found: set[UUID] = set()
    for site in scope.sites:
        people = people_on_mat(site, scope)
        some = people[key]
        if Split.WHERE in split:
            places = whereabouts(site, scope.on, people)
            some = {person for person in some if places[person] == split[Split.WHERE]}
        found |= some
    return found
