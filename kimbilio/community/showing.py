"""Community events as their page shows them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from kimbilio.community.choices import Activity
from kimbilio.community.models import CommunityEvent
from kimbilio.core.references import reference_to

Shown = dict[str, Any]
HEADS = ("male", "female", "unsorted")


def event_words(event: CommunityEvent) -> str | Promise:
    """Return what an event was: its own name with what it was, or the one that there is."""
    if event.activity == Activity.OTHER:
        return event.named
    words = event.get_activity_display()
    return f"{words}: {event.named}" if event.named else words


def events_shown(events: Sequence[CommunityEvent]) -> list[Shown]:
    """Return the events of a month, each with its heads and where it is corrected."""
    return [
        {
            "words": event_words(event),
            "on": event.occurred_on,
            "venue": event.venue,
            "facilitator": event.facilitator,
            "url": reverse("correct_event", args=[event.occurred_on.isoformat(), reference_to(event)]),
            **heads_of([event]),
        }
        for event in events
    ]


def sums_shown(events: Sequence[CommunityEvent]) -> list[Shown]:
    """Return the heads of each activity that there was, in the order of the activities."""
    there = {activity: [one for one in events if one.activity == activity] for activity in Activity}
    return [
        {"words": activity.label, "events": len(some), **heads_of(some)}
        for activity, some in there.items()
        if some
    ]


def heads_of(events: Sequence[CommunityEvent]) -> dict[str, int]:
    """Return how many came to these events: men, women, not counted by sex, and all."""
    heads = {name: sum(getattr(event, name) for event in events) for name in HEADS}
    return heads | {"all": sum(heads.values())}
