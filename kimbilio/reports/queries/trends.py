"""Months side by side: people, visits, supplies, starts of MAT and heads at events, up to the month of a report."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from kimbilio.community.models import CommunityEvent
from kimbilio.core.many import Keys
from kimbilio.mat.choices import StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.rules import month_before, month_of
from kimbilio.people.queries import standing_ids
from kimbilio.reports.models import FrozenFigure, MonthClose
from kimbilio.reports.queries.by_month import MonthOf, month_named
from kimbilio.reports.queries.tallies import known_before, met_under_several_cards
from kimbilio.reports.scope import Scope
from kimbilio.stock.choices import SupplyKind
from kimbilio.visits.models import GivenSupply, Visit

MONTHS = 24
SUPPLY_CODES = {
    "supplies.needles": SupplyKind.NEEDLES,
    "supplies.condoms": SupplyKind.CONDOMS,
    "supplies.lubricants": SupplyKind.LUBRICANTS,
    "supplies.naloxone_kits": SupplyKind.NALOXONE,
}
# Whether anything of a room is recorded in a month, by its whole figures.
_BEGINS = ("visits.visits", "community.events", "mat.inducted")
_ByMonth = dict[date, int]


@dataclass(frozen=True)
class Trend:
    """Numbers by month, the earliest first; None before the first month in which anything of that sort was recorded."""

    months: list[date]
    values: Mapping[str, list[int | None]]

    def with_month(self, month: date, whole: Mapping[str, int], *, closed: bool) -> "Trend":
        """Return the trend with the month after it, by the whole figures of that one, in place of its first."""
        begun = {_room_of(code) for code in _BEGINS if whole.get(code)}
        values = {
            code: [
                *earlier[1:],
                whole.get(code, 0) if closed or earlier[-1] is not None or _room_of(code) in begun else None,
            ]
            for code, earlier in self.values.items()
        }
        return Trend([*self.months[1:], month], values)


def trend_of(scope: Scope) -> Trend:
    """Return the months up to that of a report, by the definitions of its indicators. A bounded number of questions."""
    months = last_months(scope.month)
    frozen = frozen_values(scope, months)
    # Closed months stand as they were closed, so that counting begins with the first one that is open.
    first = next((month for month in months if month not in frozen), scope.month)
    visits = _visits(scope, first)
    found: dict[str, _ByMonth] = {
        "visits.visits": _by_month(visits, Count("*")),
        **dict(zip(("visits.people", "visits.new_people"), _people(scope, visits, first), strict=True)),
        **_supplies(scope, first),
        "mat.inducted": _starts(scope, first),
        "community.participants": _heads(scope, first),
    }
    found["visits.returning_people"] = {
        month: people - found["visits.new_people"].get(month, 0)
        for month, people in found["visits.people"].items()
    }
    begun = _begun(scope)
    return Trend(
        months,
        {
            code: [_value(frozen.get(month, {}).get(code), by_month, begun, code, month) for month in months]
            for code, by_month in found.items()
        },
    )


def _value(
    closed: int | None, by_month: _ByMonth, begun: Mapping[str, date | None], code: str, month: date
) -> int | None:
    if closed is not None:
        return closed
    return by_month.get(month, 0 if _has_begun(begun, code, month) else None)


def last_months(month: date, count: int = MONTHS) -> list[date]:
    """Return so many months up to one, the earliest first."""
    months = [month]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months[::-1]


def frozen_values(scope: Scope, months: list[date]) -> dict[date, dict[str, int]]:
    """Return the whole figures of those of these months that are closed, by code. Two questions at most."""
    closes = MonthClose.objects.filter(
        organisation=scope.organisation_id,
        site=scope.site,
        month__in=months,
        confirmed_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    standing = dict(closes.order_by("revision").values_list("month", "pk"))
    if not standing or (scope.site is None and not scope.is_whole):
        return {}
    rows = FrozenFigure.objects.filter(
        organisation=scope.organisation_id, close__in=standing.values(), split="{}"
    )
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for month, code, value in rows.values_list("close__month", "code", "value"):
        found[month][code] = value
    return found


def _visits(scope: Scope, first: date) -> QuerySet[Visit]:
    return Visit.objects.filter(
        organisation=scope.organisation_id,
        at_site__in=scope.site_ids,
        occurred_on__range=(first, scope.last),
        voided_at__isnull=True,
    )


def _by_month(rows: QuerySet[Any], sum_: Any, day: str = "occurred_on") -> _ByMonth:
    found = rows.order_by().annotate(of_month=MonthOf(day)).values_list("of_month").annotate(total=sum_)
    return {month_named(month): value or 0 for month, value in found}


def _people(scope: Scope, visits: QuerySet[Visit], first: date) -> tuple[_ByMonth, _ByMonth]:
    """Return how many people came, and how many of them were new. Whoever has several cards is one."""
    person_of = standing_ids(scope.organisation_id)
    people = Counter(_by_month(visits, Count("client", distinct=True)))
    joined = visits.filter(client__in=Keys({*person_of, *person_of.values()}))
    came: dict[date, set[UUID]] = defaultdict(set)
    for record, month in joined.order_by().values_list("client_id", MonthOf("occurred_on")).distinct():
        came[month_named(month)].add(record)
    for month, records in came.items():
        people[month] -= len(records) - len({person_of.get(record, record) for record in records})
    return people, _new(scope, first, person_of)


def _new(scope: Scope, first: date, person_of: Mapping[UUID, UUID]) -> _ByMonth:
    """Return how many came for the first time, by month: nothing earlier is known of them, anywhere."""
    anywhere = Visit.objects.filter(
        organisation=scope.organisation_id, occurred_on__range=(first, scope.last), voided_at__isnull=True
    )
    rows = anywhere.order_by().values_list("client_id", "client__first_contact_on")
    here = Min("occurred_on", filter=Q(at_site__in=scope.site_ids))
    began: dict[UUID, date] = {}
    came: dict[UUID, date] = {}
    for record, met, earliest, earliest_here in rows.annotate(earliest=Min("occurred_on"), here=here):
        person = person_of.get(record, record)
        began[person] = min(filter(None, (began.get(person), met, earliest)))
        came[person] = min(filter(None, (came.get(person), earliest_here)), default=date.max)
    for person, met in met_under_several_cards(scope.organisation_id, person_of):
        if person in began:
            began[person] = min(began[person], met)
    known = known_before(scope.organisation_id, began.keys(), first, person_of)
    return Counter(
        month_of(day)
        for person, day in began.items()
        if person not in known and month_of(came[person]) == month_of(day)
    )


def _supplies(scope: Scope, first: date) -> dict[str, _ByMonth]:
    given = GivenSupply.objects.filter(
        organisation=scope.organisation_id,
        visit__at_site__in=scope.site_ids,
        visit__occurred_on__range=(first, scope.last),
        visit__voided_at__isnull=True,
    )
    rows = (
        given.order_by()
        .annotate(of_month=MonthOf("visit__occurred_on"))
        .values_list("of_month", "item__kind")
    )
    found: dict[str, _ByMonth] = {code: {} for code in SUPPLY_CODES}
    codes = {kind.value: code for code, kind in SUPPLY_CODES.items()}
    for month, kind, pieces in rows.annotate(Sum("quantity")):
        if kind in codes:
            found[codes[kind]][month_named(month)] = pieces
    return found


def _starts(scope: Scope, first: date) -> _ByMonth:
    person_of = standing_ids(scope.organisation_id)
    steps = _steps(scope).filter(occurred_on__range=(first, scope.last))
    rows = steps.values_list("client_id", "occurred_on")
    return _people_by_month((person_of.get(record, record), day) for record, day in rows)


def _steps(scope: Scope) -> QuerySet[JourneyStep]:
    return JourneyStep.objects.filter(
        organisation=scope.organisation_id,
        client__site__in=scope.site_ids,
        kind=StepKind.INDUCTED,
        voided_at__isnull=True,
    )


def _people_by_month(told: Iterable[tuple[UUID, date]]) -> _ByMonth:
    return Counter(month for _person, month in {(person, month_of(day)) for person, day in told})


def _heads(scope: Scope, first: date) -> _ByMonth:
    events = CommunityEvent.objects.filter(
        organisation=scope.organisation_id,
        site__in=scope.site_ids,
        occurred_on__range=(first, scope.last),
        voided_at__isnull=True,
    )
    return _by_month(events, Sum(F("male") + F("female") + F("unsorted")))


def _begun(scope: Scope) -> dict[str, date | None]:
    """Return the first day of which anything is recorded, by the room that records it. Three questions."""
    here = {"organisation": scope.organisation_id, "voided_at__isnull": True}
    visits = Visit.objects.filter(at_site__in=scope.site_ids, **here).order_by("occurred_on")
    events = CommunityEvent.objects.filter(site__in=scope.site_ids, **here).order_by("occurred_on")
    days = (
        visits.values_list("occurred_on", flat=True).first(),
        events.values_list("occurred_on", flat=True).first(),
        _steps(scope).order_by("occurred_on").values_list("occurred_on", flat=True).first(),
    )
    return dict(zip(("visits", "community", "mat"), days, strict=True))


def _has_begun(begun: Mapping[str, date | None], code: str, month: date) -> bool:
    day = begun[_room_of(code)]
    return day is not None and month_of(day) <= month


def _room_of(code: str) -> str:
    return code.partition(".")[0].replace("supplies", "visits")


def last_start(scope: Scope) -> date | None:
    """Return the last day by the end of the report on which anybody started MAT for the first time."""
    return _steps(scope).filter(occurred_on__lte=scope.on).aggregate(last=Max("occurred_on"))["last"]
