"""The demo's sessions and events: a group each week, a month's events, the same for the same seed."""

from collections.abc import Callable

import pytest

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Role
from kimbilio.community.models import CommunityEvent
from kimbilio.demo.gatherings_season import make_gatherings_season
from kimbilio.support.choices import SessionKind
from kimbilio.support.models import Session
from tests.programme import Programme, person

pytestmark = pytest.mark.django_db


def test_a_group_meets_each_week_and_events_were_held(
    programme: Programme, actor: Callable[..., Actor]
) -> None:
    by = actor(Role.COUNSELLOR)
    clients = [person(by, programme.site) for _time in range(6)]
    make_gatherings_season(by=by, site=programme.site, clients=clients, seed=2026)
    groups = Session.objects.filter(kind=SessionKind.PSYCHOSOCIAL)
    assert len({group.occurred_on.isocalendar().week for group in groups}) == len(groups) == 6
    assert CommunityEvent.objects.get(activity="other").named == "Blood donation"
    assert CommunityEvent.objects.filter(activity="clean_up", male=31, female=19).exists()
