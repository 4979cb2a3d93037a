"""The services that a site offers beside those of all sites."""

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.visits.models import SiteService


def services_offered(by: Actor, site: Site) -> list[SiteService]:
    """Return what a site added to the list of services and did not take off it, by name."""
    require(by, Permission.RECORD_VISIT, site)
    offered = SiteService.objects.filter(organisation=site.organisation_id, site=site, ended_at__isnull=True)
    return list(offered.select_related("site").order_by("name"))
