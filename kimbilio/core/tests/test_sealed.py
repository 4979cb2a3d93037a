from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.db.models import F
from django.test.utils import isolate_apps

from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal, key_id_of
from kimbilio.core.keyring import Domain, KeyDestroyed
from kimbilio.core.models import Record
from kimbilio.core.sealed import SealedText, unseal_value

pytestmark = pytest.mark.django_db

with isolate_apps():

    class Note(Record):
        """A table that only these tests have."""

        sealing_domain: ClassVar[Domain] = Domain.COUNSELLING

        organisation_id = models.UUIDField()
        client_id = models.UUIDField()
        title = SealedText()
        text = SealedText(null=True, blank=True, max_length=40)
        kind = models.CharField(max_length=9, default="talk")

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "note"


@pytest.fixture(autouse=True)
def table(db):
    create, _ = connection.schema_editor().table_sql(Note)
    with connection.cursor() as cursor:
        cursor.execute(create)


@pytest.fixture
def org():
    org = uuid4()
    vault.keyring().add_organisation(org)
    return org


@pytest.fixture
def client():
    return uuid4()


@pytest.fixture
def note(org, client):
    return Note.objects.create(organisation_id=org, client_id=client, title="Nightmares", text="Since March.")


def stored(note, field="title"):
    return Note.objects.values_list(field, flat=True).get(pk=note.pk)


def read(note):
    return Note.objects.get(pk=note.pk)


# Writing and reading.


@pytest.mark.parametrize(
    "text", ["Wanjikũ", "", " ", "x" * 15, "x" * 16, "x" * 5000, "\x80\x00", "a\0", "ends \u0080"]
)
def test_text_comes_back_as_it_was_written(org, client, text):
    note = Note.objects.create(organisation_id=org, client_id=client, title=text, text=text)
    assert note.title == text
    assert (read(note).title, read(note).text) == (text, text)


def test_no_text_is_null_and_empty_text_is_sealed(org, client):
    note = Note.objects.create(organisation_id=org, client_id=client, title="")
    assert read(note).text is None
    assert stored(note, "text") is None
    assert read(note).title == ""
    assert len(stored(note)) > 16


def test_in_the_table_it_is_not_readable(note):
    assert isinstance(stored(note), bytes)
    assert b"Night" not in stored(note)


def test_names_of_different_length_look_alike(org, client):
    notes = [
        Note.objects.create(organisation_id=org, client_id=client, title=name)
        for name in ("Jo", "Wanjiku N.")
    ]
    assert len({len(stored(note)) for note in notes}) == 1


def test_it_can_be_assigned_and_saved_again(note):
    loaded = read(note)
    loaded.title = "Sleeps better"
    assert loaded.title == "Sleeps better"
    loaded.save()
    assert read(note).title == "Sleeps better"
    assert read(note).text == "Since March."


def test_saving_a_row_as_it_was_loaded_stores_the_same_bytes(note):
    before = stored(note)
    loaded = read(note)
    assert loaded.title == "Nightmares"
    loaded.kind = "call"
    loaded.save()
    assert stored(note) == before


def test_only_text_can_be_assigned(note):
    with pytest.raises(TypeError):
        note.title = 5


def test_bulk_create_seals(org):
    clients = [uuid4() for _ in range(30)]
    vault.keyring().create_client_keys(org, Domain.COUNSELLING, clients)
    notes = [Note(organisation_id=org, client_id=who, title=f"No. {n}") for n, who in enumerate(clients)]
    Note.objects.bulk_create(notes)
    assert [read(note).title for note in notes] == [f"No. {n}" for n in range(30)]


def test_ids_given_as_text_are_the_same_ids(org, client):
    note = Note(organisation_id=str(org), client_id=str(client), title="Nightmares")
    note.save()
    assert read(note).title == "Nightmares"


def test_deferred_and_refreshed_it_reads_the_same(note):
    assert Note.objects.defer("title").get(pk=note.pk).title == "Nightmares"
    assert Note.objects.only("kind").get(pk=note.pk).text == "Since March."
    note.title = "not saved"
    note.refresh_from_db()
    assert note.title == "Nightmares"


def test_it_belongs_to_somebody_or_cannot_be_stored(org):
    with pytest.raises(ValueError, match="badly formed"):
        Note(organisation_id=org, client_id=None, title="Nightmares").save()


