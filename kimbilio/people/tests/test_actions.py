"""What staff can do with a person by code: allowed, refused, audited, whole."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission, Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people import actions
from kimbilio.people.actions import AboutClient, NewClient, register_client, register_clients
from kimbilio.people.choices import BirthPrecision, ConsentAnswer, ConsentManner, Sex
from kimbilio.people.consent import answers_of
from kimbilio.people.models import Client, Consent
from kimbilio.people.queries import client_by_code, clients_within_reach, corrections_of
from kimbilio.people.rules import is_card_code
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
ABOUT = AboutClient(sex=Sex.FEMALE, birth_year=1990, birth_precision=BirthPrecision.YEAR)


def new_person() -> NewClient:
    return NewClient(ABOUT, ConsentManner.SPOKEN)


def test_a_registered_person_gets_a_card_code_and_a_consent(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    client = register_client(by=by, site=programme.site, person=new_person())
    assert is_card_code(client.code)
    consent = Consent.objects.get(client=client)
    assert (consent.answer, consent.manner, consent.asked_by) == ("given", "spoken", by.staff_id)


def test_registering_is_in_the_audit_without_any_value(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.PEER_EDUCATOR)
    client = register_client(by=by, site=programme.site, person=new_person())
    entry = AuditEvent.objects.get(event="person.registered")
    assert (entry.about, entry.actor_id, entry.site_id) == (client.pk, by.staff_id, programme.site.pk)
    assert entry.detail == {}


@pytest.mark.parametrize("role", [Role.REPORT_READER, Role.ME_OFFICER, Role.ADMINISTRATOR])
def test_roles_without_the_permission_register_nobody(
    programme: Programme, actor: MakeActor, role: Role
) -> None:
    with pytest.raises(Refused):
        register_client(by=actor(role), site=programme.site, person=new_person())
    assert not Client.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_site_where_one_does_not_work_is_not_there(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    for site in (programme.other_site, programme.site_elsewhere):
        with pytest.raises(NotHere):
            register_client(by=by, site=site, person=new_person())


def test_many_are_registered_with_one_entry_that_carries_their_digest(
    programme: Programme, actor: MakeActor
) -> None:
    people = [new_person() for _ in range(25)]
    clients = register_clients(by=actor(Role.DESK_OFFICER), site=programme.site, people=people)
    assert len({client.code for client in clients}) == 25
    entry = AuditEvent.objects.get()
    assert entry.event == "people.registered"
    assert entry.detail["rows"] == 25
    assert len(entry.detail["digest"]) == 64


def test_when_the_audit_cannot_be_written_nothing_is_registered(
    programme: Programme, actor: MakeActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(**_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("kimbilio.accounts.action.record", full_disk)
    with pytest.raises(OSError, match="no space"):
        register_client(by=actor(Role.DESK_OFFICER), site=programme.site, person=new_person())
    assert not Client.objects.exists()
    assert not Consent.objects.exists()


def test_a_correction_keeps_what_stood_before(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    client = register_client(by=by, site=programme.site, person=new_person())
    about = AboutClient(sex=Sex.FEMALE, birth_year=1991, birth_precision=BirthPrecision.ESTIMATE)
    actions.correct_client(by=by, client=client, about=about)
    assert {(row.field, row.before) for row in corrections_of(client)} == {
        ("birth_year", "1990"),
        ("birth_precision", "year"),
    }
    entry = AuditEvent.objects.get(event="person.corrected")
    assert entry.detail == {"fields": ["birth_precision", "birth_year"]}
    assert Client.objects.get().birth_year == 1991


def test_a_correction_that_changes_nothing_records_no_correction(
    programme: Programme, actor: MakeActor
) -> None:
    by = actor(Role.DESK_OFFICER)
    client = register_client(by=by, site=programme.site, person=new_person())
    actions.correct_client(by=by, client=client, about=ABOUT)
    assert not corrections_of(client).exists()


def test_the_newest_answer_about_consent_comes_first(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.COUNSELLOR)
    client = register_client(by=by, site=programme.site, person=new_person())
    actions.record_consent(
        by=by,
        client=client,
        answer=ConsentAnswer.WITHDRAWN,
        manner=ConsentManner.SPOKEN,
        occurred_on=timezone.localdate(),
    )
    assert [row.answer for row in answers_of(client)] == ["withdrawn", "given"]


def test_nobody_types_that_a_consent_came_from_earlier_books(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.COUNSELLOR)
    client = register_client(by=by, site=programme.site, person=new_person())
    with pytest.raises(Refused):
        actions.record_consent(
            by=by,
            client=client,
            answer=ConsentAnswer.GIVEN,
            manner=ConsentManner.EARLIER_BOOKS,
            occurred_on=timezone.localdate(),
        )


def test_a_person_is_found_by_code_however_it_is_typed(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    client = person(by, programme.site)
    typed = f" {client.code[:3].lower()}-{client.code[3:]} "
    assert client_by_code(by, typed) == client


def test_a_person_of_another_site_or_organisation_is_not_there(programme: Programme) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        theirs = person(actor_with(Role.DESK_OFFICER, site), site)
        ours = actor_with(Role.PROGRAMME_MANAGER, programme.site)
        with pytest.raises(NotHere):
            client_by_code(ours, theirs.code)
        with pytest.raises(NotHere):
            actions.open_person(by=ours, client=theirs)
        assert theirs not in clients_within_reach(ours, Permission.FIND_PERSON)


def test_the_keeper_of_the_passphrase_acts_on_no_person(programme: Programme) -> None:
    keeper = Actor.keeper(programme.organisation.pk)
    with pytest.raises(Refused):
        require(keeper, Permission.OPEN_PERSON, programme.site)
