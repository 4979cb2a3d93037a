from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import transaction
from django.db.models import F

from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal
from kimbilio.core.keyring import Domain
from kimbilio.core.sealed import unseal_value
from kimbilio.core.tests.sealed.note import Note, read, stored

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
