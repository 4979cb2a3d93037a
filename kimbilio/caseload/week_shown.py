"""How a week of who opened whom is told: in sentences, each with the way to the entries behind it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.accounts.models import Site, Staff
from kimbilio.accounts.queries import staff_in
from kimbilio.audit.models import AuditEvent
from kimbilio.caseload.choices import Outcome, Rule, words_for_why
from kimbilio.caseload.queries import Line, StaffWeek, WeekAtSite
from kimbilio.caseload.rules import StandsOut
from kimbilio.caseload.showing import in_words
from kimbilio.people.queries import codes_of
from kimbilio.people.rules import display_card_code

Shown = dict[str, Any]


class Names:
    """Who the staff of a programme are, and the codes of the people whom a page tells of. Three queries in all."""

    def __init__(self, site: Site, people: Iterable[UUID]) -> None:
        self.staff: Mapping[UUID, Staff] = {one.pk: one for one in staff_in(site.organisation_id)}
        self.codes: Mapping[UUID, str] = codes_of(site.organisation_id, people)

    def of(self, staff: UUID | None) -> str:
        """Return how colleagues call a member of staff."""
        one = self.staff.get(staff) if staff else None
        return one.display_name if one else ""

    def code(self, person: UUID | None) -> str:
        """Return a person's card code as it is shown; '' for somebody whose record is no more."""
        code = self.codes.get(person) if person else None
        return display_card_code(code) if code else ""

    def url(self, person: UUID | None) -> str | None:
        """Return the address of a person's page; None for somebody whose record is no more."""
        code = self.codes.get(person) if person else None
        return reverse("person", args=[code]) if code else None


def people_named(lines: Iterable[Line]) -> set[UUID]:
    """Return whom the sentences about these lines name by code."""
    return {line.stands_out.about for line in lines if line.stands_out.about}


def week_shown(week: WeekAtSite, names: Names) -> Shown:
    """Return what the page of a week shows."""
    return {
        "monday": week.monday,
        "sunday": week.monday + timedelta(days=6),
        "lines": [line_shown(week, line, names) for line in week.lines],
        "staff": [_staff_shown(week.monday, one, names) for one in week.staff],
    }


def line_shown(week: WeekAtSite, line: Line, names: Names) -> Shown:
    """Return a line that stands out: its sentence, the way to what is behind it, and what came of it."""
    return {
        "reference": line.reference,
        "title": line.stands_out.rule.label,
        "sentence": sentence(week, line.stands_out, names),
        "url": _behind(week.monday, line, names),
        "looked_into": [
            {
                "who": names.of(mark.looked_by),
                "when": mark.recorded_at,
                "outcome": Outcome(mark.outcome).label,
            }
            for mark in line.looked_into
        ],
    }


def sentence(week: WeekAtSite, found: StandsOut, names: Names) -> str:
    """Return a line as a sentence."""
    filled = {
        "who": names.of(found.staff),
        "code": names.code(found.about),
        "number": found.count,
        "of": found.of,
        "why": _reasons(next((one.reasons for one in week.staff if one.staff == found.staff), {})),
    }
    return _words(found.rule, found.count) % filled


def _words(rule: Rule, number: int) -> str:
    words = {
        Rule.MANY_OUTSIDE: ngettext(
            "%(who)s opened %(number)s person outside their own work: %(why)s.",
            "%(who)s opened %(number)s people outside their own work: %(why)s.",
            number,
        ),
        Rule.MORE_THAN_USUAL: ngettext(
            "%(who)s opened %(number)s person of %(of)s and recorded nothing of them all week.",
            "%(who)s opened %(number)s people of %(of)s and recorded nothing of them all week.",
            number,
        ),
        Rule.NAMES_WITHOUT_WORK: ngettext(
            "%(who)s opened the names of %(number)s person of %(of)s and recorded nothing of them that day.",
            "%(who)s opened the names of %(number)s people of %(of)s and recorded nothing of them that day.",
            number,
        ),
        Rule.AGAIN_AND_AGAIN: _("%(who)s opened %(code)s at %(number)s sittings and recorded nothing."),
        Rule.AT_NIGHT: ngettext(
            "%(who)s opened %(number)s person while the site was closed, and recorded nothing.",
            "%(who)s opened %(number)s people while the site was closed, and recorded nothing.",
            number,
        ),
        Rule.BY_MANY: _("%(number)s of the staff opened %(code)s and recorded nothing."),
    }
    return words[rule]


def entries_shown(entries: Iterable[AuditEvent], names: Names, *, may_open: bool) -> list[Shown]:
    """Return entries: when, who, what, and the person by code (who leads to their page where one may)."""
    return [
        {
            "when": entry.recorded_at,
            "who": names.of(entry.actor_id),
            "what": in_words(entry),
            "display_code": names.code(entry.about),
            "url": names.url(entry.about) if may_open else None,
        }
        for entry in entries
    ]


def weeks_around(monday: date, first: date, today: date) -> Shown:
    """Return the ways to the week before and after; None before the first, and for what has not come."""
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    return {"before": before if before >= first else None, "after": after if after <= today else None}


def _staff_shown(monday: date, one: StaffWeek, names: Names) -> Shown:
    staff = names.staff.get(one.staff)
    url = reverse("opened_by", args=[monday.isoformat(), staff.username]) if staff else None
    return vars(one) | {"name": names.of(one.staff), "url": url, "why": _reasons(one.reasons)}


def _reasons(reasons: Mapping[str, int]) -> str:
    """Return how often each reason was given, the most frequent first."""
    return ", ".join(f"{words_for_why(why)} ({count})" for why, count in reasons.items())


def _behind(monday: date, line: Line, names: Names) -> str:
    """Return where the entries behind a line stand; '' where the one whom it is about is known no more."""
    found, on = line.stands_out, monday.isoformat()
    if found.staff is None:
        code = names.codes.get(found.about) if found.about else None
        return reverse("opened_person", args=[on, code]) + f"?line={line.reference}" if code else ""
    staff = names.staff.get(found.staff)
    return reverse("opened_by", args=[on, staff.username]) + f"?line={line.reference}" if staff else ""
