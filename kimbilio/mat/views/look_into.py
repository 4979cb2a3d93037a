"""What does not fit together in the journeys of a site's people: accepted as it came, and listed to be looked into."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kimbilio.accounts.entry import entry
from kimbilio.accounts.models import Site
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.mat.queries import odd_orders_at
from kimbilio.mat.showing import flags_shown

SHOWN = 100


@entry(Permission.RECORD_JOURNEY)
def listed(request: Request) -> HttpResponse:
    """Show whose claims and days do not fit together, the newest first."""
    site = _site(request)
    people = flags_shown(site.organisation_id, odd_orders_at(request.actor, site, timezone.localdate()))
    shown = {"site": site, "people": people[:SHOWN], "left": len(people), "more": len(people) > SHOWN}
    return render(request, "mat/look_into.html", shown)


def _site(request: Request) -> Site:
    """Return the site worked at, or another of one's own where journeys are recorded."""
    may = request.actor.sites_where(Permission.RECORD_JOURNEY)
    return next(site for site in (request.site, *request.sites) if site.pk in may)
