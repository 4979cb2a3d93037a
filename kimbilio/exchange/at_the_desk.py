"""Visits that were recorded at the desk as people came, beside the lines of a register that may repeat them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from kimbilio.accounts.models import Site
from kimbilio.core.many import in_batches
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import Line
from kimbilio.people.queries import standing_ids
from kimbilio.visits.choices import Service, VisitSource
from kimbilio.visits.models import GivenService, GivenSupply, Visit

# What a visit says, wherever it was written: pieces by sort of supply, needles brought back, what was done.
Contents = tuple[tuple[tuple[str, int], ...], int, frozenset[str]]
_PersonAndDay = tuple[UUID, date]
_SAME = gettext_noop("The same visit was recorded at the desk.")
_ANOTHER = gettext_noop(
    "A visit of this person on this day was recorded at the desk, with other things given or done. Leave this line out "
    "if it tells of the same visit."
)


def repeat_the_desk(site: Site, lines: Sequence[Line]) -> None:
    """Let a line be a copy that says what a visit at the desk says of the same person and day; each visit has one.

    Where a visit at the desk is left over and a line says something else, nobody can tell whether it is the same visit:
    the line waits. A few questions, however many lines; none of a book in whose time nobody recorded at the desk.
    """
    ours = [line for line in lines if line.is_taken and line.client_id is not None and line.plan is not None]
    left = _visits_at_desk(site, {(line.client_id, line.plan.day) for line in ours if line.client_id})
    if not left:
        return
    others = []
    for line in ours:
        visits = left.get((line.client_id, line.plan.day)) if line.client_id else None
        if visits is None:
            continue
        contents = _contents_of(line)
        if visits[contents]:
            visits[contents] -= 1
            line.fate, line.reason, line.notes = LineFate.COPIES, say(_SAME), ()
            line.plan, line.digest = None, None
        else:
            others.append((line, visits))
    for line, visits in others:
        if visits.total() and line.client_id:
            line.wait(LineFate.AMBIGUOUS, say(_ANOTHER), {line.client_id})


def _contents_of(line: Line) -> Contents:
    handed, own = line.plan.handed, map(str, line.plan.site_services)
    supplies = tuple(sorted((kind, pieces) for kind, pieces in handed.supplies if pieces))
    return supplies, handed.needles_returned, frozenset({*handed.services, *own})


def _visits_at_desk(site: Site, wanted: Collection[_PersonAndDay]) -> dict[_PersonAndDay, Counter[Contents]]:
    """Return what the visits of these people on these days say that stand and were recorded at the desk."""
    if not wanted:
        return {}
    days = {day for _person, day in wanted}
    visits = Visit.objects.filter(
        organisation=site.organisation_id,
        at_site=site,
        occurred_on__range=(min(days), max(days)),
        source=VisitSource.DESK,
        voided_at__isnull=True,
    )
    rows = list(visits.values_list("pk", "client_id", "occurred_on", "needles_returned"))
    person_of = standing_ids(site.organisation_id) if rows else {}
    of_whom = {
        pk: (person_of.get(client, client), day, returned)
        for pk, client, day, returned in rows
        if (person_of.get(client, client), day) in wanted
    }
    supplies, services = _given_at(site, of_whom)
    found: dict[_PersonAndDay, Counter[Contents]] = defaultdict(Counter)
    for pk, (person, day, returned) in of_whom.items():
        contents = tuple(sorted(supplies[pk].items())), returned, frozenset(services[pk])
        found[person, day][contents] += 1
    return found


def _given_at(
    site: Site, visits: Collection[UUID]
) -> tuple[Mapping[UUID, Counter[str]], Mapping[UUID, set[str]]]:
    supplies: dict[UUID, Counter[str]] = defaultdict(Counter)
    services: dict[UUID, set[str]] = defaultdict(set)
    for some in in_batches(visits):
        about = {"organisation": site.organisation_id, "visit__in": some}
        given = GivenSupply.objects.filter(**about).values_list("visit_id", "item__kind", "quantity")
        for visit, kind, pieces in given:
            supplies[visit][kind] += pieces
        done = GivenService.objects.filter(**about).values_list("visit_id", "service", "site_service_id")
        for visit, service, own in done:
            services[visit].add(str(own) if service == Service.OTHER else service)
    return supplies, services
