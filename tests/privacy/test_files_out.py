"""Whoever stood in a file that was taken is told of it: when, by whom, and who agreed; until they are forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.models import Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import Role
from kimbilio.exchange.taking_out.lines import foreseen
from kimbilio.exchange.taking_out.models import HeldInFile
from kimbilio.exchange.tests.a_file_out import make_people, ready, taken_by, wanted
from kimbilio.followup.actions import print_sheet
from kimbilio.followup.choices import SheetKind
from kimbilio.followup.queries.sheets import SheetRow
from kimbilio.people.models import Client
from kimbilio.privacy.actions import erase_person
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.erasing import erase_again
from kimbilio.privacy.looks import looks_at
from tests.programme import Programme, actor_with, person, staff_with


@pytest.fixture
def people(programme: Programme) -> list[Client]:
    return make_people(programme)


@pytest.fixture
def managers(programme: Programme) -> list[Staff]:
    """Two of them, by their names."""
    names = ("Achieng", "Otieno")
    staff = [staff_with(Role.PROGRAMME_MANAGER, programme.site, name.lower()) for name in names]
    for one, name in zip(staff, names, strict=True):
        Staff.objects.filter(pk=one.pk).update(display_name=name)
    return staff


@pytest.mark.parametrize(("with_names", "words"), [(True, "with your names"), (False, "by your code")])
def test_a_person_is_told_when_their_record_left_who_took_it_and_who_agreed(
    programme: Programme, people: list[Client], managers: list[Staff], with_names: bool, words: str
) -> None:
    desk = actor_with(Role.DESK_OFFICER, programme.other_site)
    elsewhere = person(desk, programme.other_site, first="Elsewhere")
    taker, other = managers
    taken_by(taker, ready(programme, taker, other, wanted(with_names=with_names)))
    (day,) = looks_at(people[0])
    told = [look.sentence for look in day.looks if "a file" in look.sentence]
    assert [one.split(",")[0] for one in told] == ["Achieng", "Otieno"]
    assert words in told[0]
    assert "agreed" in told[1]
    assert not any("a file" in look.sentence for one in looks_at(elsewhere) for look in one.looks)


def test_whoever_was_forgotten_is_left_out_before_their_keys_are_gone_too(
    programme: Programme, people: list[Client], managers: list[Staff]
) -> None:
    by = actor_for(managers[0])
    export = ready(programme, *managers)
    assert foreseen(by, export).left_out == 0
    erase_person(by=by, client=people[0], why=WhyForgotten.ASKED)  # and what follows has not come yet
    counted = foreseen(by, export)
    assert (counted.people, counted.left_out) == (1, 1)


def test_a_person_is_told_that_a_sheet_was_printed_on_which_they_stand(
    programme: Programme, people: list[Client]
) -> None:
    liaison, day = actor_with(Role.MAT_LIAISON, programme.site), timezone.localdate()
    rows = [SheetRow(people[0].pk, group="missed")]
    print_sheet(by=liaison, site=programme.site, kind=SheetKind.LOOK_FOR, as_at=day, rows=rows)
    told = [[look.what for one in looks_at(somebody) for look in one.looks] for somebody in people]
    assert ["printed a sheet on which you stand" in what for what in told] == [True, False]


def test_that_somebody_stood_in_a_file_goes_with_them(
    programme: Programme,
    people: list[Client],
    managers: list[Staff],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    taken_by(managers[0], ready(programme, *managers))
    older = list(HeldInFile.objects.all())
    assert {one.about for one in older} == {one.pk for one in people}
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=actor_for(managers[0]), client=people[0], why=WhyForgotten.ASKED)
    assert [one.about for one in HeldInFile.objects.all()] == [people[1].pk]
    HeldInFile.objects.all().delete()
    HeldInFile.objects.bulk_create(older)
    erase_again(programme.organisation.pk)
    assert [one.about for one in HeldInFile.objects.all()] == [people[1].pk]
