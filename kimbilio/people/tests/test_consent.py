"""Consent as it is recorded and asked: permitted, audited, one person over all records, and in few queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people.actions import (
    AboutClient,
    NewClient,
    Said,
    merge_clients,
    part_clients,
    record_consent,
    record_consents,
    register_client,
    register_clients,
)
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose, ConsentStands, Sex
from kimbilio.people.consent import (
    all_who_said_no,
    answers_of,
    has_agreed,
    require_agreement,
    standing_consent,
    who_agreed,
    who_said_no,
)
from kimbilio.people.consent_words import FIRST_VERSION, VERSION, WORDS, words_read
from kimbilio.people.models import Client, Consent
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db

HOLD, CALL = ConsentPurpose.HOLD_A_RECORD, ConsentPurpose.PHONE_CONTACT
HIV = ConsentPurpose.HIV_RESULT_SHARED
YES, NO = ConsentAnswer.GIVEN, ConsentAnswer.WITHDRAWN


@pytest.fixture
def by(programme: Programme) -> Actor:
    return actor_with(Role.DESK_OFFICER, programme.site)


def say(
    by: Actor,
    client: Client,
    answer: ConsentAnswer,
    purpose: ConsentPurpose = CALL,
    days_ago: int = 0,
    **more,
):
    return record_consent(
        by=by,
        client=client,
        answer=answer,
        manner=more.pop("manner", ConsentManner.SPOKEN),
        occurred_on=timezone.localdate() - timedelta(days=days_ago),
        purpose=purpose,
        **more,
    )


def noes(client: Client, purpose: ConsentPurpose = CALL) -> frozenset:
    return frozenset(row.pk for row in standing_consent(client)[purpose].noes)


def test_each_purpose_stands_on_its_own(by: Actor, programme: Programme) -> None:
    client = person(by, programme.site)
    say(by, client, YES)
    say(by, client, NO, ConsentPurpose.HOME_VISIT)
    stands = {purpose: one.stands for purpose, one in standing_consent(client).items()}
    assert stands.pop(HOLD) == stands.pop(CALL) == ConsentStands.AGREED
    assert stands.pop(ConsentPurpose.HOME_VISIT) == ConsentStands.SAID_NO
    assert set(stands.values()) == {ConsentStands.NOT_ASKED}


@pytest.mark.parametrize("days_ago", [0, 400])
def test_a_no_wins_whenever_it_is_dated_and_a_yes_after_it_is_refused(
    by: Actor, programme: Programme, days_ago: int
) -> None:
    client = person(by, programme.site)
    say(by, client, NO, days_ago=days_ago)
    with pytest.raises(Refused, match="asked anew"):
        say(by, client, YES)
    assert not has_agreed(client, CALL)
    assert answers_of(client).filter(purpose=CALL).count() == 1


def test_asked_anew_with_every_no_in_sight_they_agree_again(by: Actor, programme: Programme) -> None:
    client = person(by, programme.site)
    first = say(by, client, NO)
    say(by, client, NO)
    with pytest.raises(Refused):
        say(by, client, YES, lifts=frozenset({first.pk}))
    say(by, client, YES, lifts=noes(client))
    assert has_agreed(client, CALL)
    say(by, client, NO)
    assert not has_agreed(client, CALL)


def test_a_yes_of_a_joined_record_brings_nothing_back_and_parting_neither(
    by: Actor, programme: Programme
) -> None:
    aside, standing = person(by, programme.site), person(by, programme.site)
    say(by, standing, YES)
    say(by, aside, NO)
    alias = merge_clients(by=by, client=aside, into=standing)
    ids = [aside.pk, standing.pk]
    assert who_agreed(by.organisation_id, CALL, ids) == set()
    assert who_said_no(by.organisation_id, CALL, ids) == set(ids) == all_who_said_no(by.organisation_id, CALL)
    anew = say(by, standing, YES, lifts=noes(standing))
    assert anew.client_id == standing.pk
    assert who_agreed(by.organisation_id, CALL, ids) == set(ids)
    part_clients(by=by, alias=alias)
    assert who_agreed(by.organisation_id, CALL, ids) == {standing.pk}
    assert who_said_no(by.organisation_id, CALL, ids) == {aside.pk}


def test_a_yes_that_arrives_late_by_whatever_door_lifts_nothing(by: Actor, programme: Programme) -> None:
    client = person(by, programme.site)
    say(by, client, NO)
    late = Consent(
        organisation_id=by.organisation_id, client=client, purpose=CALL, answer=YES, manner="spoken"
    )
    late.recorded_at = timezone.now() + timedelta(days=700)
    late.save()
    assert not has_agreed(client, CALL)


def test_a_yes_to_an_hiv_result_shared_is_signed(by: Actor, programme: Programme) -> None:
    client = person(by, programme.site)
    with pytest.raises(Refused, match="in writing"):
        say(by, client, YES, HIV)
    say(by, client, NO, HIV)
    say(by, client, YES, HIV, manner=ConsentManner.WRITTEN, lifts=noes(client, HIV))
    assert has_agreed(client, HIV)


def test_several_answers_are_one_act_in_the_audit_of_the_person(by: Actor, programme: Programme) -> None:
    client = person(by, programme.site)
    before = AuditEvent.objects.filter(event="consent.recorded", about=client.pk).count()
    with pytest.raises(Refused):
        record_consents(
            by=by,
            client=client,
            said=[Said(CALL, NO), Said(HIV, YES)],
            manner=ConsentManner.SPOKEN,
            occurred_on=timezone.localdate(),
        )
    assert not answers_of(client).filter(purpose=CALL).exists()
    record_consents(
        by=by,
        client=client,
        said=[Said(CALL, NO), Said(HIV, NO)],
        manner=ConsentManner.SPOKEN,
        occurred_on=timezone.localdate(),
    )
    events = AuditEvent.objects.filter(event="consent.recorded", about=client.pk)
    assert events.count() == before + 1
    assert events.latest("seq").detail == {"answers": 2}


def test_who_may_not_edit_records_no_answer(
    by: Actor, programme: Programme, actor: Callable[..., Actor]
) -> None:
    client = person(by, programme.site)
    with pytest.raises(Refused):
        say(actor(Role.ME_OFFICER), client, NO)
    with pytest.raises(NotHere):
        say(actor_with(Role.DESK_OFFICER, programme.site_elsewhere), client, NO)
    assert has_agreed(client, HOLD)


def test_nobody_answers_on_a_day_to_come(by: Actor, programme: Programme) -> None:
    with pytest.raises(Refused, match="has not come"):
        say(by, person(by, programme.site), NO, days_ago=-1)


def test_a_new_person_answers_several_questions_at_once(by: Actor, programme: Programme) -> None:
    new = NewClient(AboutClient(sex=Sex.MALE), ConsentManner.SPOKEN, also_asked={CALL: NO})
    client = register_client(by=by, site=programme.site, person=new)
    assert has_agreed(client, HOLD)
    assert noes(client)
    assert set(answers_of(client).values_list("words_version", flat=True)) == {VERSION}


def test_a_new_person_too_signs_that_an_hiv_result_is_shared(by: Actor, programme: Programme) -> None:
    for manner in (ConsentManner.SPOKEN, ConsentManner.EARLIER_BOOKS):
        new = NewClient(AboutClient(sex=Sex.MALE), manner, also_asked={HIV: YES})
        with pytest.raises(Refused, match="in writing"):
            register_client(by=by, site=programme.site, person=new)
    assert not Client.objects.exists()
    new = NewClient(AboutClient(sex=Sex.MALE), ConsentManner.WRITTEN, also_asked={HIV: YES})
    assert has_agreed(register_client(by=by, site=programme.site, person=new), HIV)


def test_an_answer_keeps_the_words_that_it_was_given_to(by: Actor, programme: Programme) -> None:
    new = NewClient(AboutClient(sex=Sex.MALE), ConsentManner.EARLIER_BOOKS)
    row = answers_of(register_client(by=by, site=programme.site, person=new)).get()
    assert words_read(HOLD, row.words_version, row.manner) is None
    assert words_read(HOLD, FIRST_VERSION, "spoken") != words_read(HOLD, VERSION, "spoken")
    assert set(WORDS[VERSION]) == set(ConsentPurpose)


def test_nobody_without_a_yes_is_required_to_have_agreed(by: Actor, programme: Programme) -> None:
    client = person(by, programme.site)
    require_agreement(client, HOLD)
    with pytest.raises(Refused, match="clinic is told"):
        require_agreement(client, ConsentPurpose.SHARE_WITH_CLINIC)
    stranger = person(actor_with(Role.DESK_OFFICER, programme.site_elsewhere), programme.site_elsewhere)
    assert who_agreed(by.organisation_id, HOLD, [stranger.pk]) == set()


def test_thousands_are_asked_for_in_two_queries(by: Actor, programme: Programme) -> None:
    new = [NewClient(AboutClient(sex=Sex.MALE), ConsentManner.SPOKEN) for _one in range(2100)]
    people = register_clients(by=by, site=programme.site, people=new)
    say(by, people[7], NO, HOLD)
    with CaptureQueriesContext(connection) as asked:
        agreed = who_agreed(by.organisation_id, HOLD, [one.pk for one in people])
    assert len(asked) == 2
    assert len(agreed) == 2099
    assert people[7].pk not in agreed
