"""What an address of the report asks for: which month, and which site or all of them."""

import re
from datetime import date

from kimbilio.accounts.models import Site
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere

ALL = "all"
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def asked_site(request: Request, permission: Permission = Permission.SEE_REPORTS) -> Site | None:
    """Return the site that is asked for: the one worked at, or the first where one may; None for all of them."""
    may = request.actor.sites_where(permission)
    if request.GET.get("site") == ALL and len(may) > 1:
        return None
    return next(site for site in (request.site, *request.sites) if site is not None and site.pk in may)


def place_query(site: Site | None) -> str:
    """Return what an address carries on, so that the next page is about the same sites."""
    return "" if site else f"?site={ALL}"


def month_asked(text: str) -> date:
    """Return the month that an address names, such as 2025-06; NotHere for anything else."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise NotHere
    return date(int(found[1]), int(found[2]), 1)


def month_in_address(month: date) -> str:
    """Return how an address names a month."""
    return f"{month:%Y-%m}"
