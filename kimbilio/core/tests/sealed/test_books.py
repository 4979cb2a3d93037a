"""Text of a book is sealed under a key of its own, and bound to its row and to nobody."""

from typing import ClassVar
from uuid import uuid4

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from kimbilio.core import vault
from kimbilio.core.encryption import CannotUnseal
from kimbilio.core.keyring import NoSuchKey
from kimbilio.core.models import Record
from kimbilio.core.sealed_books import SealedBookText, make_keys, owners_of

with isolate_apps():

    class Page(Record):
        """A table that only these tests have."""

        organisation_id = models.UUIDField()
        text = SealedBookText()
        margin = SealedBookText(null=True)

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "page"

    class Nobodys(Record):
        """A table whose rows are no organisation's."""

        text = SealedBookText()
        objects: ClassVar = models.Manager()

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "nobody's"


@pytest.fixture
def page(org):
    create, _ = connection.schema_editor().table_sql(Page)
    with connection.cursor() as cursor:
        cursor.execute(create)
    return Page.objects.create(organisation_id=org, text="KSS-0001, Zawadi")


def stored(page, field="text"):
    return bytes(Page.objects.values_list(field, flat=True).get(pk=page.pk))


def test_it_reads_as_it_was_written_and_lies_sealed(page):
    assert Page.objects.get(pk=page.pk).text == "KSS-0001, Zawadi"
    assert b"Zawadi" not in stored(page)
    assert Page.objects.get(pk=page.pk).margin is None


@pytest.mark.parametrize("moved", ["row", "field", "organisation"])
def test_moved_elsewhere_it_does_not_open(page, org, moved):
    other_org = uuid4()
    vault.keyring().add_organisation(other_org)
    other = Page.objects.create(
        organisation_id=other_org if moved == "organisation" else org, text="x", margin="y"
    )
    field = "margin" if moved == "field" else "text"
    target = page if moved == "field" else other
    Page.objects.filter(pk=target.pk).update(**{field: stored(page)})
    with pytest.raises((CannotUnseal, NoSuchKey)):
        _ = getattr(Page.objects.get(pk=target.pk), field)


def test_after_the_organisations_key_is_rotated_it_is_still_read(page, org):
    vault.keyring().rotate_organisation_key(org)
    assert Page.objects.get(pk=page.pk).text == "KSS-0001, Zawadi"


def test_once_its_key_is_destroyed_it_reads_as_nothing_and_others_are_still_read(page, org):
    other = Page.objects.create(organisation_id=org, text="KSS-0002", margin="Peter")
    vault.keyring().destroy_client_keys(org, *owners_of([page]))
    assert Page.objects.get(pk=page.pk).text is None
    assert Page.objects.get(pk=other.pk).margin == "Peter"
    assert vault.keyring().destroyed_texts(org) == set(owners_of([page]))
    assert vault.keyring().destroyed_clients(org) == set()
    assert vault.keyring().how_many_destroyed(org) == 0


def test_the_keys_of_many_texts_are_made_at_once(page, org, monkeypatch):
    pages = [Page(organisation_id=org, text=str(number), margin=None) for number in range(30)]
    make_keys(org, pages)
    monkeypatch.setattr(vault.keyring(), "create_client_keys", None)
    Page.objects.bulk_create(pages)
    assert {one.text for one in Page.objects.exclude(pk=page.pk)} == {str(number) for number in range(30)}


def test_a_table_without_an_organisation_is_found_before_it_is_used():
    (fault,) = Nobodys._meta.get_field("text").check()
    assert "organisation_id" in fault.msg
    assert Page._meta.get_field("text").check() == []
