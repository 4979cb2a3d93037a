"""Whatever happened, and whoever of it is forgotten: every figure of every month is as it was."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.mat.tests.history import PEOPLE, a_history, histories
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.privacy.erasing import forget
from kimbilio.reports.queries import figures_now
from kimbilio.reports.tests.a_month import a_tricky_june, officer_at
from kimbilio.reports.tests.drawn_month import a_month, months
from tests.programme import Programme, actor_with

pytestmark = pytest.mark.django_db
MONTHS = [date(2025, month, 1) for month in (4, 5, 6, 7)]
chosen = st.sets(st.integers(0, 9), min_size=1)


def every_figure(officer: Actor, programme: Programme) -> list[Any]:
    """Every figure of the months around, of all sites and of each."""
    return [
        figures_now(officer, month, site)
        for month in MONTHS
        for site in (None, programme.site, programme.other_site)
    ]


def forget_some(programme: Programme, numbers: set[int]) -> None:
    """Forget people of the organisation by their place in the order of their registration."""
    people = list(Client.objects.filter(organisation=programme.organisation).order_by("pk"))
    for number in sorted(numbers):
        card = people[number % len(people)] if people else None
        if card and not Client.objects.get(pk=card.pk).forgotten_at:
            forget(programme.organisation.pk, ids_of_one_person(card), timezone.now())


@settings(max_examples=10)
@given(months, chosen)
@example(a_tricky_june(), {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
def test_figures_of_visits_sessions_and_supplies_stay(
    programme: Programme, drawn: Any, numbers: set[int]
) -> None:
    officer = officer_at(programme.site, programme.other_site)
    with a_month(programme, drawn):
        before = every_figure(officer, programme)
        forget_some(programme, numbers)
        assert every_figure(officer, programme) == before


@settings(max_examples=10)
@given(histories, st.sets(st.integers(0, PEOPLE - 1), min_size=1))
def test_figures_of_mat_stay(programme: Programme, drawn: Any, numbers: set[int]) -> None:
    manager = actor_with(Role.PROGRAMME_MANAGER, programme.site)
    officer = officer_at(programme.site, programme.other_site)
    with a_history(programme, manager, drawn):
        before = every_figure(officer, programme)
        forget_some(programme, numbers)
        assert every_figure(officer, programme) == before
