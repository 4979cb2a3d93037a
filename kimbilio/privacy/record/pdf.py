"""The record as a PDF that is read, tagged for readers of the screen (PDF/UA-1). Nothing of it lies on the disk."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kimbilio.privacy.looks import LooksOfDay
from kimbilio.privacy.record.entries import WholeRecord
from kimbilio.privacy.record.written import WrittenSection, sections_of

_SOURCE = Path(__file__).with_name("record.typ")


def pdf_of(record: WholeRecord, looks: Iterable[LooksOfDay]) -> bytes:
    """Return the PDF, in the language that is active."""
    return bytes(_compiled(record, sections_of(record, looks), format="pdf", pdf_standards="ua-1"))


def pages_of(record: WholeRecord, looks: Iterable[LooksOfDay], *, ppi: float = 80) -> list[bytes]:
    """Return the pages as pictures (PNG): to look at them, in tests and on a screen."""
    pages = _compiled(record, sections_of(record, looks), format="png", ppi=ppi)
    return [bytes(page) for page in pages] if isinstance(pages, list) else [bytes(pages)]


def _compiled(record: WholeRecord, sections: Sequence[WrittenSection], **how: Any) -> Any:
    made = date_format(localtime(record.made_at), "j F Y")
    document = {
        "language": (get_language() or "en")[:2],
        "title": _("Your record"),
        "intro": _("This is everything that is held about you, as at %(day)s. It is yours to keep.")
        % {"day": made},
        "keep": _("Keep it where nobody reads it whom you would not tell."),
        "foot": made,
        "rights": _(
            "You may have anything put right, have your own words put beside it, or ask to be forgotten. "
            "You need not say why, and it changes nothing about how you are served."
        ),
        "nothing": _("Nothing is recorded here."),
        "sections": [{"title": one.title, "lines": one.lines} for one in sections],
    }
    data = json.dumps(document, ensure_ascii=False)
    return typst.compile(
        _SOURCE, root=_SOURCE.parent, ignore_system_fonts=True, sys_inputs={"record": data}, **how
    )
