"""What can be asked of files of records that left, or are to leave."""

from uuid import UUID

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.exchange.taking_out.models import TakenOut


def taken_out_at(by: Actor, site_id: UUID, rows: slice) -> tuple[list[TakenOut], int]:
    """Return the files of a site that were ever asked for, newest first, these of them, and how many there are."""
    if not by.may(Permission.EXPORT_PEOPLE, site_id):
        raise NotHere
    files = TakenOut.objects.filter(organisation=by.organisation_id, site=site_id)
    return list(files.select_related("site").order_by("-recorded_at", "-pk")[rows]), files.count()


def taken_out_by_serial(by: Actor, serial: str) -> TakenOut:
    """Return a file within reach by its serial; else NotHere."""
    sites = by.sites_where(Permission.EXPORT_PEOPLE)
    found = TakenOut.objects.filter(organisation=by.organisation_id, serial=serial, site__in=sites)
    export = found.select_related("site").first()
    if export is None:
        raise NotHere
    return export
