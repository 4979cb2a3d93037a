"""A register is taken in whole or not at all, by as many questions of the database for many lines as for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kimbilio.exchange.queries import preview_book
from kimbilio.exchange.tests.door import PEOPLE, Door, contents_of_tables, line_list
from kimbilio.exchange.tests.visits_at_door import a_line, register

CODES = ["KSS-0001", "KSS-0002", "KSS-0003"]


def lines(count: int, day: int) -> list[list[object]]:
    return [a_line(n, f"{day}/6/2025", CODES[n % 3], "", 2, 1, 3, "x") for n in range(count)]


@pytest.fixture
def door(programme) -> Door:
    found = Door(programme)
    found.takes_in(line_list(*PEOPLE))
    found.takes_in(register(*lines(3, 1)))
    return found


def test_a_preview_and_an_import_ask_a_bounded_number_of_questions(door):
    asked = []
    for count, day in ((5, 2), (60, 3)):
        with CaptureQueriesContext(connection) as looked:
            preview_book(door.by, door.site, register(*lines(count, day)))
        with CaptureQueriesContext(connection) as taken:
            door.takes_in(register(*lines(count, day)))
        asked.append((len(looked), len(taken)))
    few, many = asked
    assert few[0] == many[0]
    assert many[1] <= few[1] + 5


@pytest.mark.parametrize(
    "broken",
    [
        "kimbilio.visits.actions.recording.write_visits",
        "kimbilio.exchange.writing.write_lines",
        "kimbilio.exchange.writing.write_made",
    ],
)
def test_whatever_breaks_in_the_middle_nothing_is_left(door, monkeypatch, broken):
    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError

    before = contents_of_tables()
    monkeypatch.setattr(broken, breaks)
    with pytest.raises(RuntimeError):
        door.takes_in(register(*lines(9, 4)))
    assert contents_of_tables() == before
