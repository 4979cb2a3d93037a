"""What the page of numbers and the printed sheets show: counts, questions in words, lines by code."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.followup.choices import Group, QuestionKind
from kimbilio.followup.models import PrintedSheet, SheetLine
from kimbilio.followup.queries import Question
from kimbilio.followup.showing import Shown, days_missed
from kimbilio.mat.queries import Numbers
from kimbilio.people.rules import display_card_code


def numbers_shown(numbers: Numbers) -> Shown:
    """Return how MAT goes: the missing by step, the longest first; who came back; when the lists came."""
    steps = sorted(numbers.missing.items(), key=lambda pair: -int(pair[0].rstrip("+").partition("-")[0]))
    return {
        "on_mat": numbers.on_mat,
        "missing": [
            {"step": step, "count": count, "url": f"{reverse('follow')}?show=step-{step.replace('+', '%2B')}"}
            for step, count in steps
        ],
        "out_of_touch": numbers.out_of_touch,
        "returned": len(numbers.returned),
        "returned_after": _after_words(numbers.returned_after),
        "waiting": len(numbers.waiting.people),
        "last_start": numbers.waiting.last_start,
        "lists": [
            {"clinic": one.clinic.name, "last": one.last_list, "asks": one.asks} for one in numbers.silences
        ],
    }


def _after_words(median: float | None) -> str:
    """Return after how many missed days half of them came back, '' where nobody did."""
    if median is None:
        return ""
    words = ngettext(
        "half of them after %(days)s missed day or fewer",
        "half of them after %(days)s missed days or fewer",
        1 if median <= 1 else 2,
    )
    return words % {"days": f"{median:g}"}


def question_words(question: Question) -> str:
    """Return a question that raised itself, as it is asked."""
    if question.kind == QuestionKind.NO_START:
        return _start_words(question)
    if question.since is None or question.length is None:
        return _("No list has come from %(clinic)s yet. What happened?") % {"clinic": question.clinic}
    words = (
        ngettext(
            "%(clinic)s sent no list for %(days)d day after %(since)s. What happened?",
            "%(clinic)s sent no list for %(days)d days after %(since)s. What happened?",
            question.length,
        )
        if question.ended
        else ngettext(
            "No list from %(clinic)s for %(days)d day, since %(since)s. What happened?",
            "No list from %(clinic)s for %(days)d days, since %(since)s. What happened?",
            question.length,
        )
    )
    since = date_format(question.since, "j F")
    return words % {"clinic": question.clinic, "days": question.length, "since": since}


def _start_words(question: Question) -> str:
    waiting = ngettext("%(count)d person waits", "%(count)d people wait", question.waiting) % {
        "count": question.waiting
    }
    if question.length is None:
        return _("Nobody has started MAT yet, while %(waiting)s. Why?") % {"waiting": waiting}
    weeks = ngettext(
        "Nobody has started MAT for %(weeks)d week, while %(waiting)s. Why?",
        "Nobody has started MAT for %(weeks)d weeks, while %(waiting)s. Why?",
        question.length,
    )
    return weeks % {"weeks": question.length, "waiting": waiting}


def sheets_shown(site: Site, sheets: list[PrintedSheet]) -> list[Shown]:
    """Return the sheets that were printed, with who printed them."""
    staff = staff_names(site.organisation_id, {one.printed_by for one in sheets if one.printed_by})
    return [
        {
            "serial": one.serial,
            "kind": one.get_kind_display(),
            "printed_at": one.recorded_at,
            "printed_by": staff.get(one.printed_by, "") if one.printed_by else "",
            "shred_by": one.shred_by,
            "url": reverse("follow_sheet", args=[one.serial]),
        }
        for one in sheets
    ]


def lines_shown(lines: list[SheetLine]) -> list[Shown]:
    """Return the lines of a sheet, by code."""
    return [
        {
            "place": line.place,
            "display_code": display_card_code(line.client.code),
            "client_id": line.client_id,
            "ward": line.client.ward.name if line.client.ward else "",
            "missed": days_missed(line.days) if line.days else Group(line.group).label,
            "last_dose": line.last_dose,
            "assess": line.assess,
            "call": line.get_call_display(),
            "visit": line.get_visit_display(),
            "hotspot": line.hotspot,
            "told": line.get_told_display() if line.told else "",
            "coming_on": line.coming_on,
        }
        for line in lines
    ]