def test_cleaning_a_form_checks_the_text_itself(org, client):
    Note(organisation_id=org, client_id=client, title="x", text="y" * 40).full_clean()
    with pytest.raises(ValidationError):
        Note(organisation_id=org, client_id=client, title="x", text="y" * 41).full_clean()


# Bound to its place.


@pytest.mark.parametrize("where", ["organisation_id", "client_id", "id", "field", "domain", "table"])
def test_moved_to_another_place_it_does_not_open(note, org, client, where, monkeypatch):
    title, other = Note._meta.get_field("title"), uuid4()
    vault.keyring().add_organisation(other)
    key = vault.keyring().client_key(org, Domain.COUNSELLING, client, create=False)[1]
    place = {"organisation_id": org, "client_id": client, "row_id": note.pk, "sealed": stored(note)}
    field = "title"
    if where == "field":
        field = "text"
    elif where == "domain":
        monkeypatch.setitem(title.__dict__, "domain", Domain.LEGAL)
        title.__dict__.pop("_label", None)
    elif where == "table":
        monkeypatch.setattr(Note._meta, "db_table", "core_other")
        title.__dict__.pop("_label", None)
    else:
        place["row_id" if where == "id" else where] = other
    # With the right key at hand, wherever it is asked for: only the place is wrong.
    keys = {(place["client_id"], 1): key}
    with pytest.raises(CannotUnseal):
        unseal_value(Note, field, keys=keys, **place)
    title.__dict__.pop("_label", None)


def test_bytes_copied_to_another_row_are_not_stored(note, org, client):
    thief = Note(organisation_id=org, client_id=client, title=stored(note))
    with pytest.raises(CannotUnseal), transaction.atomic():
        thief.save()
    assert Note.objects.count() == 1


def test_a_loaded_row_given_another_id_is_not_stored(note):
    copy = read(note)
    copy.pk = uuid4()
    with pytest.raises(CannotUnseal), transaction.atomic():
        copy.save()


def test_bytes_swapped_inside_the_table_do_not_open(note):
    Note.objects.filter(pk=note.pk).update(title=F("text"))
    with pytest.raises(CannotUnseal):
        _ = read(note).title
    assert read(note).text == "Since March."


# What the database can't do.


def test_text_cannot_be_compared_or_updated_in_a_query(note):
    for refused in (
        lambda: Note.objects.filter(title="Nightmares").exists(),
        lambda: Note.objects.exclude(title="Nightmares").exists(),
        lambda: Note.objects.get_or_create(title="Nightmares"),
        lambda: Note.objects.update(title="Nightmares"),
        lambda: Note.objects.bulk_update([note], ["title"]),
    ):
        with pytest.raises(TypeError, match="instance"):
            refused()


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "in", "gt", "iexact", "regex"])
def test_the_database_cannot_look_into_it(note, lookup):
    with pytest.raises(FieldError, match="sealed"):
        Note.objects.filter(**{f"title__{lookup}": "Night"}).exists()


def test_it_can_be_asked_whether_there_is_a_text(note):
    assert Note.objects.filter(text__isnull=False).count() == 1
    assert Note.objects.filter(text=None).count() == 0
    Note.objects.update(text=None)
    assert read(note).text is None


def test_a_dump_does_not_carry_it(note):
    with pytest.raises(TypeError, match="sealed"):
        serializers.serialize("json", [note])


# Keys.


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


def value_of(field: str, org: UUID, row_id: UUID, client_id: UUID, sealed: bytes | None, keys):
    return unseal_value(
        Note, field, organisation_id=org, client_id=client_id, row_id=row_id, sealed=sealed, keys=keys
    )


def test_a_field_that_is_not_sealed_is_not_unsealed(note, org, client):
    with pytest.raises(TypeError, match="not sealed"):
        value_of("kind", org, note.pk, client, b"", None)


# Declared well.


@isolate_apps("kimbilio.core")
def test_a_model_that_leaves_out_what_is_bound_fails_the_checks():
    class Bare(models.Model):
        text = SealedText()

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "bare"

    assert {error.id for error in Bare._meta.get_field("text").check()} == {"kimbilio.E001", "kimbilio.E002"}
    assert Note._meta.get_field("title").check() == []


def test_a_migration_says_no_more_than_its_options():
    _, path, args, kwargs = Note._meta.get_field("text").deconstruct()
    assert (path, args) == ("kimbilio.core.sealed.SealedText", [])
    assert kwargs == {"null": True, "blank": True, "max_length": 40}
