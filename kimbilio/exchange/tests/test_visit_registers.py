"""Visit registers of many programmes are read as what was so, whatever their shape."""

from collections import Counter
from datetime import date

import pytest

from kimbilio.exchange.books.columns import guess_columns
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.books.register import Register, read_register
from kimbilio.exchange.tests.fiction import some_people
from kimbilio.exchange.tests.visit_books import Style, a_register
from kimbilio.exchange.tests.visit_fiction import Coming, some_visits, sums_of
from kimbilio.identity.rules import normalise_outside_number

MONTHS = [date(2025, 6, 1), date(2024, 2, 1), date(2025, 12, 1), date(2023, 9, 1), date(2026, 5, 1)]
TODAY = date(2026, 6, 30)


def month_of(seed: int) -> list[Coming]:
    people = some_people(40, seed)
    return some_visits(people, MONTHS[seed % len(MONTHS)], seed)


def read(data: bytes, name: str = "register") -> Register:
    book = open_book(data, name)
    return read_register(book, guess_columns(Kind.REGISTER, book), TODAY)


@pytest.mark.parametrize("seed", range(48))
def test_a_register_of_another_programme_says_what_was_so(seed):
    style, visits = Style(seed), month_of(seed)
    found = read(*a_register(visits, style))
    assert [str(line.reason) for line in found.lines if not line.fate.is_taken] == []
    told: Counter[str] = Counter(visits=len(found.lines))
    for line in found.lines:
        told.update(dict(line.handed.supplies))
        told.update(
            {"needles_returned": line.handed.needles_returned, **dict.fromkeys(line.handed.services, 1)}
        )
    assert +told == sums_of(visits)
    for line, visit in zip(found.lines, visits, strict=True):
        assert (line.day, line.number) == (visit.day, str(visit.number))
        assert normalise_outside_number(line.code) == normalise_outside_number(style.code_of(visit.who))
        assert line.names.first == visit.who.first
        assert line.fate is Fate.ACCEPTED, [str(note) for note in line.notes]
    assert found.told == ()
