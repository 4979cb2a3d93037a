"""Deleting what has been kept for its time: at every start and once a day, of the kinds that a manager confirmed."""

import logging
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.audit.actions import record
from kimbilio.privacy.choices import Kept
from kimbilio.privacy.due import count_due, delete_due
from kimbilio.privacy.models import DateBelieved, RetentionPeriod
from kimbilio.privacy.rules import is_believed, kept_since

logger = logging.getLogger("kimbilio.privacy")


def forget_what_is_due_everywhere() -> int:
    """Delete, in every organisation, what has been kept for its confirmed time; return how many records it was.

    Where the computer's date is doubtful, nothing goes: it waits until a manager says that the date is right.
    """
    gone = 0
    for organisation_id, periods in groupby(_standing(), key=attrgetter("organisation_id")):
        if waits_for_the_date(organisation_id):
            logger.warning(
                "Nothing is deleted: say on 'How long things are kept' that the date is right, or put the clock right."
            )
            continue
        believe_today(organisation_id)
        gone += sum(forget_due(period) for period in periods)
    return gone


def waits_for_the_date(organisation_id: UUID) -> bool:
    """Tell whether deleting waits, because nobody worked here for long before today, or the date went back."""
    last = _last_believed(organisation_id)
    return last is not None and not is_believed(timezone.localdate(), last)


def waits_somewhere() -> bool:
    """Tell whether deleting waits in any organisation."""
    return any(waits_for_the_date(one) for one in {period.organisation_id for period in _standing()})


def believe_today(organisation_id: UUID, said_by: UUID | None = None) -> DateBelieved:
    """Go on from today's date: found to be likely, or said to be right by a manager."""
    believed, _new = DateBelieved.objects.update_or_create(
        organisation_id=organisation_id, defaults={"on": timezone.localdate(), "said_by": said_by}
    )
    return believed


def _last_believed(organisation_id: UUID) -> date | None:
    """Return the last day whose date was believed: whoever confirms the first period looks at the date with it."""
    believed = DateBelieved.objects.filter(organisation=organisation_id).first()
    if believed:
        return believed.on
    confirmed = RetentionPeriod.objects.filter(organisation=organisation_id).order_by("pk").first()
    return timezone.localtime(confirmed.recorded_at).date() if confirmed else None


def _standing() -> QuerySet[RetentionPeriod]:
    return RetentionPeriod.objects.filter(replaced_at__isnull=True).order_by("organisation", "kind")


def forget_due(period: RetentionPeriod) -> int:
    """Delete what has been kept for this period, audited by its count alone."""
    kind = Kept(period.kind)
    with transaction.atomic():
        gone = delete_due(period.organisation_id, kind, moment_before(period.months))
        if gone:
            detail = {"kind": kind.value, "rows": gone, "months": period.months}
            record(
                organisation_id=period.organisation_id,
                actor_id=None,
                event="retention.carried_out",
                detail=detail,
            )
    return gone


def would_go(organisation_id: UUID, kind: Kept, months: int) -> int:
    """Return how many records would go today if a kind were kept for so many months."""
    return count_due(organisation_id, kind, moment_before(months))


def moment_before(months: int) -> datetime:
    """Return the moment before which things go that are kept for so many months."""
    return timezone.make_aware(datetime.combine(kept_since(timezone.localdate(), months), time.min))
