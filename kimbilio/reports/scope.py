"""What a report is about: which sites of one organisation, and which month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import sites_in
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused


@dataclass(frozen=True)
class Scope:
    """The sites and the month of a report. `on` is the day as at which states are told: the last, or today before it.

    `site` is None for a report on several sites: `is_whole` where these are all of the organisation.
    """

    organisation_id: UUID
    sites: tuple[Site, ...]
    site: Site | None
    month: date
    is_whole: bool = False

    @property
    def first(self) -> date:
        """Return the first day of the month."""
        return self.month

    @property
    def last(self) -> date:
        """Return the last day of the month."""
        return last_day_of(self.month)

    @property
    def on(self) -> date:
        """Return the day as at which it is told who is active or missing."""
        return min(self.last, timezone.localdate())

    @property
    def site_ids(self) -> list[UUID]:
        """Return the keys of the sites."""
        return [site.pk for site in self.sites]


def last_day_of(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def scope_for(by: Actor, permission: Permission, month: date, site: Site | None) -> Scope:
    """Return the scope of a report; refused where the actor may not, or the month has not begun.

    Without a site it is every site where one may see reports; whoever asks for more than to see them must hold that
    permission at each of these.
    """
    month = month.replace(day=1)
    if month > timezone.localdate():
        raise Refused(_("This month has not begun yet."))
    if site is not None:
        require(by, permission, site)
        return Scope(by.organisation_id, (site,), site, month)
    require(by, Permission.SEE_REPORTS)
    may = by.sites_where(Permission.SEE_REPORTS)
    every = list(sites_in(by.organisation_id))
    sites = tuple(one for one in every if one.pk in may)
    for one in sites:
        require(by, permission, one)
    return Scope(
        by.organisation_id,
        sites,
        sites[0] if len(sites) == 1 else None,
        month,
        is_whole=len(sites) == len(every),
    )
