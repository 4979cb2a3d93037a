"""Months side by side say the same as each month's own report, under several cards and at several sites too."""

from datetime import date

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Permission, Role
from kimbilio.mat.rules import month_before
from kimbilio.people.models import Alias
from kimbilio.reports.models import FrozenFigure, MonthClose
from kimbilio.reports.queries import month_figures
from kimbilio.reports.queries.reach import reached_in_a_year
from kimbilio.reports.queries.trends import MONTHS, last_months, last_start, trend_of
from kimbilio.reports.scope import scope_for
from kimbilio.reports.tests.year import JUNE, season_at
from kimbilio.visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(actor):
    return actor(Role.ME_OFFICER)


def join(first, second):
    """Say that two people are one."""
    Alias.objects.create(
        organisation_id=first.organisation_id, client=second, joined_to=first, stands_for=first
    )


def as_counted(by, site, months):
    """The whole figures of each month, as its own report has them."""
    return {
        month: {one.code: one.value for one in month_figures(by, month, site) if not one.split}
        for month in months
    }


def test_each_month_is_as_its_own_report_has_it(programme, by):
    people = season_at(programme.site, people=40).people
    for first, second in zip(people[:6], people[6:12], strict=True):
        join(first, second)
    type(people[0]).objects.filter(pk=people[20].pk).update(first_contact_on=date(2019, 1, 1))
    trend = trend_of(scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site))
    counted = as_counted(by, programme.site, trend.months)
    for code, values in trend.values.items():
        own = [counted[month][code] for month in trend.months]
        assert [value or 0 for value in values] == own, code
    assert sum(trend.values["visits.new_people"]) > 10


def test_what_another_card_tells_of_the_first_contact_counts_for_each_month(programme, by):
    people = season_at(programme.site, people=12).people
    join(people[0], people[6])
    ours = Visit.objects.filter(client__in=(people[0], people[6]))
    ours.filter(client=people[6]).update(voided_at=timezone.now())
    ours.filter(occurred_on__lt=date(2025, 5, 1)).update(voided_at=timezone.now())
    type(people[0]).objects.filter(pk=people[6].pk).update(first_contact_on=date(2024, 3, 10))
    assert ours.filter(client=people[0], voided_at=None).exists()
    trend = trend_of(scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site))
    counted = as_counted(by, programme.site, trend.months)
    for code in ("visits.new_people", "visits.returning_people"):
        assert [value or 0 for value in trend.values[code]] == [
            counted[month][code] for month in trend.months
        ], code


def test_a_site_knows_who_came_to_another_before(programme, by, actor):
    people = season_at(programme.site, people=12, months=3).people
    there = season_at(programme.other_site, people=3, months=3).people
    Visit.objects.filter(client=there[0]).update(at_site=programme.site)
    Visit.objects.filter(client=people[0], occurred_on__lt=JUNE).update(at_site=programme.other_site)
    trend = trend_of(scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site))
    counted = as_counted(by, programme.site, trend.months[-3:])
    for code in ("visits.people", "visits.new_people", "visits.returning_people"):
        assert trend.values[code][-3:] == [counted[month][code] for month in trend.months[-3:]], code


def test_before_the_first_record_there_is_no_number(programme, by):
    season_at(programme.site, people=10, months=3)
    trend = trend_of(scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site))
    assert trend.values["visits.visits"][0] is None
    assert trend.values["visits.visits"][-1] is not None
    assert trend.values["community.participants"][-1] == 150


def test_a_closed_month_stays_as_it_was_closed(programme, by):
    season_at(programme.site, people=10)
    may = month_before(JUNE)
    close = MonthClose.objects.create(
        organisation_id=programme.organisation.pk,
        site=programme.site,
        month=may,
        revision=1,
        proposed_by=by.staff_id,
        confirmed_at=timezone.now(),
    )
    FrozenFigure.objects.create(
        organisation_id=programme.organisation.pk,
        close=close,
        code="visits.people",
        split="{}",
        place=0,
        value=777,
    )
    trend = trend_of(scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site))
    assert trend.values["visits.people"][-2] == 777


def test_twenty_four_months_end_with_the_report(programme, by):
    months = last_months(JUNE)
    assert (len(months), months[0], months[-1]) == (MONTHS, date(2023, 7, 1), JUNE)


def test_nothing_recorded_is_nothing_shown(programme, by):
    scope = scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site)
    trend = trend_of(scope)
    assert all(value is None for values in trend.values.values() for value in values)
    assert last_start(scope) is None
    (reached,) = reached_in_a_year(scope)
    assert (reached.people, reached.needles, reached.since) == (0, 0, date(2024, 7, 1))


def test_a_year_counts_people_once_and_all_their_needles(programme, by):
    people = season_at(programme.site, people=30).people
    join(people[0], people[1])
    (reached,) = reached_in_a_year(scope_for(by, Permission.SEE_REPORTS, JUNE, programme.site))
    in_year = Visit.objects.filter(occurred_on__gte=date(2024, 7, 1)).prefetch_related("supplies__item")
    who = {visit.client_id for visit in in_year}
    assert reached.people == len(who) - ({people[0].pk, people[1].pk} <= who)
    assert reached.needles == sum(
        given.quantity for visit in in_year for given in visit.supplies.all() if given.item.kind == "needles"
    )
