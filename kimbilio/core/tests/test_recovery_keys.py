"""Recovery keys are read however they were typed, and what is no key is said in a sentence."""

import random

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.core.encryption.recovery_keys import (
    NotARecoveryKey,
    in_groups,
    new_recovery_key,
    read_recovery_key,
    recovery_key_from,
)

KEY = recovery_key_from(bytes(range(32)))
GROUPS = in_groups(KEY.secret)


@given(st.binary(min_size=32, max_size=32))
def test_every_key_is_what_the_age_library_takes_it_for(secret):
    made = recovery_key_from(secret)
    assert str(pyrage.x25519.Identity.from_str(made.secret).to_public()) == made.recipient
    assert read_recovery_key("".join(in_groups(made.secret))) == made


@pytest.mark.parametrize(
    "typed",
    [
        KEY.secret,
        KEY.secret.lower(),
        " ".join(GROUPS),
        "\n".join(GROUPS).lower(),
        "-".join(GROUPS),
        f"\t{' . '.join(GROUPS)}  \r\n",
        "AGE SECRET KEY 1 " + " ".join(GROUPS),
        "".join(GROUPS).replace("0", "O").replace("L", "1").replace("8", "B"),
    ],
)
def test_spaces_lines_capitals_and_what_is_misread_do_not_matter(typed):
    assert read_recovery_key(typed) == KEY


def test_one_wrong_letter_anywhere_is_put_right():
    rest = "".join(GROUPS)
    for place, right in enumerate(rest):
        wrong = "Q" if right != "Q" else "P"
        assert read_recovery_key(rest[:place] + wrong + rest[place + 1 :]) == KEY


@pytest.mark.parametrize("length", [0, 1, 57, 59, 120])
def test_a_key_of_another_length_is_said(length):
    with pytest.raises(NotARecoveryKey, match=f"has {length} letters"):
        read_recovery_key("Q" * length)


def test_several_wrong_letters_are_said_and_never_taken_for_another_key():
    chance = random.Random("misread sheets")
    rest = "".join(GROUPS)
    for _ in range(60):
        wrong = list(rest)
        for place in chance.sample(range(len(rest)), 3):
            wrong[place] = chance.choice([one for one in "QPZRY9X8GF2TVDW" if one != rest[place]])
        with pytest.raises(NotARecoveryKey):
            read_recovery_key("".join(wrong))


def test_a_key_does_not_tell_itself():
    made = new_recovery_key()
    assert made.secret not in repr(made)
    assert made != new_recovery_key()
