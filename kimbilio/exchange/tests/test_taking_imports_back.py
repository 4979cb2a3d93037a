"""A whole import is taken back: everything but the audit is as it was, and the same book can be taken in anew."""

import pytest

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core import vault
from kimbilio.core.keyring import Domain, KeyDestroyed
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.actions import settle_as_new, settle_as_person, undo_import
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.tests.door import (
    PEOPLE,
    PETER,
    UNREAD,
    ZAWADI,
    Door,
    attendance,
    contents_of_tables,
    fates,
    line_list,
)
from kimbilio.identity.actions import Details, PhoneDetails, add_phone, record_details
from kimbilio.identity.name_search import search_names
from kimbilio.identity.queries import clients_with_outside_number
from kimbilio.people.actions import AboutClient, correct_client, merge_clients
from kimbilio.people.choices import Sex
from kimbilio.people.models import Client
from tests.programme import actor_with, person


@pytest.fixture
def door(programme) -> Door:
    return Door(programme)


def client_with(door: Door, number: str) -> Client:
    (found,) = clients_with_outside_number(door.site.organisation_id, number)
    return Client.objects.select_related("site").get(pk=found)


def test_a_line_list_taken_back_leaves_everything_as_it_was(door):
    person(door.by, door.site, first="Amina", last="Said", number="KSS-0900")
    before = contents_of_tables()
    first = door.takes_in(line_list(*PEOPLE, UNREAD))
    told = fates(first)
    undo_import(by=door.by, book_import=first)
    assert contents_of_tables() == before
    assert (first.undone_at is not None, first.undone_by, first.kept) == (True, door.by.staff_id, 0)
    assert fates(door.takes_in(line_list(*PEOPLE, UNREAD))) == told


def test_attendance_taken_back_leaves_everything_as_it_was(door):
    door.takes_in(line_list(*PEOPLE))
    door.takes_in(attendance([("KRR00001", "P", "P", "A")]))
    before = contents_of_tables()
    book = attendance([("KRR00001", "P", "A", "A", "P"), ("KRR00002", "A"), ("KRR00099", "P")])
    made = door.takes_in(book)
    assert contents_of_tables() != before
    undo_import(by=door.by, book_import=made)
    assert contents_of_tables() == before
    assert fates(door.takes_in(book)) == {"rows": 3, "accepted": 2, "unknown": 1}


def test_what_was_added_to_known_people_goes_out_of_use(door):
    person(door.by, door.site, first="Zawadi", last="Mkamburi", number="KSS-0001")
    before = contents_of_tables()
    made = door.takes_in(line_list(*PEOPLE))
    assert fates(made) == {"rows": 3, "accepted": 3}
    undo_import(by=door.by, book_import=made)
    assert contents_of_tables() == before


def test_people_who_were_taken_out_cannot_be_found_or_read(door, django_capture_on_commit_callbacks):
    made = door.takes_in(line_list(*PEOPLE))
    zawadi = client_with(door, "KSS-0001")
    assert search_names(door.site.organisation_id, "zawadi mkamburi", limit=3)
    with django_capture_on_commit_callbacks(execute=True):
        undo_import(by=door.by, book_import=made)
    assert not search_names(door.site.organisation_id, "zawadi mkamburi", limit=3)
    with pytest.raises(KeyDestroyed):
        vault.keyring().client_key(door.site.organisation_id, Domain.IDENTITY, zawadi.pk, create=True)


def rename(door: Door, client: Client) -> None:
    record_details(by=door.by, client=client, details=Details("Zawadi", "", "Mkamburi"))


def give_phone(door: Door, client: Client) -> None:
    add_phone(by=door.by, client=client, phone=PhoneDetails("0733123123"))


def correct(door: Door, client: Client) -> None:
    correct_client(by=door.by, client=client, about=AboutClient(sex=Sex.FEMALE, birth_year=1991))


def join(door: Door, client: Client) -> None:
    other = person(door.by, door.site, first="Zawadi", last="Mkamburi")
    merge_clients(by=door.by, client=other, into=client)


