"""Who should look for whom, by the rule: the person's wish, trust, the same hotspot or ward, the fewest people."""

from collections import Counter, defaultdict
from collections.abc import Collection
from uuid import UUID

from kimbilio.accounts.models import Site
from kimbilio.core.many import Keys
from kimbilio.followup.choices import Because, Result
from kimbilio.followup.models import Assignment
from kimbilio.followup.queries.facts import People, standing_attempts, wish_rows, wishes_of_people
from kimbilio.followup.queries.workers import workers_at
from kimbilio.followup.rules import suggested_worker
from kimbilio.people.models import Client


def suggestions(site: Site, ids: Collection[UUID]) -> dict[UUID, tuple[UUID, Because]]:
    """Return who should look for each of these people of a site, and why. Nine queries, however many people."""
    people = People.of(site.organisation_id, ids)
    looked_for = _looked_for_at(site)
    rows = wish_rows(People.of(site.organisation_id, {*ids, *looked_for}))
    wishes = wishes_of_people(people, rows)
    hotspots = {person: row.hotspot_id for person, row in rows.items() if row.hotspot_id}
    wards = _wards({*ids, *looked_for})
    at_hotspot, in_ward = _near(looked_for, hotspots), _near(looked_for, wards)
    goes_out = [worker.id for worker in workers_at(site) if worker.goes_out]
    reached_by, loads = _reached_by(people), Counter(looked_for.values())
    found: dict[UUID, tuple[UUID, Because]] = {}
    for person in ids:
        suggested = suggested_worker(
            goes_out,
            wishes=wishes[person],
            reached_by=reached_by.get(person),
            at_hotspot=at_hotspot.get(hotspots.get(person), Counter()),
            in_ward=in_ward.get(wards.get(person), Counter()),
            people=loads,
        )
        if suggested:
            found[person] = suggested
            loads[suggested[0]] += 1
    return found


def _looked_for_at(site: Site) -> dict[UUID, UUID]:
    """Return who looks for each person of a site at present."""
    rows = Assignment.objects.filter(
        organisation=site.organisation_id, client__site=site, replaced_at__isnull=True, worker__isnull=False
    )
    return {record: worker for record, worker in rows.values_list("client_id", "worker") if worker}


def _near(looked_for: dict[UUID, UUID], places: dict[UUID, UUID]) -> dict[UUID | None, Counter[UUID]]:
    """Return how many people of each place every worker looks for."""
    near: dict[UUID | None, Counter[UUID]] = defaultdict(Counter)
    for person, worker in looked_for.items():
        if person in places:
            near[places[person]][worker] += 1
    return near


def _wards(ids: Collection[UUID]) -> dict[UUID, UUID]:
    rows = Client.objects.filter(pk__in=Keys(ids), ward__isnull=False).values_list("pk", "ward_id")
    return {person: ward for person, ward in rows if ward}


def _reached_by(people: People) -> dict[UUID, UUID]:
    """Return who of the staff spoke with each of these people last."""
    rows = standing_attempts(people.organisation_id).filter(result=Result.REACHED, made_by__isnull=False)
    return {
        person: worker for person, (worker,) in people.newest_of(rows, "made_by", by="occurred_on").items()
    }
