"""Claims and days together: who is active, whom to look for, which absences are explained."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.mat.choices import DayMark, Standing, StepKind
from kimbilio.mat.rules import (
    FROM_THE_CLINIC,
    explained,
    is_active_on,
    is_looked_for,
    is_out_of_touch,
    last_day_with,
    run_of_absences,
    state_at,
)
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.drawing import claims, days, marks
from kimbilio.mat.tests.test_journey_rules import DAY, LATER, Told, steps, told

K, S, M = StepKind, Standing, DayMark
END = date(2025, 6, 30)
STARTED = [Told(K.INDUCTED, date(2024, 1, 1))]


def active(journey, last_dose, *, first_list=date(2025, 1, 1), after=30, on=END) -> bool:
    """Whether somebody counts as active at the end of June."""
    return is_active_on(journey, on, last_dose=last_dose, out_of_touch_after=after, first_list=first_list)


def test_active_is_started_not_left_and_dosed_within_the_clinics_days():
    assert active(STARTED, END)
    assert active(STARTED, date(2025, 6, 1))
    assert not active(STARTED, date(2025, 5, 31))
    assert active(STARTED, date(2025, 5, 31), after=31)
    assert not active(STARTED, None)
    assert not active([], END)
    assert not active([Told(K.INDUCTED, END + timedelta(days=1))], END)
    assert not active([*STARTED, Told(K.COMPLETED, END)], END)
    assert not active([*STARTED, Told(K.DIED, END)], END)


def test_out_of_touch_by_a_claim_but_dosed_since_is_active():
    assert active([*STARTED, Told(K.OUT_OF_TOUCH, date(2025, 6, 1))], date(2025, 6, 20))


@pytest.mark.parametrize("first_list", [None, END + timedelta(days=1)])
def test_before_the_first_list_of_the_clinic_the_claims_decide(first_list):
    assert active(STARTED, None, first_list=first_list)
    assert active([*STARTED, Told(K.ADMITTED, END)], None, first_list=first_list)
    assert not active([*STARTED, Told(K.OUT_OF_TOUCH, END)], None, first_list=first_list)
    assert not active([*STARTED, Told(K.TRANSFERRED, END)], None, first_list=first_list)


def looked_for(journey, last_dose=None, *, on=END, is_listed=True) -> bool:
    """Whether the absences of somebody on the clinic's list are our concern."""
    return is_looked_for(state_at(journey, on), on, is_listed=is_listed, last_dose=last_dose)


def test_whoever_is_on_mat_or_on_the_clinics_list_is_looked_for_and_nobody_who_died():
    assert looked_for(STARTED, is_listed=False)
    assert looked_for([])
    assert not looked_for([], is_listed=False)
    assert not looked_for([*STARTED, Told(K.DIED, END)], END)


def test_whoever_left_is_looked_for_only_when_dosed_since_and_not_long_ago():
    left = [*STARTED, Told(K.TRANSFERRED, date(2025, 6, 10))]
    assert not looked_for(left, date(2025, 6, 10))
    assert looked_for(left, date(2025, 6, 11))
    assert not looked_for(left, date(2025, 6, 11), on=date(2025, 7, 9))
    assert not looked_for([*left, Told(K.REFERRED, date(2025, 6, 20))], date(2025, 6, 10))


def test_out_of_touch_is_a_claim_or_so_many_lists_without_a_sign():
    assert not is_out_of_touch(state_at(STARTED, END), 29, 30)
    assert is_out_of_touch(state_at(STARTED, END), 30, 30)
    assert is_out_of_touch(state_at([*STARTED, Told(K.OUT_OF_TOUCH, END)], END), 0, 30)
    assert not is_out_of_touch(state_at([*STARTED, Told(K.IMPRISONED, END)], END), 300, 30)


def test_absences_in_prison_hospital_or_transit_are_explained_until_the_next_claim():
    missed = {DAY + timedelta(days=n): M.MISSED for n in range(20)}
    for pause in (K.IMPRISONED, K.ADMITTED, K.IN_TRANSIT):
        journey = [*STARTED, Told(pause, DAY + timedelta(days=5)), Told(K.RETURNED, DAY + timedelta(days=15))]
        seen = explained(missed, journey, END)
        assert [day for day, mark in seen.items() if mark == M.MISSED] == [
            DAY + timedelta(days=n) for n in (*range(5), *range(15, 20))
        ]


def test_a_run_goes_on_across_prison_and_ends_at_an_admission():
    missed = {DAY + timedelta(days=n): M.MISSED for n in range(10)}
    runs = {
        pause: run_of_absences(
            explained(missed, [*STARTED, Told(pause, DAY + timedelta(days=5))], END), END
        ).days
        for pause in (K.IMPRISONED, K.ADMITTED, K.IN_TRANSIT)
    }
    assert runs == {K.IMPRISONED: 5, K.ADMITTED: 0, K.IN_TRANSIT: 0}


def test_after_a_dose_absences_are_missed_again():
    days_known = {DAY + timedelta(days=3): M.DOSED, DAY + timedelta(days=4): M.MISSED}
    assert (
        explained(days_known, [*STARTED, Told(K.IMPRISONED, DAY)], END)[DAY + timedelta(days=4)] == M.MISSED
    )


def test_a_dose_on_the_day_of_the_claim_stands():
    assert explained({DAY: M.DOSED}, [*STARTED, Told(K.IMPRISONED, DAY)], END)[DAY] == M.DOSED


def test_a_claim_of_a_later_day_explains_nothing_yet():
    missed = {DAY: M.MISSED}
    assert explained(missed, told(K.INDUCTED, K.IMPRISONED), DAY) == missed


@settings(max_examples=300)
@given(marks, claims, days)
def test_what_is_explained_agrees_with_the_slow_way(drawn, claimed, on):
    known = {day: mark for day, mark in drawn.items() if day <= on}
    assert explained(known, steps(claimed), on) == oracle.explained(known, claimed, on)


@given(marks, claims, st.randoms())
def test_what_is_explained_does_not_depend_on_the_order_of_claims(drawn, claimed, chance):
    shuffled = list(claimed)
    chance.shuffle(shuffled)
    assert explained(drawn, steps(shuffled), LATER) == explained(drawn, steps(claimed), LATER)


@given(marks, claims, days)
def test_whoever_is_active_is_on_mat_and_was_dosed(drawn, claimed, on):
    last_dose = last_day_with(drawn, FROM_THE_CLINIC, on)
    if active(steps(claimed), last_dose, on=on):
        assert state_at(steps(claimed), on).on_mat
        assert last_dose is not None
