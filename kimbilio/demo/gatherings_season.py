"""Fictional sessions and community events of the last weeks: groups that meet each week, and a month's events."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.community.actions import NewEvent, record_events
from kimbilio.community.choices import Activity
from kimbilio.people.models import Client
from kimbilio.support.actions import record_session
from kimbilio.support.choices import SessionKind

_WEEKS = 6
# How many days ago each event was, how many came by sex, and where. The clean-up of 50 is what the programme publishes.
_EVENTS = (
    (Activity.CLEAN_UP, 8, 31, 19, 0, "Karuri market", ""),
    (Activity.PUBLIC_BARAZA, 13, 48, 40, 0, "Chief's camp", ""),
    (Activity.FAMILY_DAY, 20, 14, 29, 0, "Karuri safe space", ""),
    (Activity.OVERDOSE_RESPONSE_TRAINING, 27, 11, 9, 0, "Karuri safe space", ""),
    (Activity.CLEAN_UP, 38, 28, 17, 0, "Karuri market", ""),
    (Activity.OTHER, 44, 0, 0, 60, "Ndenderu", "Blood donation"),
)
# How often of ten each regular comes, and how many of those known belong to a group.
_COMES, _IN_A_GROUP = 7, 25


def make_gatherings_season(*, by: Actor, site: Site, clients: Sequence[Client], seed: int) -> None:
    """Record a group of regulars each week, smaller groups between, and some events; the same for the same seed."""
    chance = Random(seed)  # noqa: S311  # fictional people need no secret dice
    today = timezone.localdate()
    regulars = chance.sample(list(clients), min(_IN_A_GROUP, len(clients)))
    for week in range(_WEEKS):
        day = today - timedelta(days=7 * week + 2)
        came = [one for one in regulars if chance.random() * 10 < _COMES]
        _session(by, site, SessionKind.PSYCHOSOCIAL, on=day, people=came)
        few = chance.sample(list(clients), min(8, len(clients)))
        kind = (SessionKind.PEER_SUPPORT, SessionKind.HEALTH_EDUCATION, SessionKind.FAMILY)[week % 3]
        guests = 4 if kind == SessionKind.FAMILY else 0
        _session(by, site, kind, on=day - timedelta(days=2), people=few, guests=guests)
    events = [
        NewEvent(
            activity,
            today - timedelta(days=days),
            male=male,
            female=female,
            unsorted=unsorted,
            venue=venue,
            facilitator=by.display_name,
            named=named,
        )
        for activity, days, male, female, unsorted, venue, named in _EVENTS
    ]
    record_events(by=by, site=site, events=events)


def _session(
    by: Actor, site: Site, kind: SessionKind, *, on: date, people: list[Client], guests: int = 0
) -> None:
    if people:
        record_session(
            by=by,
            site=site,
            kind=kind,
            occurred_on=on,
            led_by=by.staff_id,
            people=people,
            guests_male=guests // 2,
            guests_female=guests - guests // 2,
        )
