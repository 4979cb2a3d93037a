"""The numbers on the manager's page, and what the liaison is asked to look into."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.mat.choices import Standing
from kimbilio.mat.queries.activity import PersonReturn, active_on, returned_between
from kimbilio.mat.queries.morning import Silence, Waiting, silences, waiting_at
from kimbilio.mat.queries.records import claims_at, joined_at, months_at
from kimbilio.mat.queries.runs import PersonRun, runs_as_at
from kimbilio.mat.rules import Flag, combined, month_of, odd_orders

_LATELY = timedelta(days=31)


@dataclass(frozen=True)
class Numbers:
    """What a programme manager wants to know of a site's MAT as at a day."""

    on_mat: int
    missing: Mapping[str, int]
    out_of_touch: int
    returned: list[PersonReturn]
    returned_after: float | None
    silences: list[Silence]
    waiting: Waiting


def numbers_as_at(by: Actor, site: Site, on: date) -> Numbers:
    """Return the numbers of a site as at a day; those who returned did so in its month, by that day.

    `returned_after` is the median number of missed days; None where nobody returned. Each number comes from the
    function that lists its people: `active_on`, `runs_as_at`, `returned_between`.
    """
    runs = [run for run in runs_as_at(by, site, on) if run.standing != Standing.PAUSED]
    returned = returned_between(by, site, month_of(on), on)
    return Numbers(
        on_mat=len(active_on(by, site, on)),
        missing=missing_by_step(runs),
        out_of_touch=sum(run.out_of_touch for run in runs),
        returned=returned,
        returned_after=median(back.days for back in returned) if returned else None,
        silences=silences(by, site, on),
        waiting=waiting_at(by, site, on),
    )


def missing_by_step(runs: list[PersonRun]) -> dict[str, int]:
    """Return how many have missed days, by step; those whose absence is explained by a pause are not missing."""
    return dict(Counter(run.step for run in runs if run.days and run.standing != Standing.PAUSED))


def odd_orders_at(by: Actor, site: Site, on: date) -> dict[UUID, list[Flag]]:
    """Return what does not fit in the journeys of a site's people: all claims, and the days of the last month."""
    require(by, Permission.SEE_JOURNEY, site)
    joined = joined_at(site)
    claims = claims_at(site, on, joined)
    months = months_at(site, on - _LATELY, on, joined)
    found = {}
    for person in claims.keys() | months.keys():
        marks = combined((row.month, row.signs) for row in months.get(person, ()))
        flags = odd_orders(claims.get(person, ()), marks, on=on)
        if flags:
            found[person] = flags
    return found
