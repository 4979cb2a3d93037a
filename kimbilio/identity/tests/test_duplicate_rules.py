"""Whether two records may be of one person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.identity.rules import LIKELY, Known, likely_duplicate

BORN = date(1986, 7, 6)
MINE, HOME = "+254712000001", "+254712000002"
KNOWN = Known(
    first="Peter", middle="Maina", last="Ndung'u", phones=frozenset({MINE}), birth_date=BORN, sex="male"
)  # fmt: skip

knowns = st.builds(
    Known,
    first=st.sampled_from(["", "Peter", "Pita", "Kamau", "Wanjiku", "P"]),
    middle=st.sampled_from(["", "Maina", "M", "Njoroge"]),
    last=st.sampled_from(["", "Ndung'u", "Ndungu", "Kamaũ", "Peter"]),
    nicknames=st.sampled_from([(), ("Boss",), ("Bosi", "Kadogo")]),
    phones=st.sets(st.sampled_from([MINE, HOME])).map(frozenset),
    birth_year=st.none() | st.integers(1980, 1990),
    birth_date=st.none() | st.dates(date(1985, 12, 30), date(1986, 1, 3)),
    sex=st.sampled_from([None, "male", "female"]),
)


def without(**changes: object) -> Known:
    return replace(KNOWN, **changes)


@pytest.mark.parametrize(
    "again",
    [
        KNOWN,
        without(last="Ndungu", middle=""),
        without(first="Ndung'u", last="Peter", middle=""),
        without(phones=frozenset()),
        without(phones=frozenset({HOME}), last="Ndungo"),
        without(birth_date=date(1987, 7, 6), last="Ndungo"),
        without(birth_date=date(1986, 7, 5), middle=""),
        without(birth_date=date(1986, 6, 7)),
        without(birth_date=None),
        without(birth_date=None, birth_year=1986, phones=frozenset()),
        without(middle="M", phones=frozenset({HOME})),
        without(middle="", phones=frozenset(), birth_date=date(1987, 7, 6)),
        without(middle="", phones=frozenset(), birth_date=date(1986, 6, 7)),
        without(birth_date=date(1986, 7, 26), phones=frozenset()),  # one figure
        without(birth_date=date(1886, 7, 6), phones=frozenset()),  # a sheet took '86 for another century
        without(
            first="Ndungo", last="Peter", middle="", phones=frozenset()
        ),  # turned round, and spelled anew
        without(last="Maina", middle="", phones=frozenset()),  # two names of the three
        without(last="Otieno", middle=""),  # goes by another family name: phone and birthday are theirs
        without(sex=None, phones=frozenset({HOME, MINE})),
        without(sex="female"),  # all else agrees: the slip is in the sex
    ],
)
def test_one_person_written_down_twice_is_offered(again):
    assert likely_duplicate(KNOWN, again).is_likely


@pytest.mark.parametrize(
    "other",
    [
        without(first="Mary", sex="female"),
        without(first="Joseph"),  # twins, one phone
        without(phones=frozenset({HOME}), birth_date=date(1999, 1, 1)),
        without(phones=frozenset({HOME}), middle="Kariuki"),
        without(birth_date=date(2008, 1, 1)),  # named after his father, one phone
        without(birth_date=date(1983, 7, 6), phones=frozenset(), middle=""),
        without(last="Otieno", middle="", phones=frozenset()),
        without(last="Otieno", middle="", birth_date=date(1983, 2, 1)),
        without(birth_date=None, phones=frozenset(), middle=""),
        Known(first="Kamau", middle="Peter", last="Ndung'u", phones=frozenset({MINE})),  # his child
        Known(phones=frozenset({MINE}), birth_date=BORN),
        Known(first="Peter", phones=frozenset({MINE})),
        without(sex="female", birth_date=None),
    ],
)
def test_another_person_is_not_offered(other):
    assert not likely_duplicate(KNOWN, other).is_likely


@pytest.mark.parametrize(
    ("again", "reasons"),
    [
        (KNOWN, {"name_exact", "middle_name_alike", "same_phone", "same_birth_date"}),
        (
            Known(first="Ndungo", last="Peter", birth_year=1986),
            {"name_alike", "names_turned_round", "same_birth_year"},
        ),
        (
            without(birth_date=date(1986, 6, 7), middle="Kariuki", phones=frozenset()),
            {"name_exact", "middle_names_differ", "birth_date_close"},
        ),
        (
            without(birth_date=date(1970, 1, 1), sex="female", middle="M"),
            {"name_exact", "initial_fits", "same_phone", "birth_years_far_apart", "sex_differs"},
        ),
        (
            without(birth_date=date(1986, 1, 17), phones=frozenset(), middle=""),
            {"name_exact", "birth_dates_differ"},
        ),
        (
            without(birth_date=date(1986, 1, 1), phones=frozenset(), middle=""),
            {"name_exact", "same_birth_year"},
        ),
        (Known(first="Maina", last="Ndungu"), {"part_of_the_names"}),
        (without(last="Otieno", middle=""), {"first_name_alike", "same_phone", "same_birth_date"}),
        (Known(first="Mary", last="Wanjiku", phones=frozenset({MINE})), set()),
    ],
)
def test_each_offer_says_why_and_what_speaks_against(again, reasons):
    assert set(likely_duplicate(KNOWN, again).reasons) == reasons


def test_first_of_january_says_no_more_than_its_year():
    one, other = (
        without(birth_date=date(year, 1, 1), phones=frozenset(), middle="") for year in (1986, 1986)
    )
    assert not likely_duplicate(one, other).is_likely
    assert likely_duplicate(one, replace(other, phones=KNOWN.phones)).score < LIKELY
    with_middle = replace(one, middle="Maina")
    assert likely_duplicate(with_middle, with_middle).is_likely
    assert not likely_duplicate(with_middle, replace(with_middle, birth_date=date(1987, 1, 1))).is_likely


def test_a_nickname_in_common_speaks_for_it():
    one, other = without(nicknames=("Kadogo",)), without(nicknames=("Boss", "Kadogoo"), phones=frozenset())
    assert "nickname_alike" in likely_duplicate(one, other).reasons


def test_an_initial_is_compared_as_it_is_written():
    one, other = without(middle="Mburu", phones=frozenset()), without(middle="M", phones=frozenset({HOME}))
    assert "initial_fits" in likely_duplicate(one, other).reasons


@given(knowns, knowns)
def test_the_answer_is_the_same_either_way_round(one, other):
    there, back = likely_duplicate(one, other), likely_duplicate(other, one)
    assert there.score == pytest.approx(back.score)
    assert set(there.reasons) == set(back.reasons)
    assert 0 <= there.score <= 1


@given(knowns, knowns)
def test_neither_a_phone_alone_nor_names_alone_are_enough(one, other):
    bare = {"birth_year": None, "birth_date": None, "nicknames": ()}
    phone_only = likely_duplicate(Known(phones=one.phones), Known(phones=other.phones))
    names_only = likely_duplicate(
        replace(one, phones=frozenset(), **bare), replace(other, phones=frozenset(), **bare)
    )
    assert phone_only.score == 0
    assert names_only.score < LIKELY


@given(knowns, knowns)
def test_a_phone_in_common_never_speaks_against(one, other):
    apart = likely_duplicate(replace(one, phones=frozenset({MINE})), replace(other, phones=frozenset({HOME})))
    shared = likely_duplicate(
        replace(one, phones=frozenset({MINE})), replace(other, phones=frozenset({MINE}))
    )
    assert shared.score >= apart.score


@given(st.integers(-2, 2))
def test_a_date_that_slipped_by_a_day_or_two_is_close(days):
    again = without(birth_date=BORN + timedelta(days=days))
    assert {"same_birth_date", "birth_date_close"} & set(likely_duplicate(KNOWN, again).reasons)
