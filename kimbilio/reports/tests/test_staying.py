"""How long the people of a site stay, from their steps and the clinic's lists, under several cards too."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.roles import Permission, Role
from kimbilio.core.ids import uuid7
from kimbilio.mat.choices import ListKind, Source, StepKind
from kimbilio.mat.models import ClinicList, JourneyStep, StandingMonth
from kimbilio.people.models import Alias, Client
from kimbilio.places.models import MatClinic
from kimbilio.reports.choices import StayEnd
from kimbilio.reports.queries.staying import staying_at
from kimbilio.reports.rules.survival import survival_of
from kimbilio.reports.scope import scope_for
from kimbilio.reports.tests.year import JUNE, season_at
from tests.programme import actor_with, person

pytestmark = pytest.mark.django_db
START, LAST = date(2025, 1, 1), date(2025, 6, 30)


@pytest.fixture
def clinic(programme):
    return MatClinic.objects.create(organisation=programme.organisation, site=programme.site, name="Karuri")


@pytest.fixture
def somebody(programme):
    by = actor_with(Role.DESK_OFFICER, programme.site)
    return lambda: person(by, programme.site)


def step(client, kind, days, source=Source.STAFF):
    JourneyStep.objects.create(
        organisation_id=client.organisation_id,
        client=client,
        kind=kind,
        occurred_on=START + timedelta(days=days),
        source=source,
    )


def listed(clinic, *lines):
    """The clinic's book of June, with a line of signs for each of these people."""
    ClinicList.objects.create(
        id=uuid7(),
        organisation_id=clinic.organisation_id,
        clinic=clinic,
        kind=ListKind.BOOK,
        month=JUNE,
        days="x" * 30 + " ",
        people=len(lines),
        source=Source.BOOK,
        digest=b"0" * 32,
    )
    for client, signs in lines:
        StandingMonth.objects.create(
            organisation_id=clinic.organisation_id,
            clinic=clinic,
            client=client,
            month=JUNE,
            signs=f"{signs:31}",
        )


def found(programme):
    return staying_at(
        scope_for(
            actor_with(Role.REPORT_READER, programme.site), Permission.SEE_REPORTS, JUNE, programme.site
        )
    )


def test_claims_alone_tell_before_the_first_list(programme, somebody):
    stays, leaves = somebody(), somebody()
    step(stays, StepKind.INDUCTED, 0)
    step(leaves, StepKind.INDUCTED, 0)
    step(leaves, StepKind.STOPPED_BY_CHOICE, 50)
    staying = found(programme)
    assert staying.ends == {StayEnd.STILL_ON_MAT: 1, StayEnd.STOPPED: 1}
    assert [(at.t, at.left, at.censored) for at in staying.curve.steps] == [(50, 1, 0), (180, 1, 1)]


def test_lists_tell_who_comes_and_who_does_not(programme, clinic, somebody):
    comes, gone, never, imprisoned, back = (somebody() for _ in range(5))
    for client in (comes, gone, never, imprisoned, back):
        step(client, StepKind.INDUCTED, 0)
    step(imprisoned, StepKind.IMPRISONED, 100)
    step(back, StepKind.OUT_OF_TOUCH, 100)
    StandingMonth.objects.create(
        organisation_id=clinic.organisation_id,
        clinic=clinic,
        client=gone,
        month=date(2025, 5, 1),
        signs="+" * 10 + "-" * 21,
    )
    listed(clinic, (comes, "+" * 30), (gone, "-" * 30), (back, " " * 20 + "+" * 10))
    staying = found(programme)
    assert staying.ends == {StayEnd.STILL_ON_MAT: 3, StayEnd.OUT_OF_TOUCH: 2}
    # The one who left in May had a last dose on the tenth; of the one on no list, the first list is the last sign.
    assert [at.t for at in staying.curve.steps if at.left][:2] == [129, 151]


def test_a_person_with_two_cards_has_one_journey(programme, somebody):
    first, second = somebody(), somebody()
    step(first, StepKind.INDUCTED, 0)
    step(second, StepKind.TRANSFERRED, 40)
    Alias.objects.create(
        organisation_id=first.organisation_id, client=second, joined_to=first, stands_for=first
    )
    staying = found(programme)
    assert (staying.people, staying.ends) == (1, {StayEnd.TRANSFERRED: 1})


def test_what_is_not_known_is_said(programme, somebody):
    before, undated = somebody(), somebody()
    step(before, StepKind.ALREADY_ON_MAT, 0)
    step(undated, StepKind.INDUCTED, 0, Source.EARLIER_BOOKS)
    step(undated, StepKind.OUT_OF_TOUCH, 90, Source.EARLIER_BOOKS)
    staying = found(programme)
    assert (staying.curve.n, staying.start_unknown, staying.left, staying.undated) == (1, 1, 1, 1)


def test_of_nobody_there_is_no_curve(programme):
    assert found(programme).curve == survival_of([])


def test_it_costs_the_same_with_few_and_many(programme):
    people = season_at(programme.site, people=10).people
    with CaptureQueriesContext(connection) as few:
        found(programme)
    season_at(programme.other_site, people=40)
    Client.objects.filter(site=programme.other_site).update(site=programme.site)
    for client in people:
        step(client, StepKind.RE_INDUCTED, 20)
    with CaptureQueriesContext(connection) as many:
        found(programme)
    assert len(many) <= len(few) + 4  # going further back in the lists for a last dose
