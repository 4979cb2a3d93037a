"""The line lists of other programmes hold the people that they were made from, however they were written."""

from collections import Counter
from typing import Any

import pytest

from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.line_list import LineList, LineListLine
from kimbilio.exchange.tests.fiction import Someone, some_people
from kimbilio.exchange.tests.programmes import coast_csv, harbour_xlsx, highland_ods
from kimbilio.exchange.tests.reading import line_list
from kimbilio.exchange.tests.strange_programmes import HEADINGS, a_strange_programme

PEOPLE = some_people(400)


def by_number(found: LineList) -> dict[int, LineListLine]:
    """The lines by the number in their code."""
    return {int("".join(filter(str.isdigit, line.code))) % 20_000: line for line in found.lines}


def said(line: LineListLine) -> tuple[Any, ...]:
    """What a line says of a person, as far as every programme writes it down."""
    who = (line.first, line.middle, line.last, line.sex, line.phone, line.ward)
    return (*who, line.first_contact_on, line.inducted_on, line.status, line.remarks, bool(line.mat_number))


def truth(who: Someone) -> tuple[Any, ...]:
    """The same of the person whom the line was made from."""
    phone = f"+254{who.phone}" if who.phone else ""
    name = (who.first, who.middle, who.last, who.sex, phone, who.ward)
    return (*name, who.met, who.inducted, who.status or None, who.remarks, who.mat is not None)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("make", "name"),
    [(coast_csv, "coast.csv"), (harbour_xlsx, "harbour.xlsx"), (highland_ods, "highland.ods")],
)
def test_every_line_is_the_person_it_was_made_from(make, name, seed):
    found = line_list(make(PEOPLE, seed), name)
    lines = by_number(found)
    assert Counter(line.fate for line in found.lines) == {Fate.ACCEPTED: len(PEOPLE)}
    assert [said(lines[who.number]) for who in PEOPLE] == [truth(who) for who in PEOPLE]


def test_births_are_days_years_or_ages_as_each_book_has_them():
    days, years = by_number(line_list(harbour_xlsx(PEOPLE))), by_number(line_list(highland_ods(PEOPLE)))
    ages = by_number(line_list(coast_csv(PEOPLE)))
    for who in PEOPLE:
        assert days[who.number].birth_date == who.born
        assert (years[who.number].birth_date, years[who.number].birth_year) == (None, who.born.year)
        assert (ages[who.number].birth_year, ages[who.number].age) == (None, 2025 - who.born.year)


def test_the_same_line_in_another_style_has_the_same_identity():
    one, other = by_number(line_list(harbour_xlsx(PEOPLE, 3))), by_number(line_list(harbour_xlsx(PEOPLE, 4)))
    same = [number for number in one if one[number].status_written == other[number].status_written]
    assert len(same) > 100
    assert all(one[number].identity == other[number].identity for number in same)


def test_the_same_book_below_itself_is_all_copies():
    rows = coast_csv(PEOPLE).decode("cp1252").splitlines(keepends=True)
    found = line_list("".join([*rows, *rows[3:]]).encode("cp1252"))
    assert Counter(line.fate for line in found.lines) == {Fate.ACCEPTED: 400, Fate.COPIES: 400}


@pytest.mark.parametrize("seed", range(50))
def test_columns_in_any_order_under_any_of_many_headings_are_known(seed):
    book = a_strange_programme(seed)
    found = line_list(book.data, book.name)
    assert len(found.lines) == len(book.people), book.headings
    lines = by_number(found)
    for who in book.people:
        line = lines[who.number]
        for field, is_told in book.checks.items():
            assert is_told(line, who), (field, book.headings[field], line)


def test_every_field_of_the_books_has_strange_headings():
    assert set(HEADINGS) >= {"code", "full_name", "sex", "phone", "ward", "mat_number", "status"}
