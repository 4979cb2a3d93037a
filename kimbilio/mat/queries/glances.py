"""Glances: the database sorts out at once those of many people who need a look by the rules.

Whoever a glance lets through is reckoned in full; whoever it holds back would have come out the same way.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Length, RTrim, Substr

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
    """Return those on the lists of this month, or else of last month, that do not end with a dose just now.

    The others have no run of absences and are not out of touch; of these, each is to be looked at in full.
    """
    this_month, last_month = month_of(on), month_before(month_of(on))
    there_now = months_of(site).filter(client=OuterRef("client"), month=this_month)
    now = _not_ending_with_a_dose(months_of(site).filter(month=this_month), on.day, on.day - within)
    length = days_in(last_month)
    before = _not_ending_with_a_dose(
        months_of(site).filter(~Exists(there_now), month=last_month), length, length + on.day - within
    )
    at_site = {"client__site": site}
    return {
        client_id
        for rows in (now, before)
        for client_id in rows.filter(**at_site).values_list("client_id", flat=True)
    }


def _not_ending_with_a_dose(
    months: QuerySet[StandingMonth], days: int, too_early: int
) -> QuerySet[StandingMonth]:
    """Return the months whose first `days` days do not end with a dose after the day `too_early`."""
    told = RTrim(Substr("signs", 1, days))
    return months.annotate(length=Length(told), ends_with=Substr(told, Length(told), 1)).exclude(
        ends_with__in=_ENDING_SIGNS, length__gt=too_early
    )


def on_mat_and_on_no_list(site: Site, on: date) -> set[UUID]:
    """Return those who, at a glance, are on MAT by their claims or earlier lists, and on no list these two months."""
    months = months_of(site)
    lately = months.filter(month__in=[month_of(on), month_before(month_of(on))])
    claims = (
        steps_by(site.organisation_id, on)
        .filter(client=OuterRef("pk"), kind__in=ON_MAT | OFF_MAT)
        .order_by("-occurred_on", Case(When(kind__in=ON_MAT, then=Value(0)), default=Value(1)))
    )
    listed = Case(
        When(Exists(months.filter(client=OuterRef("pk"), month__lte=on)), then=Value(_LISTED)),
        default=Value(""),
    )
    people = (
        Client.objects.filter(organisation=site.organisation_id, site=site)
        .exclude(pk__in=lately.values("client"))
        .alias(stands_on=Coalesce(Subquery(claims.values("kind")[:1]), listed))
        .filter(stands_on__in=[*ON_MAT, _LISTED])
    )
    return set(people.values_list("pk", flat=True))


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
