"""Lists and days: a day's list, a month's book, one person's day put right, and taking lists back.

What was recorded last stands, person by person and day by day; a whole day's list also stands above the marks of
those who are not on it. Nothing is overwritten: lists and their lines are kept as they came.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core import vault
from kimbilio.core.encryption import mac
from kimbilio.core.refusals import NotHere, Refused
from kimbilio.mat.choices import DayMark, ListKind, Source
from kimbilio.mat.models import ClinicList, DoseLine
from kimbilio.mat.queries.reach import all_are_at
from kimbilio.mat.rules import BLANK_MONTH, SIGN, lines_of, month_of, with_sign
from kimbilio.mat.rules.days import days_listed
from kimbilio.mat.standing import lay_over, reckon_anew
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import asks_consent
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic

_DIGEST_PURPOSE = b"lines of a clinic's list"


@action(Permission.RECORD_JOURNEY, event="mat.list_recorded", at="clinic")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="marks")
def record_clinic_list(
    *,
    by: Actor,
    clinic: MatClinic,
    day: date,
    marks: Mapping[UUID, DayMark],
    source: Source = Source.CLINIC_LIST,
) -> ClinicList:
    """Record a clinic's list of one whole day: the mark of everybody on it, by the person's id.

    It replaces an earlier list of that clinic and day. Whoever is not on it has no mark of that day.
    """
    _refuse_future(day)
    if not any(mark != DayMark.UNKNOWN for mark in marks.values()):
        raise Refused(_("There is nobody on this list."))
    _check_people(by, clinic, marks.keys())
    _hold(clinic)
    lines = {client_id: with_sign(BLANK_MONTH, day.day, SIGN[mark]) for client_id, mark in marks.items()}
    made = _write(by, clinic, month_of(day), lines, kind=ListKind.DAY, source=source)
    _replace_lists_before(made)
    lay_over(clinic, made.month, lines, whole_day=day.day)
    made.audit_detail = {"rows": made.people, "digest": bytes(made.digest).hex()}
    return made


@action(Permission.RECORD_JOURNEY, event="mat.days_recorded", at="clinic")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="days")
def record_days(
    *,
    by: Actor,
    clinic: MatClinic,
    days: Mapping[UUID, Mapping[date, DayMark]],
    source: Source = Source.BOOK,
) -> list[ClinicList]:
    """Record days of many people, as a book has them, and return one list a month.

    Leave blanks out: a blank says nothing, and what is known of that day stays as it is.
    """
    by_month: dict[date, dict[UUID, str]] = defaultdict(dict)
    for client_id, marks in days.items():
        for month, line in lines_of(marks).items():
            by_month[month][client_id] = line
    _refuse_future(max((max(marks) for marks in days.values() if marks), default=date.min))
    _check_people(by, clinic, days.keys())
    _hold(clinic)
    made = []
    for month, lines in sorted(by_month.items()):
        made.append(_write(by, clinic, month, lines, kind=ListKind.BOOK, source=source))
        lay_over(clinic, month, lines)
    return made


@action(Permission.RECORD_JOURNEY, event="mat.day_corrected", at="client")
@asks_consent(ConsentPurpose.HOLD_A_RECORD, of="client")
def correct_day(
    *, by: Actor, client: Client, clinic: MatClinic, day: date, mark: DayMark, source: Source = Source.STAFF
) -> DoseLine:
    """Put one day of one person right; UNKNOWN says that what stood there is not so."""
    _refuse_future(day)
    if clinic.organisation_id != client.organisation_id:
        raise NotHere
    _hold(clinic)
    lines = {client.pk: with_sign(BLANK_MONTH, day.day, SIGN[mark])}
    made = _write(by, clinic, month_of(day), lines, kind=ListKind.ONE_DAY, source=source)
    lay_over(clinic, made.month, lines)
    return made.lines.get()


@action(Permission.RECORD_JOURNEY, event="mat.lists_withdrawn", at="site")
def withdraw_lists(*, by: Actor, site: Site, lists: Collection[UUID]) -> list[ClinicList]:
    """Take lists of a site's clinics back, by their ids: what stood before them stands again. They are kept."""
    rows = ClinicList.objects.filter(
        organisation=site.organisation_id, clinic__site=site, pk__in=lists, withdrawn_at__isnull=True
    )
    clinics = MatClinic.objects.filter(organisation=site.organisation_id, pk__in=rows.values("clinic"))
    held = {clinic.pk: clinic for clinic in clinics.order_by("pk").select_for_update(no_key=True)}
    taken = list(rows.order_by("pk"))
    ClinicList.objects.filter(pk__in=[row.pk for row in taken]).update(withdrawn_at=timezone.now())
    for clinic_id, month in sorted({(row.clinic_id, row.month) for row in taken}):
        reckon_anew(held[clinic_id], month)
    for row in taken:
        _let_the_newest_stand(row)
    return taken


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise Refused(_("A list cannot tell of a day that has not come yet. Check the date."))


