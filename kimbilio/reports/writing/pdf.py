"""The month's report as a PDF of two to four A4 pages, tagged for readers of the screen (PDF/UA-1).

Nothing is written to the disk on the way: the data go to typst as one input, and the PDF comes back as bytes.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kimbilio.reports.charts.shapes import svg_of
from kimbilio.reports.figures import Figure
from kimbilio.reports.wording import number
from kimbilio.reports.written.parts import Bar, Drawn, Row, WrittenReport
from kimbilio.reports.written.pictures import OF_PEOPLE

_SOURCE = Path(__file__).with_name("month.typ")
_FONT = "Libertinus Serif"
_STANDARD = "ua-1"


def pdf_of(report: WrittenReport) -> bytes:
    """Return the PDF, in the language that is active."""
    return bytes(_compiled(report, format="pdf", pdf_standards=_STANDARD))


def pages_of(report: WrittenReport, *, ppi: float = 80) -> list[bytes]:
    """Return the pages as pictures (PNG): to look at them, in tests and on a screen."""
    pages = _compiled(report, format="png", ppi=ppi)
    return [bytes(page) for page in pages] if isinstance(pages, list) else [bytes(pages)]


def _compiled(report: WrittenReport, **how: Any) -> Any:
    data = json.dumps(_document(report), ensure_ascii=False)
    return typst.compile(
        _SOURCE, root=_SOURCE.parent, ignore_system_fonts=True, sys_inputs={"report": data}, **how
    )


def _document(report: WrittenReport) -> Mapping[str, Any]:
    """Return all that the pages say, every number as it is shown."""
    return {
        "language": (get_language() or "en")[:2],
        "words": _words(report),
        "organisation": report.organisation,
        "place": report.place,
        "state": report.state_words,
        "as_at": _("As at %(moment)s.") % {"moment": date_format(localtime(report.as_at), "j F Y, H:i")},
        "empty": report.is_empty,
        "headlines": [
            {"value": _shown(one.figure), "label": one.label, "before": _before(one.before)}
            for one in report.headlines
        ],
        "findings": list(report.findings),
        "gaps": list(report.gaps),
        "people": _rows(report.people),
        "supplies": _rows(report.supplies),
        "services": _rows(report.services),
        "mat": _rows(report.mat),
        "community": _rows(report.community),
        "needs": _bars(report.needs),
        "need_sources": list(report.need_sources),
        "cascade": _bars(report.cascade),
        "whereabouts": _bars(report.whereabouts),
        "staying": _staying(report),
        "people_picture": next((_picture(one) for one in report.months if one.name == OF_PEOPLE[0]), None),
        "pictures": [_picture(one) for one in report.months if one.name != OF_PEOPLE[0]],
        "reach": [vars(one) for one in report.reach],
        "quality": [
            {"count": number(one.count), "label": one.label, "group": one.group} for one in report.quality
        ],
        "changes": list(report.changes),
        "definitions": [{"title": one.title, "definition": one.definition} for one in report.definitions],
    }


def _words(report: WrittenReport) -> Mapping[str, str]:
    title = report.month_name[:1].upper() + report.month_name[1:]
    return {
        "title": title,
        "description": _("The month's report: what was done, with whom, and what is missing."),
        "foot": f"{report.organisation} · {report.place} · {title}",
        "nothing": _("Nothing is recorded for this month."),
        "gaps": _("Gaps"),
        "people": _("People and visits"),
        "mat": _("MAT"),
        "cascade": _("The way to MAT"),
        "cascade_note": _("Everybody known by the end of the month"),
        "numbers": _("Starts, missed doses and returns"),
        "others": _("Where the others are who started"),
        "staying": _("How long people stay on MAT"),
        "supplies": _("Supplies against need"),
        "no_need": _(
            "How much of each supply is needed has not been set, so nothing tells whether it was enough."
        ),
        "need_note": _("Given; the mark is what was needed"),
        "services": _("Support, referrals and legal aid"),
        "community": _("Community"),
        "no_events": _("No community event is recorded."),
        "months": _("Months side by side"),
        "reach": _("Against the estimate of all people"),
        "no_estimate": _(
            "No estimate is set, so nothing tells which part of all people the programme reaches."
        ),
        "quality": _("How good the data are"),
        "no_faults": _("Nothing is missing, doubtful or late."),
        "definitions": _("What each number means"),
        "what": _("What"),
        "count": _("How many"),
        "all": _("All"),
        "men": _("Men"),
        "women": _("Women"),
    }


def _shown(figure: Figure | None) -> str:
    return "" if figure is None else number(figure.value)


def _before(value: int | None) -> str:
    return "" if value is None else _("%(number)s in the month before") % {"number": number(value)}


def _rows(rows: Sequence[Row]) -> list[Mapping[str, str]]:
    return [
        {
            "label": row.label,
            "all": _shown(row.figure),
            "male": _shown(row.male),
            "female": _shown(row.female),
        }
        for row in rows
    ]


def _bars(bars: Sequence[Bar]) -> list[Mapping[str, Any]]:
    return [
        {
            "label": one.label,
            "count": number(one.count),
            "share": one.share,
            "mark": one.mark,
            "beside": one.beside,
        }
        for one in bars
    ]


def _staying(report: WrittenReport) -> Mapping[str, Any] | None:
    drawn = report.staying.drawn
    return None if drawn is None else {**_picture(drawn), "how": list(report.staying.how)}


def _picture(drawn: Drawn) -> Mapping[str, str]:
    """Return a picture with its title, and for those who cannot see it what its table says."""
    table, picture = drawn.table, drawn.paper
    said = "; ".join(", ".join(cell for cell in row if cell) for row in table.rows)
    return {
        "svg": svg_of(picture, font=_FONT),
        "title": picture.title,
        "alt": f"{picture.title}. {', '.join(table.columns)}: {said}",
    }
