"""Every number, whole and part by part, is what the slow way gives; and so is the count of what its click shows."""

import pytest
from hypothesis import example, given, settings

from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.community.choices import Activity
from kimbilio.people.choices import PopulationType, Sex
from kimbilio.people.rules import AGE_BANDS
from kimbilio.reports.indicators import INDICATORS
from kimbilio.reports.queries import month_figures, records_behind
from kimbilio.reports.tests.a_month import a_tricky_june
from kimbilio.reports.tests.drawn_month import SITES, WARDS, a_month, months
from kimbilio.reports.tests.oracle import BY_LIST, JUNE, ORACLES, slow, weeks_of_june
from tests.programme import staff_with

pytestmark = pytest.mark.django_db
CODES = [code for code, how in ORACLES.items() if how != BY_LIST]
PARTS = {
    "sex": Sex.values,
    "age": [*AGE_BANDS, "not_known"],
    "site": SITES,
    "ward": WARDS,
    "population": PopulationType.values,
    "week": weeks_of_june(),
    "activity": Activity.values,
}


@pytest.fixture
def officer(programme):
    """An M&E officer at both sites."""
    staff = staff_with(Role.ME_OFFICER, programme.site)
    SiteRole.objects.create(
        organisation=programme.organisation, staff=staff, site=programme.other_site, role=Role.ME_OFFICER
    )
    return actor_for(staff)


def every_part(code):
    """Every split that a number may have: the whole, and each part of each split, also where there is nobody."""
    yield {}
    for splits in INDICATORS[code].splits:
        parts = [{}]
        for split in splits:
            parts = [part | {split.value: value} for part in parts for value in PARTS[split.value]]
        yield from parts


def test_every_indicator_has_an_oracle_and_every_oracle_an_indicator():
    assert set(ORACLES) == set(INDICATORS)


@settings(max_examples=30)
@given(months)
@example(a_tricky_june())
def test_every_number_is_what_the_slow_way_gives_part_by_part(programme, officer, drawn):
    with a_month(programme, drawn) as told:
        shown = {(one.code, *sorted(one.split.items())): one for one in month_figures(officer, JUNE)}
        for code in CODES:
            for split in every_part(code):
                figure = shown.pop((code, *sorted(split.items())), None)
                assert (figure.value if figure else 0) == slow(code, told, split), (code, split)
                if figure and INDICATORS[code].out_of:
                    assert figure.of == slow(INDICATORS[code].out_of, told, split), (code, split)
        assert {key[0] for key in shown} <= {code for code, how in ORACLES.items() if how == BY_LIST}


@settings(max_examples=12)
@given(months)
@example(a_tricky_june())
def test_at_one_site_every_number_is_what_the_slow_way_gives_there(programme, officer, drawn):
    with a_month(programme, drawn) as told:
        for figure in month_figures(officer, JUNE, programme.site):
            if figure.code in CODES and not {"site"} & set(figure.split):
                split = {**figure.split, "site": programme.site.name}
                assert figure.value == slow(figure.code, told, split), (figure.code, split)


@pytest.mark.long_on_postgresql
@settings(max_examples=5)
@given(months)
@example(a_tricky_june())
def test_every_number_opens_to_as_many_records(programme, officer, drawn):
    with a_month(programme, drawn):
        for site in (None, programme.other_site):
            for figure in month_figures(officer, JUNE, site):
                behind = records_behind(officer, figure.code, JUNE, site, figure.split)
                assert behind.value == figure.value, (figure.code, figure.split)
                assert sum(row.amount for row in behind.rows) == figure.value
                assert len(behind.rows) == behind.count
