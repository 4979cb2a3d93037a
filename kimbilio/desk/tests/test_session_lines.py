"""Lines typed one after another: whom each means, what is certain, what is in question."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.desk import session_lines
from kimbilio.desk.session_lines import lines_in, read_people
from kimbilio.desk.tests.gathered import (
    make_people,
)
from kimbilio.people.actions import merge_clients
from kimbilio.people.models import Client
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.DESK_OFFICER)


@pytest.fixture
def people(programme: Programme, officer: Actor) -> list[Client]:
    return make_people(officer, programme)


@pytest.fixture
def desk(sign_in: Callable[..., Browser]) -> Browser:
    return sign_in(Role.DESK_OFFICER)


def test_lines_are_read_without_the_numbers_of_the_paper_and_each_once() -> None:
    typed = "1. KSS-0001\n2) Otieno Ouma \n\n 12 . K7M;K7M\n0722 000 001"
    assert lines_in(typed) == ["KSS-0001", "Otieno Ouma", "K7M", "0722 000 001"]


@pytest.mark.parametrize("typed", ["{code}", "{low}", "KSS-0001", "kss 1", "0722000001", "+254 722 000 001"])
def test_a_code_number_or_phone_means_one_person_for_certain(
    officer: Actor, people: list[Client], typed: str
) -> None:
    code = people[0].code
    line = typed.format(code=code, low=f"{code[:3]}-{code[3:]}".lower())
    if typed == "kss 1":
        line = "kss 0001"
    (meant,) = read_people(officer, [line]).meant
    assert (meant.hit.client, meant.certain) == (people[0], True)


@pytest.mark.parametrize(
    ("typed", "place"), [("Otieno Ouma", 2), ("Ouma Otieno", 2), ("Wanjiku Mwagi", 1), ("Zainabu", 3)]
)
def test_a_name_means_one_person_and_is_to_be_looked_at(
    officer: Actor, people: list[Client], typed: str, place: int
) -> None:
    (meant,) = read_people(officer, [typed]).meant
    assert (meant.hit.client, meant.certain) == (people[place], False)


def test_a_code_with_more_words_beside_it_is_to_be_looked_at(officer: Actor, people: list[Client]) -> None:
    (meant,) = read_people(officer, [f"{people[0].code} Njoroge"]).meant
    assert (meant.hit.client, meant.certain) == (people[0], False)


def test_the_very_name_goes_before_one_that_sounds_alike(
    programme: Programme, officer: Actor, people: list[Client]
) -> None:
    person(officer, programme.site, first="Otiano", last="Ouma")
    (meant,) = read_people(officer, ["Otieno Ouma"]).meant
    assert meant.hit.client == people[2]


def test_a_shared_name_or_phone_is_in_question_with_five_at_most(
    programme: Programme, officer: Actor
) -> None:
    for _time in range(7):
        person(officer, programme.site, first="Peter", last="Kimani", phone="0733000111")
    read = read_people(officer, ["Peter Kimani", "0733000111"])
    assert not read.meant
    assert [(len(one.hits), one.more) for one in read.in_question] == [(5, True), (5, True)]


def test_somebody_here_is_found_behind_many_of_the_same_name_elsewhere(
    programme: Programme,
    actor: Callable[..., Actor],
    officer: Actor,
    people: list[Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session_lines, "_FIRST_TRIED", 2)
    elsewhere = actor(Role.DESK_OFFICER, programme.other_site)
    for _time in range(4):
        person(elsewhere, programme.other_site, first="Zainabu", last="Faki")
    (meant,) = read_people(officer, ["Zainabu Faki"]).meant
    assert meant.hit.client == people[3]


def test_nobody_of_another_site_is_meant(
    programme: Programme, actor: Callable[..., Actor], officer: Actor
) -> None:
    there = person(
        actor(Role.DESK_OFFICER, programme.other_site), programme.other_site, first="Baraka", number="TH-0001"
    )
    lines = ["Baraka", "TH-0001", there.code]
    assert read_people(officer, lines).nobody == lines


def test_two_cards_of_one_person_are_one(
    programme: Programme, actor: Callable[..., Actor], officer: Actor, people: list[Client]
) -> None:
    merge_clients(by=actor(Role.PROGRAMME_MANAGER), client=people[1], into=people[0])
    read = read_people(officer, ["KSS-0001", "KSS-0002", people[1].code])
    assert {meant.hit.client.pk for meant in read.meant} == {people[0].pk}
