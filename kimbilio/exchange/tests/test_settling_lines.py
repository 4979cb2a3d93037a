"""Lines that wait are settled: a person we know, a new one, put right, or left out. All can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.actions import (
    leave_out,
    open_waiting_line,
    settle_as_new,
    settle_as_person,
    settle_corrected,
    take_back_settlement,
)
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.forgetting import forget_old
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import book_line, settled_lately, waiting_at, waiting_count
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
from kimbilio.identity.queries import clients_with_outside_number, identity_of
from kimbilio.mat.models import StandingMonth
from kimbilio.people.models import Client
from tests.programme import actor_with, person

OTHER = ["KSS-0001", *PETER[1:]]


@pytest.fixture
def door(programme) -> Door:
    door = Door(programme)
    door.takes_in(line_list(*PEOPLE))
    return door


def client_with(door: Door, number: str) -> Client:
    (found,) = clients_with_outside_number(door.site.organisation_id, number)
    return Client.objects.select_related("site").get(pk=found)


def the_line(door: Door) -> BookLine:
    (waiting,) = waiting_at(door.by, door.site)
    return book_line(door.by, waiting.book_import.number, waiting.position)


def test_what_waits_is_listed_with_sheet_line_and_reason_and_opened_with_what_is_written(door):
    made = door.takes_in(line_list(PEOPLE[2], OTHER))
    assert waiting_count(door.by, door.site) == 1
    (listed,) = waiting_at(door.by, door.site)
    assert (listed.line, listed.reason) == (
        3,
        "The code stands beside another name on line 3.",
    ) or listed.reason
    assert listed.written == ()
    opened = open_waiting_line(by=door.by, number=made.number, position=2)
    assert ("First name", "Peter") in opened.written
    assert {field: value for field, _words, value in opened.typed}["last_name"] == "Waweru"
    assert client_with(door, "KSS-0001") in opened.candidates
    assert client_with(door, "KSS-0003") in opened.candidates
    assert AuditEvent.objects.filter(event="book.line_opened").count() == 1


def test_a_line_is_the_person_that_somebody_says(door):
    unknown = attendance([("KRR00077", "P", "A", "P")])
    door.takes_in(unknown)
    zawadi = client_with(door, "KSS-0001")
    row = settle_as_person(by=door.by, line=the_line(door), client=zawadi)
    assert (row.client_id, row.settlement) == (zawadi.pk, Settlement.THIS_PERSON)
    assert StandingMonth.objects.get().signs.rstrip() == "+-+"
    assert waiting_count(door.by, door.site) == 0
    assert fates(door.takes_in(unknown)) == {"rows": 1, "copies": 1}


def test_a_line_is_a_new_person_with_all_that_it_says(door):
    door.takes_in(line_list(OTHER))
    row = settle_as_new(by=door.by, line=the_line(door))
    assert identity_of(row.client).details.last == "Waweru"
    assert len(clients_with_outside_number(door.site.organisation_id, "KSS-0001")) == 2


def test_attendance_says_too_little_for_a_new_person(door):
    door.takes_in(attendance([("KRR00077", "P")]))
    with pytest.raises(Refused, match="Register them first"):
        settle_as_new(by=door.by, line=the_line(door))


def test_what_was_typed_is_put_right_and_judged_like_any_line(door):
    door.takes_in(line_list(UNREAD))
    line = the_line(door)
    with pytest.raises(Refused, match="no name"):
        settle_corrected(by=door.by, line=line, typed={"code": "KSS-0050"})
    with pytest.raises(Refused, match="no code"):
        settle_corrected(by=door.by, line=line, typed={"first_name": "Amina", "last_name": "Said"})
    with pytest.raises(Refused, match="other names"):
        settle_corrected(
            by=door.by, line=line, typed={"code": "KSS-0001", "first_name": "Amina", "last_name": "Said"}
        )
    row = settle_corrected(
        by=door.by, line=line, typed={"code": "KSS-0050", "first_name": "Amina", "last_name": "Said"}
    )
    assert identity_of(row.client).details.first == "Amina"
    assert client_with(door, "KSS-0050").sex == "male"


def test_a_number_that_was_put_right_finds_its_person(door):
    door.takes_in(attendance([("KRR00O0I", "P", "P")]))
    row = settle_corrected(by=door.by, line=the_line(door), typed={"mat_number": "KRR00001", "code": ""})
    assert row.client_id == client_with(door, "KSS-0001").pk


def test_a_line_is_left_out_only_with_a_reason_which_is_sealed(door):
    door.takes_in(line_list(UNREAD))
    line = the_line(door)
    with pytest.raises(Refused, match="why"):
        leave_out(by=door.by, line=line, why="  ")
    row = leave_out(by=door.by, line=line, why="A blot")
    assert row.settled_why == "A blot"
    assert isinstance(BookLine.objects.get(pk=row.pk).__dict__["settled_why"], bytes)
    assert waiting_count(door.by, door.site) == 0


@pytest.mark.parametrize("how", ["person", "new", "corrected", "left out"])
def test_what_was_settled_can_be_taken_back_and_waits_again(door, how):
    door.takes_in(line_list(OTHER))
    line = the_line(door)
    before = contents_of_tables()
    if how == "person":
        settle_as_person(by=door.by, line=line, client=client_with(door, "KSS-0002"))
    elif how == "new":
        settle_as_new(by=door.by, line=line)
    elif how == "corrected":
        settle_corrected(by=door.by, line=line, typed={"code": "KSS-0088"})
    else:
        leave_out(by=door.by, line=line, why="It is crossed out")
    assert len(settled_lately(door.by, door.site)) == 1
    take_back_settlement(by=door.by, line=line)
    assert contents_of_tables() == before
    assert the_line(door).waits


def test_it_is_not_taken_back_where_more_was_recorded_since(door):
    from kimbilio.identity.actions import Details, record_details

    door.takes_in(line_list(OTHER))
    line = the_line(door)
    row = settle_as_new(by=door.by, line=line)
    record_details(by=door.by, client=row.client, details=Details("Petro"))
    with pytest.raises(Refused, match="More was recorded"):
        take_back_settlement(by=door.by, line=line)
    assert identity_of(row.client).details.first == "Petro"


def test_after_a_day_what_stood_in_a_settled_line_is_gone(door):
    door.takes_in(line_list(OTHER))
    line = the_line(door)
    settle_as_new(by=door.by, line=line)
    BookLine.objects.filter(pk=line.pk).update(settled_at=timezone.now() - timedelta(hours=25))
    forget_old(door.site.organisation_id)
    assert not BookLine.objects.filter(contents__isnull=False).exists()
    with pytest.raises(Refused, match="more than a day"):
        take_back_settlement(by=door.by, line=line)


def test_two_who_settle_the_same_line_settle_it_once(door):
    door.takes_in(line_list(OTHER))
    line = the_line(door)
    settle_as_new(by=door.by, line=line)
    people = Client.objects.count()
    with pytest.raises(Refused, match="already"):
        settle_as_new(by=door.by, line=line)
    assert Client.objects.count() == people


def test_a_person_of_another_site_is_not_one_of_ours(door, programme):
    door.takes_in(attendance([("KRR00077", "P")]))
    there = actor_with(Role.PROGRAMME_MANAGER, programme.other_site)
    elsewhere = person(there, programme.other_site)
    with pytest.raises(NotHere):
        settle_as_person(by=door.by, line=the_line(door), client=elsewhere)


@pytest.mark.parametrize("role", [Role.PEER_EDUCATOR, Role.COUNSELLOR, Role.ME_OFFICER, Role.ADMINISTRATOR])
def test_only_who_may_take_books_in_sees_and_settles_what_waits(door, role):
    made = door.takes_in(line_list(OTHER))
    line = the_line(door)
    other = actor_with(role, door.site)
    for do in (
        lambda: waiting_at(other, door.site),
        lambda: open_waiting_line(by=other, number=made.number, position=1),
        lambda: settle_as_new(by=other, line=line),
        lambda: leave_out(by=other, line=line, why="No"),
        lambda: take_back_settlement(by=other, line=line),
    ):
        with pytest.raises(Refused):
            do()


def test_lines_of_elsewhere_are_not_there(door, programme):
    made = door.takes_in(line_list(OTHER))
    for site in (programme.other_site, programme.site_elsewhere):
        stranger = actor_with(Role.PROGRAMME_MANAGER, site)
        with pytest.raises(NotHere):
            open_waiting_line(by=stranger, number=made.number, position=1)


def test_every_settlement_is_written_down_without_what_stood_there(door):
    door.takes_in(line_list(OTHER))
    row = settle_as_new(by=door.by, line=the_line(door))
    entry = AuditEvent.objects.filter(event="book.line_settled").get()
    assert (entry.detail, entry.about, entry.record_id) == (
        {"settlement": "new_person"},
        row.client_id,
        row.pk,
    )
