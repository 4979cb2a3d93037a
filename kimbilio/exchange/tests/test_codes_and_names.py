"""Codes typed many ways and names in one column or several."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.exchange.books.codes import CodeForms, ReadCode, looks_like_a_code
from kimbilio.exchange.books.names import Names, name_of, names_in_one, read_names
from kimbilio.exchange.tests.styles import a_code

KSS = CodeForms([f"KSS-{number:04d}" for number in range(1, 300)] + ["kss 0012", "KSS/0013", "KSS0014"])


@pytest.mark.parametrize(
    "typed",
    [
        "KSS-0048",
        "kss-0048",
        "KSS 0048",
        "KSS/0048",
        "KSS0048",
        "KSS-OO48",
        "KSSO048",
        "KSS - 0048",
        "KSS–0048",
        " KSS-0048 ",
        "kss.0048",
        "Kss_0O48",
    ],
)
def test_one_code_typed_many_ways_is_one_code(typed):
    assert KSS.read(typed) == ReadCode("KSS-0048")


@pytest.mark.parametrize("typed", ["KSS-48", "48", 48.0, "0048", "KSS-00048"])
def test_missing_zeros_and_letters_are_filled_in_and_that_is_said(typed):
    assert KSS.read(typed) == ReadCode("KSS-0048", filled_in=True)


@pytest.mark.parametrize(
    "typed", ["KSS-????", "????", "see page 14", "unknown", "", None, "-", "rain – closed", "KSS"]
)
def test_what_is_no_code_is_none(typed):
    assert KSS.read(typed) is None


def test_a_code_of_another_programme_stays_as_it_is():
    assert KSS.read("MLD/0007") == ReadCode("MLD/0007")
    assert KSS.read("KSS-12345") == ReadCode("KSS-12345")


def test_zeros_are_filled_in_only_where_the_column_leads_with_zeros():
    plain = CodeForms([float(number) for number in range(1, 500)])
    assert plain.read(48.0) == ReadCode("48")
    led = CodeForms([f"{number:05d}" for number in range(1, 500)] + [48.0])
    assert led.read(48.0) == ReadCode("00048", filled_in=True)


def test_codes_of_several_parts_and_several_prefixes_keep_their_form():
    forms = CodeForms([f"MLD/2023/{n:04d}" for n in range(80)] + [f"LMU/2024/{n:04d}" for n in range(40)])
    assert forms.read("mld 2023 0012") == ReadCode("MLD/2023/0012")
    assert forms.read("LMU2024O012") == ReadCode("LMU/2024/0012")


def test_a_prefix_that_ends_in_the_letter_o_keeps_it():
    forms = CodeForms([f"KSO-{number:04d}" for number in range(50)])
    assert forms.read("KSO0048") == ReadCode("KSO-0048")


@given(
    st.text("ABCDEFGHKLMNPRSTUVWXYZ", min_size=2, max_size=4),
    st.sampled_from("-/ ."),
    st.integers(3, 6),
    st.integers(0, 10**9),
)
def test_whatever_the_form_every_way_of_typing_reads_as_the_commonest(prefix, sign, width, seed):
    chance = random.Random(seed)
    numbers = [chance.randrange(10**width) for _ in range(60)]
    typed = [a_code(prefix, sign, number, width, chance) for number in numbers]
    forms = CodeForms([*typed, *(f"{prefix}{sign}{number:0{width}d}" for number in numbers)])
    read = [forms.read(code) for code in typed]
    assert read == [ReadCode(f"{prefix}{sign}{number:0{width}d}") for number in numbers]


def test_words_and_dates_do_not_look_like_codes():
    assert all(map(looks_like_a_code, ["KSS-0001", "KRR00005", "MLD/2023/0001", "12345", 48123.0]))
    assert not any(
        map(looks_like_a_code, ["Peter", "see page 14", "KSS-????", "", None, "P", "RAIN – closed early"])
    )


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Peter Kamau Waweru", Names("Peter", "Kamau", "Waweru")),
        ("PETER KAMAU WAWERU", Names("Peter", "Kamau", "Waweru")),
        ("Waweru, Peter Kamau", Names("Peter", "Kamau", "Waweru")),
        ("Peter Waweru", Names("Peter", "", "Waweru")),
        ("Peter K.", Names("Peter", "", "K")),
        ("Kamau", Names("Kamau")),
        ("Mr. John Njoroge Kiarie (Jonte)", Names("John", "Njoroge", "Kiarie", "Jonte")),
        ('Peter Kamau "Kaboi"', Names("Peter", "", "Kamau", "Kaboi")),
        ("peter ng'ang'a a.k.a. Kaboi", Names("Peter", "", "Ng'ang'a", "Kaboi")),
        ("Ali bin Said", Names("Ali", "", "bin Said")),
        ("Hassan Juma Karisa Kazungu", Names("Hassan", "Juma Karisa", "Kazungu")),
        ("???", Names()),
        ("unknown", Names()),
        ("haijulikani", Names()),
        ("-", Names()),
        ("", Names()),
        ("KSS-0001", Names()),
    ],
)
def test_all_names_in_one_cell_are_told_apart(written, names):
    assert names_in_one(written) == names


def test_a_single_name_is_read_or_not():
    assert [name_of(cell) for cell in ("KAMAU", "kamau", "Kamau ", "ng'ang'a", "K.")] == [
        "Kamau",
        "Kamau",
        "Kamau",
        "Ng'ang'a",
        "K",
    ]
    assert [name_of(cell) for cell in ("?", "unknown", "", None, "-", 12.0, "N/A", '"', "page 4")] == [""] * 9


def test_names_are_read_from_whichever_columns_there_are():
    cells = {"last_name": "WAWERU", "other_names": "Peter Kamau", "nickname": "Kaboi"}
    assert read_names(cells.get) == Names("Peter", "Kamau", "Waweru", "Kaboi")
    cells = {"first_name": "Peter", "middle_name": "?", "last_name": "Waweru"}
    assert read_names(cells.get) == Names("Peter", "", "Waweru")
    assert not read_names({"middle_name": "Kamau"}.get)
