"""What is counted without any person: sessions, guests, community events, supplies taken without a name."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Sum

from kimbilio.people.choices import Sex
from kimbilio.reports.choices import Split
from kimbilio.reports.indicators.base import Records
from kimbilio.reports.indicators.supplies import RETURNED
from kimbilio.reports.queries.records import anonymous_in, events_in, sessions_in
from kimbilio.reports.scope import Scope

# How many, by what is known of them: {(("site", "Karuri"), ("sex", "male")): 5}.
Cell = tuple[tuple[Split, str], ...]
Heads = dict[tuple[Records, str], Counter[Cell]]


def heads_in(scope: Scope) -> Heads:
    """Return all that a month counts by head. Four questions."""
    names = {site.pk: site.name for site in scope.sites}
    return {
        **_sessions(scope, names),
        **_events(scope, names),
        **_anonymous(scope, names),
    }


def _sessions(scope: Scope, names: Mapping[UUID, str]) -> Heads:
    sessions: Counter[Cell] = Counter()
    guests: Counter[Cell] = Counter()
    rows = sessions_in(scope).values_list("site_id").order_by()
    for site, count, male, female in rows.annotate(Count("pk"), Sum("guests_male"), Sum("guests_female")):
        at = (Split.SITE, names[site])
        sessions[at,] = count
        guests[at, (Split.SEX, Sex.MALE.value)] = male
        guests[at, (Split.SEX, Sex.FEMALE.value)] = female
    return {(Records.SESSIONS, ""): sessions, (Records.SESSIONS, "guests"): guests}


def _events(scope: Scope, names: Mapping[UUID, str]) -> Heads:
    events: Counter[Cell] = Counter()
    people: Counter[Cell] = Counter()
    rows = events_in(scope).values_list("site_id", "activity").order_by()
    sums = rows.annotate(Count("pk"), Sum("male"), Sum("female"), Sum("unsorted"))
    for site, activity, count, male, female, unsorted in sums:
        at = ((Split.SITE, names[site]), (Split.ACTIVITY, activity))
        events[at] = count
        for sex, heads in ((Sex.MALE, male), (Sex.FEMALE, female), (Sex.NOT_STATED, unsorted)):
            people[*at, (Split.SEX, sex.value)] = heads
    return {(Records.EVENTS, "events"): events, (Records.EVENTS, "participants"): people}


def _anonymous(scope: Scope, names: Mapping[UUID, str]) -> Heads:
    found: Heads = {(Records.ANONYMOUS, RETURNED): Counter()}
    rows = anonymous_in(scope).values_list("site_id", "item__kind").order_by()
    for site, kind, pieces, returned in rows.annotate(Sum("quantity"), Sum("needles_returned")):
        at = ((Split.SITE, names[site]),)
        found[Records.ANONYMOUS, RETURNED][at] += returned
        if kind:
            found.setdefault((Records.ANONYMOUS, kind), Counter())[at] += pieces
    return found
