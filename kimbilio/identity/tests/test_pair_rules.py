"""Which of many people are likely one, found without comparing all with all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fictional import fictional_people
from kimbilio.identity.rules import Known, likely_duplicate, normalise_phone
from kimbilio.identity.rules import pairs as pairs_module
from kimbilio.identity.rules.pairs import PairIndex
from kimbilio.identity.tests.line_list import LINE_LIST, expected_pairs, known_by_code

# Few of each, so that much is shared: names that are alike, turned round, cut short, doubled and left out.
NAMES = ["Peter", "Pita", "Kamau", "Kamaũ", "Kamau Peter", "Wanjiku", "Omari", "M", ""]
MINE, HOME = "+254712000001", "+254712000002"
BORN = date(1986, 1, 2)
# Days off, over the end of a year too; day for month; another year; another century; one figure.
SLIPS = [
    *(BORN + timedelta(days) for days in (-2, -1, 2)),
    date(1986, 2, 1),
    date(1987, 1, 2),
    date(1979, 1, 2),
    date(1886, 1, 2),
    date(1986, 1, 22),
    date(1986, 11, 2),
    date(1956, 1, 2),
    date(1986, 1, 1),
    date(1987, 1, 1),
]
people_known = st.lists(
    st.builds(
        Known,
        first=st.sampled_from(NAMES),
        middle=st.sampled_from(["", "", "", "M", "Mburu", "Omar", "Kamau"]),
        last=st.sampled_from(NAMES),
        nicknames=st.sampled_from([(), (), ("Boss",), ("Bosi", "Peter")]),
        phones=st.sampled_from([(), (), (), (MINE,), (MINE, HOME)]).map(frozenset),
        birth_year=st.none() | st.integers(1985, 1987),
        birth_date=st.sampled_from([None, BORN, BORN, BORN, *SLIPS, date(1990, 5, 5)]),
        sex=st.sampled_from([None, None, "male", "female"]),
    ),
    max_size=12,
)


def indexed(known: list[Known]) -> PairIndex:
    index = PairIndex()
    for number, one in enumerate(known):
        index.add(UUID(int=number), one)
    return index


def found_in(index: PairIndex) -> dict[tuple[int, int], float]:
    return {(pair.one.int, pair.other.int): pair.likeness.score for pair in index.pairs()}


def all_with_all(known: dict[int, Known]) -> dict[tuple[int, int], float]:
    weighed = {
        (one, other): likely_duplicate(known[one], known[other])
        for one, other in combinations(sorted(known), 2)
    }
    return {pair: likeness.score for pair, likeness in weighed.items() if likeness.is_likely}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Known(first="Peter", phones=frozenset({MINE}), birth_date=BORN),) * 2,
        (
            Known(first="Peter", last="Kamau", birth_date=BORN),
            Known(first="Kamaũ", last="Peter", birth_date=BORN),
        ),
        (Known(first="Peter", middle="Omar", last="Kamau", birth_year=1986),) * 2,
        (Known(first="Peter", last="Kamau", nicknames=("Boss",), birth_year=1986),) * 2,
    ],
    ids=[
        "one name, phone and date",
        "names turned round and date",
        "three names and year",
        "nickname and year",
    ],
)
def test_each_way_in_which_two_are_likely_one_is_found(one: Known, other: Known) -> None:
    assert likely_duplicate(one, other).is_likely
    assert found_in(indexed([one, other])).keys() == {(0, 1)}


@settings(max_examples=400)
@given(people_known)
def test_no_likely_pair_is_missed_and_none_is_made_up(known: list[Known]) -> None:
    assert found_in(indexed(known)) == pytest.approx(all_with_all(dict(enumerate(known))))


@given(people_known, people_known, st.sets(st.integers(0, 11)))
def test_after_people_changed_and_went_the_pairs_are_those_of_who_is_there(
    known: list[Known], changed: list[Known], gone: set[int]
) -> None:
    index, there = indexed(known), dict(enumerate(known))
    for number, one in enumerate(changed):
        index.add(UUID(int=number), one)
        there[number] = one
    for number in gone:
        index.remove(UUID(int=number))
        there.pop(number, None)
    assert found_in(index) == pytest.approx(all_with_all(there))
    assert len(index) == len(there)


@given(people_known)
def test_nothing_of_those_who_went_is_kept(known: list[Known]) -> None:
    index = indexed(known)
    for number in range(len(known)):
        index.remove(UUID(int=number))
    held = [
        *vars(index._vocabulary).values(),
        index._people,
        *(holders._people for holders, _things in index._held(Known())),
    ]
    assert not any(held)


def fictional(count: int, *, born: Callable[[Random, int], date | None]) -> list[Known]:
    """As many people as a programme may know, with names as common as they are."""
    chance = Random(7)
    return [
        Known(
            first=one.first,
            middle=one.middle,
            last=one.last,
            nicknames=(one.nickname,) if one.nickname else (),
            phones=frozenset(filter(None, [normalise_phone(one.phone)])),
            birth_year=2026 - one.age,
            birth_date=born(chance, 2026 - one.age),
            sex="female" if one.female else "male",
        )
        for one in fictional_people(count, seed=11)
    ]


@pytest.mark.parametrize(
    "born",
    [
        lambda chance, year: date(year, 1, 1) + timedelta(chance.randrange(365)),
        lambda chance, year: date(year, 1, 1),
        lambda chance, year: None,
    ],
    ids=["dates are known", "all were born on the first of January", "only years are known"],
)
def test_few_of_all_pairs_are_weighed(
    monkeypatch: pytest.MonkeyPatch, born: Callable[[Random, int], date | None]
) -> None:
    weighed = 0

    def counting(one: Known, other: Known) -> object:
        nonlocal weighed
        weighed += 1
        return likely_duplicate(one, other)

    monkeypatch.setattr(pairs_module, "likely_duplicate", counting)
    known = fictional(4000, born=born)
    indexed(known)
    assert weighed < len(known)


def test_somebody_entered_again_is_found_among_thousands() -> None:
    known = fictional(2000, born=lambda chance, year: date(year, 1, 2) + timedelta(chance.randrange(364)))
    again = [replace(one, middle="", phones=frozenset()) for one in known[::50]]
    found = found_in(indexed([*known, *again]))
    missed = [place for place in range(len(again)) if (place * 50, len(known) + place) not in found]
    assert missed == []


# The line list of the registers, where they lie beside this folder.


@pytest.fixture(scope="module")
def line_list() -> dict[str, Known]:
    """Everybody in the line list, by the code that stands there."""
    if not LINE_LIST.exists():
        pytest.skip("the registers are not here")
    return known_by_code()


def test_of_the_people_whom_a_line_list_holds_twice_hardly_one_is_missed_and_few_others_are_offered(
    line_list: dict[str, Known],
) -> None:
    codes = sorted(line_list)
    found = found_in(indexed([line_list[code] for code in codes]))
    offered = {(codes[one], codes[other]) for one, other in found}
    planted = expected_pairs()
    assert len(codes) == 3350
    assert len(offered & planted) >= 35, sorted(planted - offered)
    assert len(offered - planted) <= 5 * len(codes) / 1000
