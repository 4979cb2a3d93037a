"""Claims and lists in any order, twice, late and corrected: the same state and the same list as the slow way gives.

Hypothesis draws a history; it is told to the real actions on the database and, beside it, to the oracle, which keeps
everything as it came and reckons day by day. Then both are asked as at random dates.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.mat.choices import DayMark
from kimbilio.mat.models import StandingMonth
from kimbilio.mat.queries import (
    active_on,
    days_of,
    days_without_a_list,
    journey_of,
    returned_between,
    runs_as_at,
)
from kimbilio.mat.rules import returns_between
from kimbilio.mat.standing import month_from_lists
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.drawing import FIRST, SPAN, claims, day_marks, days
from kimbilio.mat.tests.history import a_history, histories
from kimbilio.mat.tests.slow_lists import slow_active, slow_runs
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(programme: Programme) -> Actor:
    return actor_with(Role.PROGRAMME_MANAGER, programme.site)


shared = settings(
    max_examples=60,
)


@shared
@given(histories, days, days)
def test_days_and_states_are_what_the_slow_way_gives(programme, liaison, drawn, on, other) -> None:
    with a_history(programme, liaison, drawn) as history:
        last_day = FIRST + timedelta(days=SPAN)
        for person, cards in history.persons().items():
            for card in cards:
                marks = history.papers.marks_of(cards, last_day)
                shown = days_of(history.people[card], FIRST, last_day)
                assert {day.on: day.mark for day in shown if day.mark != DayMark.UNKNOWN} == {
                    day: mark for day, mark in marks.items() if mark != DayMark.UNKNOWN
                }
            for day in (on, other):
                known = history.papers.marks_of(cards, day)
                seen = max((d for d, mark in known.items() if mark in oracle.FROM_CLINIC), default=None)
                journey = journey_of(history.people[person], day)
                claimed = history.claims_of(cards, day)
                assert journey.state.standing == oracle.standing_at(claimed, day, seen)
                run = oracle.run(oracle.explained(known, claimed, day), day)
                assert (journey.run.days, journey.run.last_dose, journey.run.unknown_days) == run


@shared
@given(histories)
def test_the_months_that_are_kept_are_those_that_all_lists_give(programme, liaison, drawn) -> None:
    with a_history(programme, liaison, drawn) as history:
        rows = StandingMonth.objects.values_list("clinic", "month", "client", "signs")
        kept = {(clinic, month, client): signs for clinic, month, client, signs in rows}
        anew = {
            (clinic.pk, month, client): signs
            for clinic in history.clinics
            for month in (date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1))
            for client, signs in month_from_lists(clinic, month).items()
            if signs.strip()
        }
        assert kept == anew


@shared
@given(histories)
def test_days_without_a_list_are_those_of_which_no_list_tells(programme, liaison, drawn) -> None:
    with a_history(programme, liaison, drawn) as history:
        last_day = FIRST + timedelta(days=SPAN)
        for number, clinic in enumerate(history.clinics):
            listed = history.papers.listed(number, last_day)
            without = days_without_a_list(clinic, FIRST, last_day)
            assert set(without) == {FIRST + timedelta(days=n) for n in range(SPAN + 1)} - listed


@shared
@given(histories, days)
def test_the_list_of_people_to_look_for_is_the_slow_one(programme, liaison, drawn, on) -> None:
    with a_history(programme, liaison, drawn) as history:
        runs = runs_as_at(history.by, history.site, on)
        quick = {
            run.client_id: (run.days, run.last_dose, run.unknown_days, run.out_of_touch, run.standing)
            for run in runs
        }
        assert quick == slow_runs(history, on)
        assert [run.days for run in runs] == sorted((run.days for run in runs), reverse=True)


@shared
@given(histories, days)
def test_who_is_active_is_who_the_slow_way_says(programme, liaison, drawn, on) -> None:
    with a_history(programme, liaison, drawn) as history:
        assert active_on(history.by, history.site, on) == slow_active(history, on)


@shared
@given(histories, days, days)
def test_who_came_back_is_who_the_slow_way_says(programme, liaison, drawn, one, other) -> None:
    first, last = sorted((one, other))
    with a_history(programme, liaison, drawn) as history:
        slow = set()
        for person, cards in history.persons().items():
            marks = oracle.explained(
                history.papers.marks_of(cards, last), history.claims_of(cards, last), last
            )
            for back in returns_between(marks, first, last):
                slow.add((history.people[person].pk, back.on, back.days))
        found = returned_between(history.by, history.site, first, last)
        assert {(back.client_id, back.on, back.days) for back in found} == slow
        assert len(found) == len(slow)


@shared
@given(
    claims,
    st.lists(st.tuples(days, day_marks), unique_by=lambda pair: pair[0], max_size=8),
    st.randoms(),
    days,
)
def test_in_any_order_claims_and_lists_of_different_days_give_the_same(
    programme, liaison, claimed, dosed, chance, on
) -> None:
    drawn = [("step", 0, day, kind) for day, kind in claimed] + [
        ("list", 0, day, {0: mark}) for day, mark in dosed
    ]
    shuffled = drawn + drawn[::2]
    chance.shuffle(shuffled)
    answers = []
    for history_drawn in (drawn, shuffled):
        with a_history(programme, liaison, history_drawn) as history:
            journey = journey_of(history.people[0], on)
            runs = runs_as_at(history.by, history.site, on)
            answers.append(
                (
                    journey.state,
                    journey.run,
                    journey.flags,
                    [(r.days, r.last_dose, r.out_of_touch) for r in runs],
                )
            )
    assert answers[0] == answers[1]
