"""Books that overlap are taken in and taken back in any permitted order: what stands is what the standing ones say."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import undo_import
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport
from kimbilio.exchange.tests.door import PEOPLE, Door, attendance, contents_of_tables, line_list
from kimbilio.exchange.tests.test_lines_in_any_order import what_stands
from tests.programme import make_programme

MARKS = {"a": "missed", "p": "dosed"}
BOTH = ("KRR00001", "KRR00002")
days = st.sampled_from(["P", "A", ""])
lines_of_days = st.lists(st.tuples(st.sampled_from([*BOTH, "KRR00099"]), days, days), min_size=1, max_size=3)
lines_of_days = lines_of_days.filter(lambda lines: any(a or b for _number, a, b in lines))
moves = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(0, 3)),
        st.tuples(st.just("undo"), st.integers(0, 7)),
    ),
    min_size=2,
    max_size=6,
)
people = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["M", "F", ""])), min_size=1, max_size=3)


@pytest.fixture
def door(db: None) -> Door:
    return Door(make_programme())


class _Enough(Exception):
    """The example is over: nothing of it stays."""


def _played(door: Door, books: list[GivenBook], moves: list[tuple[str, int]]) -> tuple[list[int], Any]:
    """Play the moves, and return which books stand, in their order, and what is known then."""
    standing: dict[int, tuple[BookImport, int]] = {}
    for move, which in moves:
        if move == "take":
            made = door.takes_in(books[which % len(books)])
            standing[made.serial] = (made, which % len(books))
        elif standing:
            made = standing[sorted(standing)[which % len(standing)]][0]
            try:
                with transaction.atomic():
                    undo_import(by=door.by, book_import=made)
            except Refused:
                assert made.serial != max(standing)  # the newest can always be taken back
                continue
            assert made.kept == 0
            gone = BookImport.objects.filter(undone_at__isnull=False).values_list("serial", flat=True)
            assert made.serial in gone
            standing = {serial: one for serial, one in standing.items() if serial not in gone}
    return [standing[serial][1] for serial in sorted(standing)], what_stands()


def _afterwards(door: Door, before: list[GivenBook], books: list[GivenBook], moves: Any) -> Any:
    found: Any = None
    try:
        with transaction.atomic():
            for book in before:
                door.takes_in(book)
            found = _played(door, books, moves)
            raise _Enough
    except _Enough:
        return found


def _emptied(door: Door, before: list[GivenBook], books: list[GivenBook], moves: Any) -> None:
    """Take everything back, the newest first, and find the tables as they were."""
    try:
        with transaction.atomic():
            for book in before:
                door.takes_in(book)
            tables = contents_of_tables()
            _played(door, books, moves)
            standing = BookImport.objects.filter(undone_at=None, serial__gt=len(before)).order_by("-serial")
            for made in standing:
                undo_import(by=door.by, book_import=made)
            assert contents_of_tables() == tables
            raise _Enough
    except _Enough:
        return


@settings(max_examples=12)
@given(books=st.lists(lines_of_days, min_size=2, max_size=4), moves=moves)
def test_attendance_stands_as_the_standing_books_say(door, books, moves):
    given_books = [attendance(lines, marks=MARKS) for lines in books]
    before = [line_list(*PEOPLE)]
    standing, found = _afterwards(door, before, given_books, moves)
    _same, only_these = _afterwards(door, before, given_books, [("take", one) for one in standing])
    assert found == only_these
    _emptied(door, before, given_books, moves)


@settings(max_examples=10)
@example(books=[[(0, "M"), (0, "F"), (0, "F")], [(0, "M")]], moves=[("take", 0), ("take", 0)])
@given(books=st.lists(people, min_size=2, max_size=4), moves=moves)
def test_people_are_known_as_the_standing_line_lists_say(door, books, moves):
    given_books = [
        line_list(*([*PEOPLE[one][:4], sex, *PEOPLE[one][5:]] for one, sex in lines)) for lines in books
    ]
    standing, found = _afterwards(door, [], given_books, moves)
    _same, only_these = _afterwards(door, [], given_books, [("take", one) for one in standing])
    assert found == only_these
    _emptied(door, [], given_books, moves)
