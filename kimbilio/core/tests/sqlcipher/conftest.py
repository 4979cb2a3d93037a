"""A home that is open, and an encrypted database in it."""

import uuid

import pytest
from django.db import connections, models
from django.test.utils import isolate_apps

from kimbilio.core import vault
from kimbilio.core.keyring import create_keyring
from kimbilio.core.tests.sqlcipher.files import CHEAP, connection_to


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of this test's own, open; the suite's stays as it is."""
    monkeypatch.setattr(vault, "_opened", None)
    monkeypatch.setattr(vault, "_to_drop", [])
    home = tmp_path / "home"
    root_key = create_keyring(home, "mti mkavu", cost=CHEAP)
    vault.open_vault(home, root_key)
    yield home
    vault.lock_vault()


@pytest.fixture
def own(home, django_db_blocker):
    """A connection to a file of this test's own, known to Django as "own"."""
    with django_db_blocker.unblock():
        own = connection_to(home / "own.db")
        connections["own"] = own
        yield own
        if vault.is_open():
            own.close()
        del connections["own"]


@pytest.fixture
def thing(own):
    """A table with a column of each kind that Django converts."""
    with isolate_apps():

        class Thing(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            name = models.CharField(max_length=50)
            count = models.IntegerField(default=0)
            price = models.DecimalField(max_digits=8, decimal_places=2, null=True)
            day = models.DateField(null=True)
            at = models.DateTimeField(null=True)
            hour = models.TimeField(null=True)
            wait = models.DurationField(null=True)
            yes = models.BooleanField(default=True)
            raw = models.BinaryField(null=True)
            notes = models.JSONField(default=dict)
            parent = models.ForeignKey("self", models.CASCADE, null=True)

            class Meta:
                app_label = "core"

            def __str__(self):
                return self.name

    with own.schema_editor() as editor:
        editor.create_model(Thing)
    return Thing
