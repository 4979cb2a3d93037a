"""What stands out of a week: a snoop among ordinary work is found, and ordinary work is not, however busy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.caseload.choices import Rule
from kimbilio.caseload.rules import Limits, Look, Outside, Week, Work, standing_out
from kimbilio.caseload.rules.looking import sittings

MONDAY = date(2026, 6, 1)
LIMITS = Limits(**settings.WATCH)
DESK, SNOOP = UUID(int=1), UUID(int=2)


def person(number: int) -> UUID:
    return UUID(int=1000 + number)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day, hours=hour, minutes=minute)


def look(
    staff: UUID, who: int, day: int = 0, hour: int = 10, *, names: bool = False, minute: int = 0
) -> Look:
    return Look(staff, person(who), at(day, hour, minute), names)


def rules_of(week: Week, *earlier: Week, staff: UUID | None = SNOOP) -> set[Rule]:
    return {line.rule for line in standing_out(week, earlier, LIMITS) if line.staff == staff}


def a_day_at_the_desk(day: int, people: int, offset: int = 0) -> Iterator[tuple[Look, Work]]:
    """Each person's page, sometimes their names, and what was recorded of them."""
    for number in range(people):
        opened = look(DESK, offset + number, day, 8 + number % 9, names=number % 3 == 0, minute=number % 60)
        yield opened, Work(DESK, opened.person, opened.at.date())


def worked(days: list[int], *, only_asked: int = 0) -> Week:
    """A week in which so many came on each day; of each day a few only asked something, and nothing was recorded."""
    pairs = [
        pair for day, people in enumerate(days) for pair in a_day_at_the_desk(day, people, offset=day * 500)
    ]
    asked = [look(DESK, 9000 + day * 50 + one, day) for day in range(len(days)) for one in range(only_asked)]
    return Week(MONDAY, (*(pair[0] for pair in pairs), *asked), (), tuple(pair[1] for pair in pairs))


desk_weeks = st.builds(
    worked,
    st.lists(st.integers(0, 60), min_size=1, max_size=6),
    only_asked=st.integers(0, 3),
)


@given(desk_weeks, st.lists(desk_weeks, max_size=4))
def test_an_ordinary_desk_officer_never_stands_out_however_busy(week, earlier):
    assert rules_of(week, *earlier, staff=DESK) == set()


@given(desk_weeks, st.lists(desk_weeks, max_size=4), st.integers(20, 200), st.integers(0, 6))
def test_a_snoop_among_a_desks_work_is_found_within_the_week(week, earlier, extra, day):
    of_the_snoop = tuple(look(SNOOP, 20000 + one, day % 7, 9 + one % 8) for one in range(extra))
    seen = replace(week, looks=(*week.looks, *of_the_snoop))
    assert Rule.MORE_THAN_USUAL in rules_of(seen, *earlier)


@given(desk_weeks, st.integers(60, 200))
def test_a_desk_officer_who_begins_to_snoop_is_found_by_their_own_usual(usual, extra):
    snooping = tuple(look(DESK, 20000 + one, one % 6) for one in range(extra))
    seen = replace(usual, looks=(*usual.looks, *snooping))
    assert Rule.MORE_THAN_USUAL in rules_of(seen, usual, usual, staff=DESK)


def test_a_snoop_of_every_week_is_found_though_it_is_their_usual():
    week = Week(MONDAY, tuple(look(SNOOP, one) for one in range(30)))
    assert Rule.MORE_THAN_USUAL in rules_of(week, week, week, week, week)


@pytest.mark.parametrize(("count", "found"), [(4, False), (5, True)])
def test_many_people_outside_ones_own_work(count, found):
    week = Week(MONDAY, outside=tuple(Outside(SNOOP, person(one), "another") for one in range(count)))
    assert (Rule.MANY_OUTSIDE in rules_of(week)) == found


def test_the_same_person_outside_every_day_is_one_person():
    week = Week(MONDAY, outside=(Outside(SNOOP, person(1), "care"),) * 7)
    assert rules_of(week) == set()