def list_days(door: Door, client: Client) -> None:
    door.takes_in(attendance([("KRR00001", "P")]))


@pytest.mark.parametrize("work", [rename, give_phone, correct, join, list_days])
def test_whoever_was_worked_on_since_stays_and_is_counted(door, work):
    book = line_list(*PEOPLE)
    made = door.takes_in(book)
    zawadi = client_with(door, "KSS-0001")
    work(door, zawadi)
    undo_import(by=door.by, book_import=made)
    assert made.kept == 1
    assert client_with(door, "KSS-0001") == zawadi
    assert not clients_with_outside_number(door.site.organisation_id, "KSS-0002")
    assert fates(door.takes_in(book)) == {"rows": 3, "accepted": 2, "copies": 1}


def test_what_stayed_goes_once_nothing_rests_on_it(door):
    before = contents_of_tables()
    people = door.takes_in(line_list(*PEOPLE))
    days = door.takes_in(attendance([("KRR00001", "P")]))
    undo_import(by=door.by, book_import=people)
    assert people.kept == 1
    undo_import(by=door.by, book_import=days)
    undo_import(by=door.by, book_import=people)
    assert people.kept == 0
    after = contents_of_tables()
    assert after == before


def test_an_import_is_taken_back_once(door):
    made = door.takes_in(line_list(*PEOPLE))
    undo_import(by=door.by, book_import=made)
    with pytest.raises(Refused, match="already"):
        undo_import(by=door.by, book_import=made)


def test_what_was_settled_of_an_import_goes_back_with_it(door):
    door.takes_in(line_list(*PEOPLE))
    before = contents_of_tables()
    other = PETER.copy()
    other[0] = "KSS-0001"
    made = door.takes_in(line_list(other))
    settle_as_new(by=door.by, line=made.lines.get())
    assert Client.objects.count() == 4
    undo_import(by=door.by, book_import=made)
    assert contents_of_tables() == before


def test_a_line_that_came_again_waits_again_when_the_later_book_is_taken_back(door):
    book = attendance([("KRR00077", "P")])
    first = door.takes_in(book)
    newcomer = ["KSS-0077", "Amina", "Said", "Nyale", "F", "", "", "", "", "KRR00077", "", ""]
    door.takes_in(line_list(newcomer))
    second = door.takes_in(book)
    assert fates(second) == {"rows": 1, "accepted": 1}
    undo_import(by=door.by, book_import=second)
    assert first.lines.get().waits
    settle_as_person(by=door.by, line=first.lines.get(), client=client_with(door, "KRR00077"))
    assert fates(door.takes_in(book)) == {"rows": 1, "copies": 1}


def test_it_is_written_down_with_numbers_and_nothing_of_anybody(door):
    made = door.takes_in(line_list(ZAWADI))
    undo_import(by=door.by, book_import=made)
    imported, undone = AuditEvent.objects.filter(event__in=["book.imported", "book.undone"]).order_by("seq")
    assert imported.detail["rows"] == imported.detail["accepted"] == 1
    assert len(imported.detail["digest"]) == 64
    assert undone.detail == {"rows": 1, "kept": 0, "number": 1}
    assert imported.record_id == undone.record_id == made.pk
    for entry in AuditEvent.objects.all():
        assert "Zawadi" not in str(entry.detail)
        assert "KSS" not in str(entry.detail)


def test_only_who_may_take_books_in_may_take_them_back(door, programme):
    made = door.takes_in(line_list(*PEOPLE))
    peer = actor_with(Role.PEER_EDUCATOR, programme.site)
    strangers = [
        actor_with(Role.PROGRAMME_MANAGER, site) for site in (programme.other_site, programme.site_elsewhere)
    ]
    before = contents_of_tables()
    with pytest.raises(Refused):
        undo_import(by=peer, book_import=made)
    for stranger in strangers:
        with pytest.raises(NotHere):
            undo_import(by=stranger, book_import=made)
    assert contents_of_tables() == before
    assert BookLine.objects.count() == 3
