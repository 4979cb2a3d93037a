"""Writing visits and taking them out again, with the stock that moves by them; called within an action alone."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.core.many import in_batches
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.stock.distributing import Handed, hand_out_on_days, take_back_handed
from kimbilio.visits.choices import Service, VisitFault, VisitSource, WhyVoided
from kimbilio.visits.models import GivenService, GivenSupply, SiteService, Visit
from kimbilio.visits.rules import NewVisit, fault_in

_AT_ONCE = 1000


def write_visits(
    by: Actor,
    site: Site,
    visits: Sequence[NewVisit],
    *,
    source: VisitSource,
    replaces: Visit | None = None,
    from_bag_of: UUID | None = None,
) -> list[Visit]:
    """Record visits at a site with what was given and done, and take it from stock. A few statements, however many."""
    check(site, visits, known_before=replaces)
    made = [
        Visit(
            organisation_id=site.organisation_id,
            client_id=new.client_id,
            at_site=site,
            occurred_on=new.occurred_on,
            source=source,
            needles_returned=new.given.needles_returned,
            for_others=new.given.for_others,
            from_bag_of=from_bag_of,
            recorded_by=by.staff_id,
            replaces=replaces,
        )
        for new in visits
    ]
    Visit.objects.bulk_create(made, batch_size=_AT_ONCE)
    told = list(zip(made, visits, strict=True))
    GivenSupply.objects.bulk_create(_supplies(told), batch_size=_AT_ONCE)
    GivenService.objects.bulk_create(_services(told), batch_size=_AT_ONCE)
    handed = [
        (new.occurred_on, Handed(visit.pk, item, pieces))
        for visit, new in told
        for item, pieces in new.given.handed()
    ]
    hand_out_on_days(by, site, handed, from_bag_of=from_bag_of)
    return made


def void(by: Actor, site: Site, ids: Collection[UUID], why: WhyVoided) -> list[Visit]:
    """Let these visits count no more and put what was given back, and return those that stood until now."""
    taken: list[Visit] = []
    now = timezone.now()
    for some in in_batches(ids, _AT_ONCE):
        standing = list(_held(site.organisation_id, some).filter(at_site=site))
        kept = [visit.pk for visit in standing]
        Visit.objects.filter(organisation=site.organisation_id, pk__in=kept).update(
            voided_at=now, voided_by=by.staff_id, why_voided=why
        )
        taken += standing
    for visit in taken:
        visit.voided_at, visit.voided_by, visit.why_voided = now, by.staff_id, why
    if taken:
        take_back_handed(by, site, [visit.pk for visit in taken])
    return taken


def void_one(by: Actor, visit: Visit, why: WhyVoided) -> Visit:
    """Let one visit count no more; Refused where it was changed or taken back already."""
    taken = void(by, visit.at_site, [visit.pk], why)
    if not taken:
        raise Refused(str(VisitFault.STANDS_NO_MORE.label))
    visit.voided_at, visit.voided_by, visit.why_voided = taken[0].voided_at, taken[0].voided_by, why
    return visit


def check(site: Site, visits: Iterable[NewVisit], *, known_before: Visit | None = None) -> None:
    """Refuse what cannot be; NotHere for a service that this site does not have (for an item, stock says so).

    What the visit had that is now put right may stay, also where it is no longer offered.
    """
    today = timezone.localdate()
    services: set[UUID] = set()
    for visit in visits:
        if (fault := fault_in(visit, today)) is not None:
            raise Refused(str(fault.label))
        services.update(visit.given.site_services)
    if services:
        _check_services(site, services, known_before)


def _check_services(site: Site, asked: set[UUID], known_before: Visit | None) -> None:
    offered = SiteService.objects.filter(organisation=site.organisation_id, site=site, pk__in=asked)
    ended = dict(offered.values_list("pk", "ended_at"))
    if ended.keys() < asked:
        raise NotHere
    before = set(known_before.services.values_list("site_service_id", flat=True)) if known_before else set()
    if any(at is not None and service not in before for service, at in ended.items()):
        raise Refused(str(VisitFault.NOT_OFFERED.label))


def _held(organisation_id: UUID, ids: Collection[UUID]) -> QuerySet[Visit]:
    """Return those of these visits that stand, and let nobody else change them until this is over."""
    standing = Visit.objects.filter(organisation=organisation_id, pk__in=ids, voided_at__isnull=True)
    return standing.select_for_update(no_key=True).order_by("pk")


def _supplies(told: Iterable[tuple[Visit, NewVisit]]) -> list[GivenSupply]:
    return [
        GivenSupply(
            organisation_id=visit.organisation_id,
            client_id=visit.client_id,
            visit=visit,
            item_id=item,
            quantity=pieces,
        )
        for visit, new in told
        for item, pieces in new.given.handed()
    ]


def _services(told: Iterable[tuple[Visit, NewVisit]]) -> list[GivenService]:
    rows = []
    for visit, new in told:
        about = {"organisation_id": visit.organisation_id, "client_id": visit.client_id, "visit": visit}
        rows += [
            GivenService(**about, service=service, topic=topic)
            for service, topic in sorted(new.given.services)
        ]
        rows += [
            GivenService(**about, service=Service.OTHER, site_service_id=service)
            for service in sorted(new.given.site_services)
        ]
    return rows
