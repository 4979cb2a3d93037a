"""A damaged book is taken in whole or refused in one sentence: never a half of it, and what was taken can go back."""

import random

import pytest

from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import undo_import
from kimbilio.exchange.kinds import GivenBook
from kimbilio.exchange.models import BookImport
from kimbilio.exchange.tests.door import JUNE, PEOPLE, Door, contents_of_tables, line_list
from kimbilio.exchange.tests.mutations import damaged, some_books


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_book_is_taken_in_whole_or_not_at_all(programme, seed):
    door = Door(programme)
    door.takes_in(line_list(*PEOPLE))
    chance = random.Random(seed)
    before = contents_of_tables()
    for name, data, kind in some_books():
        book = GivenBook(kind, name, damaged(data, chance), JUNE if kind == "attendance" else None)
        imports = BookImport.objects.count()
        try:
            made = door.takes_in(book)
        except Refused:
            assert BookImport.objects.count() == imports
        else:
            told = (
                made.accepted + made.corrected + made.copies + made.ambiguous + made.unknown + made.unreadable
            )
            assert told == made.rows == made.lines.count()
            undo_import(by=door.by, book_import=made)
        assert contents_of_tables() == before, name
