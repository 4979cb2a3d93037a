"""A note about a person, in a table made for the test. Django may not be ready yet when this is read."""

from uuid import uuid4

import pytest
from django.db import connection

from kimbilio.core import vault


@pytest.fixture(autouse=True)
def notes(db):
    """The table of notes."""
    from kimbilio.core.tests.sealed.note import Note

    create, _ = connection.schema_editor().table_sql(Note)
    with connection.cursor() as cursor:
        cursor.execute(create)
    return Note.objects


@pytest.fixture
def org():
    org = uuid4()
    vault.keyring().add_organisation(org)
    return org


@pytest.fixture
def client():
    return uuid4()


@pytest.fixture
def note(notes, org, client):
    return notes.create(organisation_id=org, client_id=client, title="Nightmares", text="Since March.")
