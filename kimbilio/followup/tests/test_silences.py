"""Which silences of a clinic raise a question."""

from datetime import date, timedelta

from kimbilio.followup.rules import silences_in

ON = date(2025, 6, 30)


def day(offset: int) -> date:
    return ON + timedelta(days=offset)


def test_a_silence_asks_while_it_lasts_and_after_it_ended():
    listed = [day(-20), day(-19), day(-15), day(-14), day(-13)]
    assert silences_in(listed, day(-30), day(0), 2) == [(day(-19), 3), (day(-13), 13)]
    assert silences_in(listed, day(-30), day(-13), 4) == []


def test_a_day_is_no_silence_of_two_and_a_list_of_today_ends_it():
    assert silences_in([day(-1)], day(-30), day(0), 2) == []
    assert silences_in([day(-3), day(-1), day(0)], day(-30), day(0), 2) == []


def test_a_silence_long_ago_is_asked_about_no_more_and_a_clinic_without_any_list_is():
    assert silences_in([day(-60), day(-40), *(day(-n) for n in range(39, -1, -1))], day(-31), day(0), 2) == []
    assert silences_in([], day(-31), day(0), 2) == [(None, 0)]
