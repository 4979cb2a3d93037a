"""Who should look for whom, and which silences of a clinic raise a question."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from kimbilio.followup.choices import Because, Wish
from kimbilio.followup.rules.standing import Wishes


def suggested_worker(
    workers: Collection[UUID],
    *,
    wishes: Wishes,
    reached_by: UUID | None,
    at_hotspot: Mapping[UUID, int],
    in_ward: Mapping[UUID, int],
    people: Mapping[UUID, int],
) -> tuple[UUID, Because] | None:
    """Return who should look for a person, and why; None where nobody may or can.

    Their own wish decides; then who reached them last; then who looks for most others at the same hotspot, or in
    the same ward; then who has the fewest people. `people` is how many each worker looks for already.
    """
    if wishes.call == wishes.visit == Wish.NO:
        return None
    if wishes.only_worker is not None:
        return (wishes.only_worker, Because.WISH) if wishes.only_worker in workers else None
    if reached_by in workers and reached_by is not None:
        return reached_by, Because.TRUST
    for near, because in ((at_hotspot, Because.HOTSPOT), (in_ward, Because.WARD)):
        known = [worker for worker in workers if near.get(worker)]
        if known:
            return min(known, key=lambda worker: (-near[worker], people.get(worker, 0), worker)), because
    if not workers:
        return None
    return min(workers, key=lambda worker: (people.get(worker, 0), worker)), Because.FEWEST


def silences_in(
    listed: Sequence[date], first: date, last: date, asks_after: int
) -> list[tuple[date | None, int]]:
    """Return each silence of a clinic that raised a question between two days: its last day with a list, its length.

    `listed` are the days with a list, in order, some of them before `first`. A silence stays a question after it
    ended, until somebody answers; a list that comes late for its days takes it back.
    """
    found: list[tuple[date | None, int]] = []
    edges = [*listed, last + timedelta(days=1)]
    for before, after in pairwise(edges):
        silent = (after - before).days - 1
        if silent >= asks_after and after > first:
            found.append((before, silent))
    if not listed:
        found.append((None, 0))
    return found
