"""Lines of registers and events that wait: given to a person, a new one, put right or left out; waiting again."""

from datetime import date

import pytest

from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import (
    leave_out,
    settle_as_new,
    settle_as_person,
    settle_corrected,
    take_back_settlement,
    undo_import,
)
from kimbilio.exchange.choices import LineFate, Settlement
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import waiting_at
from kimbilio.exchange.queries.waiting import opened_line
from kimbilio.exchange.tests.door import PEOPLE, Door, fates, line_list
from kimbilio.exchange.tests.visits_at_door import a_line, events, figures, register, standing_visits
from kimbilio.identity.queries import outside_codes
from kimbilio.people.choices import Sex
from kimbilio.people.models import Client
from kimbilio.stock.models import Movement
from kimbilio.visits.actions import correct_visit, record_visit
from kimbilio.visits.rules import Given, NewVisit

UNKNOWN = a_line(1, "2/6/2025", "KSS-0444", "Rehema Nyale Thuo", 4, 1, "", "x", sex="Ke", age="abt 30")
NO_DAY = a_line(2, "??", "KSS-0002", "Juma B.", 6)
SHORT = a_line(3, "3/6/2025", "", "Peter K.", 2)
KNOWN = a_line(4, "4/6/2025", "KSS-0003", "", 2)


@pytest.fixture
def door(programme) -> Door:
    found = Door(programme)
    found.takes_in(line_list(*PEOPLE))
    return found


def waits(door: Door, number: int = 0) -> BookLine:
    return waiting_at(door.by, door.site)[number].row


def person(name_of_sex: Sex = Sex.FEMALE) -> Client:
    return Client.objects.filter(sex=name_of_sex).order_by("recorded_at")[0]


def test_a_line_given_to_a_person_is_their_visit_until_it_waits_again(door):
    door.takes_in(register(UNKNOWN, KNOWN))
    settled = settle_as_person(by=door.by, line=waits(door), client=person())
    assert figures() == {"visits": 2, "needles": 6, "needles_returned": 1, "hiv_referral": 1}
    assert {visit.client_id for visit in standing_visits()} >= {person().pk}
    take_back_settlement(by=door.by, line=settled)
    assert figures() == {"visits": 1, "needles": 2}
    assert waits(door).pk == settled.pk
    moved = list(Movement.objects.order_by("pk").values_list("kind", "quantity"))
    assert sorted(moved) == [("distribution", 2), ("distribution", 4), ("reversal", 4)]
    settle_as_person(by=door.by, line=waits(door), client=person())
    assert figures()["visits"] == 2


def test_somebody_new_is_registered_as_the_line_says_and_taken_out_with_it(door):
    door.takes_in(register(UNKNOWN))
    opened = opened_line(door.by, waits(door))
    assert opened.can_be_new
    settled = settle_as_new(by=door.by, line=opened.row)
    made = Client.objects.get(pk=settled.client_id)
    assert (made.sex, made.birth_year, made.first_contact_on) == (Sex.FEMALE, 1994, date(2025, 6, 2))
    assert outside_codes(door.site.organisation_id, {made.pk}) == {made.pk: "KSS-0444"}
    assert figures()["visits"] == 1
    take_back_settlement(by=door.by, line=settled)
    assert not Client.objects.filter(pk=made.pk).exists()
    assert not figures()
    assert sorted(Movement.objects.values_list("kind", flat=True)) == ["distribution", "reversal"]
    settle_as_new(by=door.by, line=waits(door))
    assert fates(door.takes_in(register(UNKNOWN, name="later.csv"))) == {"rows": 1, "copies": 1}


def test_a_line_that_says_too_little_offers_nobody_new(door):
    door.takes_in(register(a_line(1, "2/6/2025", "KSS-0444", "?"), KNOWN))
    assert not opened_line(door.by, waits(door)).can_be_new
    with pytest.raises(Refused, match="too little of a person"):
        settle_as_new(by=door.by, line=waits(door))


def test_a_line_without_its_day_is_nobodys_visit_until_the_day_is_put_right(door):
    door.takes_in(register(NO_DAY, KNOWN))
    line = waits(door)
    assert opened_line(door.by, line).is_put_right_first
    with pytest.raises(Refused, match="Nothing of this line can be recorded"):
        settle_as_person(by=door.by, line=line, client=person(Sex.MALE))
    for wrong in ("", "31/6/2025", "1/1/2099"):
        with pytest.raises(Refused, match=r"day cannot be read|has not come yet"):
            settle_corrected(by=door.by, line=line, typed={"day": wrong})
    settled = settle_corrected(by=door.by, line=line, typed={"day": "5 June 2025"})
    assert settled.settlement == Settlement.CORRECTED
    assert [visit.occurred_on.day for visit in standing_visits()] == [4, 5]
    assert figures()["needles"] == 8
    assert fates(door.takes_in(register(NO_DAY, KNOWN)))["copies"] == 2


