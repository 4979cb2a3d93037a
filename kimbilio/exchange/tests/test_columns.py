"""Recognising columns: by heading in either language, by contents, as given; and saying what is missing."""

from typing import Any

import pytest

from kimbilio.exchange.books.columns import Columns, column_letter, guess_columns
from kimbilio.exchange.books.fields import FIELD_WORDS, FIELDS, Kind, MissingColumns
from kimbilio.exchange.books.heading_words import HeadingWords
from kimbilio.exchange.books.sheets import Book, Sheet
from kimbilio.exchange.tests.fiction import some_people
from kimbilio.exchange.tests.reading import REGISTERS, with_registers

PEOPLE = some_people(30, seed=9)


def columns_of(headings: list[str], fields: list[Any], given: dict[str, Any] | None = None) -> Columns:
    """The columns of a line list with these headings over what these functions take from each person."""
    rows = [headings, *([field(who) for field in fields] for who in PEOPLE)]
    return guess_columns(Kind.LINE_LIST, Book("a", (Sheet("A", rows),)), given)


def code(who: Any) -> str:
    """A person's code."""
    return f"KSS-{who.number:04d}"


def full(who: Any) -> str:
    """All names."""
    return who.full


def line_number(who: Any) -> float:
    """The number of the line."""
    return float(who.number)


def sex(who: Any) -> str:
    """The sex by its first letter."""
    return who.sex[0].upper()


def phone(who: Any) -> str | None:
    """The phone, where there is one."""
    return f"0{who.phone}" if who.phone else None


def mat(who: Any) -> str | None:
    """The MAT number, where there is one."""
    return f"KRR{who.mat:05d}" if who.mat is not None else None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Client code", "code"),
        ("Namba ya kadi", "code"),
        ("Kodi", "code"),
        ("KP/VP unique identifier code", "code"),
        ("Unique Identifier Code (issued by programme)", "code"),
        ("NA.", "line_number"),
        ("S/N", "line_number"),
        ("JINA KAMILI", "full_name"),
        ("KP’s/VP’s Name(Three names and Nickname)", "full_name"),
        ("First name", "first_name"),
        ("Jina la kwanza", "first_name"),
        ("Jina la kati", "middle_name"),
        ("Surnamne", "last_name"),
        ("Jina la ukoo", "last_name"),
        ("Sex(Male/Female)", "sex"),
        ("JINSIA (ME/KE)", "sex"),
        ("DOB", "birth_date"),
        ("D.O.B.", "birth_date"),
        ("TAREHE YA KUZALIWA", "birth_date"),
        ("Tarehe ya kuzaliwa (siku/mwezi/mwaka)", "birth_date"),
        ("UMRI", "age"),
        ("Age (yrs)", "age"),
        ("NAMBA YA SIMU / PHONE", "phone"),
        ("KP/VP Phone No", "phone"),
        ("Simu ya mteja", "phone"),
        ("WADI", "ward"),
        ("Ward/Kata", "ward"),
        ("Date of first Contact", "first_contact_on"),
        ("Tarehe alipokutana nasi kwa mara ya kwanza", "first_contact_on"),
        ("MAT No.", "mat_number"),
        ("M.A.T NO.", "mat_number"),
        ("NAMBA YA MAT", "mat_number"),
        ("MMT Number", "mat_number"),
        ("Date inducted", "inducted_on"),
        ("Tarehe ya kuanza MAT", "inducted_on"),
        ("MAT status", "status"),
        ("HALI", "status"),
        ("HALI YA MAT SASA", "status"),
        ("Remarks / Comments", "remarks"),
        ("MAONI", "remarks"),
        ("Next of kin phone", "somebody_else"),
        ("Name of Peer Educator", "somebody_else"),
        ("Name of hotspot", "not_taken"),
        ("Status in the programme\n1. Active\n2. Dead", "not_taken"),
        ("HIV status", "not_taken"),
    ],
)
def test_a_heading_is_known_by_its_words(heading, field):
    assert HeadingWords().best(heading).field == field


def test_namba_is_the_persons_code_and_na_the_number_of_the_line():
    found = columns_of(["NA.", "NAMBA", "JINA", "JINSIA"], [line_number, code, full, sex])
    assert found.mapping() == {"line_number": "NA.", "code": "NAMBA", "full_name": "JINA", "sex": "JINSIA"}


def test_no_may_be_either_and_what_stands_in_it_decides():
    assert columns_of(["NO.", "CODE", "NAME"], [line_number, code, full]).mapping()["line_number"] == "NO."
    assert columns_of(["NO.", "NAME", "SEX"], [code, full, sex]).mapping()["code"] == "NO."
    assert columns_of(["NAMBA", "KODI", "JINA"], [line_number, code, full]).mapping()["code"] == "KODI"


def test_a_jina_of_one_word_beside_other_names_is_the_first_name():
    fields = [code, lambda who: who.first, lambda who: who.middle, lambda who: who.last]
    found = columns_of(["NAMBA", "JINA", "JINA LA BABA", "UKOO"], fields).mapping()
    assert (found["first_name"], found["middle_name"], found["last_name"]) == ("JINA", "JINA LA BABA", "UKOO")
    assert "full_name" not in found


