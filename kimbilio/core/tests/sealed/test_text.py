from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps

from kimbilio.core import vault
from kimbilio.core.keyring import Domain
from kimbilio.core.sealed import SealedText
from kimbilio.core.tests.sealed.note import Note, read, stored


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
