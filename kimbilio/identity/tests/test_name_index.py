"""Finding people by name in memory."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.identity.name_index import Match, NameIndex
from kimbilio.identity.rules import name_words, score_names

PETER, PITER, WANJIKU, NJERI, SAID, JOSEPH = (UUID(int=number) for number in range(1, 7))

VOCABULARY = [
    "Kamau", "Kamaũ", "Kimani", "Njoroge", "Njoroje", "Wanjiku", "Wanjiru", "Said", "Saidi", "Sidi", "Ali", "Aly",
    "Alice", "Hamisi", "Khamis", "Omar", "Umar", "K", "M", "Ng'ang'a", "Mohamed Ali",
]  # fmt: skip
some_names = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3)
peoples = st.dictionaries(st.integers(1, 9).map(lambda number: UUID(int=number)), some_names, max_size=8)


@pytest.fixture
def index() -> NameIndex:
    index = NameIndex()
    index.add(PETER, ["Peter Kamau", "Njoroge"], nicknames=["Kadogo Boss"])
    index.add(PITER, ["Pita", "Njoroje"])
    index.add(WANJIKU, ["Wanjikũ", "Muthoni", "Kamau"])
    index.add(NJERI, ["Njeri", "Wanjiru"])
    index.add(SAID, ["Saidi", "Hamisi", "Baya"])
    index.add(JOSEPH, ["Joseph", "M", "Omar"])
    return index


def found(index: NameIndex, text: str) -> list[UUID]:
    return [match.person_id for match in index.search(text)]


def why(index: NameIndex, text: str, person: UUID) -> tuple[str, ...]:
    (reasons,) = [match.reasons for match in index.search(text) if match.person_id == person]
    return reasons


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Peter Kamau Njoroge", [PETER]),
        ("njoroge", [PETER, PITER]),
        ("Ngoroge", [PITER, PETER]),
        ("kamaũ", [PETER, WANJIKU]),
        ("wanj", [NJERI, WANJIKU]),
        ("Wanjiku", [WANJIKU]),
        ("Seid Khamis", [SAID]),
        ("Baya Saidi", [SAID]),
        ("Kadogo", [PETER]),
        ("Joseph Mburu Umar", [JOSEPH]),
        ("Peter K.", [PETER]),
        ("Peter Kimani", []),
        ("Kamau Kamau", []),
        ("Zzz", []),
        ("k", []),
        ("M", []),
        ("k k", []),
        ("", []),
        ("'- ", []),
    ],
)
def test_people_are_found_by_what_was_typed(index, text, people):
    assert sorted(found(index, text)) == sorted(people)


def test_an_exact_name_comes_before_one_that_sounds_alike(index):
    assert found(index, "Njoroje") == [PITER, PETER]


def test_among_equals_the_shorter_name_comes_first(index):
    assert found(index, "Kamau")[0] == WANJIKU  # three words; the other has five with the nickname


def test_names_in_their_order_come_before_names_turned_round(index):
    turned = UUID(int=50)
    index.add(turned, ["Kamau", "Peter"])
    assert found(index, "Peter Kamau") == [PETER, turned]


@pytest.mark.parametrize(
    ("text", "person", "reasons"),
    [
        ("Peter Kamau", PETER, ("name_exact",)),
        ("Njoroge Peter", PETER, ("name_exact", "names_turned_round")),
        ("Ngoroge", PETER, ("name_alike",)),
        ("njor", PETER, ("name_begins",)),
        ("Peter K", PETER, ("name_exact", "initial_fits")),
        ("Joseph Mburu", JOSEPH, ("name_exact", "initial_fits")),
        ("Kadogo", PETER, ("nickname_exact",)),
        ("Kadogoh", PETER, ("nickname_alike",)),
        ("Boss Peter", PETER, ("nickname_exact", "name_exact")),
        ("Said", SAID, ("name_begins",)),
    ],
)
def test_each_match_says_why(index, text, person, reasons):
    assert why(index, text, person) == reasons


def test_no_more_than_the_limit_are_returned_and_the_best_are(index):
    for number in range(100, 200):
        index.add(UUID(int=number), ["Kamaw", "Maina"])
    assert len(index.search("kamau", limit=4)) == 4
    assert set(found(index, "kamau")[:2]) == {PETER, WANJIKU}


def test_who_was_removed_is_not_found_and_their_words_are_forgotten(index):
    index.remove(SAID)
    index.remove(SAID)
    assert found(index, "Saidi") == []
    assert len(index) == 5
    assert "saidi" not in repr(vars(index))


def test_who_shares_a_word_with_somebody_removed_is_still_found(index):
    index.remove(WANJIKU)
    assert found(index, "Kamau") == [PETER]


def test_names_added_later_join_those_before(index):
    index.add(NJERI, ["Kendi"], nicknames=["Shiro"])
    index.add(NJERI, ["Mbaire"])
    assert why(index, "Njeri Kendi Mbaire", NJERI) == ("name_exact",)
    assert why(index, "Shiro", NJERI) == ("nickname_exact",)


def test_a_pasted_page_is_read_up_to_six_words(index):
    assert index.search("ka " * 5000) == []


@settings(max_examples=200)
@given(peoples, some_names.map(" ".join))
def test_the_index_finds_whom_a_slow_search_through_everybody_finds(people, text):
    index = NameIndex()
    for person_id, names in people.items():
        index.add(person_id, names)
    typed = name_words(text)
    slow = {person: score_names(typed, name_words(" ".join(names))) for person, names in people.items()}
    matches = index.search(text, limit=100)
    expected = {person for person, score in slow.items() if score} if len("".join(typed)) > 1 else set()
    assert {match.person_id for match in matches} == expected
    for match in matches:
        turned = 0.02 if "names_turned_round" in match.reasons else 0
        assert match.score + turned == pytest.approx(slow[match.person_id])
    assert matches == sorted(matches, key=lambda match: -match.score)


@given(peoples, peoples)
def test_an_index_is_the_same_whatever_was_in_it_before(people, others):
    fresh, used = NameIndex(), NameIndex()
    for person_id, names in others.items():
        used.add(person_id, names)
    for person_id in others:
        used.remove(person_id)
    for index in (fresh, used):
        for person_id, names in people.items():
            index.add(person_id, names)
    assert all(fresh.search(name) == used.search(name) for name in VOCABULARY)
    assert len(fresh) == len(used) == len(people)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Peter Maina Ngoroge", [PETER]),  # a middle name that we do not have
        ("Kamau Wanjiku", [WANJIKU]),
        ("Kamau", [PETER, WANJIKU]),
        ("Pet Kam", []),
        ("K P", []),
        ("", []),
    ],
)
def test_people_who_share_two_names_are_caught_for_comparing(index, text, people):
    assert index.sharing(text) == people


def test_those_who_share_most_names_are_caught_first(index):
    index.add(UUID(int=60), ["Joseph", "Peter", "Kamaw", "Njoroge"])
    assert index.sharing("Joseph Peter Kamau", limit=1) == [UUID(int=60)]
    assert index.sharing("Joseph Peter Kamau", fewest=3) == [UUID(int=60)]


def test_a_match_is_a_plain_record():
    assert Match(PETER, 1.0, ()) == Match(PETER, 1.0, ())
