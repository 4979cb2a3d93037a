"""Somebody asks to be forgotten: nothing tells who it was, here or in an older copy, and every count is the same."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.roles import Permission, Role
from kimbilio.core import vault
from kimbilio.core.refusals import Gone, NotHere, Refused
from kimbilio.identity.actions import record_locator
from kimbilio.identity.models import IdentityRecord
from kimbilio.identity.name_search import search_names
from kimbilio.identity.queries import clients_with_phone
from kimbilio.people.actions import merge_clients, open_person, part_clients
from kimbilio.people.models import Client
from kimbilio.people.queries import client_by_code, clients_by_code
from kimbilio.people.traces import delete_rows
from kimbilio.privacy import blanking
from kimbilio.privacy.actions import ask_to_be_forgotten, erase_person, withdraw_asking
from kimbilio.privacy.choices import WhyForgotten
from kimbilio.privacy.erasing import erase_again, erase_again_everywhere
from kimbilio.privacy.models import Erasure
from kimbilio.reports.queries import figures_now
from kimbilio.visits.actions import NewVisit, record_visit
from kimbilio.visits.models import Visit
from tests.house.tables import ours
from tests.privacy.canaries import Canaries
from tests.privacy.erased import Told, put_back, readable, rows_of_tables, somebody
from tests.programme import Programme, actor_with, person

Committed = Callable[..., Any]


@pytest.fixture
def told(programme: Programme) -> Told:
    return somebody(programme, Canaries("somebody who asks to be forgotten"))


@pytest.fixture
def erase(django_capture_on_commit_callbacks: Committed) -> Callable[[Told], Erasure]:
    """Return a function that forgets somebody, with all that follows once it is committed."""

    def forget(told: Told) -> Erasure:
        with django_capture_on_commit_callbacks(execute=True):
            return erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)

    return forget


def test_nothing_that_tells_who_it_was_can_be_read(told: Told, erase: Any) -> None:
    assert len(readable(told.canaries)) == len(told.canaries)
    erase(told)
    assert readable(told.canaries) == set()
    for model in ours():
        if issubclass(model, IdentityRecord):
            assert not model._default_manager.filter(client=told.client).exists()
    assert search_names(told.by.organisation_id, " ".join(told.names), limit=5) == []
    assert clients_with_phone(told.by.organisation_id, told.phone) == set()


def test_an_older_copy_of_the_data_put_back_beside_todays_keys_tells_nothing(told: Told, erase: Any) -> None:
    copied = rows_of_tables()
    erase(told)
    put_back(copied)
    assert readable(told.canaries) == set(), "the keys are gone, whatever the data holds"
    assert Client.objects.get(pk=told.client.pk).code == told.client.code
    assert erase_again(told.by.organisation_id) == 1
    assert erase_again(told.by.organisation_id) == 0
    card = Client.objects.get(pk=told.client.pk)
    assert card.code != told.client.code
    assert card.forgotten_at
    assert Erasure.objects.get(client=card).why == WhyForgotten.BEFORE_RESTORE
    for model in ours():
        if issubclass(model, IdentityRecord):
            assert not model._default_manager.filter(client=card).exists()
    assert erase_again_everywhere() == 0


def figures(told: Told, programme: Programme) -> list[Any]:
    """Every figure of every month in which something was recorded, of the site and of all sites."""
    today = timezone.localdate()
    months = {day.replace(day=1) for day in (today, today - timedelta(days=3), today - timedelta(days=40))}
    return [figures_now(told.by, month, site) for month in sorted(months) for site in (programme.site, None)]


def test_every_count_is_the_same_before_and_after(told: Told, erase: Any, programme: Programme) -> None:
    before = figures(told, programme)
    assert any(figure.value for month in before for figure in month)
    copied = rows_of_tables()
    erase(told)
    assert figures(told, programme) == before
    put_back(copied)
    assert figures(told, programme) == before
    erase_again(told.by.organisation_id)
    assert figures(told, programme) == before


def test_the_paper_card_leads_nowhere_and_the_new_code_says_that_they_are_forgotten(
    told: Told, erase: Any
) -> None:
    stone = erase(told)
    with pytest.raises(NotHere):
        client_by_code(told.by, told.client.code)
    card = Client.objects.get(pk=stone.client_id)
    with pytest.raises(Gone, match="asked to be forgotten"):
        client_by_code(told.by, card.code)
    assert clients_by_code(told.by, Permission.OPEN_PERSON, [card.code]) == {}


def test_nothing_more_can_be_recorded_of_them(told: Told, erase: Any, programme: Programme) -> None:
    erase(told)
    gone = Client.objects.get(pk=told.client.pk)
    visit = NewVisit(gone.pk, timezone.localdate())
    for do in (
        lambda: open_person(by=told.by, client=gone),
        lambda: record_locator(by=told.by, client=gone, where="elsewhere"),
        lambda: record_visit(by=told.by, client=gone, at_site=programme.site, visit=visit),
        lambda: erase_person(by=told.by, client=gone, why=WhyForgotten.ASKED),
        lambda: ask_to_be_forgotten(by=told.by, client=gone, why=WhyForgotten.ASKED),
    ):
        with pytest.raises(Refused):
            do()
    assert Visit.objects.filter(client=gone).count() == 3


def test_every_record_that_was_joined_to_theirs_goes_too(
    told: Told, erase: Any, programme: Programme
) -> None:
    new = told.canaries
    twin = person(told.by, programme.site, first=new.word(), last=new.word(), phone=new.phone())
    alias = merge_clients(by=told.by, client=twin, into=told.client)
    copied = rows_of_tables()
    stone = erase(told)
    assert readable(new) == set()
    assert set(Erasure.objects.values_list("client", flat=True)) == {told.client.pk, twin.pk}
    assert stone.client_id == told.client.pk
    alias.refresh_from_db()
    with pytest.raises(Gone):
        part_clients(by=told.by, alias=alias)
    put_back(copied)
    assert erase_again(told.by.organisation_id) == 2
    assert readable(new) == set()


def test_a_kill_between_the_data_and_the_keys_is_made_whole_at_the_next_start(told: Told) -> None:
    copied = rows_of_tables()
    erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)  # and what follows never came
    assert readable(told.canaries) == set(), "the data is blank"
    assert vault.keyring().destroyed_clients(told.by.organisation_id) == set()
    assert erase_again(told.by.organisation_id) == 0
    put_back(copied)
    assert readable(told.canaries) == set(), "and now the keys are gone too"


@pytest.mark.parametrize("step", [1, 2, 5, 9])
def test_a_fault_on_the_way_leaves_everything_as_it_was(
    told: Told, monkeypatch: pytest.MonkeyPatch, step: int, django_capture_on_commit_callbacks: Committed
) -> None:
    before, deleted = rows_of_tables(), itertools.count(1)

    def faulty(model: Any, ids: Any) -> None:
        if next(deleted) == step:
            raise OSError("the disk is full")
        delete_rows(model, ids)

    monkeypatch.setattr(blanking, "delete_rows", faulty)
    with pytest.raises(OSError, match="full"), django_capture_on_commit_callbacks(execute=True):
        erase_person(by=told.by, client=told.client, why=WhyForgotten.ASKED)
    assert rows_of_tables() == before
    assert len(readable(told.canaries)) == len(told.canaries)
    assert vault.keyring().destroyed_clients(told.by.organisation_id) == set()


def test_it_is_noted_by_the_desk_and_carried_out_by_the_manager(told: Told, programme: Programme) -> None:
    desk = actor_with(Role.DESK_OFFICER, programme.site)
    asked = ask_to_be_forgotten(by=desk, client=told.client, why=WhyForgotten.WITHDREW)
    assert ask_to_be_forgotten(by=desk, client=told.client, why=WhyForgotten.ASKED) == asked
    with pytest.raises(Refused):
        erase_person(by=desk, client=told.client, why=WhyForgotten.ASKED)
    withdraw_asking(by=desk, erasure=asked)
    assert readable(told.canaries)
    again = ask_to_be_forgotten(by=desk, client=told.client, why=WhyForgotten.ASKED)
    done = erase_person(by=told.by, client=told.client, why=WhyForgotten.MISTAKE)
    assert (done.pk, done.why, done.asked_by, done.done_by) == (
        again.pk,
        WhyForgotten.ASKED,
        desk.staff_id,
        told.by.staff_id,
    )
    with pytest.raises(Refused):
        withdraw_asking(by=desk, erasure=done)
