"""Books of community events are read as what was so; what cannot be read waits."""

from datetime import date

import pytest

from kimbilio.exchange.books.columns import guess_columns
from kimbilio.exchange.books.events import Events, read_events
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.fields import Kind, MissingColumns
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.tests.event_books import a_book_of_events
from kimbilio.exchange.tests.making import as_csv

TODAY = date(2025, 12, 31)
HEADINGS = ["Date", "Activity", "Venue", "Male", "Female", "Total", "Facilitator"]


def read(data: bytes, name: str = "events.csv") -> Events:
    book = open_book(data, name)
    return read_events(book, guess_columns(Kind.EVENTS, book), TODAY)


@pytest.mark.parametrize("seed", range(30))
def test_a_book_of_events_says_what_was_so(seed):
    data, name, events = a_book_of_events(seed)
    found = read(data, name)
    assert [str(line.reason) for line in found.lines if not line.fate.is_taken] == []
    for line, held in zip(found.lines, events, strict=True):
        assert (line.day, line.activity, line.venue) == (held.day, held.activity, held.venue)
        assert (line.male, line.female, line.unsorted) == held.heads
        assert line.activity or line.named.casefold() == held.called.casefold()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["??", "Clean up", "Gachie", 4, 5, "", ""], "The day cannot be read."),
        (["31/2/2025", "Clean up", "Gachie", 4, 5, "", ""], "The day cannot be read."),
        (["1/6/2026", "Clean up", "Gachie", 4, 5, "", ""], "2026-06-01 has not come yet."),
        (["2/6/2025", "Clean up", "Gachie", "", "-", "", ""], "How many came cannot be read."),
        (["2/6/2025", "Clean up", "Gachie", "many", "", "", ""], "How many came cannot be read."),
        (["2/6/2025", "", "Gachie", 4, 5, "", ""], "What the event was cannot be read."),
    ],
)
def test_a_line_that_cannot_be_counted_waits_with_its_reason(line, reason):
    good = ["2/6/2025", "Clean up", "Ruaka", 4, 5, "", ""]
    found = read(as_csv([HEADINGS, good, line]))
    assert [str(one.reason) for one in found.lines if one.fate is Fate.UNREADABLE] == [reason]


@pytest.mark.parametrize(
    ("heads", "read_as"),
    [
        ([45, 5, 50], (45, 5, 0)),
        ([45, 5, 60], (45, 5, 10)),
        ([45, 5, 40], (45, 5, 0)),
        (["", "", 30], (0, 0, 30)),
        (["45 men", "abt 5", ""], (45, 5, 0)),
        ([12, "-", ""], (12, 0, 0)),
    ],
)
def test_heads_are_counted_by_sex_and_the_rest_without_it(heads, read_as):
    found = read(as_csv([HEADINGS, ["2/6/2025", "Clean up", "Ruaka", *heads, ""]]))
    (line,) = found.lines
    assert (line.male, line.female, line.unsorted) == read_as
    assert line.fate.is_taken


def test_the_same_event_twice_in_a_book_is_one_whoever_led_it():
    lines = [
        ["2/6/2025", "Clean up", "Ruaka", 4, 5, "", "Juma"],
        ["02.06.25", "CLEAN-UP", "ruaka", "4", 5, 9, ""],
    ]
    found = read(as_csv([HEADINGS, *lines, ["2/6/2025", "Clean up", "Gachie", 4, 5, "", ""]]))
    assert [line.fate for line in found.lines] == [Fate.ACCEPTED, Fate.COPIES, Fate.ACCEPTED]


def test_a_book_without_heads_or_days_says_what_is_missing():
    with pytest.raises(MissingColumns, match="how many came"):
        read(as_csv([["Date", "Activity", "Venue"], ["2/6/2025", "Clean up", "Ruaka"]]))
    with pytest.raises(MissingColumns, match="day"):
        read(as_csv([["Activity", "Venue", "Male", "Female"], ["Clean up", "Ruaka", 4, 5]]))


def test_ditto_marks_repeat_what_stands_above():
    found = read(
        as_csv([HEADINGS, ["2/6/2025", "Baraza", "Ruaka", 4, 5, "", ""], ['"', ",,", "Gachie", 6, 7, "", ""]])
    )
    assert [(line.day, line.activity) for line in found.lines] == [(date(2025, 6, 2), "public_baraza")] * 2
