"""The clinic's numbers and names of many people at once, and whose numbers stand on a paper."""

from collections.abc import Callable

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.core import vault
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.identity.actions import add_outside_number, end_entry, open_mat_numbers, open_names
from kimbilio.identity.choices import NumberKind
from kimbilio.identity.clinic_papers import clients_with_outside_numbers, clients_with_phones
from kimbilio.identity.name_search import search_many_names, search_names
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from tests.programme import Programme, actor_with, person

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]


@pytest.fixture
def by(actor: MakeActor) -> Actor:
    return actor(Role.PROGRAMME_MANAGER)


def with_number(by: Actor, programme: Programme, number: str, last: str = "Kamau") -> Client:
    client = person(by, programme.site, last=last)
    add_outside_number(by=by, client=client, kind=NumberKind.MAT_NUMBER, number=number)
    return client


def test_each_person_has_the_clinics_number_that_stands(by: Actor, programme: Programme) -> None:
    one, two = with_number(by, programme, "KRMAT-1"), with_number(by, programme, "KRMAT-2")
    without = person(by, programme.site, number="KSS-0001")
    ended = add_outside_number(by=by, client=without, kind=NumberKind.MAT_NUMBER, number="KRMAT-9")
    end_entry(by=by, row=ended)
    numbers = open_mat_numbers(by=by, site=programme.site, clients=[one, two, without])
    assert numbers == {one.pk: "KRMAT-1", two.pk: "KRMAT-2"}


def test_a_joined_record_lends_its_number_and_its_name(by: Actor, programme: Programme) -> None:
    one, aside = person(by, programme.site), with_number(by, programme, "KRMAT-7", last="Otieno")
    merge_clients(by=by, client=aside, into=one)
    assert open_mat_numbers(by=by, site=programme.site, clients=[one]) == {one.pk: "KRMAT-7"}
    assert open_names(by=by, site=programme.site, clients=[one]) == {one.pk: "Njoroge Kamau"}


def test_names_of_many_are_theirs_and_somebody_whose_keys_are_gone_has_none(
    by: Actor, programme: Programme
) -> None:
    one, gone = (with_number(by, programme, number, last="Otieno") for number in ("KRMAT-1", "KRMAT-2"))
    vault.keyring().destroy_client_keys(by.organisation_id, gone.pk)
    people = [one, gone]
    assert open_names(by=by, site=programme.site, clients=people) == {one.pk: "Njoroge Otieno"}
    assert open_mat_numbers(by=by, site=programme.site, clients=people) == {one.pk: "KRMAT-1"}


def test_numbers_on_a_paper_are_found_however_they_are_typed(by: Actor, programme: Programme) -> None:
    one = with_number(by, programme, "KRMAT-0012")
    elsewhere = actor_with(Role.PROGRAMME_MANAGER, programme.site_elsewhere)
    theirs = person(elsewhere, programme.site_elsewhere)
    add_outside_number(by=elsewhere, client=theirs, kind=NumberKind.MAT_NUMBER, number="KRMAT-0013")
    typed = ["krmat 0012", "KRMAT/OO12", "KRMAT-0013", "", "-"]
    found = clients_with_outside_numbers(by.organisation_id, typed)
    assert found == {"krmat 0012": {one.pk}, "KRMAT/OO12": {one.pk}}


def test_people_out_of_reach_and_roles_without_names_are_refused(
    by: Actor, programme: Programme, actor: MakeActor
) -> None:
    other = person(actor(Role.PROGRAMME_MANAGER, programme.other_site), programme.other_site)
    for look in (open_names, open_mat_numbers):
        with pytest.raises(NotHere):
            look(by=by, site=programme.site, clients=[other])
        with pytest.raises(Refused):
            look(by=actor(Role.ME_OFFICER), site=programme.site, clients=[])


def test_whose_phones_stand_on_a_paper_however_they_are_typed(by: Actor, programme: Programme) -> None:
    one = person(by, programme.site, phone="0722000111")
    two = person(by, programme.site, first="Wanjiku", phone="+254722000111")
    typed = ["0722 000 111", "722000111", "0799000111", "Njoroge"]
    found = clients_with_phones(programme.organisation.pk, typed)
    assert found == {text: {one.pk, two.pk} for text in typed[:2]}
    assert clients_with_phones(programme.other_organisation.pk, typed) == {}


def test_many_names_are_searched_as_each_would_be(by: Actor, programme: Programme) -> None:
    for first in ("Njoroge", "Njoroje", "Wanjiku"):
        person(by, programme.site, first=first)
    texts = ["Njoroge Kamau", "Wanjiko", "Nobody Atall"]
    found = search_many_names(programme.organisation.pk, texts, limit=5)
    assert found == {text: search_names(programme.organisation.pk, text, limit=5) for text in texts}
    assert [len(found[text]) for text in texts] == [2, 1, 0]
