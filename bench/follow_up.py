"""The list of people to look for, among many with years of days: `python -m bench.follow_up YEARS TIMES SEED`.

Fills a home that `bench.build` made with journeys, a year of a clinic's days and a season of follow-up, and measures
the page; then adds the years before, and measures it again: it should take no longer.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from bench.home import MANAGER, PASSWORD, open_again
from bench.timing import Series

LIAISON, PEER = "mwende", "kamau"
_LOOKED_FOR = 0.6
_AT_ONCE = 2000


def main(years: int, times: int, seed: int) -> dict[str, Any]:
    """Fill, measure, fill again, measure again."""
    open_again()
    from django.utils import timezone

    from kimbilio.accounts.queries import actor_named, sites_in

    by = actor_named(MANAGER)
    site = sites_in(by.organisation_id)[0]
    today, chance = timezone.localdate(), Random(seed)
    people = _start_everybody(by, site, today)
    endings = {person: _ending(chance) for person in people}
    recording = Series()
    recording.time(lambda: _record_year(by, site, endings, today, chance))
    _look_for_some(by, site, today, chance)
    _analyse()
    timings, queries = _measured(site, times)
    for year in range(1, years):
        _record_year(by, site, dict.fromkeys(people, 0), today - timedelta(days=365 * year), chance)
    _analyse()
    after, _queries = _measured(site, times)
    timings["follow.page_after_years"] = after["follow.page"]
    timings["follow.days_of_a_year"] = recording
    return {"timings": {name: series.figures() for name, series in timings.items()}, "queries": queries}


def _start_everybody(by: Any, site: Any, today: date) -> list[UUID]:
    """Have everybody started on MAT more than a year ago, and return their ids."""
    from kimbilio.mat.actions import Claim, record_steps
    from kimbilio.mat.choices import StepKind
    from kimbilio.people.models import Client

    people = list(Client.objects.filter(site=site).order_by("pk").values_list("pk", flat=True))
    claim = Claim(StepKind.INDUCTED, today - timedelta(days=1200))
    record_steps(by=by, site=site, claims=[(person, claim) for person in people])
    return people


def _ending(chance: Random) -> int:
    """Return for how many days somebody has not come.

    Of a hundred, eleven are missing as in a real month's book: four of them 1-2 days (those who now and then do not
    come among them), one 3-4, the others 5 and more.
    """
    fate = chance.random()
    if fate < 0.92:
        return 0
    return chance.randint(1, 14) if fate < 0.96 else chance.randint(15, 90)


def _record_year(by: Any, site: Any, endings: dict[UUID, int], last: date, chance: Random) -> None:
    """Record a year of days up to the day before this one, some thousand people at a time."""
    from kimbilio.mat.actions import record_days
    from kimbilio.places.models import MatClinic

    clinic = MatClinic.objects.get(site=site)
    for some in _in_parts(endings):
        record_days(
            by=by,
            clinic=clinic,
            days={person: _year(endings[person], last, chance) for person in some},
        )


def _year(ending: int, last: date, chance: Random) -> dict[date, Any]:
    from kimbilio.mat.choices import DayMark

    missed = {chance.randint(1, 365) for _time in range(12)} | set(range(1, ending + 1))
    return {
        last - timedelta(days=back): DayMark.MISSED if back in missed else DayMark.DOSED
        for back in range(1, 366)
    }


def _in_parts(people: dict[UUID, int]) -> Iterator[list[UUID]]:
    rest = iter(people)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _look_for_some(by: Any, site: Any, today: date, chance: Random) -> None:
    """Have a peer educator look for some of those who are missing, with an attempt and a wish for each."""
    from kimbilio.accounts.actions import add_staff
    from kimbilio.accounts.roles import Role
    from kimbilio.followup.actions import Said, Try, assign_many, record_attempt, record_wish
    from kimbilio.followup.choices import Because, HowTried, Result, Wish
    from kimbilio.followup.queries import entries_at, worker_named
    from kimbilio.people.models import Client

    for username, role in ((LIAISON, Role.MAT_LIAISON), (PEER, Role.PEER_EDUCATOR)):
        add_staff(by=by, site=site, username=username, display_name=username, role=role, password=PASSWORD)
    entries = [one for one in entries_at(by, site, today) if chance.random() < _LOOKED_FOR]
    worker = worker_named(site, PEER)
    pairs = [(one.client_id, worker.id, Because.CHOSEN) for one in entries]
    assign_many(by=by, site=site, suggested=pairs)
    tried = Try(HowTried.PHONE, Result.NOT_REACHED, today)
    for client in Client.objects.filter(pk__in=[one.client_id for one in entries]).select_related("site"):
        record_wish(by=by, client=client, said=Said(Wish.YES, Wish.YES))
        record_attempt(by=by, client=client, attempt=tried)


def _measured(site: Any, times: int) -> tuple[dict[str, Series], dict[str, int]]:
    from bench.pages import Desk

    liaison, peer = Desk(LIAISON), Desk(PEER)
    for _time in range(5):
        liaison.follow("")
        peer.follow("")
    return {
        "follow.page": Series().time_each(liaison.follow, [""] * times),
        "follow.last_page": Series().time_each(liaison.follow, ["?page=20"] * times),
        "follow.own_people": Series().time_each(peer.follow, [""] * times),
        "follow.numbers": Series().time_each(liaison.follow, ["/how"] * max(3, times // 4)),
    }, {
        "people to look for": liaison.counted(lambda: liaison.follow("")),
        "how MAT goes": liaison.counted(lambda: liaison.follow("/how")),
    }


def _analyse() -> None:
    """Let the database count its tables now: PostgreSQL would within a minute, in the middle of measuring."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]))))
