"""A clinic's numbers: set by those who may, with who confirmed them; what stood before is kept."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.audit.models import AuditEvent
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.actions import set_rule
from kimbilio.mat.choices import RuleName, RuleWords
from kimbilio.mat.models import ClinicRule
from kimbilio.mat.queries import rule_history, rules_of, rules_of_clinics
from kimbilio.mat.tests.clinic import make_place
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]


@pytest.fixture
def place(programme: Programme, actor: MakeActor) -> Any:
    return make_place(actor(Role.MAT_LIAISON), programme.site, count=0)


def confirm(place: Any, rule: RuleName, value: int, **changed: Any) -> ClinicRule:
    """Set a number as the in-charge confirmed it."""
    said = {
        "source": "Standing orders, page 4",
        "confirmed_by": "In-charge",
        "confirmed_on": date(2025, 5, 1),
    }
    return set_rule(**{"by": place.by, "clinic": place.clinic, "rule": rule, "value": value} | said | changed)


def test_a_confirmed_number_is_used_and_says_who_confirmed_it(place) -> None:
    confirm(place, RuleName.ASSESS_FROM, 2)
    rule = rules_of(place.clinic).rules[RuleName.ASSESS_FROM]
    assert (rule.value, rule.words, rule.source) == (2, RuleWords.CONFIRMED, "Standing orders, page 4")
    assert rules_of_clinics(place.site.organisation_id).of(place.clinic.pk).value(RuleName.ASSESS_FROM) == 2
    entry = AuditEvent.objects.get(event="mat.rule_set")
    assert (entry.detail, entry.site_id) == ({"rule": "assess_from", "value": 2}, place.site.pk)


def test_a_new_number_replaces_the_earlier_one_which_is_kept(place) -> None:
    first, second = confirm(place, RuleName.ASSESS_FROM, 2), confirm(place, RuleName.ASSESS_FROM, 4)
    assert list(rule_history(place.clinic)) == [second, first]
    assert rules_of(place.clinic).value(RuleName.ASSESS_FROM) == 4


def test_another_clinic_keeps_its_own_numbers(place) -> None:
    confirm(place, RuleName.ASSESS_FROM, 2)
    other = make_place(place.by, place.site, count=0, name="A satellite")
    assert rules_of(other.clinic).value(RuleName.ASSESS_FROM) == 3
    rules = rules_of_clinics(place.site.organisation_id)
    assert [rules.of(one).value(RuleName.ASSESS_FROM) for one in (other.clinic.pk, None)] == [3, 3]


@pytest.mark.parametrize("changed", [{"source": " "}, {"confirmed_by": ""}])
def test_a_number_without_its_signature_is_refused(place, changed) -> None:
    with pytest.raises(Refused):
        confirm(place, RuleName.ASSESS_FROM, 2, **changed)


def test_a_number_that_cannot_be_meant_is_refused_with_its_reason(place) -> None:
    with pytest.raises(Refused, match="third step"):
        confirm(place, RuleName.SECOND_STEP_FROM, 9)
    with pytest.raises(Refused, match="future"):
        confirm(place, RuleName.ASSESS_FROM, 2, confirmed_on=timezone.localdate() + timedelta(days=1))
    assert not ClinicRule.objects.exists()


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.MAT_LIAISON, Role.PROGRAMME_MANAGER)]
)
def test_only_the_liaison_and_the_manager_set_numbers(place, actor: MakeActor, role: Role) -> None:
    with pytest.raises(Refused):
        confirm(place, RuleName.ASSESS_FROM, 2, by=actor(role))


def test_the_clinics_of_others_are_not_there(programme: Programme, place) -> None:
    for site in (programme.other_site, programme.site_elsewhere):
        theirs = make_place(actor_with(Role.MAT_LIAISON, site), site, count=0)
        with pytest.raises(NotHere):
            confirm(place, RuleName.ASSESS_FROM, 2, clinic=theirs.clinic)
