"""What is kept of a report is what would be reckoned now, whatever was done since; and it is kept while nothing was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from kimbilio.accounts.action import note
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.choices import Event
from kimbilio.mat.actions import Claim, correct_day, record_clinic_list, record_step, void_step
from kimbilio.mat.choices import DayMark, StepKind
from kimbilio.mat.rules import month_before
from kimbilio.people.actions import AboutClient, correct_client, merge_clients, part_clients
from kimbilio.people.choices import Sex
from kimbilio.places.models import MatClinic
from kimbilio.reports.queries.cascade import way_to_mat
from kimbilio.reports.queries.figures import counted
from kimbilio.reports.queries.kept import forget_all, kept
from kimbilio.reports.queries.month import figures_kept
from kimbilio.reports.queries.reach import reached_in_a_year
from kimbilio.reports.queries.staying import staying_at
from kimbilio.reports.queries.trends import trend_of
from kimbilio.reports.rules.unchanged import DATED, NEVER_COUNTED, RestsOn
from kimbilio.reports.scope import Scope, scope_for
from kimbilio.reports.tests.a_month import officer_at
from kimbilio.stock.items import standard_items
from kimbilio.support.actions import record_session, undo_session
from kimbilio.support.choices import SessionKind
from kimbilio.visits.actions import (
    correct_visit,
    move_visit,
    record_anonymous,
    record_visits,
    undo_visit,
    void_visits,
)
from kimbilio.visits.tests.a_site import Desk, make_people

pytestmark = pytest.mark.django_db


@dataclass
class Place:
    """A site where much is done, and three months of it that are reported on."""

    desk: Desk
    clinic: MatClinic
    reader: Any

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def last_month(self) -> date:
        return month_before(self.today.replace(day=1))

    def scopes(self) -> list[Scope]:
        months = (self.today.replace(day=1), self.last_month, month_before(self.last_month))
        return [
            scope_for(self.reader, Permission.SEE_REPORTS, month, site)
            for month in months
            for site in (self.desk.site, None)
        ]

    def old(self, day: int = 10) -> date:
        return self.last_month.replace(day=day)


@pytest.fixture
def place(programme, actor) -> Place:
    by = actor(Role.PROGRAMME_MANAGER)
    people = make_people(by, programme.site, 8)
    clinic = MatClinic.objects.create(
        organisation=programme.organisation, site=programme.site, name="The clinic"
    )
    desk = Desk(by, programme.site, people, standard_items(programme.organisation.pk))
    place = Place(desk, clinic, officer_at(programme.site, programme.other_site))
    for number in range(5):
        desk.records(number, desk.given(10, 2), on=place.old(number + 1))
        record_step(by=by, client=people[number], claim=Claim(StepKind.INDUCTED, place.old(2)))
    record_clinic_list(
        by=by,
        clinic=clinic,
        day=place.old(12),
        marks=dict.fromkeys([one.pk for one in people[:4]], DayMark.DOSED),
    )
    return place


def _visit_today(at: Place) -> Iterator[Any]:
    yield (visit := at.desk.records(5, at.desk.given(3)))
    yield undo_visit(by=at.desk.by, visit=visit)


def _visit_of_last_month(at: Place) -> Iterator[Any]:
    yield (visit := at.desk.records(6, at.desk.given(3), on=at.old(20)))
    yield (visit := correct_visit(by=at.desk.by, visit=visit, new=at.desk.new(6, at.desk.given(9), at.today)))
    yield (visit := move_visit(by=at.desk.by, visit=visit, client=at.desk.people[7]))
    yield correct_visit(by=at.desk.by, visit=visit, new=at.desk.new(7, at.desk.given(1), at.old(3)))


def _a_book(at: Place) -> Iterator[Any]:
    by, site = at.desk.by, at.desk.site
    yield (made := record_visits(by=by, site=site, visits=[at.desk.new(0, at.desk.given(5), at.old(25))]))
    yield void_visits(by=by, site=site, visits=[one.pk for one in made])


def _without_a_name(at: Place) -> Iterator[Any]:
    for on in (at.today, at.old()):
        yield record_anonymous(
            by=at.desk.by, site=at.desk.site, occurred_on=on, item=at.desk.needles, quantity=4
        )


def _sessions(at: Place) -> Iterator[Any]:
    for on in (at.today, at.old()):
        yield (
            made := record_session(
                by=at.desk.by,
                site=at.desk.site,
                kind=SessionKind.CBT,
                occurred_on=on,
                people=at.desk.people[:3],
            )
        )
        yield undo_session(by=at.desk.by, session=made)


def _one_person(at: Place) -> Iterator[Any]:
    yield (alias := merge_clients(by=at.desk.by, client=at.desk.people[1], into=at.desk.people[0]))
    yield part_clients(by=at.desk.by, alias=alias)
    yield correct_client(by=at.desk.by, client=at.desk.people[2], about=AboutClient(sex=Sex.FEMALE))
    yield make_people(at.desk.by, at.desk.site, 2)


def _on_mat(at: Place) -> Iterator[Any]:
    by, people = at.desk.by, at.desk.people
    for on in (at.today, at.old(28)):
        yield record_step(by=by, client=people[0], claim=Claim(StepKind.STOPPED_BY_CHOICE, on))
    yield (step := record_step(by=by, client=people[6], claim=Claim(StepKind.INDUCTED, at.old(5))))
    yield void_step(by=by, step=step)
    for on in (at.today, at.old(13)):
        marks = {people[1].pk: DayMark.MISSED, people[2].pk: DayMark.DOSED}
        yield record_clinic_list(by=by, clinic=at.clinic, day=on, marks=marks)
    yield correct_day(by=by, client=people[1], clinic=at.clinic, day=at.old(13), mark=DayMark.DOSED)


@pytest.mark.parametrize(
    "story",
    [_visit_today, _visit_of_last_month, _a_book, _without_a_name, _sessions, _one_person, _on_mat],
)
def test_what_is_kept_is_what_would_be_reckoned_now(place, story):
    scopes = place.scopes()
    _compare(scopes, "before")
    for number, _done in enumerate(story(place)):
        _compare(scopes, f"step {number}")


def _compare(scopes: list[Scope], when: str) -> None:
    for scope in scopes:
        told = (when, str(scope.month), scope.site)
        assert figures_kept(scope) == counted(scope), told
        for rests_on, reckon in (
            (RestsOn.RECORDS, trend_of),
            (RestsOn.RECORDS, reached_in_a_year),
            (RestsOn.MAT, staying_at),
            (RestsOn.MAT_AND_PEOPLE, way_to_mat),
        ):
            assert kept(rests_on, scope, reckon) == reckon(scope), (*told, reckon.__name__)


def _is_kept(scope: Scope, do: Callable[[], Any], rests_on: RestsOn = RestsOn.RECORDS) -> bool:
    """Tell whether an answer is given again after something was done."""
    times: list[Scope] = []
    kept(rests_on, scope, times.append)
    do()
    kept(rests_on, scope, times.append)
    return len(times) == 1


def test_an_answer_is_kept_while_nothing_of_its_month_is_done(place):
    now, before = place.scopes()[0], place.scopes()[2]
    assert _is_kept(before, lambda: None)
    assert _is_kept(before, lambda: place.desk.records(0, place.desk.given(1)))
    assert not _is_kept(before, lambda: place.desk.records(0, on=place.old()))
    assert not _is_kept(now, lambda: place.desk.records(0, place.desk.given(1)))
    assert _is_kept(now, lambda: place.desk.records(0, place.desk.given(1)), RestsOn.MAT)
    assert _is_kept(before, lambda: note(place.desk.by, "person.opened", about=place.desk.people[0]))
    assert not _is_kept(before, lambda: note(place.desk.by, "something.new", about=place.desk.people[0]))


def test_an_answer_is_its_own_site_s_and_day_s(place):
    scope = place.scopes()[2]
    other = replace(scope, sites=place.scopes()[3].sites, site=None)
    times: list[Scope] = []
    for one in (scope, other, replace(scope, month=month_before(scope.month))):
        kept(RestsOn.RECORDS, one, times.append)
    assert len(times) == 3


def test_what_was_reckoned_of_something_that_was_taken_back_is_not_kept(place):
    scope = place.scopes()[2]
    before = figures_kept(scope)

    def read_and_fail() -> None:
        with transaction.atomic():
            place.desk.records(0, place.desk.given(7), on=place.old())
            assert figures_kept(scope) != before
            raise RuntimeError

    with pytest.raises(RuntimeError):
        read_and_fail()
    assert figures_kept(scope) == before
    place.desk.records(0)
    assert figures_kept(scope) == counted(scope) == before


def test_nothing_is_kept_once_the_home_is_locked(place):
    scope = place.scopes()[2]
    assert not _is_kept(scope, forget_all)


def test_every_event_that_is_named_is_one():
    events = set(Event.values)
    assert events >= NEVER_COUNTED | DATED.keys()
    assert all(one.leave_it <= events for one in RestsOn)
    assert not NEVER_COUNTED & DATED.keys()
