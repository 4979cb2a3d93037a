"""Card codes, ages and years of birth."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kimbilio.people.choices import BirthPrecision
from kimbilio.people.rules import (
    AGE_BANDS,
    ALPHABET,
    Age,
    BirthYearCheck,
    age_band,
    age_on,
    birth_year_from_age,
    card_code_from,
    check_birth_year,
    check_character,
    display_card_code,
    is_card_code,
    normalise_card_code,
)

numbers = st.lists(st.integers(0, 12), min_size=6, max_size=6)
codes = numbers.map(card_code_from)
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
TAKEN_FOR_ONE_ANOTHER = "0ODQU 1ILJ 2Z 2QU 5S 6GC 7T 8B 8AH KXH MN YV 3BCDEGPTV FSX LR"
MARCH, AUGUST = date(2025, 3, 10), date(2025, 8, 10)


class TestCardCodes:
    def test_the_alphabet_has_thirteen_characters_and_no_look_alikes(self):
        assert len(set(ALPHABET)) == 13
        for alike in TAKEN_FOR_ONE_ANOTHER.split():
            assert len(set(alike) & set(ALPHABET)) <= 1, alike

    @given(numbers)
    def test_a_code_made_from_numbers_is_a_code(self, six):
        code = card_code_from(six)
        assert is_card_code(code)
        assert [ALPHABET.index(character) for character in code[:6]] == six
        assert code[6] == check_character(code[:6])

    def test_different_numbers_give_different_codes(self):
        assert card_code_from([0, 1, 2, 3, 4, 5]) != card_code_from([0, 1, 2, 3, 5, 4])

    @given(codes)
    def test_a_code_with_one_wrong_character_is_refused(self, code):
        for place in range(7):
            for wrong in ALPHABET.replace(code[place], ""):
                assert not is_card_code(code[:place] + wrong + code[place + 1 :])

    @given(codes)
    def test_a_code_with_two_characters_swapped_is_refused(self, code):
        for one, other in combinations(range(7), 2):
            swapped = list(code)
            swapped[one], swapped[other] = code[other], code[one]
            assert code[one] == code[other] or not is_card_code("".join(swapped))

    @given(st.text(ALPHABET, min_size=7, max_size=7))
    def test_a_guess_that_is_not_checked_is_refused(self, guess):
        assert is_card_code(guess) == (guess[6] == check_character(guess[:6]))

    @given(codes, st.data())
    def test_a_code_is_understood_however_it_is_typed(self, code, data):
        typed = "".join(
            data.draw(st.sampled_from(["", " ", "-", "/", " - ", "\u2013", "\u00a0"]))
            + data.draw(st.sampled_from([character, character.lower()]))
            for character in code
        )
        assert normalise_card_code(typed) == code
        assert normalise_card_code(display_card_code(code)) == code

    def test_a_code_is_shown_in_three_and_four(self):
        assert display_card_code("K7M49RW") == "K7M-49RW"

    @pytest.mark.parametrize(
        "text",
        ["", "-", "K7M", "K7M-49R", "K7M-49RWW", "O7M-49RW", "K7M.49RW", "0712345", "Kiarie", "²222222"],
    )
    def test_what_is_not_a_code_is_none(self, text):
        assert normalise_card_code(text) is None

    @given(st.text(max_size=12))
    def test_any_text_gives_a_code_or_none(self, text):
        code = normalise_card_code(text)
        assert code is None or is_card_code(code)

    @pytest.mark.parametrize("six", [[], [1] * 5, [1] * 7, [0, 1, 2, 3, 4, 13], [0, 1, 2, 3, 4, -1]])
    def test_a_code_is_not_made_from_other_numbers(self, six):
        with pytest.raises(ValueError, match="6 numbers from 0 to 12"):
            card_code_from(six)

    @pytest.mark.parametrize("six", ["", "K7M49", "K7M49O", "K7M49RW"])
    def test_no_check_character_is_made_for_other_characters(self, six):
        with pytest.raises(ValueError, match="6 characters"):
            check_character(six)


class TestAges:
    @given(st.integers(0, 110), days)
    def test_an_age_as_said_is_the_age_shown_on_that_day(self, age, on):
        assert age_on(birth_year_from_age(age, on), BirthPrecision.AGE, on) == Age(age, about=True)

    @given(st.dates(date(1920, 1, 1), date(2015, 12, 31)), days)
    def test_an_age_from_the_year_alone_is_right_to_within_a_year(self, born, on):
        assume(born <= on)
        completed = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        age = age_on(born.year, BirthPrecision.YEAR, on)
        assert age is not None
        assert abs(age.years - completed) <= 1

    @pytest.mark.parametrize(("on", "years"), [(MARCH, 34), (AUGUST, 35)])
    def test_somebody_born_in_1990_turns_35_in_the_middle_of_2025(self, on, years):
        assert age_on(1990, "date", on) == Age(years, about=False)
        assert age_on(1990, "estimate", on) == Age(years, about=True)

    @pytest.mark.parametrize("on", [MARCH, AUGUST])
    def test_somebody_born_this_year_is_not_yet_one(self, on):
        assert age_on(2025, BirthPrecision.YEAR, on) == Age(0, about=False)

    @pytest.mark.parametrize(
        ("year", "precision"),
        [(None, BirthPrecision.UNKNOWN), (1990, "unknown"), (None, "age"), (2026, "year")],
    )
    def test_nothing_is_made_up_where_the_year_is_not_known(self, year, precision):
        assert age_on(year, precision, AUGUST) is None

    @pytest.mark.parametrize(
        ("years", "band"),
        [
            (0, "under 15"), (14, "under 15"), (15, "15-19"), (19, "15-19"), (20, "20-24"), (24, "20-24"),
            (25, "25-29"), (34, "30-34"), (39, "35-39"), (44, "40-44"), (45, "45-49"), (49, "45-49"),
            (50, "50+"), (99, "50+"),
        ],
    )  # fmt: skip
    def test_an_age_is_counted_in_its_band(self, years, band):
        assert age_band(years) == band

    @given(st.integers(0, 130), st.integers(0, 130))
    def test_bands_follow_ages(self, one, other):
        places = [AGE_BANDS.index(age_band(years)) for years in sorted((one, other))]
        assert places == sorted(places)

    @pytest.mark.parametrize(
        ("year", "check"),
        [
            (1899, "impossible"), (2026, "impossible"), (90, "impossible"), (1900, "ask_again"),
            (1914, "ask_again"), (1915, "plausible"), (1990, "plausible"), (2015, "plausible"),
            (2016, "ask_again"), (2025, "ask_again"),
        ],
    )  # fmt: skip
    def test_a_year_of_birth_is_weighed(self, year, check):
        assert check_birth_year(year, AUGUST) is BirthYearCheck(check)
