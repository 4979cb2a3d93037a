"""Records that leave in a file: two people, once, within a day, and without those who said no."""

import itertools
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kimbilio.accounts.models import SiteRole, Staff
from kimbilio.accounts.queries import actor_for
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.audit.queries import events_of
from kimbilio.core import vault
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.actions import (
    approve_taking_out,
    ask_to_take_out,
    take_out,
    turn_down_taking_out,
)
from kimbilio.exchange.queries import taken_out_by_serial
from kimbilio.exchange.taking_out import lines as lines_module
from kimbilio.exchange.taking_out.choices import Stands
from kimbilio.exchange.taking_out.lines import foreseen
from kimbilio.exchange.taking_out.models import TakenOut
from kimbilio.exchange.taking_out.rules import GOOD_FOR, Steps, where_it_stands
from kimbilio.exchange.tests.a_file_out import (
    PASSPHRASE,
    asked,
    events,
    make_people,
    opened,
    ready,
    taken_by,
    wanted,
)
from kimbilio.people.actions import record_consent
from kimbilio.people.choices import ConsentAnswer, ConsentManner
from tests.programme import actor_with, staff_with

# Two people


@pytest.fixture
def manager(programme):
    return staff_with(Role.PROGRAMME_MANAGER, programme.site, "achieng")


@pytest.fixture
def officer(programme):
    return staff_with(Role.ME_OFFICER, programme.site, "barasa")


@pytest.fixture
def people(programme):
    return make_people(programme)


def test_it_is_for_managers_and_officers_alone():
    roles = {role for role in Role if Permission.EXPORT_PEOPLE in WHAT_ROLES_MAY[role]}
    assert roles == {Role.PROGRAMME_MANAGER, Role.ME_OFFICER}


def test_one_asks_another_approves_and_the_first_takes_it_once(programme, people, manager, officer):
    export = ready(programme, officer, manager)
    lines = [json.loads(line) for line in opened(taken_by(officer, export)).splitlines()]
    mark, *rest = lines
    assert mark["table"] == "mark"
    assert (mark["serial"], mark["site"], mark["left_out"]) == (export.serial, "Karuri", 0)
    assert mark["taken_by"] == mark["approved_by"] == "A colleague"
    assert {one["table"] for one in rest} == {"people", "visits", "steps"}
    codes = {one["code"].replace("-", "") for one in rest}
    assert codes == {one.code for one in people}
    assert "Zuhura" not in json.dumps(lines)
    assert "names" not in rest[0]
    with pytest.raises(Refused):
        taken_by(officer, export)
    assert events(programme) == ["export.asked", "export.approved", "export.taken"]
    assert events_of(programme.organisation.pk).first().detail["lines"] == 5


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ME_OFFICER])
def test_one_person_alone_never_takes_anything_whatever_they_try(programme, people, role):
    """Every order of every step, with the rows of two asks, by one person in every role they may hold."""
    alone = staff_with(role, programme.site)
    for extra in (Role.ADMINISTRATOR, Role.DESK_OFFICER, Role.ME_OFFICER, Role.PROGRAMME_MANAGER):
        if extra != role:
            given = {"organisation": programme.organisation, "site": programme.site}
            SiteRole.objects.create(staff=alone, role=extra, **given)
    by, taken, tries = actor_for(alone), 0, 0
    steps = {
        "approve": lambda export: approve_taking_out(by=by, export=export),
        "turn down": lambda export: turn_down_taking_out(by=by, export=export),
        "take": lambda export: take_out(by=by, export=export, passphrase=PASSPHRASE),
    }
    for order in itertools.product(steps, repeat=3):
        export = asked(alone, programme.site)
        for step in order:
            tries += 1
            try:
                steps[step](export)
                taken += step == "take"
            except Refused:
                pass
    assert (taken, tries) == (0, 81)
    assert not TakenOut.objects.filter(approved_at__isnull=False).exists()
    assert not TakenOut.objects.filter(taken_at__isnull=False).exists()


