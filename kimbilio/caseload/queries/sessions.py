"""Who was written down as having come to a session, and whether anybody saw them on its day."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kimbilio.accounts.models import Site
from kimbilio.support.models import Attendance
from kimbilio.visits.models import Visit

# A session is often written down days after it was held.
_WRITTEN_LATE = timedelta(days=31)


def came_to_sessions(site: Site, since: datetime, until: datetime) -> QuerySet[Any]:
    """Return who was written on the lists of a site's sessions between two moments, each with `seen` (bool)."""
    there = Visit.objects.filter(
        organisation=site.organisation_id,
        client=OuterRef("client"),
        voided_at__isnull=True,
        occurred_on=OuterRef("session__occurred_on"),
    )
    return Attendance.objects.filter(
        organisation=site.organisation_id,
        session__site=site,
        session__occurred_on__gte=since.date() - _WRITTEN_LATE,
        session__voided_at__isnull=True,
        voided_at__isnull=True,
        recorded_at__gte=since,
        recorded_at__lt=until,
        recorded_by__isnull=False,
    ).annotate(seen=Exists(there))
