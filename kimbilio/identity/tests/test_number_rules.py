"""Outside numbers as they are written, and the one form they are looked up in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.identity.rules import normalise_outside_number


@pytest.mark.parametrize(
    "typed",
    [
        "KSS-0048",
        "kss 0048",
        "KSS/0048",
        "KSS-OO48",
        "kssoo48",
        "KSS.0048",
        " kss - 0048 ",
        "KSS\u20130048",
        "KSS_0048",
    ],
)
def test_one_code_written_many_ways_is_one(typed):
    assert normalise_outside_number(typed) == "KSS0048"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("krr00789", "KRR00789"),
        ("Krr O0789", "KRR00789"),
        ("MAT/12O/3", "MAT1203"),
        ("0012", "0012"),
        ("OTTO", "OTTO"),
        ("K0BE", "K0BE"),
        ("12345678.0", "12345678"),
        ("１２３ａ", "123A"),
        ("(KSS) #48", "KSS48"),
        ("", ""),
        (" -/. ", ""),
    ],
)
def test_a_number_is_brought_to_its_form(typed, kept):
    assert normalise_outside_number(typed) == kept


def test_leading_zeros_tell_numbers_apart():
    assert normalise_outside_number("KSS-048") != normalise_outside_number("KSS-0048")


@given(st.text(max_size=20))
def test_a_number_in_its_form_stays_as_it_is(text):
    kept = normalise_outside_number(text)
    assert normalise_outside_number(kept) == kept


@given(st.from_regex(r"[A-NP-Z]{2,4}[0-9]{1,5}[1-9]", fullmatch=True), st.data())
def test_separators_case_and_the_letter_o_do_not_count(code, data):
    typed = "".join(
        data.draw(st.sampled_from(["", " ", "-", "/"]))
        + (
            data.draw(st.sampled_from("0Oo"))
            if letter == "0"
            else data.draw(st.sampled_from([letter, letter.lower()]))
        )
        for letter in code
    )
    assert normalise_outside_number(typed) == code
