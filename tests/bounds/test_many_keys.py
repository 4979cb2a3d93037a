"""Asking about many rows by their keys: the same answer as with a list of them, on either database."""

import pytest

from kimbilio.accounts.models import Organisation, Site
from kimbilio.core.ids import uuid7
from kimbilio.core.many import Keys

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_their_own_keys_and_by_those_they_refer_to(programme):
    wanted = [programme.organisation.pk, uuid7()]
    assert list(Organisation.objects.filter(pk__in=Keys(wanted))) == [programme.organisation]
    found = Site.objects.filter(organisation__in=Keys(wanted)).order_by("name")
    assert list(found) == [programme.site, programme.other_site]


def test_no_key_finds_nothing(programme):
    assert not Organisation.objects.filter(pk__in=Keys([])).exists()


def test_more_keys_than_a_statement_takes_values_are_no_trouble(programme):
    many = [uuid7() for _ in range(40_000)] + [programme.site.pk]
    assert Site.objects.filter(pk__in=Keys(many)).get() == programme.site
    assert Site.objects.exclude(pk__in=Keys(many)).count() == 2
