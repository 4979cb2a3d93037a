"""People whom an import registered by mistake are taken out, with every row that tells of them and their keys."""

import pytest
from django.apps import apps

from kimbilio.accounts.roles import Role
from kimbilio.core import vault
from kimbilio.core.keyring import Domain, KeyDestroyed
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.people.actions import take_back_registrations
from kimbilio.people.models import Client, Consent
from kimbilio.people.traces import rows_about, tables_about_people
from tests.programme import actor_with, person


def test_every_table_that_tells_of_people_is_known():
    tables = {model._meta.label: columns for model, columns in tables_about_people()}
    assert {"people.Consent", "identity.Phone", "mat.JourneyStep", "mat.DoseLine"} <= tables.keys()
    assert set(tables["people.Alias"]) == {"client_id", "joined_to_id", "stands_for_id"}


def test_whoever_is_taken_out_leaves_no_row_and_no_key(programme, actor, django_capture_on_commit_callbacks):
    by = actor(Role.PROGRAMME_MANAGER)
    gone = person(by, programme.site, phone="0722000111", number="KSS-1")
    stays = person(by, programme.site, first="Amina", phone="0722000111")
    with django_capture_on_commit_callbacks(execute=True):
        take_back_registrations(by=by, site=programme.site, people=[gone.pk])
    assert [client.pk for client in Client.objects.all()] == [stays.pk]
    tables = (Consent, apps.get_model("identity.Phone"), apps.get_model("identity.PersonalDetails"))
    assert [model.objects.count() for model in tables] == [1, 1, 1]
    for model, columns in tables_about_people():
        assert not list(rows_about(model, columns, [gone.pk]))
    with pytest.raises(KeyDestroyed):
        vault.keyring().client_key(gone.organisation_id, Domain.IDENTITY, gone.pk, create=False)
    assert vault.keyring().client_key(stays.organisation_id, Domain.IDENTITY, stays.pk, create=False)


def test_keys_are_destroyed_only_once_the_rows_are_gone_for_certain(programme, actor):
    by = actor(Role.PROGRAMME_MANAGER)
    gone = person(by, programme.site)
    take_back_registrations(by=by, site=programme.site, people=[gone.pk])
    # The test's own transaction is not over.
    assert vault.keyring().client_key(gone.organisation_id, Domain.IDENTITY, gone.pk, create=False)


def test_people_of_another_site_are_not_here(programme, actor):
    there = actor_with(Role.PROGRAMME_MANAGER, programme.other_site)
    elsewhere = person(there, programme.other_site)
    with pytest.raises(NotHere):
        take_back_registrations(by=actor(Role.PROGRAMME_MANAGER), site=programme.site, people=[elsewhere.pk])
    with pytest.raises(Refused):
        take_back_registrations(by=actor(Role.ADMINISTRATOR), site=programme.site, people=[])
    assert Client.objects.count() == 1
