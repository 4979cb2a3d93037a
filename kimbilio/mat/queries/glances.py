"""Glances: the database sorts out at once those of many people who need a look by the rules.

Whoever a glance lets through is reckoned in full; whoever it holds back would have come out the same way.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Length, Right, RTrim, Substr

from kimbilio.accounts.models import Site
from kimbilio.mat.choices import StepKind
from kimbilio.mat.models import StandingMonth
from kimbilio.mat.queries.records import months_of, steps_by
from kimbilio.mat.rules import (
    ENDS_A_RUN,
    LEAVINGS,
    SIGN,
    STAGES,
    STARTS,
    WAITING,
    days_in,
    month_before,
    month_of,
)
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic

ON_MAT = STARTS | STAGES
OFF_MAT = LEAVINGS | {StepKind.DIED}
_LISTED = "listed"  # on a clinic's list once, and never claimed to have started or left
_ENDING_SIGNS = [SIGN[mark] for mark in ENDS_A_RUN]


def without_a_dose_lately(site: Site, on: date, within: int) -> set[UUID]:
    """Return those on the lists of this month that do not end with a dose just now.

    The others on them have no run of absences and are not out of touch; of these, each is to be looked at in full.
    """
    rows = _not_ending_with_a_dose(months_of(site).filter(month=month_of(on)), on.day, on.day - within)
    return set(rows.filter(client__site=site).values_list("client_id", flat=True))


def on_no_list_this_month(site: Site, on: date, within: int) -> set[UUID]:
    """Return those on no list of this month who, at a glance, have no dose just now.

    The lists of last month do not end with one; or they are on none of those either, and on MAT by their claims or
    earlier lists.
    """
    months, last_month = months_of(site), month_before(month_of(on))
    before = months.filter(client=OuterRef("pk"), month=last_month)
    days = days_in(last_month)
    undosed = _not_ending_with_a_dose(before, days, days + on.day - within)
    people = (
        Client.objects.filter(organisation=site.organisation_id, site=site)
        .exclude(pk__in=months.filter(month=month_of(on)).values("client"))
        .alias(stands_on=_stands_on(site, on))
        .filter(Exists(undosed) | ~Exists(before) & Q(stands_on__in=[*ON_MAT, _LISTED]))
    )
    return set(people.values_list("pk", flat=True))


def _not_ending_with_a_dose(
    months: QuerySet[StandingMonth], days: int, too_early: int
) -> QuerySet[StandingMonth]:
    """Return the months whose first `days` days do not end with a dose after the day `too_early`."""
    told = RTrim(Substr("signs", 1, days))
    dosed = Q(ends_with__in=_ENDING_SIGNS)
    if too_early > 0:  # asked only where it tells anything: each question is put to every row of a month
        dosed &= Q(length__gt=too_early)
    return months.alias(ends_with=Right(told, 1), length=Length(told)).exclude(dosed)


def _stands_on(site: Site, on: date) -> Coalesce:
    """Return, for a query of people, the kind of their last claim of being on MAT or off it, or else _LISTED or ''."""
    claims = (
        steps_by(site.organisation_id, on)
        .filter(client=OuterRef("pk"), kind__in=ON_MAT | OFF_MAT)
        .order_by("-occurred_on", Case(When(kind__in=ON_MAT, then=Value(0)), default=Value(1)))
    )
    earlier = months_of(site).filter(client=OuterRef("pk"), month__lte=on)
    listed = Case(When(Exists(earlier), then=Value(_LISTED)), default=Value(""))
    return Coalesce(Subquery(claims.values("kind")[:1]), listed)


def claimed_to_be(
    site: Site, kinds: Collection[StepKind], on: date, joined: Mapping[UUID, UUID]
) -> set[UUID]:
    """Return the people of a site of whom a step of these kinds is claimed by that day."""
    claims = steps_by(site.organisation_id, on).filter(client__site=site, kind__in=kinds)
    return {joined.get(record, record) for record in claims.values_list("client_id", flat=True).distinct()}


def on_the_way(site: Site, on: date, joined: Mapping[UUID, UUID]) -> set[UUID]:
    """Return the people of a site who, at a glance, are on the way to MAT: nothing is claimed to have come after."""
    steps = steps_by(site.organisation_id, on)
    later = steps.filter(
        client=OuterRef("client"), occurred_on__gt=OuterRef("occurred_on"), kind__in=ON_MAT | OFF_MAT
    )
    claims = steps.filter(~Exists(later), client__site=site, kind__in=WAITING)
    return {joined.get(record, record) for record in claims.values_list("client_id", flat=True)}


def last_induction(site: Site, on: date) -> date | None:
    """Return the last day by then on which somebody of a site started MAT for the first time."""
    claims = steps_by(site.organisation_id, on).filter(client__site=site, kind=StepKind.INDUCTED)
    return claims.aggregate(last=Max("occurred_on"))["last"]


def said_to_be_out_of_touch(site: Site, after: date, on: date) -> set[UUID]:
    """Return those of whom it is claimed that they went out of touch after a day, and by another."""
    claims = steps_by(site.organisation_id, on).filter(
        kind=StepKind.OUT_OF_TOUCH, occurred_on__gt=after, client__site=site
    )
    return set(claims.values_list("client_id", flat=True))


def started_at(clinic: MatClinic, after: date, on: date) -> set[UUID]:
    """Return those of whom it is claimed that they started at a clinic after one day and by another."""
    claims = steps_by(clinic.organisation_id, on).filter(
        clinic=clinic, kind__in=STARTS, occurred_on__gt=after
    )
    return set(claims.values_list("client_id", flat=True))
