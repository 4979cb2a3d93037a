"""What a password must be."""

import time
import unicodedata

import pytest

from kimbilio.accounts.passwords import faults, normalised, require_good
from kimbilio.core.refusals import Refused
from tests.programme import staff_with


@pytest.mark.parametrize(
    "password",
    [
        "maji safi nyumba kubwa",
        "a long walk by the river 91",
        "ng’ombe tatu mlango bluu",
        "93481-20398-77201-12",
    ],
)
def test_a_long_password_of_unrelated_words_is_accepted_without_capitals_or_signs(password):
    assert faults(password) == []


@pytest.mark.parametrize("password", ["short", "fourteen signs"])
def test_fewer_than_fifteen_signs_are_refused(password):
    assert "15 characters" in faults(password)[0]


@pytest.mark.parametrize(
    "password",
    ["passwordpassword", "123456789012345", "qwertyuiopasdfgh", "aaaaaaaaaaaaaaaaaaaa", "manchesterunited"],
)
def test_an_obvious_password_is_refused_in_plain_words(password):
    assert faults(password)


def test_ones_own_names_make_no_password():
    assert faults("wanjiru njeri kamau 2024", ["w.kamau", "Wanjiru Njeri Kamau"])
    assert not faults("wanjiru njeri kamau 2024", ["otieno", "Otieno Odhiambo"])


def test_the_name_of_the_program_makes_no_password():
    assert faults("Kimbilio-Kimbilio-2026")


def test_a_password_of_two_hundred_signs_is_accepted_at_once():
    began = time.monotonic()
    assert faults("mto baridi jiwe refu, kiti cha mbao; " * 6) == []
    assert time.monotonic() - began < 2


def test_the_same_letters_are_the_same_password_however_they_were_typed():
    typed = "mũrĩmo wa rũciinĩ nĩ mwega"
    assert normalised(unicodedata.normalize("NFD", typed)) == normalised(unicodedata.normalize("NFC", typed))


def test_an_action_refuses_a_weak_password_with_the_reason(programme):
    with pytest.raises(Refused, match="easy to guess"):
        require_good("manchesterunited", staff_with(None, programme.site))
