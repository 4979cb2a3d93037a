"""Setting how many people there are, and how much they need: with the source, and who stands behind it; and back."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.reports.choices import EstimateOf
from kimbilio.reports.models.estimates import PopulationEstimate, SupplyNeed
from kimbilio.stock.choices import SupplyKind

Row = TypeVar("Row", PopulationEstimate, SupplyNeed)


@dataclass(frozen=True)
class NewEstimate:
    """How many people there are in a county, between which bounds, as at a day; who says so."""

    county: str
    of: EstimateOf
    value: int
    low: int
    high: int
    source: str
    as_at: date
    confirmed_by: str


@dataclass(frozen=True)
class NewNeed:
    """How many pieces of a supply each person who comes needs in a month, from a month on; who says so."""

    kind: SupplyKind
    per_person: int
    from_month: date
    source: str
    confirmed_by: str


@action(Permission.SET_ESTIMATES, event="reports.estimate_set")
def set_estimate(*, by: Actor, estimate: NewEstimate) -> PopulationEstimate:
    """Set an estimate. Those before it are kept."""
    _has_a_source(estimate.source, estimate.confirmed_by)
    if not 0 < estimate.low <= estimate.value <= estimate.high:
        raise Refused(_("The number must lie between the lowest and the highest."))
    if estimate.as_at > timezone.localdate():
        raise Refused(_("An estimate cannot be of a day that has not come yet."))
    row = PopulationEstimate.objects.create(
        organisation_id=by.organisation_id, entered_by=by.staff_id, **vars(estimate)
    )
    row.audit_detail = {"of": estimate.of.value, "value": estimate.value}
    return row


@action(Permission.SET_ESTIMATES, event="reports.need_set", at="site")
def set_need(*, by: Actor, site: Site, need: NewNeed) -> SupplyNeed:
    """Set how much of a supply each person needs. What was set before is kept, and stands for the months before."""
    _has_a_source(need.source, need.confirmed_by)
    row = SupplyNeed.objects.create(
        organisation_id=by.organisation_id,
        site=site,
        entered_by=by.staff_id,
        **{**vars(need), "from_month": need.from_month.replace(day=1)},
    )
    row.audit_detail = {"kind": need.kind.value, "per_person": need.per_person}
    return row


@action(Permission.SET_ESTIMATES, event="reports.estimate_withdrawn")
def withdraw_estimate(*, by: Actor, estimate: PopulationEstimate) -> PopulationEstimate:
    """Take back an estimate that was set by mistake: the one before it stands again. It is kept."""
    if estimate.organisation_id != by.organisation_id:
        raise NotHere
    return _withdrawn(by, estimate)


@action(Permission.SET_ESTIMATES, event="reports.need_withdrawn", at="need")
def withdraw_need(*, by: Actor, need: SupplyNeed) -> SupplyNeed:
    """Take back a need that was set by mistake: the one before it stands again. It is kept."""
    return _withdrawn(by, need)


def _withdrawn(by: Actor, row: Row) -> Row:
    now = timezone.now()
    standing = type(row)._default_manager.filter(
        organisation=by.organisation_id, pk=row.pk, withdrawn_at__isnull=True
    )
    if not standing.update(withdrawn_at=now, withdrawn_by=by.staff_id):
        raise Refused(_("This was taken back already."))
    row.withdrawn_at, row.withdrawn_by = now, by.staff_id
    return row


def _has_a_source(source: str, confirmed_by: str) -> None:
    if not source.strip() or not confirmed_by.strip():
        raise Refused(_("Say where it is written, and who confirmed it."))
