"""Where somebody stands on the list, what may be recorded, who should look for whom."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.followup.choices import (
    Because,
    Fault,
    Group,
    HowEnded,
    HowTried,
    Outcome,
    Result,
    Wish,
)
from kimbilio.followup.rules import (
    EXPLAINS,
    NATIONAL,
    Absence,
    Learnt,
    Plan,
    Wishes,
    fault_of_attempt,
    fault_of_plan,
    fault_of_worker,
    group_of,
    suggested_worker,
    urgency,
)

ON = date(2025, 6, 30)
MISSING = Absence(days=4, last_dose=ON - timedelta(days=4), out_of_touch=False, paused=False)
ANN, BEN, CAT = sorted(uuid4() for _ in range(3))


@dataclass(frozen=True)
class Try:
    how: str = HowTried.PHONE
    result: str = Result.REACHED
    outcome: str = ""
    occurred_on: date = ON


def day(offset: int) -> date:
    return ON + timedelta(days=offset)


# Where somebody stands


def test_whoever_missed_days_is_missing():
    assert group_of(MISSING, None, None, ON) == Group.MISSING


def test_out_of_touch_stands_after_missed_days_however_long_the_run():
    lost = replace(MISSING, days=200, out_of_touch=True)
    assert group_of(lost, None, None, ON) == Group.OUT_OF_TOUCH
    assert urgency(Group.MISSING, MISSING) < urgency(Group.OUT_OF_TOUCH, lost)


def test_somebody_away_for_a_reason_on_record_is_not_looked_for():
    assert group_of(replace(MISSING, paused=True), None, Plan(day(1)), ON) == Group.ELSEWHERE


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_tells_where_they_are_answers(outcome):
    group = group_of(MISSING, Learnt(outcome, ON), None, ON)
    assert group == (Group.ANSWERED if outcome in EXPLAINS else Group.MISSING)


def test_what_was_learnt_before_the_last_dose_counts_no_more():
    learnt = Learnt(Outcome.IMPRISONED, MISSING.last_dose)
    assert group_of(MISSING, learnt, None, ON) == Group.MISSING


@pytest.mark.parametrize(
    ("plan", "group"),
    [
        (Plan(day(0)), Group.ON_THE_WAY),
        (Plan(day(1)), Group.ON_THE_WAY),
        (Plan(day(-1)), Group.MISSING),
        (Plan(day(-5)), Group.MISSING),
        (Plan(day(1), HowEnded.NOT_COME, day(0)), Group.MISSING),
        (Plan(day(0), HowEnded.ARRIVED, day(0)), Group.ON_THE_WAY),
        (Plan(day(-1), HowEnded.ARRIVED, day(-1)), Group.ON_THE_WAY),
        (Plan(day(-2), HowEnded.ARRIVED, day(-2)), Group.MISSING),
    ],
)
def test_a_way_back_counts_until_its_day_and_an_arrival_until_the_list_must_have_come(plan, group):
    assert group_of(MISSING, None, plan, ON) == group


def test_the_longest_run_comes_first_and_of_those_out_of_touch_the_one_seen_last():
    longer = replace(MISSING, days=9, last_dose=day(-9))
    assert urgency(Group.MISSING, longer) < urgency(Group.MISSING, MISSING)
    long_ago = Absence(0, day(-400), out_of_touch=True, paused=False)
    lately = Absence(0, day(-40), out_of_touch=True, paused=False)
    assert urgency(Group.OUT_OF_TOUCH, lately) < urgency(Group.OUT_OF_TOUCH, long_ago)


@given(
    days=st.integers(0, 400),
    dose=st.none() | st.integers(0, 400),
    out=st.booleans(),
    paused=st.booleans(),
    learnt=st.none() | st.tuples(st.sampled_from(list(Outcome)), st.integers(0, 400)),
    plan=st.none() | st.tuples(st.integers(-30, 14), st.none() | st.sampled_from(list(HowEnded))),
)
def test_everybody_stands_somewhere_and_the_groups_keep_their_order(days, dose, out, paused, learnt, plan):
    absence = Absence(days, None if dose is None else day(-dose), out, paused)
    known = Learnt(learnt[0], day(-learnt[1])) if learnt else None
    agreed = Plan(day(plan[0]), plan[1], day(plan[0]) if plan[1] else None) if plan else None
    group = group_of(absence, known, agreed, ON)
    assert urgency(group, absence)[0] == list(Group).index(group)
    if paused:
        assert group == Group.ELSEWHERE
    if group == Group.MISSING:
        assert days
        assert not out


# What may be recorded


def test_an_attempt_lies_in_the_past_and_asks_what_they_want():
    today = ON
    assert fault_of_attempt(Try(), Wishes(), today) is None
    assert fault_of_attempt(Try(occurred_on=day(1)), Wishes(), today) == Fault.FUTURE
    assert fault_of_attempt(Try(), Wishes(call=Wish.NO), today) == Fault.NO_CALLS
    assert fault_of_attempt(Try(how=HowTried.VISIT), Wishes(visit=Wish.NO), today) == Fault.NO_VISITS
    assert fault_of_attempt(Try(how=HowTried.VISIT), Wishes(call=Wish.NO), today) is None


def test_what_happened_before_they_said_no_is_recorded_all_the_same():
    said = Wishes(call=Wish.NO, no_calls_since=day(-1))
    assert fault_of_attempt(Try(occurred_on=day(-2)), said, ON) is None
    assert fault_of_attempt(Try(occurred_on=day(-1)), said, ON) == Fault.NO_CALLS


def test_nothing_is_learnt_where_nobody_was_reached():
    tried = Try(result=Result.NOT_REACHED, outcome=Outcome.IMPRISONED)
    assert fault_of_attempt(tried, Wishes(), ON) == Fault.NOBODY_TOLD
    assert fault_of_attempt(replace(tried, outcome=Outcome.NOT_TRACED), Wishes(), ON) is None
    told = Try(result=Result.OTHER_INFORMANT, outcome=Outcome.FOUND)
    assert fault_of_attempt(told, Wishes(), ON) == Fault.FOUND_NOT_MET


def test_who_looks_is_whom_they_want():
    assert fault_of_worker(ANN, Wishes()) is None
    assert fault_of_worker(ANN, Wishes(only_worker=ANN)) is None
    assert fault_of_worker(ANN, Wishes(only_worker=BEN)) == Fault.NOT_THIS_WORKER
    assert fault_of_worker(ANN, Wishes(call=Wish.NO, visit=Wish.NO)) == Fault.NOBODY_MAY_LOOK
    assert fault_of_worker(None, Wishes(call=Wish.NO, visit=Wish.NO)) is None


def test_a_way_back_is_agreed_for_the_next_two_weeks():
    assert fault_of_plan(ON, ON) is None
    assert fault_of_plan(day(14), ON) is None
    assert fault_of_plan(day(-1), ON) == Fault.PLAN_IN_THE_PAST
    assert fault_of_plan(day(15), ON) == Fault.PLAN_TOO_FAR


# Who should look


ANYBODY = Wishes()


def suggest(wishes: Wishes = ANYBODY, **more) -> tuple[UUID, Because] | None:
    known = {"reached_by": None, "at_hotspot": {}, "in_ward": {}, "people": {ANN: 3, BEN: 2, CAT: 1}} | more
    return suggested_worker([ANN, BEN, CAT], wishes=wishes, **known)


def test_the_wish_decides_then_trust_then_the_hotspot_then_the_ward_then_who_has_fewest():
    near = {"at_hotspot": {BEN: 1}, "in_ward": {CAT: 9}}
    assert suggest(Wishes(only_worker=ANN), reached_by=BEN, **near) == (ANN, Because.WISH)
    assert suggest(reached_by=ANN, **near) == (ANN, Because.TRUST)
    assert suggest(**near) == (BEN, Because.HOTSPOT)
    assert suggest(in_ward={ANN: 1}) == (ANN, Because.WARD)
    assert suggest() == (CAT, Because.FEWEST)


def test_nobody_is_suggested_whom_they_do_not_want_or_who_works_here_no_more():
    assert suggest(Wishes(call=Wish.NO, visit=Wish.NO), reached_by=ANN) is None
    assert suggest(Wishes(only_worker=uuid4())) is None
    assert suggest(reached_by=uuid4()) == (CAT, Because.FEWEST)
    assert (
        suggested_worker([], wishes=Wishes(), reached_by=None, at_hotspot={}, in_ward={}, people={}) is None
    )


def test_among_several_at_a_hotspot_the_one_with_most_there_and_then_with_fewest_at_all():
    assert suggest(at_hotspot={ANN: 1, BEN: 2}) == (BEN, Because.HOTSPOT)
    assert suggest(at_hotspot={ANN: 2, BEN: 2}) == (BEN, Because.HOTSPOT)


def test_every_outcome_has_its_code_in_the_national_register():
    assert set(NATIONAL) == set(Outcome)
    assert set(NATIONAL.values()) == set(range(1, 9))
