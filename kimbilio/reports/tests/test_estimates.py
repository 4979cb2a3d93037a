"""Estimates and needs: set with their source, never overwritten, and set against what was done."""

from datetime import date
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.utils import translation

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.reports.actions.estimates import (
    NewEstimate,
    NewNeed,
    set_estimate,
    set_need,
    withdraw_estimate,
    withdraw_need,
)
from kimbilio.reports.choices import EstimateOf
from kimbilio.reports.models import PopulationEstimate, SupplyNeed
from kimbilio.reports.queries.estimates import estimates_as_at, needs_in
from kimbilio.reports.rules.need import SiteNeed, need_of
from kimbilio.reports.tests.year import JUNE, season_at
from kimbilio.reports.written.report import written_report
from kimbilio.stock.choices import SupplyKind
from tests.programme import actor_with

pytestmark = pytest.mark.django_db
STUDY = {"source": "Mapping of 2024, page 12", "confirmed_by": "The county"}


def estimate(value, as_at=date(2024, 12, 31), **more):
    typed = {
        "county": "Kiambu",
        "of": EstimateOf.INJECTS,
        "value": value,
        "low": value - 30,
        "high": value + 40,
    }
    return NewEstimate(**(typed | {"as_at": as_at} | STUDY | more))


def need(per_person, from_month=date(2025, 1, 15), kind=SupplyKind.NEEDLES):
    return NewNeed(kind=kind, per_person=per_person, from_month=from_month, **STUDY)


@pytest.fixture
def by(actor):
    return actor(Role.ME_OFFICER)


def test_of_two_estimates_the_one_entered_last_stands_and_both_are_kept(programme, by):
    ours = programme.organisation.pk
    set_estimate(by=by, estimate=estimate(3312))
    set_estimate(by=by, estimate=estimate(3000))
    set_estimate(by=by, estimate=estimate(4000, as_at=date(2026, 1, 1)))
    standing = estimates_as_at(ours, ["Kiambu"], date(2025, 6, 30))
    assert [one.value for one in standing.values()] == [3000]
    assert [one.value for one in estimates_as_at(ours, ["Kiambu"], date(2026, 6, 30)).values()] == [4000]
    assert [one.value for one in estimates_as_at(ours, ["Kiambu"], date(2020, 1, 1)).values()] == [4000]
    assert estimates_as_at(ours, ["Kilifi"], date(2026, 6, 30)) == {}
    assert PopulationEstimate.objects.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 200},
        {"high": 99},
        {"low": 0},
        {"as_at": date(2999, 1, 1)},
        {"source": " "},
        {"confirmed_by": ""},
    ],
)
def test_an_estimate_that_cannot_be_is_refused(by, wrong):
    with pytest.raises(Refused):
        set_estimate(by=by, estimate=estimate(100, **wrong))
    assert PopulationEstimate.objects.count() == 0


def test_a_need_stands_from_its_month_on(programme, by):
    set_need(by=by, site=programme.site, need=need(30))
    set_need(by=by, site=programme.site, need=need(60, date(2025, 6, 1)))
    set_need(by=by, site=programme.site, need=need(40, date(2025, 2, 1)))

    def standing(month):
        rows = needs_in(programme.organisation.pk, [programme.site.pk], month)
        return {kind: row.per_person for (_site, kind), row in rows.items()}

    assert standing(date(2024, 12, 1)) == {}
    assert standing(date(2025, 1, 1)) == {SupplyKind.NEEDLES: 30}
    assert standing(date(2025, 5, 1)) == {SupplyKind.NEEDLES: 40}
    assert standing(date(2025, 7, 1)) == {SupplyKind.NEEDLES: 60}


def test_only_those_who_answer_for_reports_set_them(programme, actor):
    with pytest.raises(Refused):
        set_estimate(by=actor(Role.REPORT_READER), estimate=estimate(100))
    with pytest.raises(NotHere):
        set_need(by=actor(Role.ME_OFFICER), site=programme.other_site, need=need(3))


def test_a_need_is_known_where_every_site_with_people_has_one():
    set_, unset, closed = SiteNeed(20, 30, "a", "b"), SiteNeed(5, None), SiteNeed(0, None)
    assert need_of([set_, closed]).pieces == 600
    assert need_of([set_, SiteNeed(10, 3, "a", "c")]).pieces == 630
    assert need_of([set_, SiteNeed(10, 3, "a", "c")]).confirmed_by == ("b", "c")
    assert need_of([set_, unset]) is None
    assert need_of([closed]) is None


def test_the_report_sets_what_was_done_against_them(programme, by):
    season_at(programme.site, people=40)
    set_need(by=by, site=programme.site, need=need(30))
    set_estimate(by=by, estimate=estimate(100))
    with translation.override("en"):
        report = written_report(by, JUNE, programme.site)
    (bar,) = report.needs
    assert bar.label == "Needles and syringes given"
    assert bar.beside.startswith("1,200 needed: ")
    assert bar.mark == 100
    (source,) = report.need_sources
    assert source.startswith("Needles and syringes given: 30 for each of the 40 people who came.")
    assert source.endswith("Source: Mapping of 2024, page 12; confirmed by The county.")
    people, needles = report.reach
    assert (people.value, people.between) == ("40", "between 29 and 57")
    assert "every 100 that there are" in people.label
    assert needles.label == "Kiambu: needles and syringes for each person there is, in twelve months"
    assert any("by the estimate (between 29 and 57)" in one for one in report.findings)


