"""The services that a site adds to the list of all sites, and takes off it again."""

from django.utils import timezone

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.visits.choices import VisitFault
from kimbilio.visits.models import SiteService


@action(Permission.KEEP_STOCK, event="visits.service_added", at="site")
def add_site_service(*, by: Actor, site: Site, name: str) -> SiteService:
    """Offer a service at a site under its own name; one that was taken off the list is offered again."""
    name = " ".join(name.split())
    if not name:
        raise Refused(str(VisitFault.NOTHING_AT_ALL.label))
    at_site = SiteService.objects.filter(organisation=site.organisation_id, site=site)
    known = at_site.select_for_update().filter(name__iexact=name).order_by("pk").first()
    if known is None:
        return SiteService.objects.create(organisation_id=site.organisation_id, site=site, name=name)
    if known.ended_at is None:
        raise Refused(str(VisitFault.NAME_TAKEN.label))
    known.ended_at = None
    known.save(update_fields=["ended_at"])
    return known


@action(Permission.KEEP_STOCK, event="visits.service_ended", at="service")
def end_site_service(*, by: Actor, service: SiteService) -> SiteService:
    """Offer a service of a site no longer. What was recorded of it stays."""
    standing = SiteService.objects.filter(
        organisation=service.organisation_id, pk=service.pk, ended_at__isnull=True
    )
    if not standing.update(ended_at=timezone.now()):
        raise Refused(str(VisitFault.STANDS_NO_MORE.label))
    service.refresh_from_db()
    return service
