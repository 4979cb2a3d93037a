"""The month's report: which months there are, one month on a page, and the same as a file."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kimbilio.accounts.entry import entry
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.reports.actions.opening import write_down_export
from kimbilio.reports.asking import asked_site, month_asked, place_query
from kimbilio.reports.choices import FileKind
from kimbilio.reports.queries.months import months_with_records
from kimbilio.reports.showing import months_shown, offered_places, report_shown
from kimbilio.reports.writing.csv import csv_of
from kimbilio.reports.writing.pdf import pdf_of
from kimbilio.reports.writing.workbook import workbook_of
from kimbilio.reports.written.parts import WrittenReport
from kimbilio.reports.written.report import written_report

_SHOWN = 24
_WRITE: dict[FileKind, tuple[str, Callable[[WrittenReport], bytes]]] = {
    FileKind.PDF: ("application/pdf", pdf_of),
    FileKind.WORKBOOK: (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook_of,
    ),
    FileKind.CSV: ("text/csv; charset=utf-8", lambda report: csv_of(report.figures)),
}


@entry(Permission.SEE_REPORTS)
def months(request: Request) -> HttpResponse:
    """Show every month that can be reported on, the latest first."""
    site = asked_site(request)
    rows = months_shown(months_with_records(request.actor, site), site)
    shown = {
        "site": site,
        "months": rows[:_SHOWN],
        "earlier": rows[_SHOWN:],
        "places": offered_places(request.actor, request.sites, site),
    }
    return render(request, "reports/months.html", shown)


@entry(Permission.SEE_REPORTS)
def month(request: Request, month: str) -> HttpResponse:
    """Show a month's report."""
    site, first = asked_site(request), month_asked(month)
    report = written_report(request.actor, first, site)
    shown = report_shown(report, request.actor, site)
    shown["places"] = offered_places(request.actor, request.sites, site)
    return render(request, "reports/month.html", shown)


@entry(Permission.SEE_REPORTS, methods="POST")
def month_file(request: Request, month: str, file: str) -> HttpResponse:
    """Give a month's report to take along. It is written down who took it."""
    if file not in FileKind.values:
        raise NotHere
    site, first = asked_site(request), month_asked(month)
    content_type, write = _WRITE[FileKind(file)]
    content = write(written_report(request.actor, first, site))
    write_down_export(by=request.actor, month=first, site=site, how=file)
    name = _("report-%(month)s") % {"month": month}
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}{place_query(site) and "-all"}.{file}"'
    return answer
