"""A chosen file is kept sealed until it is taken in or left, its columns are told once and remembered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.actions import cancel_upload, choose_columns, import_upload, take_file
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.models import BookImport, RememberedColumns, Upload
from kimbilio.exchange.queries import columns_of, preview, progress_of, upload_referred_to, uploads_of
from kimbilio.exchange.reading import NeedsColumns
from kimbilio.exchange.tests.door import PEOPLE, Door, attendance, fates, line_list
from kimbilio.exchange.tests.making import as_csv
from kimbilio.people.models import Client
from tests.programme import actor_with

HEADINGS = ["Kichwa", "Jina A", "Jina B", "Zingine"]
ODD = [HEADINGS, ["KSS-0001", "Zawadi", "Mkamburi", "x"], ["KSS-0002", "Juma", "Baya", "y"]]


@pytest.fixture
def door(programme) -> Door:
    return Door(programme)


def chosen(door: Door, data: bytes = b"", kind: Kind = Kind.LINE_LIST, name: str = "people.csv") -> Upload:
    return take_file(by=door.by, site=door.site, kind=kind, name=name, data=data or line_list(*PEOPLE).data)


def test_a_chosen_file_lies_sealed_and_is_gone_once_it_is_taken_in(door):
    upload = chosen(door)
    held = Upload.objects.get().__dict__
    for field in ("contents", "name"):
        assert isinstance(held[field], bytes)
        assert b"people" not in held[field]
    assert uploads_of(door.by, door.site) == [upload]
    made = import_upload(by=door.by, upload=upload_referred_to(door.by, upload.reference))
    assert fates(made) == {"rows": 3, "accepted": 3}
    assert made.name == "people.csv"
    assert not Upload.objects.exists()
    assert progress_of(upload.pk).percent == 100


def test_a_file_is_taken_in_once_however_often_it_is_asked(door):
    upload = chosen(door)
    import_upload(by=door.by, upload=upload)
    with pytest.raises(NotHere):
        import_upload(by=door.by, upload=upload)
    assert BookImport.objects.count() == 1


def test_nobody_leaves_files_without_end(door, monkeypatch):
    monkeypatch.setattr("kimbilio.exchange.books.limits.MOST_WAITING", 2)
    first, _second = chosen(door), chosen(door)
    with pytest.raises(Refused, match="2 files"):
        chosen(door)
    assert Upload.objects.count() == 2
    cancel_upload(by=door.by, upload=first)
    assert chosen(door)


def test_a_file_that_is_left_is_deleted(door):
    cancel_upload(by=door.by, upload=chosen(door))
    assert not Upload.objects.exists()
    assert not Client.objects.exists()


def test_after_a_day_a_file_is_gone(door):
    upload = chosen(door)
    Upload.objects.update(recorded_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(NotHere):
        upload_referred_to(door.by, upload.reference)
    assert uploads_of(door.by, door.site) == []
    chosen(door)
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("bad", [b"\x89PNG....", b" ", b"PK\x03\x04junk"])
def test_no_book_is_refused_at_once_and_not_kept(door, bad):
    with pytest.raises(Refused):
        chosen(door, bad)
    assert not Upload.objects.exists()


def test_the_guess_of_each_column_is_shown_with_examples(door):
    shown = columns_of(door.by, chosen(door))
    assert shown.missing == ""
    assert {column.field: column.examples[0] for column in shown.columns if column.field}[
        "code"
    ] == "KSS-0001"
    assert ("code", "The person's code") in shown.fields


def test_what_is_missing_is_said_and_once_told_remembered_for_the_same_headings(door):
    upload = chosen(door, as_csv(ODD))
    assert columns_of(door.by, upload).missing
    with pytest.raises(NeedsColumns):
        preview(door.by, upload)


def test_columns_that_were_told_are_used_and_remembered(door):
    upload = chosen(door, as_csv(ODD))
    told = {"code": "Kichwa", "last_name": "Jina A", "first_name": "Jina B"}
    choose_columns(by=door.by, upload=upload, columns=told)
    assert preview(door.by, upload).counts.accepted == 2
    import_upload(by=door.by, upload=upload)
    again = chosen(
        door, as_csv([ODD[0], ["KSS-0009", "Amina", "Said", ""], ["KSS-0010", "Ali", "Nyale", ""]])
    )
    shown = columns_of(door.by, again)
    assert shown.remembered
    assert {c.field: c.heading for c in shown.columns if c.field in told} == told
    assert (
        fates(door.takes_in(line_list_of(as_csv([ODD[0], ["KSS-0011", "Bakari", "Musa", ""]]))))["rows"] == 1
    )
    assert RememberedColumns.objects.count() == 1


def line_list_of(data: bytes):
    from kimbilio.exchange.kinds import GivenBook

    return GivenBook(Kind.LINE_LIST, "later.csv", data)


def test_a_heading_that_is_not_there_is_refused_and_nothing_is_remembered(door):
    upload = chosen(door)
    with pytest.raises(Refused, match="no column"):
        choose_columns(by=door.by, upload=upload, columns={"code": "Nothing like it"})
    assert not RememberedColumns.objects.exists()


def test_the_marks_of_a_month_are_shown_and_can_be_told(door):
    door.takes_in(line_list(*PEOPLE))
    upload = chosen(
        door, attendance([("KRR00001", "P", "Q", "P"), ("KRR00002", "P", "A", "P")]).data, Kind.ATTENDANCE
    )
    marks = {mark.mark: (mark.meaning, mark.ask) for mark in columns_of(door.by, upload).marks}
    assert marks["p"] == ("dosed", False)
    assert marks["q"] == (None, True)
    choose_columns(by=door.by, upload=upload, columns={}, marks={"q": "missed"})
    assert not [mark for mark in columns_of(door.by, upload).marks if mark.ask]
    assert preview(door.by, upload).month == "2025-06"


def test_nobody_else_sees_a_chosen_file(door, programme):
    upload = chosen(door)
    stranger = actor_with(Role.PROGRAMME_MANAGER, programme.other_site)
    peer = actor_with(Role.PEER_EDUCATOR, door.site)
    for by in (stranger, peer):
        with pytest.raises(NotHere):
            upload_referred_to(by, upload.reference)
    for do in (cancel_upload, import_upload):
        with pytest.raises(Refused):
            do(by=peer, upload=upload)
        with pytest.raises(NotHere):
            do(by=stranger, upload=upload)
    assert Upload.objects.count() == 1
