"""Somebody is forgotten while a page is open, or after being one person with another: nobody else is touched."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kimbilio.core.refusals import Refused
from kimbilio.desk.session_sheet import who_came
from kimbilio.desk.sessions_shown import paper_shown
from kimbilio.followup.actions import Try, correct_attempt, record_attempt
from kimbilio.followup.choices import HowTried, Result
from kimbilio.identity.actions import record_locator
from kimbilio.people.actions import merge_clients, part_clients, record_consent
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose, ConsentStands
from kimbilio.people.consent import standing_consent
from kimbilio.people.models import Client
from kimbilio.privacy.actions import NewDisclosure, erase_person, note_disagreement, note_told
from kimbilio.privacy.choices import Ground, ToldWhom, WhyForgotten
from kimbilio.support.choices import SessionKind
from kimbilio.support.queries import last_session_of
from kimbilio.visits.actions import NewVisit, record_visit
from tests.privacy.canaries import Canaries
from tests.privacy.erased import Told, rows_of_tables, somebody
from tests.programme import Programme, person


@pytest.fixture
def told(programme: Programme) -> Told:
    return somebody(programme, Canaries("somebody who is forgotten meanwhile"))


def test_no_sheet_of_a_session_offers_them_any_more(told: Told, programme: Programme) -> None:
    last = last_session_of(told.by, programme.site)
    assert [one.pk for one in who_came(told.by, last)] == [told.client.pk]
    erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    assert who_came(told.by, last) == []
    assert [line for line in paper_shown(told.by, programme.site, SessionKind.FAMILY)["lines"] if line] == []


@pytest.mark.parametrize("forgotten", [0, 1])
def test_whoever_was_joined_and_parted_again_is_forgotten_alone(
    told: Told, programme: Programme, forgotten: int
) -> None:
    by, today, calls = told.by, timezone.localdate(), ConsentPurpose.PHONE_CONTACT
    said: dict[str, Any] = {"by": by, "purpose": calls, "manner": ConsentManner.SPOKEN, "occurred_on": today}
    twin = person(by, programme.site, first=told.canaries.word(), last=told.canaries.word())
    record_consent(client=twin, answer=ConsentAnswer.WITHDRAWN, **said)
    came = record_attempt(by=by, client=twin, attempt=Try(HowTried.VISIT, Result.NOT_REACHED, today))
    alias = merge_clients(by=by, client=twin, into=told.client)
    noes = frozenset(row.pk for row in standing_consent(told.client)[calls].noes)
    record_consent(client=told.client, answer=ConsentAnswer.GIVEN, lifts=noes, **said)
    correct_attempt(by=by, attempt=came, right=Try(HowTried.VISIT, Result.REACHED, today))
    part_clients(by=by, alias=alias)
    # Now a no of the one names a yes of the other, and an attempt of the other one of the first.
    both = [Client.objects.get(pk=pk) for pk in (told.client.pk, twin.pk)]
    erase_person(by=by, client=both[forgotten], why=WhyForgotten.ASKED)
    connection.check_constraints()
    assert Client.objects.get(pk=both[1 - forgotten].pk).forgotten_at is None
    assert standing_consent(twin)[calls].stands == (
        ConsentStands.NOT_ASKED if forgotten else ConsentStands.SAID_NO
    )


def test_nothing_is_written_of_whoever_was_forgotten_while_the_page_was_open(
    told: Told, programme: Programme
) -> None:
    by, today = told.by, timezone.localdate()
    other, page = person(by, programme.site), Client.objects.get(pk=told.client.pk)
    yes: dict[str, Any] = {
        "answer": ConsentAnswer.GIVEN,
        "manner": ConsentManner.SPOKEN,
        "occurred_on": today,
    }
    telling = NewDisclosure(ToldWhom.POLICE, Ground.COURT_ORDER, "their visits", today)
    erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    after = rows_of_tables()
    for do in (
        lambda: merge_clients(by=by, client=other, into=page),
        lambda: merge_clients(by=by, client=page, into=other),
        lambda: record_consent(by=by, client=page, **yes),
        lambda: record_visit(by=by, client=page, at_site=programme.site, visit=NewVisit(page.pk, today)),
        lambda: record_locator(by=by, client=page, where="elsewhere"),
        lambda: note_told(by=by, client=page, told=telling),
        lambda: note_disagreement(by=by, client=page, text="I was never there."),
    ):
        with pytest.raises(Refused):
            do()
    assert rows_of_tables() == after
