"""What a visit was, and whether it may be taken back."""

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.visits.choices import Service, Topic
from kimbilio.visits.models import AnonymousSupply, Visit
from kimbilio.visits.rules import Given, may_take_back


def given_at(visit: Visit) -> Given:
    """Return what was given and done at a visit. Two questions, unless it was read with what belongs to it."""
    services = list(visit.services.all())
    return Given(
        supplies={line.item_id: line.quantity for line in visit.supplies.all()},
        needles_returned=visit.needles_returned,
        services=frozenset(
            (Service(line.service), Topic(line.topic)) for line in services if line.site_service_id is None
        ),
        site_services=frozenset(line.site_service_id for line in services if line.site_service_id),
        for_others=visit.for_others,
    )


def can_take_back(by: Actor, recorded: Visit | AnonymousSupply) -> bool:
    """Tell whether the actor may take this back now: see `rules.may_take_back`."""
    first, site_id = recorded, getattr(recorded, "at_site_id", None) or recorded.site_id
    while isinstance(first, Visit) and first.replaces is not None:
        first = first.replaces
    return may_take_back(
        recorded_on=timezone.localdate(first.recorded_at),
        today=timezone.localdate(),
        is_own=by.staff_id is not None and first.recorded_by == by.staff_id,
        hands_over=by.may(Permission.SEE_TODAY, site_id),
        answers=by.may(Permission.CLOSE_MONTH, site_id),
    )
