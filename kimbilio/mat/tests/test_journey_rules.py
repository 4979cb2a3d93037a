"""Where a person stands, from dated claims in whatever order they came."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.mat.choices import Standing, StepKind
from kimbilio.mat.rules import Episode, claims_in_order, state_at
from kimbilio.mat.rules.journey import LEAVINGS, ON_THE_WAY, PAUSES, STAGES, STARTS
from kimbilio.mat.tests import oracle
from kimbilio.mat.tests.drawing import claims, days

K, S = StepKind, Standing
DAY = date(2025, 6, 1)
LATER = date(2025, 12, 31)


@dataclass(frozen=True)
class Told:
    """A claim as a rule sees it."""

    kind: str
    occurred_on: date


def told(*kinds: StepKind) -> list[Told]:
    """Claims a month apart, in this order."""
    return [Told(kind, DAY + timedelta(days=30 * n)) for n, kind in enumerate(kinds)]


def steps(drawn) -> list[Told]:
    """Drawn claims as steps."""
    return [Told(kind, day) for day, kind in drawn]


@pytest.mark.parametrize(
    ("kinds", "standing"),
    [
        ([], S.NOTHING_KNOWN),
        ([K.IDENTIFIED, K.REFERRED], S.BEFORE),
        ([K.REFERRED, K.SCREENED_NOT_ELIGIBLE], S.CANNOT_START),
        ([K.SCREENED_NOT_ELIGIBLE, K.SCREENED_ELIGIBLE], S.BEFORE),
        ([K.PREPARING, K.INDUCTED], S.ON_MAT),
        ([K.ALREADY_ON_MAT], S.ON_MAT),
        ([K.INDUCTED, K.STABILISING, K.MAINTENANCE, K.TAPERING], S.ON_MAT),
        ([K.INDUCTED, K.IN_TRANSIT], S.PAUSED),
        ([K.INDUCTED, K.ADMITTED], S.PAUSED),
        ([K.INDUCTED, K.IMPRISONED], S.PAUSED),
        ([K.INDUCTED, K.IMPRISONED, K.RETURNED], S.ON_MAT),
        ([K.INDUCTED, K.OUT_OF_TOUCH], S.OUT_OF_TOUCH),
        ([K.INDUCTED, K.OUT_OF_TOUCH, K.RE_INDUCTED], S.ON_MAT),
        ([K.INDUCTED, K.COMPLETED], S.LEFT),
        ([K.INDUCTED, K.TRANSFERRED], S.LEFT),
        ([K.INDUCTED, K.STOPPED_BY_CHOICE], S.LEFT),
        ([K.INDUCTED, K.STOPPED_BY_CLINIC], S.LEFT),
        ([K.INDUCTED, K.COMPLETED, K.OUT_OF_TOUCH], S.LEFT),
        ([K.INDUCTED, K.COMPLETED, K.REFERRED], S.BEFORE),
        ([K.INDUCTED, K.REFERRED], S.ON_MAT),
        ([K.INDUCTED, K.DIED], S.DIED),
        ([K.DIED, K.RE_INDUCTED], S.DIED),
    ],
)
def test_where_a_person_stands(kinds, standing):
    assert state_at(told(*kinds), LATER).standing == standing


def test_a_claim_counts_from_its_own_day_whenever_it_was_recorded():
    journey = told(K.PREPARING, K.INDUCTED, K.COMPLETED)
    standings = [state_at(journey, DAY + timedelta(days=n)).standing for n in (-1, 0, 30, 59, 60)]
    assert standings == [S.NOTHING_KNOWN, S.BEFORE, S.ON_MAT, S.ON_MAT, S.LEFT]


def test_each_start_after_an_end_opens_another_stretch():
    state = state_at(told(K.INDUCTED, K.TRANSFERRED, K.RE_INDUCTED, K.OUT_OF_TOUCH, K.RE_INDUCTED), LATER)
    first, second, third = state.episodes
    assert first == Episode(DAY, K.INDUCTED, DAY + timedelta(days=30), K.TRANSFERRED)
    assert (second.ended_by, second.ended_on) == (K.RE_INDUCTED, DAY + timedelta(days=120))
    assert third == Episode(DAY + timedelta(days=120), K.RE_INDUCTED)
    assert (state.inducted_on, state.started_on) == (DAY, DAY + timedelta(days=120))


def test_a_second_start_without_an_end_is_the_same_stretch():
    state = state_at(told(K.ALREADY_ON_MAT, K.INDUCTED), LATER)
    assert [episode.started_on for episode in state.episodes] == [DAY]


def test_only_an_open_stretch_has_a_start():
    assert state_at(told(K.INDUCTED, K.COMPLETED), LATER).started_on is None
    assert state_at(told(K.REFERRED), LATER).inducted_on is None


def test_a_dose_since_they_were_away_brings_somebody_back():
    journey = told(K.INDUCTED, K.MAINTENANCE, K.IMPRISONED)
    went = DAY + timedelta(days=60)
    assert state_at(journey, LATER, last_dose=went).standing == S.PAUSED
    back = state_at(journey, LATER, last_dose=went + timedelta(days=1))
    assert (back.standing, back.kind, back.since) == (S.ON_MAT, K.MAINTENANCE, DAY + timedelta(days=30))


def test_a_dose_after_leaving_does_not_undo_it():
    assert state_at(told(K.INDUCTED, K.COMPLETED), LATER, last_dose=LATER).standing == S.LEFT


def test_those_who_wait_were_referred_found_eligible_or_prepare():
    assert [kind for kind in StepKind if state_at(told(kind), LATER).waiting] == [
        K.REFERRED,
        K.SCREENED_ELIGIBLE,
        K.PREPARING,
    ]
    assert not state_at(told(K.REFERRED, K.OUT_OF_TOUCH), LATER).waiting


def test_of_one_day_the_later_of_two_claims_is_known():
    same_day = [Told(K.RE_INDUCTED, DAY), Told(K.TRANSFERRED, DAY), Told(K.DIED, DAY)]
    assert state_at(same_day[:2], DAY).standing == S.ON_MAT
    assert state_at(same_day, DAY).standing == S.DIED


def test_every_kind_of_step_has_its_place_in_a_day():
    assert [kind for _day, kind in claims_in_order([Told(kind, DAY) for kind in StepKind], DAY)][-1] == K.DIED
    sorted_out = [ON_THE_WAY, STARTS, STAGES, PAUSES, LEAVINGS]
    others = {K.SCREENED_NOT_ELIGIBLE, K.OUT_OF_TOUCH, K.DIED}
    assert sorted([*(kind for group in sorted_out for kind in group), *others]) == sorted(StepKind)


@given(claims, st.randoms(), days)
def test_claims_in_any_order_and_twice_give_the_same_state(drawn, chance, on):
    again = drawn + drawn[: len(drawn) // 2]
    chance.shuffle(again)
    assert state_at(steps(again), on) == state_at(steps(drawn), on)


@given(claims, days, st.none() | days)
def test_the_standing_agrees_with_the_slow_way(drawn, on, last_dose):
    known = last_dose if last_dose and last_dose <= on else None
    assert state_at(steps(drawn), on, known).standing == oracle.standing_at(drawn, on, known)


@given(claims, days)
def test_on_mat_agrees_with_the_slow_way(drawn, on):
    known = [claim for claim in oracle.in_order(drawn) if claim[0] <= on]
    assert state_at(steps(drawn), on).on_mat == oracle.on_mat(known)


@given(claims, days)
def test_stretches_follow_each_other_and_only_the_last_may_be_open(drawn, on):
    episodes = state_at(steps(drawn), on).episodes
    assert all(episode.ended_on is not None for episode in episodes[:-1])
    for one, following in pairwise(episodes):
        assert one.started_on <= one.ended_on <= following.started_on


@given(claims, days)
def test_death_is_final_unless_it_is_taken_back(drawn, on):
    died = [*drawn, (on, K.DIED)]
    assert state_at(steps(died), LATER).standing == S.DIED
    assert (state_at(steps(drawn), LATER).standing == S.DIED) == any(kind == K.DIED for _day, kind in drawn)
