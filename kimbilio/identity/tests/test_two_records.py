"""Who somebody is, from both records of theirs: side by side, each under its own keys."""

from collections.abc import Callable

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.identity import actions
from kimbilio.identity.queries import identity_of, standing_details
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(actor: Callable[..., Actor]) -> Actor:
    """The MAT liaison who asks."""
    return actor(Role.MAT_LIAISON)


def twice(by: Actor, programme: Programme) -> tuple[Client, Client]:
    """Enter somebody twice."""
    one, other = (
        person(by, programme.site, first=first, phone="0712345678") for first in ("Zawadi", "Zawadhi")
    )
    return one, other


def test_what_both_records_say_stands_side_by_side_each_under_its_own_keys(
    programme: Programme, by: Actor
) -> None:
    one, other = twice(by, programme)
    actions.record_locator(by=by, client=one, where="At the stage")
    actions.record_locator(by=by, client=other, where="Behind the market")
    merge_clients(by=by, client=one, into=other)
    identity = identity_of(other)
    assert identity.details is not None
    assert identity.locator is not None
    assert identity.details.first == "Zawadhi"
    assert [details.first for details in identity.other_details] == ["Zawadi"]
    assert identity.locator.where == "Behind the market"
    assert [locator.where for locator in identity.other_locators] == ["At the stage"]
    assert {phone.client_id for phone in identity.phones} == {one.pk, other.pk}


def test_where_the_record_that_stands_has_no_names_those_of_the_other_are_shown(
    programme: Programme, by: Actor
) -> None:
    one, other = twice(by, programme)
    merge_clients(by=by, client=one, into=other)
    standing_details(other).delete()  # type: ignore[union-attr]  # it has some
    names = standing_details(other)
    assert names is not None
    assert names.first == "Zawadi"
    assert identity_of(other).other_details == []
