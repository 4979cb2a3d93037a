"""Books that hold the same lines or days: none is taken away, or written over, with what another one says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.actions import settle_as_person, take_back_settlement, take_file, undo_import
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.forgetting import forget_old
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import lines_of, preview_book, upload_referred_to, uploads_of, waiting_count
from kimbilio.exchange.tests.door import (
    PEOPLE,
    UNREAD,
    ZAWADI,
    Door,
    attendance,
    contents_of_tables,
    fates,
    line_list,
)
from kimbilio.identity.queries import clients_with_outside_number
from kimbilio.mat.actions import correct_day
from kimbilio.mat.choices import DayMark
from kimbilio.mat.models import StandingMonth
from kimbilio.people.models import Client
from tests.programme import actor_with

AMINA = ["KSS-0077", "Amina", "Said", "Nyale", "F", "", "", "", "", "KRR00077", "", ""]
MISSED = {"a": "missed"}


@pytest.fixture
def door(programme) -> Door:
    return Door(programme)


@pytest.fixture
def clinic(door) -> Door:
    """The door once everybody is known."""
    door.takes_in(line_list(*PEOPLE))
    return door


def client_with(door: Door, number: str) -> Client:
    (found,) = clients_with_outside_number(door.site.organisation_id, number)
    return Client.objects.select_related("site").get(pk=found)


def signs() -> list[str]:
    return sorted(row.rstrip() for row in StandingMonth.objects.values_list("signs", flat=True))


def test_a_line_list_that_a_later_one_repeats_is_not_taken_back_before_it(door):
    before = contents_of_tables()
    june = door.takes_in(line_list(*PEOPLE))
    july = door.takes_in(line_list(*PEOPLE, AMINA))
    assert fates(july) == {"rows": 4, "accepted": 1, "copies": 3}
    with pytest.raises(Refused, match="Import 2 holds or adds to 3 of these lines: take it back first"):
        undo_import(by=door.by, book_import=june)
    assert Client.objects.count() == 4
    undo_import(by=door.by, book_import=july)
    undo_import(by=door.by, book_import=june)
    assert contents_of_tables() == before


def test_the_same_book_taken_in_twice_goes_with_the_first(door):
    before = contents_of_tables()
    june = door.takes_in(line_list(*PEOPLE, UNREAD))
    again = door.takes_in(line_list(*PEOPLE, UNREAD, name="another-name.csv"))
    assert fates(again) == {"rows": 4, "copies": 3, "unreadable": 1}
    assert undo_import(by=door.by, book_import=june).kept == 0
    again.refresh_from_db()
    assert again.undone_at is not None
    assert contents_of_tables() == before
    assert fates(door.takes_in(line_list(*PEOPLE, UNREAD))) == {"rows": 4, "accepted": 3, "unreadable": 1}


def test_attendance_that_a_later_book_repeats_is_not_taken_back_before_it(clinic):
    first = clinic.takes_in(attendance([("KRR00001", "P", "A"), ("KRR00002", "A", "A")]))
    before = signs()
    clinic.takes_in(attendance([("KRR00001", "P", "A"), ("KRR00002", "A", "P")]))
    third = clinic.takes_in(attendance([("KRR00001", "P", "A")]))
    with pytest.raises(Refused, match="Imports 4, 3 hold or add to 2 of these lines"):
        undo_import(by=clinic.by, book_import=first)
    undo_import(by=clinic.by, book_import=third)
    with pytest.raises(Refused, match="Import 3 holds or adds to 1 of these lines"):
        undo_import(by=clinic.by, book_import=first)
    assert before == ["+-", "--"]
    assert signs() == ["+-", "-+"]


def test_what_a_later_line_list_found_known_is_not_taken_away(door):
    first = door.takes_in(line_list(ZAWADI))
    door.takes_in(line_list([*ZAWADI[:7], "Banana", *ZAWADI[8:]]))
    with pytest.raises(Refused, match="Import 2"):
        undo_import(by=door.by, book_import=first)
    assert client_with(door, "KSS-0001")


def test_a_line_that_waits_and_came_again_unsettled_goes_with_the_later_book_first(clinic):
    first = clinic.takes_in(attendance([("KRR00099", "P")]))
    second = clinic.takes_in(attendance([("KRR00099", "P"), ("KRR00001", "P")]))
    with pytest.raises(Refused, match="Import 3"):
        undo_import(by=clinic.by, book_import=first)
    undo_import(by=clinic.by, book_import=second)
    undo_import(by=clinic.by, book_import=first)
    assert not BookLine.objects.exclude(book_import__serial=1).exists()


def waiting_before(door: Door, *newer: str) -> BookLine:
    """A line with five days missed that waits, and a later book in which that person came on some of them."""
    made = door.takes_in(attendance([("KRR00099", *["A"] * 5)], marks=MISSED))
    door.takes_in(attendance([("KRR00001", *newer)]))
    return made.lines.get()


def test_an_old_line_that_is_settled_late_writes_over_no_newer_day(clinic):
    line = waiting_before(clinic, "P", "", "P", "P")
    zawadi = client_with(clinic, "KSS-0001")
    row = settle_as_person(by=clinic.by, line=line, client=zawadi)
    assert signs() == ["+-++-"]
    (shown,) = lines_of(clinic.by, row.book_import)
    assert shown.notes == (
        "Newer lists tell already of 3 days from 2025-06-01 on: they were kept as they are.",
    )
    take_back_settlement(by=clinic.by, line=row)
    assert signs() == ["+ ++"]
    assert lines_of(clinic.by, row.book_import)[0].notes == ()


def test_an_old_line_of_which_all_is_told_newer_is_left_out(clinic):
    line = waiting_before(clinic, *["P"] * 5)
    with pytest.raises(Refused, match="Newer lists tell of all days"):
        settle_as_person(by=clinic.by, line=line, client=client_with(clinic, "KSS-0001"))
    assert signs() == ["+++++"]
    assert BookLine.objects.get(pk=line.pk).waits


def test_a_newer_line_counts_though_an_older_one_was_settled_after_it_came(clinic):
    older, newer = (
        clinic.takes_in(attendance([(number, mark)], marks=told)).lines.get()
        for number, mark, told in (("KRR00098", "A", MISSED), ("KRR00099", "P", None))
    )
    zawadi = client_with(clinic, "KSS-0001")
    settle_as_person(by=clinic.by, line=older, client=zawadi)
    settle_as_person(by=clinic.by, line=newer, client=zawadi)
    assert signs() == ["+"]


A = attendance([("KRR00001", "P", "P"), ("KRR00002", "P", "A")])
WRONG = attendance([("KRR00001", "A", "P"), ("KRR00002", "P", "A")])


def test_a_book_that_was_wrongly_put_right_is_taken_anew(clinic):
    clinic.takes_in(A)
    clinic.takes_in(WRONG)
    again = clinic.takes_in(A)
    assert fates(again) == {"rows": 2, "accepted": 1, "copies": 1}
    assert signs() == ["++", "+-"]
    assert fates(clinic.takes_in(A)) == {"rows": 2, "copies": 2}


def test_what_was_taken_anew_gives_its_place_back(clinic):
    clinic.takes_in(A)
    wrong = clinic.takes_in(WRONG)
    before = contents_of_tables()
    again = clinic.takes_in(A)
    undo_import(by=clinic.by, book_import=again)
    assert contents_of_tables() == before
    assert signs() == ["+-", "-+"]
    undo_import(by=clinic.by, book_import=wrong)
    assert signs() == ["++", "+-"]
    assert fates(clinic.takes_in(A)) == {"rows": 2, "copies": 2}


def test_a_place_that_a_third_book_took_is_not_given_back_to_the_first(clinic):
    book, wrong = attendance([("KRR00001", "P")]), attendance([("KRR00001", "A")], marks=MISSED)
    made = [clinic.takes_in(one) for one in (book, wrong, book, wrong, book)]
    assert [one.accepted for one in made] == [1] * 5
    undo_import(by=clinic.by, book_import=made[2])
    assert made[0].lines.get().taken_anew_in == made[4]
    undo_import(by=clinic.by, book_import=made[4])
    assert made[0].lines.get().taken_anew_in is None
    assert signs() == ["-"]


def test_what_was_put_right_by_hand_stands_and_the_copy_says_so(clinic):
    clinic.takes_in(A)
    zawadi = client_with(clinic, "KSS-0001")
    correct_day(by=clinic.by, client=zawadi, clinic=clinic.clinic, day=date(2025, 6, 1), mark=DayMark.MISSED)
    shown = preview_book(clinic.by, clinic.site, A).lines()
    assert "Something else was recorded of its days since, and stands." in shown[0].reason
    assert shown[1].reason == "The same as line 4 of import 2."
    assert fates(clinic.takes_in(A)) == {"rows": 2, "copies": 2}
    assert "Something else" in lines_of(clinic.by, clinic.takes_in(A))[0].reason
    assert signs() == ["+-", "-+"]


def test_what_waited_and_came_again_is_kept_and_waits_again_after_more_than_a_day(door):
    book = attendance([("KRR00077", "P")])
    first = door.takes_in(book)
    door.takes_in(line_list(AMINA))
    second = door.takes_in(book)
    BookLine.objects.filter(pk=first.lines.get().pk).update(settled_at=timezone.now() - timedelta(hours=25))
    forget_old(door.site.organisation_id)
    undo_import(by=door.by, book_import=second)
    assert waiting_count(door.by, door.site) == 1
    settle_as_person(by=door.by, line=first.lines.get(), client=client_with(door, "KRR00077"))
    assert signs() == ["+"]


def test_a_copy_has_the_persons_code(clinic):
    clinic.takes_in(attendance([("KRR00001", "P")]))
    book = attendance([("KRR00001", "P"), ("KRR00002", "P"), ("KRR00002", "P")])
    previewed = [line.code for line in preview_book(clinic.by, clinic.site, book).lines()]
    shown = lines_of(clinic.by, clinic.takes_in(book))
    assert [line.fate for line in shown] == [LineFate.COPIES, LineFate.ACCEPTED, LineFate.COPIES]
    assert [line.code for line in shown] == ["KSS-0001", "KSS-0002", "KSS-0002"]
    assert previewed[:2] == ["KSS-0001", "KSS-0002"]


def test_a_chosen_file_is_only_theirs_who_chose_it(door):
    given = line_list(*PEOPLE)
    upload = take_file(by=door.by, site=door.site, kind=Kind.LINE_LIST, name="list.csv", data=given.data)
    other = actor_with(Role.PROGRAMME_MANAGER, door.site)
    with pytest.raises(NotHere):
        upload_referred_to(other, upload.reference)
    assert uploads_of(other, door.site) == []
    assert upload_referred_to(door.by, upload.reference) == upload


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_people_are_held_before_they_are_judged(door):
    made = door.takes_in(line_list(*PEOPLE))
    with CaptureQueriesContext(connection) as asked:
        undo_import(by=door.by, book_import=made)
    told = [query["sql"] for query in asked]
    held = next(n for n, sql in enumerate(told) if "people_client" in sql and sql.endswith("FOR UPDATE"))
    judged = next(n for n, sql in enumerate(told) if 'FROM "mat_doseline"' in sql)
    assert held < judged
