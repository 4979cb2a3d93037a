"""The records of a site, line by line: people, their visits, their steps on MAT; who is left out is counted."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core import vault
from kimbilio.core.months import last_day_of
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.exchange.taking_out.models import TakenOut
from kimbilio.identity.actions import open_mat_numbers, open_names
from kimbilio.mat.models import JourneyStep
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import uses_consent, who_agreed
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_within_reach, standing_ids
from kimbilio.people.rules import display_card_code
from kimbilio.visits.models import GivenService, GivenSupply, Visit

Cell = str | int | None
MOST_LINES = 50_000
"""The whole file is made in memory, so that nothing of it lies on a disk: so there is an end to it."""

PEOPLE, VISITS, STEPS = "people", "visits", "steps"


@dataclass(frozen=True)
class Records:
    """What is in a file: each table with its columns and lines, who stands in it, and how many were left out."""

    tables: Mapping[str, list[dict[str, Cell]]]
    people: Collection[UUID]
    left_out: int

    @property
    def lines(self) -> int:
        """Return how many lines there are in all."""
        return sum(len(table) for table in self.tables.values())


@dataclass(frozen=True)
class Foreseen:
    """How many lines there would be in a file if it were made now, and how many people are left out.

    `is_too_much` tells that its months have more than one file takes, with those who are left out.
    """

    people: int
    visits: int
    steps: int
    left_out: int
    is_too_much: bool

    @property
    def lines(self) -> int:
        """Return how many lines there would be in all."""
        return self.people + self.visits + self.steps


@dataclass(frozen=True)
class _Meant:
    """The people whom a file is about, with the codes they stand under, and how many are left out."""

    people: Mapping[UUID, Client]
    codes: Mapping[UUID, str]
    stands_for: Mapping[UUID, UUID]
    left_out: int

    def count(self, client_ids: list[UUID]) -> int:
        """Return how many of these rows are about them."""
        return sum(self.stands_for.get(one, one) in self.codes for one in client_ids)


def records_to_take(by: Actor, export: TakenOut) -> Records:
    """Return the records of a site's people of some months. Refused where there are more than a file takes.

    Left out: whoever said no to our holding a record, and whoever was forgotten.
    """
    visits, steps = _visits(export), _steps(export)
    meant = _meant(by, export, [row.client_id for row in [*visits, *steps]])
    tables = {
        PEOPLE: list(_people_lines(by, export, [meant.people[pk] for pk in meant.codes])),
        VISITS: list(_visit_lines(visits, meant.stands_for, meant.codes)),
        STEPS: list(_step_lines(steps, meant.stands_for, meant.codes)),
    }
    return Records(tables, people=meant.codes.keys(), left_out=meant.left_out)


def foreseen(by: Actor, export: TakenOut) -> Foreseen:
    """Return what would be in a file, counted without opening anybody. A bounded number of queries."""
    if not by.may(Permission.EXPORT_PEOPLE, export.site_id):
        raise NotHere
    visits = list(_visits_of(export).values_list("client_id", flat=True))
    steps = list(_steps_of(export).values_list("client_id", flat=True))
    meant = _meant(by, export, visits + steps)
    too_much = max(len(visits), len(steps)) > MOST_LINES
    return Foreseen(len(meant.codes), meant.count(visits), meant.count(steps), meant.left_out, too_much)


def foreseen_at(by: Actor, site: Site, first_month: date, last_month: date) -> Foreseen:
    """Return the same of a file that nobody asked for yet."""
    asked = TakenOut(
        organisation_id=site.organisation_id, site=site, first_month=first_month, last_month=last_month
    )
    return foreseen(by, asked)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def _meant(by: Actor, export: TakenOut, client_ids: list[UUID]) -> _Meant:
    """Return whom a file is about: whoever came or took a step in its months, or was met first in them."""
    days, stands_for = _days(export), standing_ids(export.organisation_id)
    people = {
        one.pk: one for one in clients_within_reach(by, Permission.EXPORT_PEOPLE).filter(site=export.site_id)
    }
    meant = {stands_for.get(one, one) for one in client_ids}
    meant |= {
        one.pk
        for one in people.values()
        if days[0] <= (one.first_contact_on or timezone.localtime(one.recorded_at).date()) <= days[1]
    }
    meant &= people.keys()
    # Of whoever was forgotten no yes is left; in an older copy of the data it is, and their keys are not.
    agreed = who_agreed(export.organisation_id, ConsentPurpose.HOLD_A_RECORD, meant)
    agreed -= vault.keyring().destroyed_clients(export.organisation_id)
    codes = {pk: display_card_code(people[pk].code) for pk in sorted(agreed)}
    return _Meant(people, codes, stands_for, left_out=len(meant - agreed))


def _days(export: TakenOut) -> tuple[date, date]:
    return export.first_month, last_day_of(export.last_month)


def _visits_of(export: TakenOut) -> QuerySet[Visit]:
    return Visit.objects.filter(
        organisation=export.organisation_id,
        at_site=export.site_id,
        occurred_on__range=_days(export),
        voided_at__isnull=True,
    )


def _steps_of(export: TakenOut) -> QuerySet[JourneyStep]:
    return JourneyStep.objects.filter(
        organisation=export.organisation_id,
        client__site=export.site_id,
        occurred_on__range=_days(export),
        voided_at__isnull=True,
    )


def _visits(export: TakenOut) -> list[Visit]:
    rows = _visits_of(export)
    given = Prefetch("supplies", GivenSupply.objects.select_related("item").order_by("item"))
    done = Prefetch("services", GivenService.objects.order_by("pk"))
    return _not_too_many(
        list(rows.order_by("occurred_on", "pk").prefetch_related(given, done)[: MOST_LINES + 1])
    )


def _steps(export: TakenOut) -> list[JourneyStep]:
    rows = _steps_of(export)
    return _not_too_many(list(rows.order_by("occurred_on", "pk").select_related("clinic")[: MOST_LINES + 1]))


def _not_too_many(rows: list[Any]) -> list[Any]:
    if len(rows) > MOST_LINES:
        raise Refused(_("These are more lines than one file takes. Ask for fewer months."))
    return rows


def _people_lines(by: Actor, export: TakenOut, people: list[Client]) -> Iterator[dict[str, Cell]]:
    names, numbers = _names(by, export, people) if export.with_names else ({}, {})
    for one in people:
        line: dict[str, Cell] = {
            "code": display_card_code(one.code),
            "sex": one.sex,
            "gender": one.gender,
            "birth_year": one.birth_year,
            "birth_precision": one.birth_precision,
            "ward": one.ward.name if one.ward else None,
            "population": one.population,
            "how_they_came": one.how_they_came,
            "first_contact_on": _day(one.first_contact_on),
        }
        if export.with_names:
            line |= {"names": names.get(one.pk), "clinic_number": numbers.get(one.pk)}
        yield line


def _names(by: Actor, export: TakenOut, people: list[Client]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    site = export.site
    return open_names(by=by, site=site, clients=people), open_mat_numbers(by=by, site=site, clients=people)


def _visit_lines(
    visits: list[Visit], stands_for: Mapping[UUID, UUID], codes: Mapping[UUID, str]
) -> Iterator[dict[str, Cell]]:
    for visit in visits:
        code = codes.get(stands_for.get(visit.client_id, visit.client_id))
        if code is None:
            continue
        yield {
            "code": code,
            "on": _day(visit.occurred_on),
            "needles_returned": visit.needles_returned,
            "for_others": visit.for_others,
            "given": "; ".join(f"{line.item.name}: {line.quantity}" for line in visit.supplies.all()),
            "done": "; ".join(filter(None, (_service(line) for line in visit.services.all()))),
        }


def _service(line: GivenService) -> str:
    return f"{line.service} ({line.topic})" if line.topic else line.service


def _step_lines(
    steps: list[JourneyStep], stands_for: Mapping[UUID, UUID], codes: Mapping[UUID, str]
) -> Iterator[dict[str, Cell]]:
    for step in steps:
        code = codes.get(stands_for.get(step.client_id, step.client_id))
        if code is None:
            continue
        clinic = step.clinic.name if step.clinic else None
        yield {
            "code": code,
            "on": _day(step.occurred_on),
            "step": step.kind,
            "reason": step.reason,
            "clinic": clinic,
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
