"""At which site somebody does or sees something: the one they work at, or the first of theirs where they may."""

from kimbilio.accounts.models import Site
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere


def site_where(request: Request, permission: Permission) -> Site:
    """Return the site worked at, or another of one's own where one holds this permission; NotHere where none is."""
    may = request.actor.sites_where(permission)
    for site in (request.site, *request.sites):
        if site is not None and site.pk in may:
            return site
    raise NotHere
