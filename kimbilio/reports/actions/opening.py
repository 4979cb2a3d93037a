"""Opening a number to its records, and taking a report along: who did is written down."""

from datetime import date
from typing import Any

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.reports.figures import Figure
from kimbilio.reports.queries import Behind, figures_now, month_figures, records_behind
from kimbilio.reports.queries.parts import SplitOf
from kimbilio.reports.scope import scope_for


def open_records(
    *, by: Actor, code: str, month: date, site: Site | None, split: SplitOf, page: int = 1
) -> Behind:
    """Return a page of the records behind a number, and write down at each site of the report that it was opened."""
    behind = records_behind(by, code, month, site, split, page=page)
    detail = {"month": month.isoformat()[:7], "code": code, "split": dict(split), "rows": behind.count}
    for one in behind.scope.sites:
        _write_down_opening(by=by, site=one, detail=detail)
    return behind


def take_figures(*, by: Actor, month: date, site: Site | None, now: bool = False) -> list[Figure]:
    """Return a month's figures to take along: an export, in the audit with its month.

    Of a closed month the frozen ones; with `now` as the records stand.
    """
    figures = figures_now(by, month, site) if now else month_figures(by, month, site)
    write_down_export(by=by, month=month, site=site, how="json")
    return figures


def write_down_export(*, by: Actor, month: date, site: Site | None, how: str) -> None:
    """Write down at each site of a month's report that it was taken along, and as what."""
    for one in scope_for(by, Permission.SEE_REPORTS, month, site).sites:
        _write_down_export(by=by, site=one, detail={"month": month.isoformat()[:7], "as": how})


@action(Permission.SEE_RECORDS_BEHIND, event="reports.records_opened", at="site")
def _write_down_opening(*, by: Actor, site: Site, detail: dict[str, Any]) -> Site:
    site.audit_detail = detail
    return site


@action(Permission.SEE_REPORTS, event="reports.taken_along", at="site")
def _write_down_export(*, by: Actor, site: Site, detail: dict[str, Any]) -> Site:
    site.audit_detail = detail
    return site
