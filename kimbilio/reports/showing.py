"""What the pages of the report show: addresses, pictures as SVG, and who may open or change what."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.references import reference_to
from kimbilio.reports.asking import ALL, month_in_address, place_query
from kimbilio.reports.charts.bars import bar_svg
from kimbilio.reports.charts.shapes import Picture, svg_of
from kimbilio.reports.choices import EstimateOf, FileKind
from kimbilio.reports.forms.estimates import WithdrawForm
from kimbilio.reports.models import PopulationEstimate, SupplyNeed
from kimbilio.reports.queries.months import ListedMonth
from kimbilio.reports.written.parts import Bar, Drawn, WrittenReport
from kimbilio.reports.written.pictures import OF_PEOPLE
from kimbilio.stock.choices import SupplyKind

Shown = dict[str, Any]


def months_shown(months: Sequence[ListedMonth], site: Site | None) -> list[Shown]:
    """Return the months as rows."""
    return [
        {
            "month": one.month,
            "state": one.state,
            "is_over": one.is_over,
            "url": reverse("report_month", args=[month_in_address(one.month)]) + place_query(site),
        }
        for one in months
    ]


def offered_places(actor: Actor, sites: Sequence[Site], site: Site | None) -> list[Shown]:
    """Return the site and 'all sites' to choose from; none where there is only one."""
    may = [one for one in sites if one.pk in actor.sites_where(Permission.SEE_REPORTS)]
    if len(may) < 2:
        return []
    here = site or may[0]
    return [
        {"name": here.name, "query": "?", "current": site is not None},
        {"name": "", "query": f"?site={ALL}", "current": site is None},
    ]


def report_shown(report: WrittenReport, actor: Actor, site: Site | None) -> Shown:
    """Return a written report for its page."""
    month = month_in_address(report.month)
    may_open = _may(actor, Permission.SEE_RECORDS_BEHIND, site)
    return {
        "report": report,
        "month": month,
        "place_query": place_query(site),
        "may_open": may_open,
        "may_close": _may(actor, Permission.CLOSE_MONTH, site),
        "staying": drawn_shown(report.staying.drawn) if report.staying.drawn else None,
        "pictures_of_people": [drawn_shown(one) for one in report.months if one.name in OF_PEOPLE],
        "pictures": [drawn_shown(one) for one in report.months if one.name not in OF_PEOPLE],
        "cascade": bars_shown(report.cascade),
        "whereabouts": bars_shown(report.whereabouts),
        "needs": bars_shown(report.needs),
        "files": [
            {"label": kind.label, "url": reverse("report_file", args=[month, kind.value]) + place_query(site)}
            for kind in FileKind
        ],
    }


def _may(actor: Actor, permission: Permission, site: Site | None) -> bool:
    """Say whether the actor may do that at the site of a report, or at every one of several."""
    if site is not None:
        return actor.may(permission, site.pk)
    return actor.sites_where(Permission.SEE_REPORTS) <= actor.sites_where(permission)


def drawn_shown(drawn: Drawn) -> Shown:
    """Return a picture at both widths as SVG, and its table."""
    return {
        "name": drawn.name,
        "title": drawn.wide.title,
        "wide": as_svg(drawn.wide, f"{drawn.name}-wide"),
        "narrow": as_svg(drawn.narrow, f"{drawn.name}-narrow"),
        "table": drawn.table,
    }


def as_svg(picture: Picture, name: str) -> SafeString:
    """Return a picture as SVG that a page may hold: made by an XML writer, so that every text in it is escaped."""
    return mark_safe(svg_of(picture, name=name))  # noqa: S308  (as said above)


def bars_shown(bars: Sequence[Bar]) -> list[Shown]:
    """Return bars as rows, each with its length drawn."""
    return [{"bar": one, "svg": mark_safe(bar_svg(one.share, one.mark))} for one in bars]  # noqa: S308  (numbers only)


def estimates_shown(estimates: Sequence[PopulationEstimate], actor: Actor) -> list[Shown]:
    """Return the estimates with the one that stands now for each county and people marked, newest first."""
    seen: set[tuple[str, str]] = set()
    rows = []
    may = actor.may_somewhere(Permission.SET_ESTIMATES)
    for one in estimates:
        stands = one.withdrawn_at is None and (one.county, one.of) not in seen
        rows.append(
            {"row": one, "of": EstimateOf(one.of).label, "stands": stands, "form": _back(one, may=may)}
        )
        seen |= {(one.county, one.of)} if stands else set()
    return rows


def needs_shown(needs: Sequence[SupplyNeed], actor: Actor) -> list[Shown]:
    """Return the needs with their supply in words, newest first."""
    may = actor.sites_where(Permission.SET_ESTIMATES)
    return [
        {"row": one, "kind": SupplyKind(one.kind).label, "form": _back(one, may=one.site_id in may)}
        for one in needs
    ]


def _back(row: PopulationEstimate | SupplyNeed, *, may: bool) -> WithdrawForm | None:
    """Return the form that takes a row back, for whoever may and while it is not."""
    return (
        WithdrawForm(initial={"row": reference_to(row)}, auto_id=False)
        if may and row.withdrawn_at is None
        else None
    )
