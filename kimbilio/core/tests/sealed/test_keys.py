from uuid import uuid4

import pytest
from django.db import transaction

from kimbilio.core import vault
from kimbilio.core.encryption import key_id_of
from kimbilio.core.keyring import Domain, KeyDestroyed
from kimbilio.core.tests.sealed.note import Note, read, stored, value_of


def test_after_the_key_is_renewed_old_and_new_are_both_read(note, org, client):
    renewed = vault.keyring().renew_client_key(org, Domain.COUNSELLING, client)
    loaded = read(note)
    loaded.title = "Sleeps better"
    loaded.save()
    assert key_id_of(stored(note)) == renewed
    assert key_id_of(stored(note, "text")) != renewed
    assert (read(note).title, read(note).text) == ("Sleeps better", "Since March.")


def test_after_rotations_everything_is_still_read(note, org):
    vault.keyring().rotate_domain_key(org, Domain.COUNSELLING)
    vault.keyring().rotate_organisation_key(org)
    assert read(note).title == "Nightmares"


def test_after_a_persons_keys_are_destroyed_nothing_is_read_or_written(note, org, client):
    vault.keyring().destroy_client_keys(org, client)
    gone = read(note)
    assert gone.kind == "talk"
    with pytest.raises(KeyDestroyed):
        _ = gone.title
    with pytest.raises(KeyDestroyed), transaction.atomic():
        Note.objects.create(organisation_id=org, client_id=client, title="again")
    assert Note.objects.filter(pk=note.pk).update(kind="gone", text=None) == 1


# Many rows.


def test_many_values_are_read_with_keys_fetched_once(org, django_assert_num_queries):
    clients = [uuid4() for _ in range(10)]
    for n, who in enumerate(clients):
        Note.objects.create(organisation_id=org, client_id=who, title=f"No. {n}")
    keys = vault.keyring().client_keys(org, Domain.COUNSELLING)
    late = Note.objects.create(organisation_id=org, client_id=uuid4(), title="after the keys were fetched")
    with django_assert_num_queries(1):
        rows = list(Note.objects.order_by("id").values_list("pk", "client_id", "title", "text"))
    titles = [value_of("title", org, row[0], row[1], row[2], keys) for row in rows]
    assert titles == [*(f"No. {n}" for n in range(10)), late.title]
    assert value_of("text", org, rows[0][0], rows[0][1], rows[0][3], keys) is None


def test_a_field_that_is_not_sealed_is_not_unsealed(note, org, client):
    with pytest.raises(TypeError, match="not sealed"):
        value_of("kind", org, note.pk, client, b"", None)
