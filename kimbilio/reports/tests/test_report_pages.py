"""The month's report on its page and as a file: whole, in both languages, for those who may see it."""

import io
import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.mat.choices import Source, StepKind
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.rules import month_before
from kimbilio.reports.queries import month_figures
from kimbilio.reports.scope import last_day_of
from kimbilio.reports.tests.year import JUNE, season_at
from kimbilio.reports.writing.pdf import pages_of, pdf_of
from kimbilio.reports.writing.workbook import workbook_of
from kimbilio.reports.written.report import written_report
from kimbilio.visits.models import Visit
from tests.programme import person

pytestmark = pytest.mark.django_db
PAGE = "/reports/2025-06"
MOST = 125


@pytest.fixture
def season(programme):
    return season_at(programme.site, people=80)


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("language", ["en", "sw"])
@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ME_OFFICER, Role.REPORT_READER])
def test_whoever_may_see_reports_reads_the_month(sign_in, season, role, language):
    answer = sign_in(role).get(PAGE, headers={"accept-language": language})
    page = text_of(answer)
    assert answer.status_code == HTTPStatus.OK
    assert page.count('role="img"') >= 10
    assert "style=" not in page.split("<main")[1]
    assert "<script" not in page.split("<main")[1]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_month_that_runs_is_no_month_without_a_start(programme, actor):
    today = timezone.localdate()
    last_but_one = month_before(month_before(today.replace(day=1)))
    JourneyStep.objects.create(
        organisation=programme.organisation,
        client=person(actor(Role.PROGRAMME_MANAGER), programme.site),
        kind=StepKind.INDUCTED,
        occurred_on=last_but_one,
        source=Source.STAFF,
    )
    with translation.override("en"):
        report = written_report(actor(Role.REPORT_READER), today.replace(day=1), programme.site)
    is_over = today == last_day_of(today.replace(day=1))
    assert any("started MAT" in gap for gap in report.gaps) == is_over


def test_a_number_opens_only_for_those_who_may_see_records(sign_in, season):
    assert "/reports/2025-06/visits.people" in text_of(sign_in(Role.ME_OFFICER).get(PAGE))
    assert "/reports/2025-06/visits.people" not in text_of(sign_in(Role.REPORT_READER).get(PAGE))


def test_the_page_shows_the_numbers_of_the_month(sign_in, season, programme, actor):
    page = text_of(sign_in(Role.REPORT_READER).get(PAGE))
    figures = month_figures(actor(Role.REPORT_READER), JUNE, programme.site)
    shown = {int(number.replace(",", "")) for number in re.findall(r'class="number">\s*([\d,]+)\s*<', page)}
    for code in (
        "visits.people",
        "visits.visits",
        "supplies.needles",
        "mat.active",
        "community.participants",
    ):
        (whole,) = [one.value for one in figures if one.code == code and not one.split]
        assert code == "community.participants" or whole in shown, code


def test_a_page_costs_the_same_with_few_and_many(sign_in, programme, season):
    browser = sign_in(Role.ME_OFFICER)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    season_at(programme.other_site, people=150)
    Visit.objects.all().update(at_site=programme.site)
    with CaptureQueriesContext(connection) as many:
        browser.get(PAGE)
    assert len(many) <= len(few) + 4 <= MOST


def test_months_are_listed_from_the_first_record_on(sign_in, season):
    page = text_of(sign_in(Role.REPORT_READER).get("/reports"))
    assert "/reports/2025-06" in page
    assert "/reports/2023-08" in page
    assert "/reports/2023-06" not in page


def test_before_any_record_the_list_says_what_comes_here(sign_in):
    assert "There is no month to report on yet." in text_of(sign_in(Role.REPORT_READER).get("/reports"))
    assert "Nothing is recorded for this month." in text_of(sign_in(Role.REPORT_READER).get(PAGE))


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "25-06", "june", "0000-01", "2025-6"])
def test_a_month_that_is_none_is_not_here(sign_in, month):
    assert sign_in(Role.ME_OFFICER).get(f"/reports/{month}").status_code == HTTPStatus.NOT_FOUND


def test_a_month_that_has_not_begun_is_refused(sign_in):
    answer = sign_in(Role.ME_OFFICER).get("/reports/2999-01")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "This month has not begun yet." in text_of(answer)


@pytest.mark.parametrize(
    ("kind", "begins"), [("pdf", b"%PDF-1.7"), ("xlsx", b"PK"), ("csv", "\ufeffcode,title".encode())]
)
def test_a_report_is_taken_along_and_that_is_written_down(sign_in, season, kind, begins):
    browser = sign_in(Role.REPORT_READER)
    answer = browser.post(f"{PAGE}/file/{kind}")
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="report-2025-06.{kind}"'
    entry = AuditEvent.objects.order_by("-seq").first()
    assert (entry.event, entry.actor_id) == ("reports.taken_along", browser.staff.pk)
    assert browser.get(f"{PAGE}/file/{kind}").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert browser.post(f"{PAGE}/file/doc").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("language", ["en", "sw"])
@pytest.mark.parametrize("people", [0, 3, 80])
def test_the_pdf_is_of_two_to_four_pages_and_tagged(programme, actor, language, people):
    if people:
        season_at(programme.site, people=people)
    with translation.override(language):
        report = written_report(actor(Role.REPORT_READER), JUNE, programme.site)
        pdf, pages = pdf_of(report), pages_of(report, ppi=20)
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang({language})".encode() in pdf.replace(b" ", b"")
    assert 2 <= len(pages) <= 4 or not people


def test_the_workbook_has_numbers_as_numbers_and_no_formula(programme, actor, season):
    programme.site.name = "=1+1"
    programme.site.save()
    with translation.override("en"):
        book = workbook_of(written_report(actor(Role.REPORT_READER), JUNE, programme.site))
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert sheets.sheet_names[:5] == ["Month", "Figures", "By sex", "All parts", "Months"]
    figures = {row[3]: row[1] for row in sheets.get_sheet_by_name("Figures").to_python()[1:]}
    assert figures["visits.people"] == 80.0
    assert ["Site", "=1+1"] in [row[:2] for row in sheets.get_sheet_by_name("Month").to_python()]
    assert len(sheets.get_sheet_by_name("Months").to_python()) == 25
    assert (
        sheets.get_sheet_by_name("Definitions").to_python()[1][1].startswith("People with at least one visit")
    )


def test_the_table_has_the_rows_of_the_figures(programme, actor, sign_in, season):
    import csv

    answer = sign_in(Role.ME_OFFICER).post(f"{PAGE}/file/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    figures = month_figures(actor(Role.ME_OFFICER), JUNE, programme.site)
    assert [(row["code"], int(row["value"])) for row in rows] == [(one.code, one.value) for one in figures]
    assert {row["sex"] for row in rows} >= {"", "male", "female"}


def test_all_sites_together_are_asked_for(programme, season):
    from django.test import Client as Browser

    from kimbilio.accounts.models import SiteRole
    from tests.programme import sign_in_as, staff_with

    season_at(programme.other_site, people=20)
    staff = staff_with(Role.REPORT_READER, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation, staff=staff, site=programme.other_site, role=Role.REPORT_READER
    )
    browser = Browser()
    sign_in_as(browser, staff)
    assert "100 people came" in text_of(browser.get(f"{PAGE}?site=all"))
    assert "80 people came" in text_of(browser.get(PAGE))
    assert (
        'filename="report-2025-06-all.csv"'
        in browser.post(f"{PAGE}/file/csv?site=all")["Content-Disposition"]
    )
