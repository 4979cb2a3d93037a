"""The records that a data check finds in a month: counted by the checks, and shown one by one to be put right."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kimbilio.people.choices import BirthPrecision, Sex
from kimbilio.people.models import Client
from kimbilio.reports.choices import CheckKind
from kimbilio.reports.queries.parts import people_like, people_of
from kimbilio.reports.queries.records import attendances_in, sessions_in, supplies_in, visits_in
from kimbilio.reports.rules.plausible import LATE_AFTER, MOST_BROUGHT_BACK, MOST_LIKELY
from kimbilio.reports.scope import Scope
from kimbilio.support.models import Session
from kimbilio.visits.choices import VisitSource
from kimbilio.visits.models import GivenService, GivenSupply, Visit

# Books come once a month by their nature: they are not late.
_AS_IT_HAPPENS = (VisitSource.DESK, VisitSource.OUTREACH)


def not_stated(scope: Scope) -> QuerySet[Client]:
    """Return the people who came without a stated sex or a known year of birth."""
    came = people_of(scope, visits_in(scope)).values("pk")
    unknown = Q(sex=Sex.NOT_STATED) | Q(birth_year__isnull=True) | Q(birth_precision=BirthPrecision.UNKNOWN)
    return people_like(scope, {}).filter(unknown, pk__in=came).order_by("code")


def nothing_given(scope: Scope) -> QuerySet[Visit]:
    """Return the visits at which nothing was given, done or brought back."""
    of_visit = {"organisation": scope.organisation_id, "visit": OuterRef("pk")}
    supplies, services = GivenSupply.objects.filter(**of_visit), GivenService.objects.filter(**of_visit)
    return visits_in(scope).filter(~Exists(supplies), ~Exists(services), needles_returned=0)


def too_much(scope: Scope) -> QuerySet[Visit]:
    """Return the visits at which more was given or brought back than is likely."""
    likely = Q()
    for kind, most in MOST_LIKELY.items():
        likely |= Q(item__kind=kind, quantity__gt=most)
    given = supplies_in(scope).filter(likely).order_by().values("visit")
    return visits_in(scope).filter(Q(needles_returned__gt=MOST_BROUGHT_BACK) | Q(pk__in=given))


def late_visits(scope: Scope) -> QuerySet[Visit]:
    """Return the visits that were recorded long after their day, but for those of books and those put right."""
    late = Q()
    for number in range((scope.last - scope.first).days + 1):
        day = scope.first + timedelta(days=number)
        after = datetime.combine(day + LATE_AFTER + timedelta(days=1), time.min)
        late |= Q(occurred_on=day, recorded_at__gte=timezone.make_aware(after))
    return visits_in(scope).filter(late, source__in=_AS_IT_HAPPENS, replaces__isnull=True)


def empty_sessions(scope: Scope) -> QuerySet[Session]:
    """Return the sessions to which nobody came, as far as is recorded."""
    came = attendances_in(scope).order_by().values("session")
    return sessions_in(scope).filter(guests_male=0, guests_female=0).exclude(pk__in=came)


VISITS_FOUND: dict[CheckKind, Any] = {
    CheckKind.NOTHING_GIVEN: nothing_given,
    CheckKind.TOO_MUCH: too_much,
    CheckKind.LATE_VISITS: late_visits,
}
