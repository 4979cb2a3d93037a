"""A register of days on which visits were recorded at the desk too: nobody's coming counts twice."""

from datetime import date

import pytest

from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import leave_out, settle_as_person, settle_corrected
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import preview_book, waiting_at
from kimbilio.exchange.tests.door import PEOPLE, Door, fates, line_list
from kimbilio.exchange.tests.visits_at_door import a_line, figures, register, standing_visits
from kimbilio.exchange.wording import from_kept
from kimbilio.identity.queries import outside_codes
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.items import standard_items
from kimbilio.visits.actions import correct_visit, record_visit, undo_visit
from kimbilio.visits.choices import Service, Topic, VisitSource
from kimbilio.visits.rules import Given, NewVisit

DAY = date(2025, 6, 2)
SAME = a_line(1, "2/6/2025", "KSS-0003", "Peter K.", 4, 1, "", "x")
OTHER = a_line(2, "2/6/2025", "KSS-0003", "", 6)
NEXT_DAY = a_line(3, "3/6/2025", "KSS-0003", "", 4, 1, "", "x")


@pytest.fixture
def door(programme) -> Door:
    found = Door(programme)
    found.takes_in(line_list(*PEOPLE))
    return found


def known_as(door: Door, code: str) -> Client:
    ids = set(Client.objects.values_list("pk", flat=True))
    codes = outside_codes(door.site.organisation_id, ids)
    return Client.objects.get(pk=next(one for one, known in codes.items() if known == code))


def comes_to_the_desk(door: Door, code: str = "KSS-0003", needles: int = 4, **more):
    items = standard_items(door.site.organisation_id)
    given = Given(
        supplies={items[SupplyKind.NEEDLES].pk: needles},
        needles_returned=1,
        services=frozenset({(Service.HIV_REFERRAL, Topic.NOT_STATED)}),
    )
    client = known_as(door, code)
    visit = NewVisit(client.pk, DAY, given)
    return record_visit(by=door.by, client=client, at_site=door.site, visit=visit, **more)


def reason_of(line: BookLine) -> str:
    return str(from_kept(line.reason, line.words)[0])


def test_a_line_that_says_what_the_desk_recorded_is_a_copy_with_its_reason(door):
    comes_to_the_desk(door)
    assert preview_book(door.by, door.site, register(SAME)).counts.copies == 1
    made = door.takes_in(register(SAME, NEXT_DAY))
    assert fates(made) == {"rows": 2, "accepted": 1, "copies": 1}
    copy = BookLine.objects.get(book_import=made, fate=LineFate.COPIES)
    assert reason_of(copy) == "The same visit was recorded at the desk."
    assert figures() == {"visits": 2, "needles": 8, "needles_returned": 2, "hiv_referral": 2}


def test_a_line_that_says_something_else_waits_and_is_counted_only_when_somebody_says_so(door):
    comes_to_the_desk(door)
    made = door.takes_in(register(OTHER))
    assert fates(made) == {"rows": 1, "ambiguous": 1}
    assert figures()["visits"] == 1
    (waiting,) = waiting_at(door.by, door.site)
    assert "was recorded at the desk" in reason_of(waiting.row)
    settle_as_person(by=door.by, line=waiting.row, client=known_as(door, "KSS-0003"))
    assert figures()["visits"] == 2


def test_it_may_be_left_out_as_the_same_visit(door):
    comes_to_the_desk(door)
    door.takes_in(register(OTHER))
    leave_out(by=door.by, line=waiting_at(door.by, door.site)[0].row, why="The same visit")
    assert figures()["visits"] == 1
    assert fates(door.takes_in(register(OTHER, name="later.csv"))) == {"rows": 1, "copies": 1}


def test_each_visit_at_the_desk_has_one_line_and_what_is_more_is_another_visit(door):
    comes_to_the_desk(door)
    twice = a_line(5, "2/6/2025", "KSS-0003", "", 4, 1, "", "x")
    assert fates(door.takes_in(register(SAME, twice, OTHER))) == {"rows": 3, "copies": 1, "accepted": 2}
    assert figures()["visits"] == 3


def test_what_was_undone_or_recorded_on_outreach_or_of_somebody_else_stands_in_no_lines_way(door):
    undo_visit(by=door.by, visit=comes_to_the_desk(door))
    comes_to_the_desk(door, source=VisitSource.OUTREACH)
    comes_to_the_desk(door, "KSS-0001")
    assert fates(door.takes_in(register(SAME, OTHER))) == {"rows": 2, "accepted": 2}


def test_a_visit_at_the_desk_that_was_put_right_is_compared_as_it_stands(door):
    visit = comes_to_the_desk(door, needles=9)
    items = standard_items(door.site.organisation_id)
    given = Given(supplies={items[SupplyKind.NEEDLES].pk: 6})
    correct_visit(by=door.by, visit=visit, new=NewVisit(visit.client_id, DAY, given))
    assert fates(door.takes_in(register(OTHER))) == {"rows": 1, "copies": 1}


def test_a_visit_under_another_card_of_the_same_person_is_theirs(door):
    comes_to_the_desk(door, "KSS-0002")
    merge_clients(by=door.by, client=known_as(door, "KSS-0002"), into=known_as(door, "KSS-0003"))
    assert fates(door.takes_in(register(SAME))) == {"rows": 1, "copies": 1}


def test_once_the_visit_at_the_desk_is_undone_the_same_book_brings_its_line(door):
    visit = comes_to_the_desk(door)
    assert fates(door.takes_in(register(SAME, OTHER))) == {"rows": 2, "copies": 1, "accepted": 1}
    undo_visit(by=door.by, visit=visit)
    again = door.takes_in(register(SAME, OTHER, name="again.csv"))
    assert fates(again) == {"rows": 2, "accepted": 1, "copies": 1}
    assert figures()["visits"] == len(list(standing_visits())) == 2


def test_a_line_put_right_is_held_against_the_desk_too(door):
    comes_to_the_desk(door)
    door.takes_in(
        register(a_line(1, "??", "KSS-0003", "", 4, 1, "", "x"), a_line(2, "??", "KSS-0003", "", 6))
    )
    same, other = (one.row for one in waiting_at(door.by, door.site))
    for line, said in ((same, "The same visit was recorded"), (other, "with other things")):
        with pytest.raises(Refused, match=said):
            settle_corrected(by=door.by, line=line, typed={"day": "2/6/2025"})
    assert figures()["visits"] == 1


def test_a_line_given_to_a_person_is_refused_where_the_desk_or_the_book_says_the_same(door):
    comes_to_the_desk(door)
    nobodys = [1, "2/6/2025", "KSS-0999", "Peter K.", "", "", 4, 1, "", "x"]
    twin = a_line(7, "3/6/2025", "KSS-0003", "", 2)
    without_code = a_line(7, "3/6/2025", "", "Peter K.", 2)
    door.takes_in(register(nobodys, twin, without_code))
    peter = known_as(door, "KSS-0003")
    lines = [one.row for one in waiting_at(door.by, door.site)]
    for line, said in zip(lines, ("was recorded at the desk", "Line .* says the same"), strict=True):
        with pytest.raises(Refused, match=said):
            settle_as_person(by=door.by, line=line, client=peter)
    assert figures()["visits"] == 2
