"""Taking a book in is permitted or refused, whole or not at all, once only, and asks a bounded number of questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import Refused
from kimbilio.exchange.queries import preview_book
from kimbilio.exchange.tests.door import (
    PEOPLE,
    PETER,
    UNREAD,
    Door,
    attendance,
    contents_of_tables,
    fates,
    line_list,
)
from tests.programme import actor_with

MAY = {Role.PROGRAMME_MANAGER, Role.MAT_LIAISON, Role.DESK_OFFICER}


@pytest.fixture
def door(programme) -> Door:
    return Door(programme)


@pytest.mark.parametrize("role", list(Role))
def test_only_some_roles_take_books_in(door, role):
    door.by = actor_with(role, door.site)
    if role in MAY:
        assert fates(door.takes_in(line_list(PETER))) == {"rows": 1, "accepted": 1}
    else:
        with pytest.raises(Refused):
            door.takes_in(line_list(PETER))
        with pytest.raises(Refused):
            preview_book(door.by, door.site, line_list(PETER))


def test_a_list_with_steps_on_mat_is_taken_only_by_who_may_record_them(door):
    door.by = actor_with(Role.DESK_OFFICER, door.site)
    before = contents_of_tables()
    with pytest.raises(Refused, match="what your role does not allow: Record steps on MAT"):
        door.takes_in(line_list(*PEOPLE))
    assert contents_of_tables() == before


@pytest.mark.parametrize(
    "broken",
    [
        "kimbilio.exchange.kinds.new_people.record_many",
        "kimbilio.exchange.kinds.line_list.record_steps",
        "kimbilio.exchange.writing.write_lines",
        "kimbilio.exchange.writing.write_made",
        "kimbilio.exchange.writing.undecided_pairs",
    ],
)
def test_whatever_breaks_in_the_middle_nothing_is_left(door, monkeypatch, broken):
    before = contents_of_tables()

    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(broken, breaks)
    with pytest.raises(RuntimeError):
        door.takes_in(line_list(*PEOPLE))
    assert contents_of_tables() == before
    monkeypatch.undo()
    assert fates(door.takes_in(line_list(*PEOPLE))) == {"rows": 3, "accepted": 3}


def test_a_fault_in_reading_is_one_sentence_and_tells_nothing_of_the_book(door, monkeypatch, caplog):
    def breaks(*_args: object, **_more: object) -> None:
        raise ValueError("Zawadi")

    monkeypatch.setattr("kimbilio.exchange.kinds.line_list.read_line_list", breaks)
    with pytest.raises(Refused, match="cannot be read") as refused:
        door.takes_in(line_list(*PEOPLE))
    assert "Zawadi" not in str(refused.value) + caplog.text
    assert "ValueError" in caplog.text


def test_a_preview_tells_the_same_and_writes_nothing(door):
    again = [*PEOPLE[0]]
    again[0], again[9:] = "KSS-0099", ["", "", ""]
    book = line_list(*PEOPLE, again, UNREAD)
    before = contents_of_tables()
    preview = preview_book(door.by, door.site, book)
    told = {name: count for name, count in vars(preview.counts).items() if count}
    assert contents_of_tables() == before
    assert told == {"rows": 5, "accepted": 4, "unreadable": 1, "duplicates": 1}
    assert told == fates(door.takes_in(book))
    known = preview_book(door.by, door.site, book)
    assert {name: count for name, count in vars(known.counts).items() if count} == {
        "rows": 5,
        "copies": 4,
        "unreadable": 1,
    }


def people(first: int, count: int) -> list[list[str]]:
    return [
        [
            *(f"KSS-{n:04d}", "Kamau", f"Name{chr(97 + n % 26)}", f"Last{chr(97 + n // 26)}", "M", "1990"),
            *(f"07120{n:05d}", "Banana", "1/1/2024", f"KRR{n:05d}", "1/2/2024", "LTFU"),
        ]
        for n in range(first, first + count)
    ]


def questions(do) -> int:
    with CaptureQueriesContext(connection) as asked:
        do()
    return len(asked)


def test_ten_times_the_people_ask_hardly_more_questions(door):
    few = questions(lambda: door.takes_in(line_list(*people(1, 30))))
    many = questions(lambda: door.takes_in(line_list(*people(100, 300))))
    assert many < few * 2
    again = questions(lambda: door.takes_in(line_list(*people(100, 300))))
    assert again <= few


def test_ten_times_the_lines_of_attendance_ask_hardly_more_questions(door):
    door.takes_in(line_list(*people(1, 400)))

    def month(first: int, count: int):
        return attendance([(f"KRR{n:05d}", "P", "A", "P") for n in range(first, first + count)])

    few = questions(lambda: door.takes_in(month(1, 30)))
    assert questions(lambda: door.takes_in(month(100, 300))) <= few + 10


def test_imports_are_numbered_within_an_organisation(door, programme):
    assert [door.takes_in(line_list(PETER)).number, door.takes_in(line_list(PETER)).number] == [1, 2]
    door.site, door.by = (
        programme.site_elsewhere,
        actor_with(Role.PROGRAMME_MANAGER, programme.site_elsewhere),
    )
    assert door.takes_in(line_list(PETER)).number == 1
