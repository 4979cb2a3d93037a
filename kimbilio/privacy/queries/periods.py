"""For how long each kind is kept, and what that would delete."""

from dataclasses import dataclass

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere
from kimbilio.privacy.choices import Kept
from kimbilio.privacy.models import RetentionPeriod
from kimbilio.privacy.retention import waits_for_the_date, would_go
from kimbilio.privacy.rules import PROPOSED_MONTHS


@dataclass(frozen=True)
class KindKept:
    """A kind, for how many months it is kept or proposed to be, and how many records would go today."""

    kind: Kept
    months: int
    due: int
    period: RetentionPeriod | None


def kinds_kept(by: Actor) -> list[KindKept]:
    """Return every kind with its period, confirmed or proposed."""
    require(by, Permission.ANSWER_FOR_RIGHTS)
    standing = {
        period.kind: period
        for period in RetentionPeriod.objects.filter(
            organisation=by.organisation_id, replaced_at__isnull=True
        )
    }
    return [_kept(by, kind, standing.get(kind.value)) for kind in Kept]


def date_is_doubtful(by: Actor) -> bool:
    """Tell whether nothing is deleted before somebody says that the date is right."""
    require(by, Permission.ANSWER_FOR_RIGHTS)
    return waits_for_the_date(by.organisation_id)


def kind_kept(by: Actor, named: str, months: int | None = None) -> KindKept:
    """Return one kind with its period, or as it would be with another; NotHere for an unknown one."""
    require(by, Permission.ANSWER_FOR_RIGHTS)
    if named not in Kept.values:
        raise NotHere
    period = RetentionPeriod.objects.filter(
        organisation=by.organisation_id, kind=named, replaced_at__isnull=True
    ).first()
    return _kept(by, Kept(named), period, months)


def _kept(by: Actor, kind: Kept, period: RetentionPeriod | None, months: int | None = None) -> KindKept:
    months = months or (period.months if period else PROPOSED_MONTHS[kind])
    return KindKept(kind, months, would_go(by.organisation_id, kind, months), period)
