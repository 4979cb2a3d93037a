"""A clinic's days as pages show them: whether a list came, the sum, who was not there, and the lists of a day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.mat.choices import DayMark, ListKind
from kimbilio.mat.models import ClinicList
from kimbilio.mat.queries import counts_at, day_at, listed_days, lists_of_day, reference_of
from kimbilio.people.queries import clients_by_id
from kimbilio.people.rules import display_card_code
from kimbilio.places.models import MatClinic

Shown = dict[str, Any]
DAYS_SHOWN = 14
_ELSEWHERE = (DayMark.TAKE_HOME, DayMark.TRANSIT, DayMark.ADMITTED, DayMark.IMPRISONED)


def tally_of(counts: Mapping[DayMark, int]) -> Shown:
    """Return the sum of a day as it stands: who came, was absent or elsewhere, and how many that makes."""
    came, absent = counts.get(DayMark.DOSED, 0), counts.get(DayMark.MISSED, 0)
    elsewhere = sum(counts.get(mark, 0) for mark in _ELSEWHERE)
    return {"came": came, "absent": absent, "elsewhere": elsewhere, "total": came + absent + elsewhere}


def sum_in_words(tally: Shown) -> str:
    """Return the sum as the clinic's paper has it: '194 came + 10 absent = 204 on the list'."""
    if tally["elsewhere"]:
        return (
            _("%(came)s came + %(absent)s absent + %(elsewhere)s elsewhere = %(total)s on the list") % tally
        )
    return _("%(came)s came + %(absent)s absent = %(total)s on the list") % tally


def day_shown(by: Actor, clinic: MatClinic, on: date) -> Shown:
    """Return what a page shows of one day of a clinic."""
    marks = day_at(clinic, on)
    tally = tally_of(Counter(marks.values()))
    is_listed = bool(listed_days(clinic.organisation_id, [clinic.pk], on, on).get(clinic.pk))
    address = [reference_of(clinic), on.isoformat()]
    return {
        "clinic": clinic,
        "reference": address[0],
        "on": on,
        "is_listed": is_listed,
        "sum": sum_in_words(tally) if tally["total"] else "",
        "not_there": _not_there(by, marks),
        "lists": _lists(clinic, lists_of_day(clinic, on)),
        "record_url": reverse("record_day", args=address),
        "undo_url": reverse("take_back_list", args=address),
        "before_url": _day_url(clinic, on - timedelta(days=1)),
        "after_url": _day_url(clinic, on + timedelta(days=1)) if on < timezone.localdate() else None,
        "may_set_numbers": by.may(Permission.SET_CLINIC_RULES, clinic.site_id),
    }


def days_shown(clinic: MatClinic, on: date) -> list[Shown]:
    """Return the fortnight that ends with a day (or today, where that is nearer), the newest first."""
    last = min(on + timedelta(days=DAYS_SHOWN // 2), timezone.localdate())
    first = last - timedelta(days=DAYS_SHOWN - 1)
    counts = counts_at(clinic, first, last)
    listed = set(listed_days(clinic.organisation_id, [clinic.pk], first, last).get(clinic.pk, []))
    return [
        {
            "on": day,
            "url": _day_url(clinic, day),
            "is_this": day == on,
            "is_listed": day in listed,
            "tally": tally_of(counts.get(day, {})),
        }
        for day in (last - timedelta(days=n) for n in range(DAYS_SHOWN))
    ]


def import_url() -> str | None:
    """Return where a clinic's file is chosen, as attendance, for those installations that have that page."""
    try:
        return reverse("choose_book", query={"kind": "attendance"})
    except NoReverseMatch:
        return None


def _day_url(clinic: MatClinic, on: date) -> str:
    return reverse("clinic_day", args=[reference_of(clinic), on.isoformat()])


def _not_there(by: Actor, marks: Mapping[UUID, DayMark]) -> list[Shown]:
    """Return who was absent or elsewhere, by code: those absent first."""
    away = {person: mark for person, mark in marks.items() if mark not in (DayMark.DOSED, DayMark.UNKNOWN)}
    people = clients_by_id(by, Permission.RECORD_JOURNEY, away)
    rows = [
        {
            "display_code": display_card_code(people[person].code),
            "url": reverse("journey", args=[people[person].code]),
            "mark": mark.label,
            "is_absent": mark == DayMark.MISSED,
        }
        for person, mark in away.items()
        if person in people
    ]
    return sorted(rows, key=lambda row: (not row["is_absent"], str(row["mark"]), row["display_code"]))


def _lists(clinic: MatClinic, rows: Iterable[ClinicList]) -> list[Shown]:
    """Return every list of a day, newest first, with who recorded it and whether it stands."""
    rows = list(rows)
    staff = staff_names(clinic.organisation_id, [row.recorded_by for row in rows if row.recorded_by])
    return [
        {
            "kind": row.get_kind_display(),
            "source": row.get_source_display(),
            "people": row.people,
            "when": row.recorded_at,
            "who": staff.get(row.recorded_by, "") if row.recorded_by else "",
            "withdrawn_at": row.withdrawn_at,
            "replaced_at": row.replaced_at,
            "reference": reference_of(row)
            if row.withdrawn_at is None and row.kind != ListKind.BOOK
            else None,
        }
        for row in rows
    ]