def test_columns_under_words_that_say_nothing_are_known_by_what_stands_in_them():
    found = columns_of(["Alpha", "Beta", "Gamma", "Delta"], [code, full, sex, phone]).shown
    assert [guess.field for guess in found.columns] == ["code", "full_name", "sex", "phone"]
    assert all(guess.confidence <= 0.5 for guess in found.columns)


def test_the_phone_of_somebody_else_is_never_taken():
    found = columns_of(["Code", "Name", "Next of kin", "Kin phone"], [code, full, full, phone]).shown
    assert [guess.field for guess in found.columns] == ["code", "full_name", None, None]


def test_each_guess_has_examples_a_letter_and_how_sure_it_is():
    guess = columns_of(["Client code", "Name"], [code, full]).shown.columns[0]
    assert (guess.field, guess.letter, guess.heading) == ("code", "A", "Client code")
    assert guess.examples == ("KSS-0001", "KSS-0002", "KSS-0003")
    assert guess.confidence > 0.9
    assert [column_letter(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_columns_may_be_given_by_heading_by_letter_or_taken_away():
    headings, fields = ["X", "Y", "Z", "W"], [code, full, phone, mat]
    found = columns_of(headings, fields, {"code": "x", "full_name": "B", "mat_number": "W"})
    assert [(guess.field, guess.given) for guess in found.shown.columns] == [
        ("code", True),
        ("full_name", True),
        ("phone", False),
        ("mat_number", True),
    ]
    assert "phone" not in columns_of(headings, fields, {"phone": None, "code": "X"}).mapping()


def test_what_was_guessed_can_be_given_again():
    first = columns_of(["Client code", "Name", "Tel"], [code, full, phone])
    again = columns_of(["Client code", "Name", "Tel"], [code, full, phone], first.mapping())
    assert again.mapping() == first.mapping()
    assert all(guess.given for guess in again.shown.columns)


def test_fields_may_be_named_in_other_words():
    found = columns_of(["X", "Y"], [code, full], {"client code": "X", "Name": "Y"})
    assert found.mapping() == {"code": "X", "full_name": "Y"}


@pytest.mark.parametrize(
    ("headings", "fields", "needs", "says"),
    [
        (["Sex", "Name"], [sex, full], ("code",), "No column holds the person's code."),
        (["Sex", "Code"], [sex, code], ("names",), "No column holds the names."),
        (
            ["Sex", "Phone"],
            [sex, phone],
            ("code", "names"),
            "No column holds the person's code, and none the names.",
        ),
        (["MAT No.", "Name"], [mat, full], ("code",), "No column holds the person's code."),
    ],
)
def test_a_needed_column_that_is_missing_is_named(headings, fields, needs, says):
    with pytest.raises(MissingColumns) as missing:
        columns_of(headings, fields)
    assert missing.value.needs == needs
    assert str(missing.value) == says
    assert headings[0] in missing.value.there


def test_a_mat_number_that_everybody_has_stands_in_for_the_code():
    assert columns_of(["MAT No.", "Name"], [lambda who: f"KRR{who.number:05d}", full]).mapping()["mat_number"]


def test_a_given_heading_or_field_that_is_not_there_is_named():
    with pytest.raises(MissingColumns, match=r"There is no column 'Kadi'\. The columns are: Code, Name\."):
        columns_of(["Code", "Name"], [code, full], {"code": "Kadi"})
    with pytest.raises(MissingColumns, match="'shoe_size' is nothing that this kind of book has"):
        columns_of(["Code", "Name"], [code, full], {"shoe_size": "Code"})


def test_a_book_without_a_table_says_so():
    with pytest.raises(MissingColumns, match="No table with headings and lines"):
        guess_columns(Kind.LINE_LIST, Book("a", (Sheet("A", [["only a title"]]),)))


def test_sheets_of_which_nothing_is_taken_are_named_with_the_reason():
    rows = [["Code", "Name"], *([code(who), full(who)] for who in PEOPLE)]
    prose = Sheet("Notes", [["About this book"]])
    events = Sheet("Events", [["Date", "Activity", "Male", "Female"], ["3/6/2025", "Clean up", 5.0, 4.0]])
    found = guess_columns(Kind.LINE_LIST, Book("a", (Sheet("A", rows), prose, events), ("Old",)))
    assert [table.table.sheet for table in found.tables] == ["A"]
    assert {left.sheet: str(left.words) for left in found.left_out} == {
        "Events": "No column holds the person's code, and none the names.",
        "Notes": "No table with headings could be found.",
        "Old": "The sheet is hidden.",
    }


def test_every_field_has_words_for_people():
    assert {field for fields in FIELDS.values() for field in fields} <= set(FIELD_WORDS)


@with_registers
def test_the_columns_of_the_registers_line_list_are_all_known():
    from kimbilio.exchange.books.opening import open_book

    data = (REGISTERS / "karuri-2025-06" / "line-list.xlsx").read_bytes()
    found = guess_columns(Kind.LINE_LIST, open_book(data, "line-list.xlsx")).shown
    assert all(guess.field and guess.confidence >= 0.7 for guess in found.columns)
