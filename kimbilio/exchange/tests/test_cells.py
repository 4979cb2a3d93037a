"""One cell: dates, births, ages, sexes, ticks, ditto marks, numbers, phones, wards, as they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.exchange.books.cells import (
    age_of,
    is_ditto,
    number_of,
    says_nothing,
    sex_of,
    text_of,
    tick_of,
    ward_of,
)
from kimbilio.exchange.books.dates import DateStyle, birth_of, date_of, is_month_first
from kimbilio.exchange.books.phones import phones_of
from kimbilio.exchange.books.statuses import Status, status_of
from kimbilio.exchange.tests.styles import ENGLISH, KISWAHILI, _ordinal
from kimbilio.mat.choices import StepKind

LATEST = date(2025, 6, 30)
STYLE, BORN = DateStyle(LATEST), DateStyle(LATEST, born=True)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("16/12/2022", "2022-12-16"),
        ("23 July 1978", "1978-07-23"),
        ("11-Jan-1999", "1999-01-11"),
        ("26.09.1994", "1994-09-26"),
        ("23/10/19", "2019-10-23"),
        ("2025-06-03", "2025-06-03"),
        ("2025-06-03T10:30:00", "2025-06-03"),
        ("3/6/2025 10:30", "2025-06-03"),
        ("3rd Jan 2025", "2025-01-03"),
        ("June 3, 2025", "2025-06-03"),
        ("1st of May '24", "2024-05-01"),
        ("12 Febuary 2024", "2024-02-12"),
        ("Mon, 2 June 2025", "2025-06-02"),
        ("Jumatatu 2 Juni 2025", "2025-06-02"),
        ("5-Desemba-2023", "2023-12-05"),
        ("5/Ago/23", "2023-08-05"),
        ("tarehe 5 Agosti 2024", "2024-08-05"),
        ("3 mwezi wa sita 2025", "2025-06-03"),
        ("3 mwezi wa kumi na moja 2024", "2024-11-03"),
        ("O2/O6/2025", "2025-06-02"),
        ("2 / 6 / 2025", "2025-06-02"),
        ("02062025", "2025-06-02"),
        ("45000", "2023-03-15"),
        (45000.0, "2023-03-15"),
        (date(2024, 10, 3), "2024-10-03"),
    ],
)
def test_a_day_is_read_however_it_is_written(written, day):
    assert date_of(written, STYLE) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "written",
    [
        "31/02/1988",
        "32/13/2024",
        "?/6/2025",
        "12?/6/2025",
        "6/16/2025",
        "2 – 7 June 2025",
        "June 2025",
        "12/6",
        "-do-",
        "254 712 217 541",
        "KSS-0001",
        "RAIN – closed early",
        "1/1/2099",
        "",
        None,
        34.0,
        True,
        "3 Foo 2025",
    ],
)
def test_what_is_no_day_is_not_made_one(written):
    assert date_of(written, STYLE) is None


@given(st.dates(date(1990, 1, 1), LATEST), st.sampled_from([ENGLISH, KISWAHILI]), st.booleans())
def test_any_day_in_any_style_and_language_is_the_same_day(day, months, capitals):
    month = months[day.month - 1].upper() if capitals else months[day.month - 1]
    for written in (
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}-{month}-{day.year}",
        f"{day.day}{_ordinal(day.day)} {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        day.isoformat(),
        float((day - date(1899, 12, 30)).days),
    ):
        assert date_of(written, STYLE) == day, written


@given(st.text(max_size=30) | st.floats(allow_nan=False) | st.dates())
def test_no_cell_makes_a_reader_fail(cell):
    for read in (
        text_of,
        is_ditto,
        says_nothing,
        tick_of,
        number_of,
        sex_of,
        age_of,
        ward_of,
        phones_of,
        status_of,
    ):
        read(cell)
    for style in (STYLE, BORN, DateStyle(LATEST, month_first=True, year=2025)):
        date_of(cell, style)
        birth_of(cell, style)


def test_a_year_of_two_figures_is_of_the_century_that_can_be():
    assert date_of("1/1/26", STYLE) == date(2026, 1, 1)  # a date of next year may be planned
    assert date_of("1/1/27", STYLE) == date(1927, 1, 1)
    assert birth_of("5/5/76", BORN).day == date(1976, 5, 5)
    assert birth_of("13/2/01", BORN).day == date(2001, 2, 13)
    assert birth_of("13/2/22", BORN).day == date(1922, 2, 13)


def test_a_birth_may_be_a_year_alone():
    for written in ("1985", 1985.0, "abt 1985", "c.1985", date(1905, 6, 7)):
        assert (birth_of(written, BORN).day, birth_of(written, BORN).year) == (None, 1985)
    assert birth_of("31/02/1988", BORN) is None


def test_a_day_without_a_year_takes_the_year_of_its_book():
    assert date_of("2/6", DateStyle(LATEST, year=2025)) == date(2025, 6, 2)
    assert date_of("2 Juni", DateStyle(LATEST, year=2025)) == date(2025, 6, 2)


def test_a_column_is_month_first_only_where_nothing_speaks_against_it():
    assert is_month_first(["6/16/2025", "6/17/2025", "6/5/2025", "06/30/2025"])
    assert not is_month_first(["6/16/2025", "6/17/2025", "06/30/2025", "16/6/2025"])
    assert not is_month_first(["6/16/2025", "5/6/2025"])
    assert date_of("6/16/2025", DateStyle(LATEST, month_first=True)) == date(2025, 6, 16)


@pytest.mark.parametrize("mark", ['"', ",,", "''", "-do-", "do", "Do", " ” ", "ditto"])
def test_ditto_marks_are_known(mark):
    assert is_ditto(mark)


def test_other_things_are_no_ditto_marks():
    assert not any(map(is_ditto, ["-", "0", "", None, 1.0, "Dodoma", ","]))


@pytest.mark.parametrize(
    "tick", ["✓", "√", "x", "X", "1", 1.0, "yes", "Y", "Ndiyo", "/", "v", "V", True, " ✓ "]
)
def test_ticks_are_known(tick):
    assert tick_of(tick) is True


@pytest.mark.parametrize("mark", ["-", "0", 0.0, "No", "Hapana", "", None, False])
def test_signs_for_no_tick_are_known(mark):
    assert tick_of(mark) is False


def test_what_is_neither_is_neither():
    assert [tick_of(cell) for cell in ("2", 7.0, "maybe", date(2025, 6, 3))] == [None] * 4


def test_sexes_are_known_in_both_languages():
    assert {sex_of(cell) for cell in ("m", " M", "Male", "MALE", "Me", "Mwanaume", "mwanamume")} == {"male"}
    assert {sex_of(cell) for cell in ("f", "F ", "Female", "Ke", "KE", "Mwanamke")} == {"female"}
    assert [sex_of(cell) for cell in ("?", "", None, 1.0, "x")] == [None] * 5


def test_ages_are_read_with_how_sure_they_are():
    exact = [34.0, "34", "34yrs", "34 years", "miaka 34", "34.", date(1900, 2, 3)]
    assert {(age_of(cell).years, age_of(cell).about) for cell in exact} == {(34, False)}
    about = ["abt 34", "~34", "kama 34", "34+", "34?", "c 34"]
    assert {(age_of(cell).years, age_of(cell).about) for cell in about} == {(34, True)}
    assert (age_of("30s").years, age_of("30s").about) == (35, True)
    assert [age_of(cell) for cell in ("", "old", 0.0, 200.0, "12/6/1990", None)] == [None] * 6


def test_numbers_lose_their_units():
    assert [number_of(cell) for cell in ("4pcs", " 5 ", "10 pcs", 3.0, "1,5", "12 mls")] == [
        4,
        5,
        10,
        3,
        1.5,
        12,
    ]
    assert [number_of(cell) for cell in ("-", "x", "", None, "4 or 5", True)] == [None] * 6


def test_numbers_that_a_spreadsheet_made_of_text_are_text_again():
    assert text_of(722459253.0) == "722459253"
    assert text_of(1.5) == "1.5"
    assert text_of(" two\n  words ") == "two words"
    assert text_of(date(2025, 6, 3)) == "2025-06-03"


def test_phones_are_read_however_they_are_written():
    one = ["0722459253", "0722-459-253", "254 722 459 253", "+254722459253", 722459253.0, "O722 459 253"]
    assert {phones_of(cell) for cell in one} == {("+254722459253",)}
    assert phones_of("0722459253 / 0733111222") == ("+254722459253", "+254733111222")
    assert [phones_of(cell) for cell in ("none", "12", "", None, "0722")] == [()] * 5


def test_wards_are_their_names():
    same = ["Karuri", "KARURI WARD", "Wadi ya Karuri", "karuri", "ward Karuri"]
    assert {ward_of(cell) for cell in same} == {"Karuri"}
    assert [ward_of(cell) for cell in ("-", "?", None, 4.0, '"')] == [""] * 5
    assert ward_of("Ng'enda") == "Ng'enda"


def test_statuses_are_known_in_both_languages_with_slips():
    assert {status_of(cell) for cell in ("Active", "ON MAT", "Anaendelea", "actve")} == {Status.ACTIVE}
    assert {status_of(cell) for cell in ("Weaned off", "Amemaliza", "completed")} == {Status.COMPLETED}
    assert {status_of(cell) for cell in ("LTFU", "Amepotea", "Lost to follow-up")} == {Status.OUT_OF_TOUCH}
    assert {status_of(cell) for cell in ("Died", "Amefariki", "Deceased", "RIP")} == {Status.DIED}
    assert status_of("Transferred out to Malindi 3/2025") == Status.TRANSFERRED
    assert [status_of(cell) for cell in ("", None, "blue", "?")] == [None] * 4


def test_every_status_is_a_dated_step_but_the_two_that_are_none():
    assert {str(status) for status in Status} - {"active", "discontinued"} <= set(StepKind.values)
