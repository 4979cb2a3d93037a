"""Where somebody takes books in: the site worked at, or another of their own."""

from kimbilio.accounts.models import Site
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission


def sites_for_books(request: Request) -> list[Site]:
    """Return the sites whose books somebody takes in, the one worked at first."""
    may = request.actor.sites_where(Permission.IMPORT_BOOKS)
    return list(dict.fromkeys(site for site in (request.site, *request.sites) if site.pk in may))


def site_for_books(request: Request) -> Site:
    """Return the site whose books the pages show."""
    return sites_for_books(request)[0]
