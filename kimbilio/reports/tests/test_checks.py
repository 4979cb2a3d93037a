"""What is missing, doubtful or late in a month is counted and listed, each with where it is put right."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.tests.clinic import make_place
from kimbilio.reports.actions import confirm_close, propose_close
from kimbilio.reports.choices import CheckGroup, CheckKind, WhyCheck
from kimbilio.reports.queries.checks import GROUP_OF, checks_of, found_by_check
from kimbilio.reports.queries.kept import forget_all
from kimbilio.reports.tests.a_month import JUNE, officer_at, write_small_june
from kimbilio.support.models import Session
from kimbilio.visits.choices import VisitSource
from kimbilio.visits.models import GivenSupply, Visit
from tests.programme import actor_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(programme):
    """A small June, every visit of it recorded on its day."""
    made = write_small_june(programme)
    for visit in Visit.objects.all():
        moment = timezone.now().replace(year=2025, month=6, day=visit.occurred_on.day)
        Visit.objects.filter(pk=visit.pk).update(recorded_at=moment)
    return made


@pytest.fixture
def officer(programme, written):
    return officer_at(programme.site)


def counts(by, site):
    return {one.kind: one.count for one in checks_of(by, JUNE, site)}


def no_list(by, site):
    return next(one for one in checks_of(by, JUNE, site) if one.kind == CheckKind.NO_LIST)


def test_every_kind_has_its_group_and_why_it_matters():
    assert set(GROUP_OF) == set(CheckKind)
    assert WhyCheck.values == CheckKind.values


def test_each_check_finds_what_there_is(programme, officer, written):
    found = counts(officer, programme.site)
    assert found[CheckKind.NOT_STATED] == 1
    assert found[CheckKind.NOTHING_GIVEN] == 1
    assert found[CheckKind.EMPTY_SESSIONS] == found[CheckKind.TOO_MUCH] == found[CheckKind.LATE_VISITS] == 0
    GivenSupply.objects.filter(quantity=10).update(quantity=400)
    Session.objects.create(
        organisation=programme.organisation, site=programme.site, kind="cbt", occurred_on=JUNE
    )
    found = counts(officer, programme.site)
    assert (found[CheckKind.TOO_MUCH], found[CheckKind.EMPTY_SESSIONS]) == (1, 1)


@pytest.mark.parametrize(
    ("after", "source", "late"),
    [
        (7, VisitSource.DESK, 0),
        (8, VisitSource.DESK, 1),
        (8, VisitSource.OUTREACH, 1),
        (99, VisitSource.BOOK, 0),
    ],
)
def test_a_visit_is_late_when_more_than_a_week_passed_unless_a_book_brought_it(
    programme, officer, after, source, late
):
    visit = Visit.objects.get(occurred_on=date(2025, 6, 9))
    moment = timezone.make_aware(timezone.datetime(2025, 6, 9, 23, 59) + timedelta(days=after))
    Visit.objects.filter(pk=visit.pk).update(recorded_at=moment, source=source)
    assert counts(officer, programme.site)[CheckKind.LATE_VISITS] == late


def test_days_without_a_list_are_those_of_the_clinics_of_the_site(programme, officer):
    assert counts(officer, programme.site)[CheckKind.NO_LIST] == 0
    place = make_place(actor_with(Role.MAT_LIAISON, programme.site), programme.site)
    assert counts(officer, programme.site)[CheckKind.NO_LIST] == 30
    place.list_of(date(2025, 6, 3), "PPA")
    assert counts(officer, programme.site)[CheckKind.NO_LIST] == 29


def test_days_without_a_list_are_named_and_the_first_of_them_is_one_step_away(programme, officer, sign_in):
    place = make_place(actor_with(Role.MAT_LIAISON, programme.site), programme.site)
    for day in range(1, 31):
        if day not in (21, 24):
            place.list_of(date(2025, 6, day), "PPA")
    of_officer = no_list(officer, programme.site)
    of_manager = no_list(actor_with(Role.PROGRAMME_MANAGER, programme.site), programme.site)
    assert of_officer.days == of_manager.days == (date(2025, 6, 21), date(2025, 6, 24))
    assert (of_officer.url, of_manager.url[-11:]) == ("", "/2025-06-21")
    browser = sign_in(Role.PROGRAMME_MANAGER)
    assert "No list of this day yet" in browser.get(of_manager.url).content.decode()
    assert "21 June 2025" in browser.get("/reports/2025-06/check").content.decode()


def test_what_came_after_a_close_is_late(programme, officer, written):
    assert CheckKind.CHANGED not in counts(officer, programme.site)
    close = propose_close(by=officer, month=JUNE, site=programme.site)
    confirm_close(by=officer_at(programme.site), close=close)
    assert counts(officer, programme.site)[CheckKind.CHANGED] == 0
    Visit.objects.filter(occurred_on=date(2025, 6, 4)).update(voided_at=timezone.now())
    forget_all()  # no action told of it
    found = {one.kind: one for one in checks_of(officer, JUNE, programme.site)}
    assert (found[CheckKind.CHANGED].group, found[CheckKind.CHANGED].count) == (CheckGroup.LATE, 3)


@pytest.mark.parametrize("kind", [CheckKind.NOT_STATED, CheckKind.NOTHING_GIVEN])
def test_what_a_check_found_is_listed_by_code(programme, officer, written, kind):
    found = found_by_check(officer, kind.value, JUNE, programme.site)
    assert (found.count, [row.code for row in found.rows]) == (1, [written.clients[2].code])


def test_other_checks_are_looked_at_elsewhere_and_others_are_refused(programme, officer):
    with pytest.raises(NotHere):
        found_by_check(officer, "duplicates", JUNE, programme.site)
    with pytest.raises(Refused):
        found_by_check(
            officer_at(programme.site, role=Role.REPORT_READER), "not_stated", JUNE, programme.site
        )
    with pytest.raises(Refused):
        checks_of(officer_at(programme.site, role=Role.DESK_OFFICER), JUNE, programme.site)
