"""Fictional follow-up of those who are missing: who looks for whom, what they wish, a few attempts, a way back."""

from datetime import date, timedelta
from itertools import cycle

from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.followup.actions import (
    PlannedReturn,
    Said,
    Try,
    agree_way_back,
    assign_many,
    record_attempt,
    record_wish,
)
from kimbilio.followup.choices import (
    Because,
    GoesWith,
    HowTried,
    Outcome,
    Result,
    WhyStopped,
    Wish,
)
from kimbilio.followup.queries import entries_at, worker_named
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.places.queries import hotspots_within_reach

# Of so many nobody has said yet who looks for them.
_LEFT_OPEN = 4
_ATTEMPTS = (
    Try(HowTried.PHONE, Result.NOT_REACHED, date.min),
    Try(HowTried.VISIT, Result.OTHER_INFORMANT, date.min, Outcome.IMPRISONED, WhyStopped.POLICE),
    Try(HowTried.VISIT, Result.REACHED, date.min, Outcome.FOUND, WhyStopped.TRANSPORT),
)
_SAID = (
    Said(Wish.YES, Wish.NO, Wish.ASK),
    Said(Wish.NO, Wish.YES, Wish.YES),
    Said(Wish.YES, Wish.YES, Wish.YES),
)


def make_follow_up_season(*, by: Actor, site: Site, workers: list[Actor]) -> None:
    """Have these workers look for those who are missing, and record how the first few attempts went."""
    entries = entries_at(by, site, timezone.localdate())
    given = entries[: max(0, len(entries) - _LEFT_OPEN)]
    pairs = list(zip(given, cycle(workers), strict=False))
    assign_many(
        by=by,
        site=site,
        suggested=[
            (one.client_id, worker_named(site, worker.username).id, Because.CHOSEN) for one, worker in pairs
        ],
    )
    clients = clients_by_id(by, Permission.SEE_FOLLOW_UP, [one.client_id for one in given])
    hotspots = cycle(hotspots_within_reach(by))
    for (one, _worker), said in zip(pairs, _SAID * 2, strict=False):
        told = Said(said.call, said.visit, said.tell_clinic, hotspot=next(hotspots))
        record_wish(by=by, client=clients[one.client_id], said=told)
    for (one, worker), tried in zip(pairs, _ATTEMPTS, strict=False):
        _look_for(worker, clients[one.client_id], tried)


def _look_for(worker: Actor, client: Client, tried: Try) -> None:
    """Record one attempt of yesterday; whoever was found comes back tomorrow."""
    yesterday = timezone.localdate() - timedelta(days=1)
    attempt = Try(tried.how, tried.result, yesterday, tried.outcome, tried.why_stopped)
    record_attempt(by=worker, client=client, attempt=attempt)
    if tried.outcome == Outcome.FOUND:
        plan = PlannedReturn(timezone.localdate() + timedelta(days=1), GoesWith.WORKER)
        agree_way_back(by=worker, client=client, plan=plan)
