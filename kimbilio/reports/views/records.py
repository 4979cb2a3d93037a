"""A number opened: what it means, and the records behind it, a page at a time and by code."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.paging import page_asked
from kimbilio.reports.actions import open_records
from kimbilio.reports.addresses import split_asked
from kimbilio.reports.asking import asked_site, month_asked, place_query
from kimbilio.reports.opened import behind_shown, check_shown
from kimbilio.reports.queries import closed_figure
from kimbilio.reports.queries.checks import found_by_check, left_out_of


@entry(Permission.SEE_RECORDS_BEHIND)
def records(request: Request, month: str, indicator: str) -> HttpResponse:
    """Show the records behind a number. Opening it is written down."""
    site, first = asked_site(request, Permission.SEE_RECORDS_BEHIND), month_asked(month)
    split = split_asked(request.GET)
    behind = open_records(
        by=request.actor, code=indicator, month=first, site=site, split=split, page=page_asked(request.GET)
    )
    closed = closed_figure(behind.scope, indicator, split)
    shown = behind_shown(behind, closed, request.actor, place_query(site))
    left_out = left_out_of(request.actor, behind.scope, behind.indicator.counts.records)
    more = {"month": month, "as_at": timezone.now(), "left_out_now": left_out}
    return render(request, "reports/records.html", shown | more)


@entry(Permission.SEE_RECORDS_BEHIND)
def found(request: Request, month: str, check: str) -> HttpResponse:
    """Show what a data check found, one by one, each with where it is put right."""
    site, first = asked_site(request, Permission.SEE_RECORDS_BEHIND), month_asked(month)
    result = found_by_check(request.actor, check, first, site, page=page_asked(request.GET))
    shown = check_shown(result, request.actor, place_query(site))
    back = reverse("report_check", args=[month]) + place_query(site)
    return render(request, "reports/found.html", {**shown, "month": month, "back_url": back})
