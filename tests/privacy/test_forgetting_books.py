"""What books said of somebody who is forgotten, in every state a book can be in, here and in every older copy."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.exchange.actions import (
    cancel_upload,
    import_upload,
    leave_out,
    settle_as_person,
    take_file,
    undo_import,
)
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.choices import LineFate, Settlement
from kimbilio.exchange.forgetting import forget_old
from kimbilio.exchange.models import BookImport, BookLine, RememberedColumns, SpentKey, Upload
from kimbilio.people.models import Client
from kimbilio.privacy.actions import erase_person
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.erasing import erase_again
from kimbilio.privacy.models import Erasure
from kimbilio.visits.models import Visit
from tests.privacy.canaries import Canaries
from tests.privacy.erased import Told, put_back, readable, register_of, rows_of_tables, somebody
from tests.programme import Programme

pytestmark = pytest.mark.usefixtures("committing")
DAY = "2/6/2025"


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Any:
    """Have everything done that follows a commit, when the test says so."""
    with django_capture_on_commit_callbacks() as waiting:
        yield waiting


@pytest.fixture
def commit(committing: list[Callable[[], object]]) -> Callable[[], None]:
    """Return what does all that was left for after the commit, as the commit would."""

    def go_on() -> None:
        for organisation_id in set(SpentKey.objects.values_list("organisation_id", flat=True)):
            erase_again(organisation_id)
        for organisation_id in set(Erasure.objects.values_list("organisation_id", flat=True)):
            erase_again(organisation_id)

    return go_on


@pytest.fixture
def told(programme: Programme) -> Told:
    return somebody(programme, Canaries("somebody whom books tell of"))


def named(told: Told) -> str:
    return " ".join(told.names)


def waiting_lines(told: Told, programme: Programme) -> list[BookLine]:
    """Take a register in of which three lines wait: one with a name alone, one with a phone, one without a day."""
    new = told.canaries
    book = register_of(
        told,
        programme,
        [
            [DAY, told.number, named(told), told.phone, "4"],
            ["3/6/2025", "", named(told), new.phone(), "4"],
            ["4/6/2025", new.number(), f"{new.word()} {new.word()}", told.phone, "4"],
            [new.word(), told.number, new.word(), new.phone(), "4"],
        ],
        name=f"{named(told)}.csv",
    )
    return list(BookLine.objects.filter(book_import=book).order_by("position"))


def test_lines_and_files_in_every_state_tell_nothing_here_or_in_any_older_copy(
    told: Told, programme: Programme, commit: Any
) -> None:
    lines = waiting_lines(told, programme)
    assert [line.fate in {LineFate.ACCEPTED, LineFate.CORRECTED} for line in lines] == [
        True,
        False,
        False,
        False,
    ]
    copies = [rows_of_tables()]
    settle_as_person(by=told.by, line=lines[1], client=told.client)
    copies.append(rows_of_tables())
    leave_out(by=told.by, line=lines[2], why=f"{named(told)} {told.canaries.word()}")
    copies.append(rows_of_tables())
    data = f"Code,Name,Sex,Phone\n{told.number},{named(told)},M,{told.phone}\n".encode()
    upload = take_file(by=told.by, site=programme.site, kind=Kind.LINE_LIST, name="list.csv", data=data)
    copies.append(rows_of_tables())
    import_upload(by=told.by, upload=upload)
    commit()
    copies.append(rows_of_tables())
    assert len(readable(told.canaries)) == len(told.canaries)
    erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    commit()
    assert readable(told.canaries) == set()
    for copied in copies:
        put_back(copied)
        assert readable(told.canaries) == set()
        erase_again(told.by.organisation_id)
        assert not Upload.objects.exists()
        assert not BookLine.objects.filter(contents__isnull=False).exists()


def test_a_file_that_was_taken_in_or_left_is_unreadable_in_every_older_copy(
    told: Told, programme: Programme, commit: Any
) -> None:
    new = told.canaries
    before = readable(new)
    for end in (cancel_upload, lambda by, upload: import_upload(by=by, upload=upload)):
        word = Canaries(f"a file of {end}")
        data = f"Code,Name,Sex\n{word.number()},{word.word()} {word.word()},M\n".encode()
        upload = take_file(
            by=told.by, site=programme.site, kind=Kind.LINE_LIST, name=f"{word.word()}.csv", data=data
        )
        copied = {"exchange_upload": rows_of_tables()["exchange_upload"]}
        end(by=told.by, upload=upload)
        commit()
        Upload.objects.all().delete()
        put_back(copied)
        (again,) = Upload.objects.all()
        assert again.contents is None
        assert again.name is None
        erase_again(told.by.organisation_id)
        assert not Upload.objects.exists()
    assert readable(new) >= before


def test_what_a_settled_line_said_goes_after_a_day_from_older_copies_too(
    told: Told, programme: Programme, commit: Any
) -> None:
    line = waiting_lines(told, programme)[2]
    copied = rows_of_tables()
    leave_out(by=told.by, line=line, why="a note")
    BookLine.objects.filter(pk=line.pk).update(settled_at=timezone.now() - timedelta(hours=25))
    forget_old(told.by.organisation_id)
    commit()
    put_back(copied)
    line.refresh_from_db()
    assert line.contents is None
    assert line.fate == LineFate.UNKNOWN
    erase_again(told.by.organisation_id)
    line.refresh_from_db()
    assert line.settlement == Settlement.LEFT_OUT
    assert BookLine.objects.filter(contents__isnull=False).count() == 2, "the others still wait"


def test_how_many_waiting_lines_are_left_out_is_said_and_others_go_on_waiting(
    told: Told, programme: Programme
) -> None:
    waiting_lines(told, programme)
    other = Canaries("somebody else")
    register_of(
        Told(told.by, told.client, other, told.names, "", ""),
        programme,
        [
            [DAY, other.number(), f"{other.word()} {other.word()}", other.phone(), "2"],
        ],
    )
    theirs = readable(other)
    stone = erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    assert stone.lines_left_out == 3
    assert readable(other) == theirs
    assert BookLine.objects.filter(settlement=Settlement.WAITING, contents__isnull=False).count() == 1


def test_the_same_book_taken_in_again_neither_brings_them_back_nor_counts_them_twice(
    told: Told, programme: Programme, commit: Any
) -> None:
    line = [DAY, told.number, named(told), told.phone, "4"]
    data = ",".join(["1", *line, ""])
    rows = f"NO.,Date,Client code,Name,Phone,N&S given,Remarks\n{data}\n".encode()

    def take() -> BookImport:
        upload = take_file(by=told.by, site=programme.site, kind=Kind.REGISTER, name="june.csv", data=rows)
        return import_upload(by=told.by, upload=upload)

    take()
    people, visits = Client.objects.count(), Visit.objects.count()
    erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    commit()
    again = take()
    assert (again.copies, again.accepted) == (1, 0)
    assert (Client.objects.count(), Visit.objects.count()) == (people, visits)
    commit()


def test_an_import_that_told_of_somebody_forgotten_can_still_be_taken_back(
    told: Told, programme: Programme, commit: Any
) -> None:
    new = told.canaries
    names = [new.word(), new.word(), new.word()]
    data = f"Code,First name,Middle name,Surname,Sex\n{new.number()},{','.join(names)},F\n".encode()
    upload = take_file(by=told.by, site=programme.site, kind=Kind.LINE_LIST, name="list.csv", data=data)
    book = import_upload(by=told.by, upload=upload)
    registered = BookLine.objects.get(book_import=book).client
    assert registered
    erase_person(by=told.by, client=registered, why=WhyForgotten.ASKED)
    commit()
    undone = undo_import(by=told.by, book_import=book)
    assert undone.kept == 1
    assert Client.objects.filter(pk=registered.pk, forgotten_at__isnull=False).exists()


def test_what_was_said_of_columns_goes_where_it_names_them(told: Told, programme: Programme) -> None:
    for said in (f'{{"columns": {{"a": "{named(told)}"}}, "marks": {{}}}}', '{"columns": {}, "marks": {}}'):
        RememberedColumns.objects.create(
            organisation=programme.organisation,
            site=programme.site,
            kind=Kind.REGISTER.value,
            headings=said.encode()[-16:],
            said=said,
        )
    erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    assert [row.said for row in RememberedColumns.objects.all()] == ['{"columns": {}, "marks": {}}']