def _check_people(by: Actor, clinic: MatClinic, ids: Collection[UUID]) -> None:
    """Refuse people whom the actor may not record: a clinic's list may name people of several of their sites."""
    if not all_are_at(by.sites_where(Permission.RECORD_JOURNEY), clinic.organisation_id, ids):
        raise NotHere


def _hold(clinic: MatClinic) -> None:
    """Wait for whoever else records lists of this clinic, and make them wait."""
    MatClinic.objects.select_for_update(no_key=True).get(organisation=clinic.organisation_id, pk=clinic.pk)


def _write(
    by: Actor, clinic: MatClinic, month: date, lines: Mapping[UUID, str], *, kind: ListKind, source: Source
) -> ClinicList:
    """Write a list with its lines as it came."""
    made = ClinicList.objects.create(
        organisation_id=clinic.organisation_id,
        clinic=clinic,
        kind=kind,
        month=month,
        days=days_listed(lines.values()),
        people=len(lines),
        source=source,
        recorded_by=by.staff_id,
        digest=_digest(clinic.organisation_id, lines),
    )
    rows = (
        DoseLine(
            organisation_id=clinic.organisation_id, client_id=client_id, clinic_list_id=made.pk, signs=signs
        )
        for client_id, signs in lines.items()
    )
    DoseLine.objects.bulk_create(rows, batch_size=1000)
    return made


def _digest(organisation_id: UUID, lines: Mapping[UUID, str]) -> bytes:
    """Return a keyed digest over who is on a list and with which signs."""
    told = b"".join(client_id.bytes + signs.encode() for client_id, signs in sorted(lines.items()))
    return mac(vault.keyring().audit_key(organisation_id), _DIGEST_PURPOSE + told)


def _lists_of_day(organisation_id: UUID, clinic_id: UUID, month: date, days: str) -> QuerySet[ClinicList]:
    """Return the lists of one whole day that were not taken back, oldest first."""
    return ClinicList.objects.filter(
        organisation=organisation_id,
        clinic=clinic_id,
        month=month,
        kind=ListKind.DAY,
        days=days,
        withdrawn_at__isnull=True,
    ).order_by("pk")


def _replace_lists_before(made: ClinicList) -> None:
    """Note on earlier lists of the whole same day that a later one came."""
    earlier = _lists_of_day(made.organisation_id, made.clinic_id, made.month, made.days).exclude(pk=made.pk)
    earlier.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())


def _let_the_newest_stand(taken: ClinicList) -> None:
    """Note on the newest list of a day, after one was taken back, that no later one stands above it."""
    newest = _lists_of_day(taken.organisation_id, taken.clinic_id, taken.month, taken.days).last()
    if taken.kind == ListKind.DAY and newest is not None:
        ClinicList.objects.filter(pk=newest.pk).update(replaced_at=None)
