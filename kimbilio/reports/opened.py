"""What the pages of opened numbers and of found records show: by code, each with where to look at it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import pages_of
from kimbilio.people.rules import display_card_code
from kimbilio.reports.addresses import records_url
from kimbilio.reports.asking import month_in_address
from kimbilio.reports.choices import Unit, WhyCheck
from kimbilio.reports.indicators import INDICATORS, Indicator, Measure
from kimbilio.reports.queries import Behind, BehindRow
from kimbilio.reports.queries.checks import FoundByCheck
from kimbilio.reports.queries.shown_rows import ROWS
from kimbilio.reports.wording import split_words

Shown = dict[str, Any]


def behind_shown(
    behind: Behind, closed: tuple[int, datetime] | None, actor: Actor, place_query: str
) -> Shown:
    """Return an opened number: what it means, how much it is now and when the month was closed, and its rows."""
    one, month = behind.indicator, month_in_address(behind.scope.month)
    return {
        "title": _(one.title),
        "part": split_words(behind.split),
        "place": ", ".join(site.name for site in behind.scope.sites),
        "first": behind.scope.month,
        "value": behind.value,
        "unit": Unit(one.unit).label,
        "count": behind.count,
        "means": means_of(one),
        "closed": {"value": closed[0], "at": closed[1]} if closed and closed[0] != behind.value else None,
        "rows": [_row(row, actor) for row in behind.rows],
        "counts_amounts": behind.indicator.counts.measure == Measure.SUM,
        "several_sites": len(behind.scope.sites) > 1,
        "pages": pages_of(
            records_url(one.code, behind.split, month, place_query), behind.page, rows=behind.count, size=ROWS
        ),
        "report_url": reverse("report_month", args=[month]) + place_query,
        "place_query": place_query,
    }


def means_of(one: Indicator) -> Shown:
    """Return what an indicator is, why, and from what, in the reader's language."""
    return {
        "definition": _(one.definition),
        "why": _(one.why),
        "source": _(one.source),
        "leaves_out": _(one.leaves_out) if one.leaves_out else "",
        "out_of": _(INDICATORS[one.out_of].title) if one.out_of else "",
        "reviewed_by": one.reviewed_by.label,
    }


def check_shown(found: FoundByCheck, actor: Actor, place_query: str) -> Shown:
    """Return what a data check found."""
    here = reverse("report_check_rows", args=[month_in_address(found.month), found.kind.value]) + place_query
    return {
        "label": found.kind.label,
        "why": WhyCheck(found.kind.value).label,
        "first": found.month,
        "count": found.count,
        "rows": [_row(row, actor) for row in found.rows],
        "pages": pages_of(here, found.page, rows=found.count, size=ROWS),
    }


def _row(row: BehindRow, actor: Actor) -> Shown:
    """Return a row; its address is the visit for those who may put it right, else the person's page by code."""
    url = ""
    if row.code and row.visit and actor.may_somewhere(Permission.RECORD_VISIT):
        url = reverse("visit_one", args=[row.code, row.visit])
    elif row.code and actor.may_somewhere(Permission.OPEN_PERSON):
        url = reverse("person", args=[row.code])
    return {
        "code": display_card_code(row.code) if row.code else "",
        "url": url,
        "on": row.on,
        "site": row.site,
        "what": row.what,
        "amount": row.amount,
    }
