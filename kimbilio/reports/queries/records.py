"""The records that are counted, as they stand: each kind is asked for here, for numbers and for what they open to.

What belongs to a visit is found through the visits of the month: asked for its own organisation as well, SQLite begins
there, and reads every year.
"""

from typing import TypeVar

from django.db.models import Manager, Model, QuerySet

from kimbilio.community.models import CommunityEvent
from kimbilio.mat.choices import Source, StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.rules import LEAVINGS
from kimbilio.reports.indicators.mat import DIED, INDUCTED, LEFT, RE_INDUCTED
from kimbilio.reports.scope import Scope
from kimbilio.support.models import Attendance, Session
from kimbilio.visits.models import AnonymousSupply, GivenService, GivenSupply, Visit

Row = TypeVar("Row", bound=Model)
STEPS_OF: dict[str, frozenset[StepKind]] = {
    INDUCTED: frozenset({StepKind.INDUCTED}),
    RE_INDUCTED: frozenset({StepKind.RE_INDUCTED}),
    LEFT: LEAVINGS,
    DIED: frozenset({StepKind.DIED}),
}
# Of these, earlier books tell without a day: only that it had happened by the day of the book.
UNDATED_IN_EARLIER_BOOKS = (RE_INDUCTED, LEFT, DIED)


def visits_in(scope: Scope) -> QuerySet[Visit]:
    """Return the visits of a month that stand."""
    return _standing(Visit.objects, scope, at="at_site")


def supplies_in(scope: Scope) -> QuerySet[GivenSupply]:
    """Return what was given at them."""
    return _standing(GivenSupply.objects, scope, of="visit__", at="at_site")


def services_in(scope: Scope) -> QuerySet[GivenService]:
    """Return what was done at them."""
    return _standing(GivenService.objects, scope, of="visit__", at="at_site")


def anonymous_in(scope: Scope) -> QuerySet[AnonymousSupply]:
    """Return what people without a name took and brought back."""
    return _standing(AnonymousSupply.objects, scope)


def sessions_in(scope: Scope) -> QuerySet[Session]:
    """Return the sessions of a month that stand."""
    return _standing(Session.objects, scope)


def attendances_in(scope: Scope) -> QuerySet[Attendance]:
    """Return who stands on the sheets of these sessions."""
    return _standing(Attendance.objects, scope, of="session__").filter(voided_at__isnull=True)


def events_in(scope: Scope) -> QuerySet[CommunityEvent]:
    """Return the community events of a month that stand."""
    return _standing(CommunityEvent.objects, scope)


def steps_in(scope: Scope, key: str) -> QuerySet[JourneyStep]:
    """Return the steps on MAT of one sort that are dated in a month, of people of these sites."""
    steps = JourneyStep.objects.filter(
        organisation=scope.organisation_id,
        client__site__in=scope.site_ids,
        occurred_on__range=(scope.first, scope.last),
        voided_at__isnull=True,
        kind__in=STEPS_OF[key],
    )
    return steps.exclude(source=Source.EARLIER_BOOKS) if key in UNDATED_IN_EARLIER_BOOKS else steps


def _standing(rows: Manager[Row], scope: Scope, *, of: str = "", at: str = "site") -> QuerySet[Row]:
    """Return the rows of a month at these sites that stand; `of` leads to what has their day, `at` names its site."""
    return rows.filter(
        **{
            f"{of}organisation": scope.organisation_id,
            f"{of}{at}__in": scope.site_ids,
            f"{of}occurred_on__range": (scope.first, scope.last),
            f"{of}voided_at__isnull": True,
        }
    )
