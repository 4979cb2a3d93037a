"""What is sealed opens in its own place and nowhere else, and never again once a person's keys are destroyed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models

from kimbilio.accounts.roles import Role
from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal
from kimbilio.core.keyring import Domain, KeyDestroyed, NoSuchKey
from kimbilio.identity.actions import ContactDetails, Details, add_contact, record_details, record_locator
from kimbilio.identity.models import EmergencyContact, Locator, OutsideNumber, PersonalDetails, Phone
from kimbilio.identity.name_search import drop_names, search_names
from kimbilio.identity.queries import clients_with_phone
from kimbilio.people.models import Client
from tests.programme import Programme, actor_with, person

UNREADABLE = (CannotUnseal, NoSuchKey)
SEALED = [
    (model, field)
    for model in (PersonalDetails, Phone, Locator, EmergencyContact, OutsideNumber)
    for field in model.sealed_fields()
]


def stored(model: type[models.Model], row: UUID, field: str) -> bytes:
    """Return what the table holds, as the database gives it."""
    return bytes(model._default_manager.filter(pk=row).values_list(field, flat=True).get())


def store(model: type[models.Model], row: UUID, field: str, sealed: bytes) -> None:
    """Write bytes into the table, past the model."""
    key = row.hex if connection.vendor == "sqlite" else row
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {model._meta.db_table} SET "{field}" = %s WHERE id = %s', [sealed, key])
        assert cursor.rowcount == 1


def read(model: type[models.Model], row: UUID, field: str) -> str:
    """Return what a page would show."""
    return getattr(model._default_manager.get(pk=row), field)


def whole_person(programme: Programme, site: Any, name: str) -> Client:
    """Register somebody of whom every sealed field is filled."""
    by = actor_with(Role.DESK_OFFICER, site)
    client = person(by, site, first=name, phone="0712345678", number="KSS 0048")
    details = Details(first=name, middle="Wa", last="Kamau", nickname="Kijana", birth_date="1988-02-03")
    record_details(by=by, client=client, details=details)
    record_locator(by=by, client=client, where="behind the market")
    add_contact(by=by, client=client, contact=ContactDetails("Wanjiru", "sister", "0712345679"))
    return client


@pytest.fixture
def two(programme: Programme) -> tuple[Client, Client]:
    """Two people at one site, of the same names, phone and number."""
    return whole_person(programme, programme.site, "Njoroge"), whole_person(
        programme, programme.site, "Njoroge"
    )


def row_of(model: Any, client: Client) -> UUID:
    return model.objects.filter(client=client, replaced_at__isnull=True).latest("recorded_at").pk


@pytest.mark.parametrize(("model", "field"), SEALED)
def test_two_peoples_sealed_values_cannot_be_swapped(
    two: tuple[Client, Client], model: Any, field: str
) -> None:
    one, other = (row_of(model, client) for client in two)
    assert read(model, one, field) == read(model, other, field) != ""
    ours, theirs = stored(model, one, field), stored(model, other, field)
    assert ours != theirs, "the same text sealed twice is never the same bytes"
    store(model, one, field, theirs)
    store(model, other, field, ours)
    for row in (one, other):
        with pytest.raises(UNREADABLE):
            read(model, row, field)
    store(model, one, field, ours)
    assert read(model, one, field)


@pytest.mark.parametrize(("model", "field"), SEALED)
def test_a_sealed_value_cannot_be_moved_to_any_other_field_of_the_person(
    two: tuple[Client, Client], model: Any, field: str
) -> None:
    sealed = stored(model, row_of(model, two[0]), field)
    for other_model, other_field in SEALED:
        if (other_model, other_field) != (model, field):
            row = row_of(other_model, two[0])
            store(other_model, row, other_field, sealed)
            with pytest.raises(CannotUnseal):
                read(other_model, row, other_field)


def test_a_sealed_value_cannot_be_put_back_from_an_earlier_row_of_the_same_person(
    two: tuple[Client, Client],
) -> None:
    earlier, newest = (
        PersonalDetails.objects.filter(client=two[0]).order_by("recorded_at").values_list("pk", flat=True)
    )
    store(PersonalDetails, newest, "last", stored(PersonalDetails, earlier, "last"))
    with pytest.raises(CannotUnseal):
        read(PersonalDetails, newest, "last")


@pytest.mark.parametrize("column", ["organisation_id", "client_id"])
def test_a_sealed_row_cannot_be_made_another_persons_or_organisations(
    programme: Programme, two: tuple[Client, Client], column: str
) -> None:
    there = whole_person(programme, programme.site_elsewhere, "Njoroge")
    target = {"organisation_id": there.organisation_id, "client_id": two[1].pk}[column]
    row = row_of(PersonalDetails, two[0])
    PersonalDetails.objects.filter(pk=row).update(**{column: target})
    with pytest.raises(UNREADABLE):
        read(PersonalDetails, row, "first")
    PersonalDetails.objects.filter(pk=row).update(organisation_id=there.organisation_id, client_id=there.pk)
    with pytest.raises(UNREADABLE):
        read(PersonalDetails, row, "first")


def test_every_changed_bit_is_noticed(two: tuple[Client, Client]) -> None:
    row = row_of(PersonalDetails, two[0])
    sealed = stored(PersonalDetails, row, "first")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1 << place % 8
        store(PersonalDetails, row, "first", bytes(changed))
        with pytest.raises(UNREADABLE):
            read(PersonalDetails, row, "first")


@pytest.fixture
def without_kariuki(programme: Programme) -> Iterator[tuple[Client, Client]]:
    """Somebody whose keys are destroyed, and somebody whose are not."""
    gone = whole_person(programme, programme.site, "Kariuki")
    kept = whole_person(programme, programme.site, "Achieng")
    drop_names()
    assert vault.keyring().destroy_client_keys(gone.organisation_id, gone.pk) >= 1
    yield gone, kept
    drop_names()


def test_a_person_whose_keys_are_destroyed_cannot_be_read_while_others_can(
    without_kariuki: tuple[Client, Client],
) -> None:
    gone, kept = without_kariuki
    for model, field in SEALED:
        with pytest.raises(KeyDestroyed):
            read(model, row_of(model, gone), field)
        assert read(model, row_of(model, kept), field)


def test_names_of_others_are_found_after_one_persons_keys_were_destroyed(
    without_kariuki: tuple[Client, Client],
) -> None:
    gone, kept = without_kariuki
    assert [match.person_id for match in search_names(kept.organisation_id, "Achieng", limit=5)] == [kept.pk]
    assert search_names(gone.organisation_id, "Kariuki", limit=5) == []


def test_a_name_in_memory_is_forgotten_when_the_keys_are_destroyed(programme: Programme) -> None:
    gone = whole_person(programme, programme.site, "Kariuki")
    assert search_names(gone.organisation_id, "Kariuki", limit=5)
    vault.keyring().destroy_client_keys(gone.organisation_id, gone.pk)
    assert search_names(gone.organisation_id, "Kariuki", limit=5) == []


def test_no_key_is_made_again_for_a_person_whose_keys_were_destroyed(
    programme: Programme, without_kariuki: tuple[Client, Client]
) -> None:
    gone, _ = without_kariuki
    with pytest.raises(KeyDestroyed):
        vault.keyring().client_key(gone.organisation_id, Domain.IDENTITY, gone.pk, create=True)
    with pytest.raises(KeyDestroyed):
        record_locator(by=actor_with(Role.DESK_OFFICER, programme.site), client=gone, where="elsewhere")


def test_a_phone_tells_no_more_in_its_index_than_which_rows_hold_the_same(two: tuple[Client, Client]) -> None:
    """An index is keyed: nobody without the key can try all phone numbers against it."""
    import hashlib

    (index,) = {bytes(index) for index in Phone.objects.values_list("number_index", flat=True)}
    for written in ("+254712345678", "254712345678", "0712345678", "712345678"):
        for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s", "sha3_256"):
            digest = hashlib.new(algorithm, written.encode()).digest()
            assert index not in digest
            assert digest[: len(index)] != index
    assert clients_with_phone(two[0].organisation_id, "0712 345 678") == {client.pk for client in two}
    others = two[0].organisation_id
    assert len(index) == 16
    assert clients_with_phone(others, "0712 345 677") == set()
