"""Lines that come in several books, in any order and more than once, make the same people and the same days."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kimbilio.exchange.tests.door import PEOPLE, Door, attendance, line_list
from kimbilio.identity.models import OutsideNumber, PersonalDetails, Phone
from kimbilio.mat.models import JourneyStep, StandingMonth
from kimbilio.people.models import Client
from tests.programme import Programme, make_programme

MARKS = [("KRR00001", "P", "A", "", "TH"), ("KRR00002", "A", "A", "", "J"), ("KRR00003", "", "P", "", "")]
MEANINGS = {"p": "dosed", "a": "missed", "th": "take_home", "j": "imprisoned"}
WITH_NUMBERS = [*PEOPLE[:2], [*PEOPLE[2][:9], "KRR00003", "1/10/2024", "Active"]]

a_few_books = st.lists(st.lists(st.sampled_from([0, 1, 2]), min_size=1, max_size=4), min_size=1, max_size=4)


@pytest.fixture
def door(db: None) -> Door:
    programme: Programme = make_programme()
    return Door(programme)


def what_stands() -> dict[str, Any]:
    """What is known of each person, by names; steps without their order."""
    found: dict[str, Any] = {}
    for details in PersonalDetails.objects.filter(replaced_at__isnull=True):
        one = {"client": details.client_id}
        found[f"{details.first} {details.last}"] = (
            sorted(phone.number for phone in Phone.objects.filter(**one)),
            sorted(number.number for number in OutsideNumber.objects.filter(**one)),
            sorted(JourneyStep.objects.filter(**one).values_list("kind", flat=True)),
            sorted(StandingMonth.objects.filter(**one).values_list("month", "signs")),
        )
    return found


class _Enough(Exception):
    """The example is over: nothing of it stays."""


@settings(max_examples=25)
@given(people=a_few_books, days=a_few_books)
def test_it_does_not_matter_in_which_books_and_how_often_lines_come(door, people, days):
    everybody = [[0, 1, 2]]
    once = _after(door, everybody, everybody)
    assert len(once) == 3
    assert _after(door, [*people, *everybody], [*days, *everybody]) == once
    assert _after(door, [*everybody, *people], [*everybody, *days]) == once


def _after(door: Door, people: list[list[int]], days: list[list[int]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    try:
        with transaction.atomic():
            for book in people:
                door.takes_in(line_list(*(WITH_NUMBERS[line] for line in book)))
            for book in days:
                door.takes_in(attendance([MARKS[line] for line in book], marks=MEANINGS))
            assert Client.objects.count() == 3
            assert set(StandingMonth.objects.values_list("month", flat=True)) == {date(2025, 6, 1)}
            found = what_stands()
            raise _Enough
    except _Enough:
        return found
