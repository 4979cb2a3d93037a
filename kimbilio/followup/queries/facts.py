"""What is recorded of many people at once: who looks for them, what they wish, what was learnt, the way back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kimbilio.accounts.models import Site
from kimbilio.core.many import Keys
from kimbilio.followup.choices import HowEnded, Outcome, Wish
from kimbilio.followup.models import Assignment, Attempt, ContactWish, WayBack, WayBackEnd
from kimbilio.followup.rules import EXPLAINS, Learnt, Plan, Wishes
from kimbilio.people.choices import ConsentPurpose, ConsentStands
from kimbilio.people.consent import uses_consent, what_stands_among
from kimbilio.people.models import ClientRecord
from kimbilio.people.queries import standing_ids

Row = TypeVar("Row", bound=ClientRecord)

_P = ConsentPurpose
# May we call, may we come, may we tell the clinic: in the order of `Wishes`.
OF_WISHES = (_P.PHONE_CONTACT, _P.HOME_VISIT, _P.SHARE_WITH_CLINIC)
AS_WISH = {
    ConsentStands.AGREED: Wish.YES,
    ConsentStands.SAID_NO: Wish.NO,
    ConsentStands.NOT_ASKED: Wish.ASK,
}


@dataclass(frozen=True)
class People:
    """Some people of an organisation, with all their records."""

    organisation_id: UUID
    person_of: dict[UUID, UUID]

    @classmethod
    def of(cls, organisation_id: UUID, ids: Collection[UUID]) -> "People":
        """Return these people with the records that were joined to theirs. One query."""
        person_of = {person: person for person in ids}
        for record, person in standing_ids(organisation_id).items():
            if person in person_of:
                person_of[record] = person
        return cls(organisation_id, person_of)

    @classmethod
    def whom(cls, organisation_id: UUID, records: Collection[UUID]) -> "People":
        """Return the people whom these records are about. Two queries."""
        stands_for = standing_ids(organisation_id, records)
        return cls.of(organisation_id, {stands_for.get(record, record) for record in records})

    def among(self, people: Collection[UUID]) -> "People":
        """Return those of them who are among these."""
        kept = set(people)
        person_of = {record: person for record, person in self.person_of.items() if person in kept}
        return People(self.organisation_id, person_of)

    @property
    def keys(self) -> Keys:
        """Return the keys of all their records."""
        return Keys(self.person_of)

    def newest(self, rows: QuerySet[Row]) -> dict[UUID, Row]:
        """Return the newest row of each person among these rows of theirs."""
        return {
            self.person_of[row.client_id]: row for row in rows.filter(client__in=self.keys).order_by("pk")
        }

    def newest_of(self, rows: QuerySet[Any], *columns: str, by: str = "pk") -> dict[UUID, tuple[Any, ...]]:
        """Return the same as these columns alone, the newest by a column; of two alike there, the row made later."""
        told = rows.filter(client__in=self.keys).order_by(by, "pk").values_list("client_id", *columns)
        return {self.person_of[record]: tuple(values) for record, *values in told}


def assigned_workers(people: People) -> dict[UUID, UUID]:
    """Return who looks for each of these people; nobody for those who are not among the keys."""
    standing = Assignment.objects.filter(organisation=people.organisation_id, replaced_at__isnull=True)
    return {person: worker for person, (worker,) in people.newest_of(standing, "worker").items() if worker}


def assigned_to(site: Site, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return who looks for each of these people of a site. Two queries."""
    return assigned_workers(People.of(site.organisation_id, ids))


def wish_rows(people: People) -> dict[UUID, ContactWish]:
    """Return by whom and where each of these people wants to be looked for, as said last, with the hotspot."""
    standing = ContactWish.objects.filter(organisation=people.organisation_id, replaced_at__isnull=True)
    return people.newest(standing.select_related("hotspot"))


@uses_consent(_P.PHONE_CONTACT, _P.HOME_VISIT, _P.SHARE_WITH_CLINIC)
def wishes_of_people(people: People, rows: Mapping[UUID, ContactWish] | None = None) -> dict[UUID, Wishes]:
    """Return what each of these people wishes; `rows` are theirs as `wish_rows` reads them, if known. Two queries."""
    rows = wish_rows(people) if rows is None else rows
    stands = what_stands_among(people.organisation_id, OF_WISHES, people.person_of)
    call, visit, clinic = OF_WISHES
    return {
        person: Wishes(
            call=AS_WISH[stands[person, call]],
            visit=AS_WISH[stands[person, visit]],
            tell_clinic=AS_WISH[stands[person, clinic]],
            only_worker=rows[person].only_worker if person in rows else None,
        )
        for person in set(people.person_of.values())
    }


@uses_consent(_P.HOME_VISIT)
def hotspot_shown(row: ContactWish | None, wishes: Wishes) -> str:
    """Return where a person may be looked for; '' where they do not want to be visited."""
    return row.hotspot.code if row and row.hotspot and wishes.visit != Wish.NO else ""


def learnt_of(people: People, on: date) -> dict[UUID, Learnt]:
    """Return what was learnt last of each of these people that tells where they are; typed late, it is no later."""
    rows = standing_attempts(people.organisation_id).filter(occurred_on__lte=on, outcome__gt="")
    telling = rows.exclude(outcome=Outcome.NOT_TRACED)
    learnt = people.newest_of(telling, "outcome", "occurred_on", by="occurred_on")
    found = {person: Learnt(Outcome(outcome), day) for person, (outcome, day) in learnt.items()}
    return {person: one for person, one in found.items() if one.outcome in EXPLAINS}


def attempts_of(people: People, since: date, on: date) -> dict[UUID, list[Attempt]]:
    """Return the attempts between two days to reach each of these people, the newest first. One query."""
    rows = standing_attempts(people.organisation_id).filter(
        client__in=people.keys, occurred_on__gte=since, occurred_on__lte=on
    )
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    for row in rows.order_by("-occurred_on", "-pk"):
        found[people.person_of[row.client_id]].append(row)
    return found


def standing_attempts(organisation_id: UUID) -> QuerySet[Attempt]:
    """Return every attempt that was not taken back or corrected."""
    return Attempt.objects.filter(organisation=organisation_id, voided_at__isnull=True)


def plans_of(people: People, since: date, on: date) -> dict[UUID, WayBack]:
    """Return the way back agreed last with each of these people, for a day from `since` on, and what came of it.

    As it was recorded by the end of the day `on`.
    """
    by_then = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    ends = WayBackEnd.objects.filter(organisation=people.organisation_id, recorded_at__lt=by_then)
    rows = WayBack.objects.filter(
        organisation=people.organisation_id, planned_on__gte=since, recorded_at__lt=by_then
    )
    return people.newest(rows.prefetch_related(Prefetch("ends", ends)))


def plan_in(row: WayBack | None) -> Plan | None:
    """Return a way back as the rules take it."""
    if row is None:
        return None
    for end in row.ends.all():
        return Plan(row.planned_on, HowEnded(end.how), end.occurred_on)
    return Plan(row.planned_on)
