"""Keeps the months as they stand: laid over with each list that comes, reckoned anew when one is taken back.

Both ways give the same: what was recorded last stands, person by person and day by day, and a whole day's list
also stands above the marks of those who are not on it. `reckon_anew` is the obvious way, from all lists of a month;
`lay_over` spares reading them. The caller holds the clinic, so that nobody lays a list over at the same time.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.mat.choices import ListKind
from kimbilio.mat.models import ClinicList, DoseLine, StandingMonth
from kimbilio.mat.rules import BLANK_MONTH, NOTHING, overlaid, with_sign
from kimbilio.places.models import MatClinic


def lay_over(
    clinic: MatClinic, month: date, lines: Mapping[UUID, str], *, whole_day: int | None = None
) -> None:
    """Lay a list's lines over the month as it stands; for a whole day's list, `whole_day` is its day of the month."""
    rows = _months(clinic, month)
    if len(lines) == 1 and whole_day is None:
        rows = rows.filter(client__in=list(lines))
    before = dict(rows.values_list("client_id", "signs"))
    after = dict(before)
    if whole_day is not None:
        after = {client_id: with_sign(signs, whole_day, NOTHING) for client_id, signs in before.items()}
    for client_id, line in lines.items():
        after[client_id] = overlaid(after.get(client_id, BLANK_MONTH), line)
    _write(clinic, month, before, after)


def reckon_anew(clinic: MatClinic, month: date) -> None:
    """Make a clinic's month anew from every list that was not taken back."""
    before = dict(_months(clinic, month).values_list("client_id", "signs"))
    _write(clinic, month, before, month_from_lists(clinic, month))


def month_from_lists(clinic: MatClinic, month: date) -> dict[UUID, str]:
    """Return everybody's month as all lists together tell it, in the order in which they were recorded."""
    lists = ClinicList.objects.filter(
        organisation=clinic.organisation_id, clinic=clinic, month=month, withdrawn_at__isnull=True
    ).order_by("pk")
    lines: dict[UUID, dict[UUID, str]] = {row.pk: {} for row in lists}
    told = DoseLine.objects.filter(organisation=clinic.organisation_id, clinic_list__in=list(lines))
    for list_id, client_id, signs in told.values_list("clinic_list_id", "client_id", "signs").iterator():
        lines[list_id][client_id] = signs
    months: dict[UUID, str] = {}
    for row in lists:
        if row.kind == ListKind.DAY:
            day = row.days.index("x") + 1
            months = {client_id: with_sign(signs, day, NOTHING) for client_id, signs in months.items()}
        for client_id, line in lines[row.pk].items():
            months[client_id] = overlaid(months.get(client_id, BLANK_MONTH), line)
    return months


def _months(clinic: MatClinic, month: date) -> QuerySet[StandingMonth]:
    return StandingMonth.objects.filter(organisation=clinic.organisation_id, month=month, clinic=clinic)


def _write(clinic: MatClinic, month: date, before: Mapping[UUID, str], after: Mapping[UUID, str]) -> None:
    """Write the months that are now different; whoever has no day left has no month."""
    gone = [client_id for client_id in before if after.get(client_id, BLANK_MONTH) == BLANK_MONTH]
    if gone:
        _months(clinic, month).filter(client__in=gone).delete()
    changed = (
        StandingMonth(
            organisation_id=clinic.organisation_id,
            client_id=client_id,
            clinic_id=clinic.pk,
            month=month,
            signs=signs,
        )
        for client_id, signs in after.items()
        if signs not in (before.get(client_id), BLANK_MONTH)
    )
    StandingMonth.objects.bulk_create(
        changed,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["organisation", "month", "clinic", "client"],
        update_fields=["signs"],
    )
