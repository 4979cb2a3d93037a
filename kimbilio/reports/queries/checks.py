"""Data checks: what is missing, doubtful or late in a month, how often, and where it is put right.

Of lines that wait in books and of names nothing is known here, since those rooms stand above: they give a check of
their own, and the settings say which (MONTH_CHECKS, and MONTH_CHECKS_THAT_TAKE_LONG for the page of checks alone).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.conf import settings
from django.db.models import F, IntegerField, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.mat.queries import days_without_a_list, odd_orders_at, reference_of
from kimbilio.places.models import MatClinic
from kimbilio.reports.asking import month_in_address, place_query
from kimbilio.reports.choices import CheckGroup, CheckKind, WhyCheck
from kimbilio.reports.indicators import Records
from kimbilio.reports.queries.check_records import VISITS_FOUND, empty_sessions, not_stated
from kimbilio.reports.queries.month import changes_between, figures_kept, frozen_figures, standing_close
from kimbilio.reports.queries.shown_rows import BehindRow, page_of, person_shown, rows_shown
from kimbilio.reports.scope import Scope, scope_for
from kimbilio.stock.choices import Warned
from kimbilio.stock.queries.warnings import warnings

GROUP_OF: dict[CheckKind, CheckGroup] = {
    CheckKind.WAITING_LINES: CheckGroup.MISSING,
    CheckKind.NO_LIST: CheckGroup.MISSING,
    CheckKind.NOT_STATED: CheckGroup.MISSING,
    CheckKind.EMPTY_SESSIONS: CheckGroup.MISSING,
    CheckKind.NOTHING_GIVEN: CheckGroup.MISSING,
    CheckKind.DUPLICATES: CheckGroup.DOUBTFUL,
    CheckKind.TOO_MUCH: CheckGroup.DOUBTFUL,
    CheckKind.BELOW_ZERO: CheckGroup.DOUBTFUL,
    CheckKind.ODD_STEPS: CheckGroup.DOUBTFUL,
    CheckKind.LATE_VISITS: CheckGroup.LATE,
    CheckKind.CHANGED: CheckGroup.LATE,
}


_FROM_BOOKS = (Records.VISITS, Records.SUPPLIES, Records.SERVICES, Records.SUPPORT)


@dataclass(frozen=True)
class Check:
    """One thing that was looked for, and how often it was found. `url` leads to where it is put right; '': nowhere.

    `days` says on which days it was found, where it is days that are found.
    """

    kind: CheckKind
    count: int
    url: str = ""
    days: tuple[date, ...] = ()

    @property
    def group(self) -> CheckGroup:
        """Return what is the matter with what it finds."""
        return GROUP_OF[self.kind]

    @property
    def label(self) -> str | Promise:
        """Return what it looks for, in words."""
        return self.kind.label

    @property
    def why(self) -> str | Promise:
        """Return why it matters, in words."""
        return WhyCheck(self.kind.value).label


Found = Iterator[Check]
# A check of a room above: who asks, at which sites, of which month.
CheckOfAbove = Callable[[Actor, Scope], Found]


def checks_of(by: Actor, month: date, site: Site | None = None, *, all_of_them: bool = False) -> list[Check]:
    """Return every check of a month, those that found nothing too, in the order of the groups.

    A bounded number of questions. With `all_of_them` also those that read everybody at a site.
    """
    scope = scope_for(by, Permission.SEE_REPORTS, month, site)
    above: list[str] = [*settings.MONTH_CHECKS]
    found = [*_of_records(by, scope), *_of_lists(by, scope), *_of_supplies(by, scope), *_of_close(by, scope)]
    if all_of_them:
        above += settings.MONTH_CHECKS_THAT_TAKE_LONG
        found += _of_steps(by, scope)
    found += _of_rooms_above(by, scope, above)
    order = list(CheckKind)
    return sorted(found, key=lambda one: order.index(one.kind))


def left_out_of(by: Actor, scope: Scope, records: Records) -> list[Check]:
    """Return what a number that counts these records lacks at this moment: lines that wait, days without a list."""
    if records in _FROM_BOOKS:
        waiting = _of_rooms_above(by, scope, settings.MONTH_CHECKS)
        return [one for one in waiting if one.kind == CheckKind.WAITING_LINES and one.count]
    if records == Records.MAT:
        return [one for one in _of_lists(by, scope) if one.count]
    return []


def _of_rooms_above(by: Actor, scope: Scope, names: Iterable[str]) -> Found:
    for name in names:
        check: CheckOfAbove = import_string(name)
        yield from check(by, scope)


ROWS_OF = (CheckKind.NOT_STATED, *VISITS_FOUND)


@dataclass(frozen=True)
class FoundByCheck:
    """What one check found in a month: how many, and one page of them."""

    kind: CheckKind
    month: date
    count: int
    rows: list[BehindRow]
    page: int


def found_by_check(by: Actor, kind: str, month: date, site: Site | None, *, page: int = 1) -> FoundByCheck:
    """Return what a check found, by code; NotHere for a check whose records are looked at elsewhere."""
    if kind not in ROWS_OF:
        raise NotHere
    scope = scope_for(by, Permission.SEE_RECORDS_BEHIND, month, site)
    if kind == CheckKind.NOT_STATED:
        people = not_stated(scope).select_related("site")
        rows = [person_shown(client) for client in page_of(people, page)]
        return FoundByCheck(CheckKind(kind), scope.month, people.count(), rows, page)
    visits = VISITS_FOUND[CheckKind(kind)](scope)
    told = visits.annotate(
        day=F("occurred_on"), amount=Value(1, output_field=IntegerField()), place=F("at_site__name")
    )
    rows = rows_shown(scope.organisation_id, page_of(told.order_by("-day", "pk"), page))
    return FoundByCheck(CheckKind(kind), scope.month, visits.count(), rows, page)


def _of_records(by: Actor, scope: Scope) -> Found:
    may_open = all(by.may(Permission.SEE_RECORDS_BEHIND, site.pk) for site in scope.sites)
    counts = {CheckKind.NOT_STATED: not_stated(scope).count()}
    counts |= {kind: find(scope).count() for kind, find in VISITS_FOUND.items()}
    for kind, count in counts.items():
        rows = reverse("report_check_rows", args=[month_in_address(scope.month), kind.value])
        yield Check(kind, count, rows + place_query(scope.site) if may_open and count else "")
    sessions = reverse("sessions") if by.may_somewhere(Permission.RECORD_SESSION) else ""
    yield Check(CheckKind.EMPTY_SESSIONS, empty_sessions(scope).count(), sessions)


def _of_lists(by: Actor, scope: Scope) -> Found:
    """Yield the days without a list, and lead to the first of them."""
    clinics = MatClinic.objects.filter(organisation=scope.organisation_id, site__in=scope.site_ids)
    missing = [
        (day, clinic) for clinic in clinics for day in days_without_a_list(clinic, scope.first, scope.on)
    ]
    there = [(day, clinic) for day, clinic in missing if by.may(Permission.RECORD_JOURNEY, clinic.site_id)]
    url = ""
    if there:
        day, clinic = min(there, key=itemgetter(0))
        url = reverse("clinic_day", args=[reference_of(clinic), day.isoformat()])
    yield Check(CheckKind.NO_LIST, len(missing), url, tuple(sorted({day for day, _clinic in missing})))


def _of_supplies(by: Actor, scope: Scope) -> Found:
    sites = [site for site in scope.sites if by.may(Permission.SEE_STOCK, site.pk)]
    if sites:
        said = [one for site in sites for one in warnings(by, site, scope.on)]
        below = [one for one in said if one.warned == Warned.BELOW_ZERO]
        yield Check(CheckKind.BELOW_ZERO, len(below), reverse("supplies"))


def _of_steps(by: Actor, scope: Scope) -> Found:
    sites = [site for site in scope.sites if by.may(Permission.SEE_JOURNEY, site.pk)]
    if sites:
        people = sum(len(odd_orders_at(by, site, scope.on)) for site in sites)
        may_open = by.may_somewhere(Permission.RECORD_JOURNEY)
        yield Check(CheckKind.ODD_STEPS, people, reverse("look_into") if may_open else "")


def _of_close(by: Actor, scope: Scope) -> Found:
    standing = standing_close(scope)
    if standing is not None:
        changes = changes_between(frozen_figures(standing), figures_kept(scope))
        whole = [change for change in changes if not change.split]
        may_close = by.may_somewhere(Permission.CLOSE_MONTH)
        url = reverse("report_close", args=[month_in_address(scope.month)]) + place_query(scope.site)
        yield Check(CheckKind.CHANGED, len(whole), url if may_close else "")