def test_what_was_set_by_mistake_is_taken_back_and_what_was_before_stands_again(programme, by):
    ours, site = programme.organisation.pk, programme.site
    first, slip = (set_estimate(by=by, estimate=estimate(value)) for value in (3312, 33120))
    withdraw_estimate(by=by, estimate=slip)
    assert [one.value for one in estimates_as_at(ours, ["Kiambu"], date(2025, 6, 30)).values()] == [3312]
    withdraw_estimate(by=by, estimate=first)
    assert estimates_as_at(ours, ["Kiambu"], date(2025, 6, 30)) == {}
    assert PopulationEstimate.objects.count() == 2
    with pytest.raises(Refused, match="already"):
        withdraw_estimate(by=by, estimate=slip)
    set_need(by=by, site=site, need=need(30))
    withdraw_need(by=by, need=set_need(by=by, site=site, need=need(300)))
    assert [row.per_person for row in needs_in(ours, [site.pk], JUNE).values()] == [30]


def test_only_those_who_set_them_take_them_back(programme, by, actor):
    stranger = actor_with(Role.ME_OFFICER, programme.site_elsewhere)
    mine = set_estimate(by=by, estimate=estimate(100))
    needed = set_need(by=by, site=programme.site, need=need(3))
    with pytest.raises(Refused):
        withdraw_estimate(by=actor(Role.REPORT_READER), estimate=mine)
    with pytest.raises(NotHere):
        withdraw_estimate(by=stranger, estimate=mine)
    with pytest.raises(NotHere):
        withdraw_need(by=stranger, need=needed)
    assert not PopulationEstimate.objects.filter(withdrawn_at__isnull=False).exists()


# Pages


def filled(**more):
    typed = {
        "county": "Kiambu",
        "of": "injects",
        "value": "3312",
        "low": "3000",
        "high": "3600",
        "as_at": "2024-12-31",
        **STUDY,
    }
    return typed | {"token": str(uuid4())} | more


def test_an_estimate_is_set_on_its_page_once(sign_in):
    browser, typed = sign_in(Role.ME_OFFICER), filled()
    for _twice in range(2):
        assert browser.post("/reports/estimates/new", typed).status_code == HTTPStatus.FOUND
    assert PopulationEstimate.objects.count() == 1
    page = browser.get("/reports/estimates").content.decode()
    assert "3,312" in page
    assert STUDY["source"] in page


@pytest.mark.parametrize(
    "wrong", [{"low": "4000"}, {"high": "10"}, {"value": "many"}, {"as_at": "2999-01-01"}, {"source": ""}]
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(sign_in, wrong):
    answer = sign_in(Role.ME_OFFICER).post("/reports/estimates/new", filled(**wrong))
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert 'aria-invalid="true"' in page
    assert "The county" in page
    assert PopulationEstimate.objects.count() == 0


def test_a_need_is_set_on_its_page(sign_in):
    typed = {"site": "Karuri", "kind": "needles", "per_person": "30", "from_month": "2025-06", **STUDY}
    browser = sign_in(Role.PROGRAMME_MANAGER)
    assert browser.post("/reports/needs/new", typed | {"token": str(uuid4())}).status_code == HTTPStatus.FOUND
    (row,) = SupplyNeed.objects.all()
    assert (row.per_person, row.from_month) == (30, JUNE)
    wrong = browser.post("/reports/needs/new", typed | {"token": str(uuid4()), "from_month": "soon"})
    assert "Write the month as year and month" in wrong.content.decode()


@pytest.mark.parametrize("kind", ["estimates", "needs"])
def test_what_was_set_is_taken_back_on_the_page_and_stays_to_be_read(sign_in, programme, by, kind):
    set_estimate(by=by, estimate=estimate(3312))
    set_need(by=by, site=programme.site, need=need(30))
    browser = sign_in(Role.ME_OFFICER)
    before = browser.get("/reports/estimates").content.decode()
    form = before.partition(f'action="/reports/{kind}/withdraw"')[2]
    typed = {name: form.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("row", "token")}
    for _twice in range(2):
        assert browser.post(f"/reports/{kind}/withdraw", typed).status_code == HTTPStatus.FOUND
    after = browser.get("/reports/estimates").content.decode()
    assert "Taken back. It is kept" in after
    assert after.count("taken back") == 1
    assert f'action="/reports/{kind}/withdraw"' not in after
    again = browser.post(f"/reports/{kind}/withdraw", typed | {"token": str(uuid4())}, follow=True)
    assert "already" in again.content.decode()


def test_a_reader_sees_them_and_sets_none(sign_in):
    browser = sign_in(Role.REPORT_READER)
    assert "/reports/estimates/new" not in browser.get("/reports/estimates").content.decode()
    assert browser.get("/reports/estimates/new").status_code == HTTPStatus.FORBIDDEN
    for path in ("needs/new", "needs/withdraw", "estimates/withdraw"):
        assert browser.post(f"/reports/{path}", {}).status_code == HTTPStatus.FORBIDDEN