def test_it_takes_more_for_those_who_oversee():
    week = Week(MONDAY, outside=tuple(Outside(SNOOP, person(one), "checking") for one in range(19)))
    assert standing_out(week, [], LIMITS, frozenset({SNOOP})) == []
    more = replace(week, outside=(*week.outside, Outside(SNOOP, person(99), "checking")))
    assert [line.rule for line in standing_out(more, [], LIMITS, frozenset({SNOOP}))] == [Rule.MANY_OUTSIDE]


def test_the_same_person_again_and_again():
    week = Week(MONDAY, tuple(look(SNOOP, 1, day) for day in range(4)))
    assert rules_of(week) == {Rule.AGAIN_AND_AGAIN}
    assert rules_of(replace(week, looks=week.looks[:3])) == set()


def test_the_same_person_again_and_again_in_the_course_of_work():
    looks = tuple(look(SNOOP, 1, day) for day in range(6))
    assert rules_of(Week(MONDAY, looks, works=(Work(SNOOP, person(1), at(5).date()),))) == set()


@pytest.mark.parametrize(("written_on", "rules"), [(0, {Rule.AGAIN_AND_AGAIN}), (-1, set())])
def test_a_word_alone_that_somebody_came_explains_only_what_is_opened_on_later_days(written_on, rules):
    looks = tuple(look(SNOOP, 1, 0, hour) for hour in (9, 11, 13, 15))
    said = Work(SNOOP, person(1), at(written_on).date(), word_alone=True)
    assert rules_of(Week(MONDAY, looks, works=(said,))) == rules


def test_work_that_somebody_else_recorded_explains_nothing():
    looks = tuple(look(SNOOP, 1, day) for day in range(6))
    assert rules_of(Week(MONDAY, looks, works=(Work(DESK, person(1), at(5).date()),))) == {
        Rule.AGAIN_AND_AGAIN
    }


def test_a_page_that_is_loaded_ten_times_in_a_minute_is_one_sitting():
    assert sittings([at(0, 10, minute) for minute in range(10)], apart=timedelta(minutes=10)) == 1
    assert sittings([at(0, 10), at(0, 10, 30), at(0, 11)], apart=timedelta(minutes=10)) == 3
    assert sittings([], apart=timedelta(minutes=10)) == 0


@pytest.mark.parametrize(("count", "found"), [(9, False), (10, True)])
def test_names_without_work_that_day(count, found):
    looks = tuple(look(SNOOP, one, names=True) for one in range(count))
    works = tuple(Work(SNOOP, person(one), at(3).date()) for one in range(count))
    assert (Rule.NAMES_WITHOUT_WORK in rules_of(Week(MONDAY, looks, works=works))) == found


@pytest.mark.parametrize(("hour", "found"), [(5, True), (6, False), (19, False), (20, True), (23, True)])
def test_openings_while_the_site_was_closed(hour, found):
    week = Week(MONDAY, (look(SNOOP, 1, 0, hour), look(SNOOP, 2, 1, hour)))
    assert (Rule.AT_NIGHT in rules_of(week)) == found


def test_a_night_whose_work_is_written_down_the_next_morning_does_not_stand_out():
    looks = (look(SNOOP, 1, 0, 23), look(SNOOP, 2, 0, 23))
    works = tuple(Work(SNOOP, one.person, at(1).date()) for one in looks)
    assert rules_of(Week(MONDAY, looks, works=works)) == set()


def test_one_person_whom_many_open():
    staff = [UUID(int=10 + one) for one in range(4)]
    week = Week(MONDAY, tuple(look(one, 1) for one in staff))
    (line,) = standing_out(week, [], LIMITS)
    assert (line.rule, line.staff, line.about, line.count) == (Rule.BY_MANY, None, person(1), 4)
    with_work = replace(week, works=(Work(staff[0], person(1), at(0).date()),))
    assert standing_out(with_work, [], LIMITS) == []


@given(desk_weeks)
def test_every_line_leads_to_entries_that_are_there(week):
    snooping = tuple(look(SNOOP, 100 + one, one % 7, 22, names=True) for one in range(40))
    seen = replace(week, looks=(*week.looks, *snooping))
    for line in standing_out(seen, [], LIMITS):
        opened = {one.person for one in seen.looks if line.staff in (None, one.staff)}
        assert line.people
        assert line.people <= opened
        assert line.count <= line.of or line.rule == Rule.AGAIN_AND_AGAIN
