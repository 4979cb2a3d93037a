"""Who a person is: recorded sealed, corrected without overwriting, opened only with a trace."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core import vault
from kimbilio.core.keyring import KeyDestroyed
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.identity import actions
from kimbilio.identity.actions import ContactDetails, Details, PhoneDetails, WhoTheyAre, record_many
from kimbilio.identity.choices import MayCall, NumberKind
from kimbilio.identity.models import PersonalDetails, Phone
from kimbilio.identity.name_search import drop_names, search_names
from kimbilio.identity.queries import (
    clients_with_outside_number,
    clients_with_phone,
    identity_of,
    known_people,
    reference_to,
    row_referred_to,
)
from kimbilio.people.actions import AboutClient, NewClient, record_consent, register_clients
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose, Sex
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]


def test_a_name_is_sealed_in_its_row_and_readable_through_it(programme: Programme, actor: MakeActor) -> None:
    person(actor(Role.DESK_OFFICER), programme.site, first="Wanjikũ", last="Kariuki")
    with connection.cursor() as cursor:
        cursor.execute("SELECT first FROM identity_personaldetails")
        stored = bytes(cursor.fetchone()[0])
    assert b"Wanjik" not in stored
    assert PersonalDetails.objects.get().first == "Wanjikũ"


def test_a_corrected_name_replaces_the_old_one_and_keeps_it(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    client = person(by, programme.site, first="Njoroje")
    actions.record_details(by=by, client=client, details=Details(first="Njoroge", last="Kamau"))
    details = identity_of(client).details
    assert details is not None
    assert details.first == "Njoroge"
    assert PersonalDetails.objects.filter(client=client).count() == 2


def test_opening_an_identity_is_in_the_audit_before_anything_is_shown(
    programme: Programme, actor: MakeActor
) -> None:
    by = actor(Role.PEER_EDUCATOR)
    client = person(by, programme.site)
    actions.open_identity(by=by, client=client)
    entry = AuditEvent.objects.get(event="identity.opened")
    assert (entry.about, entry.actor_id) == (client.pk, by.staff_id)


def test_who_works_with_codes_alone_opens_no_identity(programme: Programme, actor: MakeActor) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site)
    for role in (Role.ME_OFFICER, Role.ADMINISTRATOR, Role.REPORT_READER):
        with pytest.raises(Refused):
            actions.open_identity(by=actor(role), client=client)
    assert not AuditEvent.objects.filter(event="identity.opened").exists()


def test_the_audit_tells_which_fields_were_filled_and_no_value(
    programme: Programme, actor: MakeActor
) -> None:
    person(actor(Role.DESK_OFFICER), programme.site, first="Zawadi", last="Tumaini", phone="0712345678")
    details = AuditEvent.objects.get(event="identity.details_recorded").detail
    assert details == {"fields": ["first", "last"]}
    for entry in AuditEvent.objects.all():
        assert not any(value in str(vars(entry)) for value in ("Zawadi", "Tumaini", "712345678"))


@pytest.mark.parametrize(
    "typed", ["0712345678", "+254 712 345 678", "254712345678", "0712-345-678", "712345678"]
)
def test_a_phone_is_found_however_it_is_typed(programme: Programme, actor: MakeActor, typed: str) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, phone="0712 345 678")
    assert clients_with_phone(programme.organisation.pk, typed) == {client.pk}
    assert clients_with_phone(programme.other_organisation.pk, typed) == set()


@pytest.mark.parametrize("typed", ["KSS-0048", "kss 0048", "KSS/0048", "kss0048"])
def test_an_outside_number_is_found_however_it_is_typed(
    programme: Programme, actor: MakeActor, typed: str
) -> None:
    client = person(actor(Role.DESK_OFFICER), programme.site, number="KSS-0048")
    assert clients_with_outside_number(programme.organisation.pk, typed) == {client.pk}


def test_what_is_no_phone_number_is_refused(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    client = person(by, programme.site)
    with pytest.raises(Refused):
        actions.add_phone(by=by, client=client, phone=PhoneDetails("12"))
    assert not Phone.objects.exists()


def test_a_phone_taken_out_of_use_is_kept_but_not_found(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    client = person(by, programme.site, phone="0712345678")
    phone = identity_of(client).phones[0]
    actions.end_entry(by=by, row=row_referred_to(client, reference_to(phone)))
    assert identity_of(client).phones == []
    assert clients_with_phone(programme.organisation.pk, "0712345678") == set()
    assert Phone.objects.count() == 1


def test_a_reference_to_somebody_elses_row_leads_nowhere(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    one = person(by, programme.site, phone="0712345678")
    other = person(by, programme.site)
    with pytest.raises(NotHere):
        row_referred_to(other, reference_to(identity_of(one).phones[0]))


def test_all_that_stands_is_opened_together(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.COUNSELLOR)
    client = person(by, programme.site, phone="0712345678", number="KSS-0048")
    actions.record_locator(by=by, client=client, where="Behind the mill")
    actions.record_locator(by=by, client=client, where="At the stage, mornings")
    actions.add_contact(by=by, client=client, contact=ContactDetails(name="Sister", phone="0722000111"))
    identity = identity_of(client)
    assert identity.locator is not None
    assert identity.locator.where == "At the stage, mornings"
    assert [phone.may_call for phone in identity.phones] == [MayCall.ANY_STAFF]
    assert [contact.name for contact in identity.contacts] == ["Sister"]
    assert [number.number for number in identity.numbers] == ["KSS-0048"]


def test_many_names_are_recorded_with_one_entry(programme: Programme, actor: MakeActor) -> None:
    by = actor(Role.DESK_OFFICER)
    new = [NewClient(AboutClient(sex=Sex.MALE), ConsentManner.EARLIER_BOOKS) for _ in range(3)]
    clients = register_clients(by=by, site=programme.site, people=new)
    people = [
        WhoTheyAre(client, Details(first=name), [PhoneDetails("0712345678")], [(NumberKind.OLD_CODE, name)])
        for client, name in zip(clients, ("Amina", "Baraka", "Chausiku"), strict=True)
    ]
    record_many(by=by, site=programme.site, people=people)
    assert AuditEvent.objects.get(event="identity.many_recorded").detail["rows"] == 9
    ours, ids = programme.organisation.pk, [client.pk for client in clients]
    assert [known.first for known in known_people(ours, ids).values()] == ["Amina", "Baraka", "Chausiku"]


def test_many_names_are_recorded_only_for_people_of_that_site(programme: Programme, actor: MakeActor) -> None:
    theirs = person(actor_with(Role.DESK_OFFICER, programme.other_site), programme.other_site)
    with pytest.raises(NotHere):
        record_many(
            by=actor(Role.DESK_OFFICER), site=programme.site, people=[WhoTheyAre(theirs, Details(first="X"))]
        )


def found(programme: Programme, text: str) -> list[object]:
    return [match.person_id for match in search_names(programme.organisation.pk, text, limit=5)]


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Njoroge", "njoroje"),
        ("Wanjiku", "Wanjikũ"),
        ("Mohamed", "Muhammad"),
        ("Mohamed", "mohammed"),
        ("Kariuki", "Karioki"),
    ],
)
def test_a_name_is_found_by_its_other_spellings(
    programme: Programme, actor: MakeActor, written: str, searched: str
) -> None:
    by = actor(Role.DESK_OFFICER)
    client = person(by, programme.site, first=written, last="Baya")
    person(by, programme.site, first="Kimani", last="Charo")
    assert found(programme, searched) == [client.pk]


def test_a_warm_search_sees_who_was_registered_or_corrected_since(
    programme: Programme, actor: MakeActor
) -> None:
    by = actor(Role.DESK_OFFICER)
    client = person(by, programme.site, first="Wambui", last="Thuo")
    assert found(programme, "Wambui") == [client.pk]
    late = person(by, programme.site, first="Achieng", last="Okello")
    actions.record_details(by=by, client=client, details=Details(first="Pendo", last="Thuo"))
    assert found(programme, "Achieng") == [late.pk]
    assert found(programme, "Wambui") == []
    assert found(programme, "Pendo") == [client.pk]


def test_names_of_one_organisation_are_not_searched_from_another(
    programme: Programme, actor: MakeActor
) -> None:
    person(actor(Role.DESK_OFFICER), programme.site, first="Wambui")
    assert search_names(programme.other_organisation.pk, "Wambui", limit=5) == []


def test_who_said_no_to_a_record_takes_nobodys_place_in_a_search(
    programme: Programme, actor: MakeActor
) -> None:
    by = actor(Role.DESK_OFFICER)
    people = [person(by, programme.site, first="Wambui", last="Thuo") for _ in range(3)]
    for client in people[:2]:
        record_consent(
            by=by,
            client=client,
            answer=ConsentAnswer.WITHDRAWN,
            manner=ConsentManner.SPOKEN,
            occurred_on=timezone.localdate(),
            purpose=ConsentPurpose.HOLD_A_RECORD,
        )
    matches = search_names(programme.organisation.pk, "Wambui Thuo", limit=1)
    assert [match.person_id for match in matches] == [people[2].pk]


def test_after_a_persons_keys_are_destroyed_the_search_goes_on_without_them(
    programme: Programme, actor: MakeActor
) -> None:
    by = actor(Role.DESK_OFFICER)
    gone = person(by, programme.site, first="Wambui", last="Thuo")
    stays = person(by, programme.site, first="Wambui", last="Ngala")
    vault.keyring().destroy_client_keys(programme.organisation.pk, gone.pk)
    drop_names()
    assert found(programme, "Wambui") == [stays.pk]
    with pytest.raises(KeyDestroyed):
        _ = PersonalDetails.objects.get(client=gone).first
