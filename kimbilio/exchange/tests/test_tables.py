"""Finding the table in a sheet: titles, headings on one or two levels, totals, notes, blank lines."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.exchange.books.heading_words import HeadingWords
from kimbilio.exchange.books.lines import Why
from kimbilio.exchange.books.sheets import Book, Sheet
from kimbilio.exchange.books.tables import Table, find_tables, tables_of

HEADINGS = ["NO.", "DATE", "CLIENT CODE", "NAME", "SEX", "AGE", "WARD", "REMARKS"]


def person(number: int) -> list[Any]:
    """A line of a register."""
    return [float(number), date(2025, 6, 2), f"KSS-{number:04d}", "Peter Kamau", "M", 34.0, "Karuri", None]


def tables(rows: list[list[Any]], merged: tuple[Any, ...] = ()) -> list[Table]:
    """The tables of one sheet."""
    return tables_of(Sheet("A", rows, merged), HeadingWords())


def table(rows: list[list[Any]], merged: tuple[Any, ...] = ()) -> Table:
    """The only table of one sheet."""
    (found,) = tables(rows, merged)
    return found


def why(line: list[Any]) -> Why | None:
    """Why this line is no data, in a register with a person above and below; None where it is data."""
    found = table([HEADINGS, person(1), line, person(2)])
    if found.ignored:
        return found.ignored[0].why
    return Why.BLANK if found.blank else None


def test_titles_stand_above_and_blank_lines_between():
    found = table([["SAFE SPACE REGISTER"], ["2 – 7 June 2025"], [], HEADINGS, person(1), [], person(2)])
    assert found.titles == ("SAFE SPACE REGISTER", "2 – 7 June 2025")
    assert [heading.text for heading in found.headings] == HEADINGS
    assert (found.heading_lines, found.first_line, found.blank) == (range(4, 5), 5, 1)
    assert [line.number for line in found.lines] == [5, 7]


@pytest.mark.parametrize(
    "words",
    ["TOTAL", "Total", "JUMLA", "Jumla kuu", "Sub-total", "TOTAL 3/6", "Jumla ndogo", "Tuesday total"],
)
def test_totals_are_no_data(words):
    assert why([words, None, None, None, None, None, None, 255.0]) is Why.TOTAL
    assert why([None, None, words, None, None, 12.0]) is Why.TOTAL
    assert why([words, None, 300.0]) is Why.TOTAL


def test_a_person_who_is_called_total_is_a_person():
    assert why([3.0, date(2025, 6, 2), "KSS-0003", "Jumla Kamau", "M", 30.0, "Karuri"]) is None


@pytest.mark.parametrize(
    "words", ["RAIN – closed early", "MVUA – tulifunga mapema", "Public holiday", "SIKUKUU", "no power"]
)
def test_weather_and_other_notes_are_no_data(words):
    assert why([None, words]) is Why.NOTE
    assert why([None, None, None, words]) is Why.NOTE
    assert why([None, date(2025, 6, 2), None, words]) is Why.NOTE


@pytest.mark.parametrize(
    "line",
    [
        ["Prepared by:", None, "J. Mwangi"],
        ["Imekaguliwa na: afisa"],
        ["NB: codes were given at the gate"],
        ["Page 2 of 4"],
        ["Week 2"],
        [None] * 9 + ["written beside the table"],
    ],
)
def test_what_clerks_write_below_a_table_is_no_data(line):
    assert why(line) is Why.NOTE


def test_a_legend_is_told_from_other_notes():
    assert why(["P = dosed   A = absent   TH = take home"]) is Why.LEGEND


def test_headings_that_are_repeated_on_the_next_page_are_no_data():
    assert why(HEADINGS) is Why.HEADING
    assert why(["No", "Date", "Client code", "Name", "Sex", "Age", None, "Remarks"]) is Why.HEADING


def test_numbers_printed_beforehand_are_blank_lines():
    assert why([3.0]) is Why.BLANK
    assert why([None, " ", ""]) is Why.BLANK


@pytest.mark.parametrize(
    "line",
    [
        [3.0, '"', "????", None, "?", None, None, None],
        [None, None, None, None, None, None, None, "see page 14"],
        [None, None, None, "unknown", "M", None, None, "no code, no names"],
        [None, None, "KSS-????", "?", None, None, None, "illegible"],
        [3.0, date(2025, 6, 2), None, "Peter Charo Waweru"],
        [None, None, None, "Peter Charo Waweru"],
        [None, None, "KSS-0007"],
        [3.0, date(2025, 6, 2), "KSS-0003", "Rain Mvua", "M", 30.0, "Karuri"],
    ],
)
def test_lines_that_a_clerk_must_look_at_stay_data(line):
    assert why(line) is None


def test_lines_after_a_total_are_data_again():
    found = table([HEADINGS, person(1), ["TOTAL", None, None, None, None, 1.0], [], person(2)])
    assert [line.number for line in found.lines] == [2, 5]


def test_groups_stand_over_their_columns_whether_merged_or_not():
    over = ["NA.", "JINA", None, None, "MAT", None, "MAONI"]
    under = [None, "La kwanza", "La kati", "La ukoo", "No.", "Tarehe", None]
    line = [1.0, "Peter", "Kamau", "Waweru", "KRR00005", date(2025, 6, 2), None]
    for merged in ((((0, 1), (0, 3)), ((0, 4), (0, 5))), ()):
        found = table([over, under, line], merged)
        assert [heading.whole for heading in found.headings][1:6] == [
            "JINA La kwanza",
            "JINA La kati",
            "JINA La ukoo",
            "MAT No.",
            "MAT Tarehe",
        ]
        assert found.heading_lines == range(1, 3)
        assert len(found.lines) == 1


def test_a_group_above_and_a_title_above_are_told_apart():
    found = table([["CLINIC"], [None] * 5 + ["SERVICES"], HEADINGS, person(1)], (((1, 5), (1, 6)),))
    assert found.titles == ("CLINIC",)
    assert found.headings[5].over == "SERVICES"
    found = table([["SAFE SPACE"] + [None] * 7, HEADINGS, person(1)], (((0, 0), (0, 7)),))
    assert (found.titles, found.headings[5].over) == (("SAFE SPACE",), "")


def test_lines_that_only_number_or_letter_the_columns_are_headings_too():
    numbered = [f"({n})" for n in range(1, 9)]
    plain = [float(n) for n in range(1, 9)]
    letters = list("abcdefgh")
    for line in (numbered, plain, letters):
        found = table([HEADINGS, line, person(1)])
        assert [heading.text for heading in found.headings] == HEADINGS
        assert [data.number for data in found.lines] == [3]


def test_days_of_the_week_below_the_days_are_headings_too():
    days = [float(day) for day in range(1, 8)]
    letters = ["S", "M", "T", "W", "T", "F", "S"]
    found = table([["S/N", "MAT NO", *days], [None, None, *letters], [1.0, "KRR00005", *["P"] * 7]])
    assert [heading.text for heading in found.headings[2:]] == ["1", "2", "3", "4", "5", "6", "7"]
    assert len(found.lines) == 1


def test_a_second_table_below_is_found_and_a_list_without_headings_too():
    first, second = tables(
        [["MAT NO", "NAME"], ["KRR00005", "A B"], [], ["NAME", "PHONE", "WARD"], ["C D", "0722459253"]]
    )
    assert (len(first.lines), len(second.lines)) == (1, 1)
    found = table([["KRR00005", "P"], ["KRR00006", "A"]])
    assert [heading.text for heading in found.headings] == ["", ""]
    assert [line.number for line in found.lines] == [1, 2]


def test_headings_in_unknown_words_are_found_by_the_data_below_them():
    found = table([["Some title"], ["Kĩĩ", "Wĩra", "Itũũra"], ["KSS-0001", "0722459253", "Karuri"]])
    assert [heading.text for heading in found.headings] == ["Kĩĩ", "Wĩra", "Itũũra"]


def test_a_sheet_of_prose_or_nothing_has_no_table():
    assert tables([["This book belongs to the safe space."], ["Call the office with questions."]]) == []
    assert tables([]) == []
    assert tables([[None], []]) == []


def test_what_a_merged_cell_says_is_true_of_all_that_it_covers():
    rows = [["MAT NO", "NAME", 1.0, 2.0, 3.0, 4.0, 5.0], ["KRR00005", "A B", "P", "H", None, None, "P"]]
    found = table(rows, (((1, 3), (1, 5)),))
    assert list(found.lines[0].cells)[2:] == ["P", "H", "H", "H", "P"]


@given(
    st.lists(
        st.lists(
            st.none()
            | st.sampled_from(["TOTAL", "x", "KSS-0001", "NAME", "12/6/2025", "-", "RAIN"])
            | st.floats(0, 99),
            max_size=9,
        ),
        max_size=25,
    )
)
def test_every_line_of_a_sheet_is_exactly_one_thing(rows):
    sheet = Sheet("A", [["BOOK"], HEADINGS, person(1), *rows])
    found = find_tables(Book("a", (sheet,)))
    heads = sum(len(one.heading_lines) for one in found)
    below = sum(len(one.lines) + len(one.ignored) + one.blank for one in found)
    above = len(found[0].heading_lines) and found[0].heading_lines.start - 1
    between = sum(b.heading_lines.start - a.first_line for a, b in pairwise(found))
    last = len(sheet.rows) + 1 - found[-1].first_line
    assert above + heads + between + last == len(sheet.rows)
    assert below == between + last