def test_the_database_itself_refuses_one_person_and_a_file_without_approval(programme, manager):
    export = asked(manager, programme.site)
    for wrong in ({"approved_by": manager.pk}, {"taken_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TakenOut.objects.filter(pk=export.pk).update(**wrong)


def test_nobody_but_the_one_who_asked_takes_it(programme, people, manager, officer):
    export = ready(programme, officer, manager)
    for other in (manager, staff_with(Role.ME_OFFICER, programme.site)):
        with pytest.raises(Refused):
            taken_by(other, export)
    assert taken_by(officer, export).contents


def test_others_neither_ask_nor_approve_nor_see_it(programme, manager):
    export = asked(manager, programme.site)
    for role in set(Role) - {Role.PROGRAMME_MANAGER, Role.ME_OFFICER}:
        by = actor_with(role, programme.site)
        with pytest.raises(Refused):
            ask_to_take_out(by=by, site=programme.site, wanted=wanted())
        with pytest.raises(Refused):
            approve_taking_out(by=by, export=export)
        with pytest.raises(NotHere):
            taken_out_by_serial(by, export.serial)
    for site in (programme.other_site, programme.site_elsewhere):
        with pytest.raises(NotHere):
            approve_taking_out(by=actor_with(Role.PROGRAMME_MANAGER, site), export=export)


def test_an_approval_counts_only_while_its_giver_may_give_it(programme, people, manager, officer):
    export = ready(programme, officer, manager)
    Staff.objects.filter(pk=manager.pk).update(is_active=False)
    with pytest.raises(Refused):
        taken_by(officer, export)
    Staff.objects.filter(pk=manager.pk).update(is_active=True)
    SiteRole.objects.filter(staff=manager).update(ended_at=timezone.now())
    with pytest.raises(Refused):
        taken_by(officer, export)
    assert not TakenOut.objects.filter(taken_at__isnull=False).exists()


def test_what_was_turned_down_or_ran_out_is_gone(programme, people, manager, officer):
    no = ready(programme, officer, manager)
    turn_down_taking_out(by=actor_for(manager), export=no)
    late = ready(programme, officer, manager)
    TakenOut.objects.filter(pk=late.pk).update(approved_at=timezone.now() - timedelta(hours=24))
    unasked = asked(officer, programme.site)
    TakenOut.objects.filter(pk=unasked.pk).update(recorded_at=timezone.now() - timedelta(hours=25))
    for export in (no, late):
        with pytest.raises(Refused):
            taken_by(officer, export)
    with pytest.raises(Refused):
        approve_taking_out(by=actor_for(manager), export=unasked)


moments = st.none() | st.integers(-72, 72).map(lambda hours: timezone.now() + timedelta(hours=hours))


@given(moments.filter(bool), moments, moments, moments)
def test_it_is_ready_only_for_a_day_after_a_second_person_approved(asked_at, approved_at, down_at, taken_at):
    now = timezone.now()
    stands = where_it_stands(Steps(asked_at, approved_at, down_at, taken_at), now)
    assert stands in set(Stands)
    ready_now = (
        bool(approved_at) and not down_at and not taken_at and approved_at <= now < approved_at + GOOD_FOR
    )
    assert (stands == "ready") == ready_now


# Whose names, and who is left out


def test_names_only_where_both_may_see_them(programme, people, manager, officer):
    named = wanted(with_names=True)
    with pytest.raises(Refused):
        asked(officer, programme.site, named)
    export = asked(manager, programme.site, named)
    with pytest.raises(Refused):
        approve_taking_out(by=actor_for(officer), export=export)
    approve_taking_out(by=actor_with(Role.PROGRAMME_MANAGER, programme.site), export=export)
    text = opened(taken_by(manager, export))
    assert "Zuhura Kamau" in text
    assert "Elsewhere" not in text
    kinds = events_of(programme.organisation.pk).values_list("event", flat=True)
    assert "identity.names_listed" in kinds


def test_whoever_said_no_or_was_forgotten_is_left_out_and_counted(programme, people, manager, officer):
    said_no = {
        "answer": ConsentAnswer.WITHDRAWN,
        "manner": ConsentManner.SPOKEN,
        "occurred_on": timezone.localdate(),
    }
    record_consent(by=actor_for(manager), client=people[0], **said_no)
    vault.keyring().destroy_client_keys(programme.organisation.pk, people[1].pk)
    text = opened(taken_by(officer, ready(programme, officer, manager)))
    (mark,) = [json.loads(line) for line in text.splitlines()]
    assert mark["left_out"] == 2
    assert TakenOut.objects.get().left_out == 2
    assert all(one.code not in text.replace("-", "") for one in people)


def test_more_lines_than_a_file_takes_are_refused_and_nothing_is_taken(
    programme, people, manager, officer, monkeypatch
):
    monkeypatch.setattr(lines_module, "MOST_LINES", 1)
    export = ready(programme, officer, manager)
    assert foreseen(actor_for(manager), export).is_too_much
    vault.keyring().destroy_client_keys(programme.organisation.pk, people[1].pk)
    assert foreseen(actor_for(manager), export).is_too_much, "those who are left out are read as well"
    with pytest.raises(Refused):
        taken_by(officer, export)
    monkeypatch.undo()
    assert taken_by(officer, export).contents
