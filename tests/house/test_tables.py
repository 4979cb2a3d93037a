"""Whose each table is, what is unique in it, and how its keys are minted."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from kimbilio.accounts.models import Organisation
from kimbilio.core.ids import uuid7
from tests.house.tables import Model, named, ours, planted_table

OWNERS = ("organisation", "organisation_id")

# Fields of other constraints than 'once in an organisation', each with its reason.
UNIQUE_EVERYWHERE = {
    "accounts.Staff.username": "typed at sign-in before anyone knows the organisation (docs/decisions/0004)",
    "accounts.Organisation.name": "an organisation is not inside another",
}
# Tables that Django and django-allauth bring and that hold no organisation, each with its reason.
NOT_OURS = {
    "account_emailaddress": "allauth asks for it; nobody here has an address, so it stays empty",
    "account_emailconfirmation": "allauth asks for it; it stays empty",
    "auth_group": "Django asks for it; roles.py is used instead, so it stays empty",
    "auth_group_permissions": "as auth_group",
    "auth_permission": "Django's own list of tables; nothing about anybody, and asked by nothing",
    "django_content_type": "Django's own list of tables",
    "django_migrations": "Django's own list of what was migrated",
    "django_session": "a sign-in; its organisation is that of the staff member inside it",
    "mfa_authenticator": "a second factor; its organisation is its staff member's, and its key that one's staff key",
    "usersessions_usersession": "an open sign-in; its organisation is its staff member's",
    "sign_in_limits": "counts failures under keyed digests, before anyone knows the organisation",
    "accounts_organisation": "it is the organisation",
}


# Whose it is


def without_organisation(model: Model) -> bool:
    """Tell whether rows of this table could be nobody's."""
    owner = next((field for field in model._meta.concrete_fields if field.attname == "organisation_id"), None)
    if owner is None or owner.null:
        return True
    return owner.related_model is not Organisation and not isinstance(owner, models.UUIDField)


def strays() -> list[str]:
    """Tables of the database itself that have no organisation, but for the named ones."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        columns = {
            table: {column.name for column in connection.introspection.get_table_description(cursor, table)}
            for table in tables
        }
    return sorted(
        table for table in tables if "organisation_id" not in columns[table] and table not in NOT_OURS
    )


def test_every_row_of_ours_carries_its_organisation():
    assert [named(model) for model in ours() if without_organisation(model)] == ["accounts.Organisation"]


@isolate_apps("kimbilio.people")
def test_a_table_without_an_organisation_is_found():
    stray = planted_table("people", "Stray", {})
    half = planted_table("people", "Half", {"organisation_id": models.UUIDField(null=True)})
    assert without_organisation(stray)
    assert without_organisation(half)


def test_the_database_has_no_table_without_one_but_those_named_here(db):
    faults = strays()
    assert not faults, "\n".join(faults)


def test_every_table_that_is_named_here_is_still_there(db):
    assert set(NOT_OURS) <= set(connection.introspection.table_names())


def test_a_table_that_came_with_a_library_is_found(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE brought_along (id integer, name varchar(20))")
    assert strays() == ["brought_along"]


@pytest.mark.parametrize("table", ["account_emailaddress", "account_emailconfirmation", "auth_group"])
def test_a_table_that_is_said_to_stay_empty_is_empty(programme, sign_in, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


# What is unique, and the key


def unique_beyond(model: Model) -> Iterator[str]:
    """What is unique in this table and does not begin with the organisation, as 'room.Model.field'."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield named(model, field.name)
    for together in model._meta.unique_together:
        if together[0] not in OWNERS:
            yield named(model, "+".join(together))
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and (*constraint.fields, "")[0] not in OWNERS:
            yield named(model, constraint.name)


def is_uuid7(key: models.Field) -> bool:
    """Tell whether keys of a table are minted as UUIDs of version 7."""
    return isinstance(key, models.UUIDField) and key.default is uuid7


def test_whatever_is_unique_is_unique_within_an_organisation():
    found = {name for model in ours() for name in unique_beyond(model)}
    assert found == set(UNIQUE_EVERYWHERE)


@isolate_apps("kimbilio.people")
def test_what_is_unique_over_all_organisations_is_found():
    fields = {
        "organisation_id": models.UUIDField(),
        "code": models.CharField(max_length=7, unique=True),
        "number": models.IntegerField(),
    }
    constraints = [
        models.UniqueConstraint(fields=["number"], name="number_once"),
        models.UniqueConstraint(fields=["organisation_id", "number"], name="number_in_organisation"),
        models.UniqueConstraint(models.F("number") + 1, name="by_expression"),
    ]
    together = [("number", "organisation_id")]
    card = planted_table("people", "Card", fields, constraints=constraints, unique_together=together)
    assert [name.removeprefix("people.Card.") for name in unique_beyond(card)] == [
        "code",
        "number+organisation_id",
        "number_once",
        "by_expression",
    ]


def test_every_key_is_minted_as_a_uuid_of_version_7():
    faults = [named(model) for model in ours() if not is_uuid7(model._meta.pk)]
    assert not faults, "\n".join(faults)
    assert uuid7().version == 7


@isolate_apps("kimbilio.people")
def test_a_key_that_counts_is_found():
    assert not is_uuid7(planted_table("people", "Counted", {})._meta.pk)
