"""The month's report as it is asked for: frozen where the month is closed, else counted now."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.reports.choices import MonthState
from kimbilio.reports.figures import Figure
from kimbilio.reports.indicators import INDICATORS
from kimbilio.reports.models import FrozenFigure, MonthClose
from kimbilio.reports.queries.figures import counted, counted_of_records, counted_on_mat, in_order
from kimbilio.reports.queries.kept import kept
from kimbilio.reports.rules.unchanged import RestsOn
from kimbilio.reports.scope import Scope, scope_for


@dataclass(frozen=True)
class Change:
    """A figure that is another now than when the month was closed."""

    code: str
    title: str
    split: dict[str, str]
    before: int
    now: int


@dataclass(frozen=True)
class StateOfMonth:
    """Where a month stands: open, proposed by one person, or closed by two; and what is another now."""

    state: MonthState
    as_at: datetime
    standing: MonthClose | None = None
    waiting: MonthClose | None = None
    closed_by: tuple[str, ...] = ()
    proposed_by: str = ""
    changes: tuple[Change, ...] = field(default=())

    @property
    def closed_at(self) -> datetime | None:
        """Return when the second person confirmed; None for a month that was never closed."""
        return self.standing.confirmed_at if self.standing else None


def month_figures(by: Actor, month: date, site: Site | None = None) -> list[Figure]:
    """Return every figure of a month, at a site or at all sites where the actor may see reports.

    Of a closed month the frozen ones, however many records came since.
    """
    scope = scope_for(by, Permission.SEE_REPORTS, month, site)
    standing = standing_close(scope)
    return frozen_figures(standing) if standing else counted(scope)


def figures_now(by: Actor, month: date, site: Site | None = None) -> list[Figure]:
    """Return every figure of a month as the records stand now, whether it is closed or not."""
    return counted(scope_for(by, Permission.SEE_REPORTS, month, site))


def figures_of_months(
    by: Actor, months: Collection[date], site: Site | None = None
) -> dict[date, list[Figure]]:
    """Return the figures of several months, each as `month_figures` has it: for what is shown over time."""
    return {month: month_figures(by, month, site) for month in months}


def figures_kept(scope: Scope) -> list[Figure]:
    """Return every figure of a month as the records stand now: counted before, where nothing has changed since."""
    return in_order(
        [*kept(RestsOn.RECORDS, scope, counted_of_records), *kept(RestsOn.MAT, scope, counted_on_mat)]
    )


def month_state(by: Actor, month: date, site: Site | None = None) -> StateOfMonth:
    """Return where a month stands; of a closed one also which figures are others now."""
    scope = scope_for(by, Permission.SEE_REPORTS, month, site)
    standing, waiting = standing_close(scope), waiting_close(scope)
    names = staff_names(
        scope.organisation_id,
        {
            person
            for one in (standing, waiting)
            if one
            for person in (one.proposed_by, one.confirmed_by)
            if person
        },
    )
    state = MonthState.CLOSED if standing else MonthState.OPEN
    return StateOfMonth(
        state=MonthState.PROPOSED if waiting else state,
        as_at=standing.recorded_at if standing else timezone.now(),
        standing=standing,
        waiting=waiting,
        closed_by=tuple(
            names.get(person, "") for person in (standing.proposed_by, standing.confirmed_by) if person
        )
        if standing
        else (),
        proposed_by=names.get(waiting.proposed_by, "") if waiting and waiting.proposed_by else "",
        changes=tuple(changes_between(frozen_figures(standing), figures_kept(scope))) if standing else (),
    )


def closes_of(scope: Scope) -> QuerySet[MonthClose]:
    """Return every close of a month that was not withdrawn, with those that wait for the second person."""
    closes = MonthClose.objects.filter(
        organisation=scope.organisation_id, month=scope.month, withdrawn_at__isnull=True
    )
    if scope.site is not None:
        return closes.filter(site=scope.site)
    return closes.filter(site__isnull=True) if scope.is_whole else closes.none()


def standing_close(scope: Scope) -> MonthClose | None:
    """Return the close that stands: the one confirmed last; None for a month that is open."""
    return closes_of(scope).filter(confirmed_at__isnull=False).order_by("-revision").first()


def waiting_close(scope: Scope) -> MonthClose | None:
    """Return the close that waits for a second person."""
    return closes_of(scope).filter(confirmed_at__isnull=True).first()


def closed_figure(scope: Scope, code: str, split: dict[str, str]) -> tuple[int, datetime] | None:
    """Return what a number was when the month was closed, and when that was; None for a month that is open."""
    close = standing_close(scope)
    if close is None or close.confirmed_at is None:
        return None
    row = FrozenFigure.objects.filter(
        organisation=close.organisation_id, close=close, code=code, split=split_as_text(split)
    ).first()
    return row.value if row else 0, close.confirmed_at


def earlier_closes(by: Actor, month: date, site: Site | None = None) -> list[MonthClose]:
    """Return every confirmed close of a month, the first one first."""
    scope = scope_for(by, Permission.SEE_REPORTS, month, site)
    return list(closes_of(scope).filter(confirmed_at__isnull=False).order_by("revision"))


def frozen_figures(close: MonthClose) -> list[Figure]:
    """Return the figures as they were closed. One query."""
    rows = FrozenFigure.objects.filter(organisation=close.organisation_id, close=close).order_by("place")
    return [
        Figure(code, _title(code), value, out_of, json.loads(split))
        for code, value, out_of, split in rows.values_list("code", "value", "out_of", "split")
    ]


def split_as_text(split: dict[str, str] | object) -> str:
    """Return a split as one text, the same for the same split."""
    return json.dumps(split, sort_keys=True, ensure_ascii=False)


def changes_between(before: Collection[Figure], now: Collection[Figure]) -> list[Change]:
    """Return which figures are others now, in the order of the report. What is in neither list is nothing."""
    were = {(one.code, split_as_text(dict(one.split))): one for one in before}
    are = {(one.code, split_as_text(dict(one.split))): one for one in now}
    found = []
    for key, one in (were | are).items():
        was, is_now = (there[key].value if key in there else 0 for there in (were, are))
        if was != is_now:
            found.append(Change(one.code, one.title, dict(one.split), was, is_now))
    order = {code: place for place, code in enumerate(INDICATORS)}
    return sorted(found, key=lambda change: (order.get(change.code, len(order)), len(change.split)))


def _title(code: str) -> str:
    """Return the title of an indicator; of one that is counted no more, its code."""
    return INDICATORS[code].title if code in INDICATORS else code