def test_a_code_or_a_name_is_put_right_and_the_line_judged_anew(door):
    door.takes_in(register(UNKNOWN, SHORT, KNOWN))
    with pytest.raises(Refused, match="Nobody here has the number"):
        settle_corrected(by=door.by, line=waits(door), typed={"code": "KSS-0445"})
    with pytest.raises(Refused, match="somebody with another name"):
        settle_corrected(by=door.by, line=waits(door), typed={"code": "kss 0003"})
    settle_corrected(
        by=door.by,
        line=waits(door),
        typed={"code": "kss 0001", "first_name": "", "middle_name": "", "last_name": ""},
    )
    named = {"first_name": "Peter", "middle_name": "Kamau", "last_name": "Waweru"}
    settle_corrected(by=door.by, line=waits(door), typed=named)
    assert figures()["visits"] == 3
    assert waiting_at(door.by, door.site) == []


def test_a_line_is_left_out_with_a_reason(door):
    door.takes_in(register(UNKNOWN))
    leave_out(by=door.by, line=waits(door), why="A visitor from another programme")
    assert not figures()
    assert fates(door.takes_in(register(UNKNOWN))) == {"rows": 1, "copies": 1}


def test_taking_the_book_back_takes_what_was_settled_and_corrected_of_it(door):
    made = door.takes_in(register(UNKNOWN, KNOWN))
    settle_as_new(by=door.by, line=waits(door))
    visit = next(one for one in standing_visits() if one.occurred_on.day == 4)
    right = NewVisit(visit.client_id, visit.occurred_on, Given(needles_returned=7))
    correct_visit(by=door.by, visit=visit, new=right)
    undo_import(by=door.by, book_import=made)
    assert not figures()
    made.refresh_from_db()
    assert made.kept == 0
    assert Client.objects.count() == len(PEOPLE)


def test_whoever_was_registered_from_a_line_stays_where_more_was_recorded_of_them(door):
    made = door.takes_in(register(UNKNOWN))
    settled = settle_as_new(by=door.by, line=waits(door))
    client = Client.objects.get(pk=settled.client_id)
    later = NewVisit(client.pk, date(2025, 7, 1))
    record_visit(by=door.by, client=client, at_site=door.site, visit=later)
    undo_import(by=door.by, book_import=made)
    made.refresh_from_db()
    assert made.kept == 1
    assert [visit.occurred_on for visit in standing_visits()] == [date(2025, 7, 1)]


GOOD = ["2/6/2025", "Clean up", "Gachie", 45, 5, "Peer educator"]
VIGIL = ["3/6/2025", "Candlelight vigil", "Ruaka", 10, 12, ""]
NO_HEADS = ["4/6/2025", "Baraza", "Ruaka", "?", "", ""]


def test_events_are_counted_by_what_they_were_and_others_kept_by_their_name(door):
    from kimbilio.community.models import CommunityEvent

    made = door.takes_in(events(GOOD, VIGIL))
    assert fates(made) == {"rows": 2, "accepted": 2}
    found = CommunityEvent.objects.order_by("occurred_on").values_list("activity", "named", "male", "female")
    assert list(found) == [("clean_up", "", 45, 5), ("other", "Candlelight vigil", 10, 12)]
    line = BookLine.objects.get(book_import=made, position=2)
    assert "Candlelight vigil" in line.words
    assert fates(door.takes_in(events(VIGIL, GOOD, name="later.csv"))) == {"rows": 2, "copies": 2}


def test_an_event_that_cannot_be_counted_is_put_right_or_left_out_and_is_nobodys(door):
    from kimbilio.community.models import CommunityEvent

    made = door.takes_in(events(GOOD, NO_HEADS, ["??", *GOOD[1:]]))
    assert fates(made) == {"rows": 3, "accepted": 1, "unreadable": 2}
    line = waits(door)
    assert not opened_line(door.by, line).candidates
    for settle in (
        lambda: settle_as_person(by=door.by, line=line, client=person()),
        lambda: settle_as_new(by=door.by, line=line),
    ):
        with pytest.raises(Refused):
            settle()
    with pytest.raises(Refused, match="How many came"):
        settle_corrected(by=door.by, line=line, typed={"male": "", "female": ""})
    settled = settle_corrected(by=door.by, line=line, typed={"male": "12", "female": "8", "heads": "25"})
    event = CommunityEvent.objects.get(activity="public_baraza")
    assert (event.male, event.female, event.unsorted) == (12, 8, 5)
    take_back_settlement(by=door.by, line=settled)
    assert CommunityEvent.objects.filter(voided_at=None).count() == 1
    leave_out(by=door.by, line=waits(door, 1), why="Twice in the book")
    assert BookLine.objects.get(settlement=Settlement.LEFT_OUT).fate == LineFate.UNREADABLE
    undo_import(by=door.by, book_import=made)
    assert not CommunityEvent.objects.filter(voided_at=None).exists()
