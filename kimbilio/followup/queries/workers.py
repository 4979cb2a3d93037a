"""Who of the staff can look for people at a site."""

from dataclasses import dataclass
from uuid import UUID

from kimbilio.accounts.models import Site, SiteRole
from kimbilio.accounts.roles import WHAT_ROLES_MAY, Permission, Role
from kimbilio.core.refusals import NotHere

_MAY_LOOK = [role for role in Role if Permission.RECORD_FOLLOW_UP in WHAT_ROLES_MAY[role]]
_GO_OUT = frozenset({Role.PEER_EDUCATOR, Role.OUTREACH_WORKER})


@dataclass(frozen=True)
class Worker:
    """Somebody of the staff who can look for people; `goes_out` is a peer educator or an outreach worker."""

    id: UUID
    username: str
    name: str
    goes_out: bool


def workers_at(site: Site) -> list[Worker]:
    """Return who can look for people at a site, those who go out first. One query."""
    rows = SiteRole.objects.filter(
        organisation=site.organisation_id,
        site=site,
        role__in=_MAY_LOOK,
        ended_at__isnull=True,
        staff__is_active=True,
    ).values_list("staff_id", "staff__username", "staff__display_name", "role")
    found: dict[UUID, Worker] = {}
    for staff_id, username, name, role in rows:
        goes_out = role in _GO_OUT or (staff_id in found and found[staff_id].goes_out)
        found[staff_id] = Worker(staff_id, username, name, goes_out)
    return sorted(found.values(), key=lambda worker: (not worker.goes_out, worker.name, worker.id))


def worker_named(site: Site, username: str) -> Worker:
    """Return who can look for people at a site by sign-in name; NotHere if they cannot."""
    for worker in workers_at(site):
        if worker.username == username:
            return worker
    raise NotHere
