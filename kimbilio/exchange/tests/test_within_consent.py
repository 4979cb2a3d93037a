"""Books and consent: the lines of whoever said no wait with that reason and lose nothing; asked anew, they go in."""

import pytest
from django.utils import timezone

from kimbilio.core.refusals import Refused
from kimbilio.exchange.actions import settle_as_person
from kimbilio.exchange.models import BookLine
from kimbilio.exchange.queries import lines_of, waiting_count
from kimbilio.exchange.tests.door import HEADINGS, PEOPLE, ZAWADI, Door, attendance, fates, line_list
from kimbilio.identity.queries import clients_with_outside_number, identity_of
from kimbilio.mat.models import StandingMonth
from kimbilio.people.actions import record_consent
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent import standing_consent
from kimbilio.people.models import Client
from tests.programme import Programme

SAID_NO = "This person said no to our keeping a record."


@pytest.fixture
def door(programme: Programme) -> Door:
    door = Door(programme)
    door.takes_in(line_list(*PEOPLE))
    return door


def known_as(door: Door, number: str) -> Client:
    (found,) = clients_with_outside_number(door.site.organisation_id, number)
    return Client.objects.get(pk=found)


def say(
    door: Door, client: Client, answer: ConsentAnswer, purpose: ConsentPurpose, lifts=frozenset()
) -> None:
    record_consent(
        by=door.by,
        client=client,
        answer=answer,
        manner=ConsentManner.SPOKEN,
        occurred_on=timezone.localdate(),
        purpose=purpose,
        lifts=lifts,
    )


def no_record(door: Door, number: str) -> Client:
    client = known_as(door, number)
    say(door, client, ConsentAnswer.WITHDRAWN, ConsentPurpose.HOLD_A_RECORD)
    return client


def test_a_line_of_whoever_said_no_waits_with_that_reason_and_the_others_go_in(door):
    no_record(door, "KRR00001")
    made = door.takes_in(attendance([("KRR00001", "P", "A", "P"), ("KRR00002", "P", "P", "P")]))
    assert fates(made) == {"rows": 2, "accepted": 1, "unknown": 1}
    assert lines_of(door.by, made)[0].reason == SAID_NO
    assert StandingMonth.objects.count() == 1
    assert waiting_count(door.by, door.site) == 1


def test_asked_anew_the_line_that_waited_goes_in_whole(door):
    client = no_record(door, "KRR00001")
    book = attendance([("KRR00001", "P", "A", "P")])
    door.takes_in(book)
    line = BookLine.objects.get(client=None, settlement="", fate="unknown")
    with pytest.raises(Refused, match="said no"):
        settle_as_person(by=door.by, line=line, client=client)
    noes = frozenset(row.pk for row in standing_consent(client)[ConsentPurpose.HOLD_A_RECORD].noes)
    say(door, client, ConsentAnswer.GIVEN, ConsentPurpose.HOLD_A_RECORD, noes)
    assert fates(door.takes_in(book)) == {"rows": 1, "accepted": 1}
    assert StandingMonth.objects.get().signs.rstrip() == "+-+"
    assert waiting_count(door.by, door.site) == 0


def test_a_phone_and_a_place_of_a_book_are_left_out_and_said_after_a_no(door):
    client = known_as(door, "KSS-0001")
    say(door, client, ConsentAnswer.WITHDRAWN, ConsentPurpose.PHONE_CONTACT)
    say(door, client, ConsentAnswer.WITHDRAWN, ConsentPurpose.HOME_VISIT)
    again = dict(zip(HEADINGS, ZAWADI, strict=True)) | {"Phone": "0733000222", "Ward": "No such estate"}
    made = door.takes_in(line_list(list(again.values())))
    assert fates(made) == {"rows": 1, "corrected": 1}
    (line,) = lines_of(door.by, made)
    assert "The person does not want to be called: the phone was left out." in line.notes
    assert "The person does not want to be visited: where to find them was left out." in line.notes
    identity = identity_of(client)
    assert [phone.number for phone in identity.phones] == ["+254712345678"]
    assert identity.locator is None
