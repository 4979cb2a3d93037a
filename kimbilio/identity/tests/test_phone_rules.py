"""Phone numbers as they are written, and the one form they are kept in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.identity.rules import normalise_phone, phone_tail

KENYAN = "+254712345678"


@pytest.mark.parametrize(
    "typed",
    [
        "0712345678", "712345678", "254712345678", "+254712345678", "0712 345 678", "0712-345-678", "0712.345.678",
        "254 712 345 678", "+254-712-345-678", "+254 (0)712 345 678", "+2540712345678", "00254712345678",
        "(0712) 345678", " 0712345678\n", "712345678.0", "254712345678.0", "O712345678", "o712 345 678",
        "0712\u2013345\u2013678", "0712\u00a0345\u00a0678",
    ],
)  # fmt: skip
def test_one_number_written_many_ways_is_one(typed):
    assert normalise_phone(typed) == KENYAN


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0110 123 456", "+254110123456"),
        ("020 2712345", "+254202712345"),
        ("0412 312 345", "+254412312345"),
        ("0712.345.000", "+254712345000"),
        ("+255 712 345 678", "+255712345678"),
        ("+256 772 123456", "+256772123456"),
    ],
)
def test_newer_ranges_landlines_and_neighbours_are_numbers(typed, kept):
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "-", "+", "+254", "999", "07123456", "071234567890", "0712345678/0733111222",
        "0712345678,0733111222", "0712 345 678 0733 111 222", "0712345678 (mama)", "call me", "none", "0712345678x3",
        "tel:0712345678", "KSS-0048",
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_none(typed):
    assert normalise_phone(typed) is None


def test_digits_of_other_scripts_are_digits():
    assert normalise_phone("٠٧١٢٣٤٥٦٧٨") == KENYAN


def test_the_last_three_digits_say_which_phone():
    assert phone_tail(KENYAN) == "678"


@given(st.from_regex(r"[71][0-9]{8}", fullmatch=True))
def test_every_kenyan_mobile_number_is_a_number_in_each_way_of_writing(digits):
    kept = f"+254{digits}"
    for typed in (digits, f"0{digits}", f"254{digits}", kept, f"{digits}.0", f"0{digits[:3]} {digits[3:]}"):
        assert normalise_phone(typed) == kept


@given(st.text("0123456789+-()./ oO\u00a0extabc", max_size=20) | st.text(max_size=20))
def test_what_was_kept_stays_as_it_is(text):
    kept = normalise_phone(text)
    assert kept is None or (kept.startswith("+") and normalise_phone(kept) == kept)
