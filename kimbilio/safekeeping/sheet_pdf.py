"""The recovery sheet as one A4 page to print, tagged for readers of the screen (PDF/UA-1)."""

import io
import json
from dataclasses import asdict
from pathlib import Path

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kimbilio.safekeeping.sheet import Sheet

_SOURCE = Path(__file__).with_name("sheet.typ")


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the page, in the language that is active. Nothing is written to the disk on the way."""
    return bytes(
        typst.compile(
            _SOURCE,
            root=_SOURCE.parent,
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(_content(sheet), ensure_ascii=False)},
            format="pdf",
            pdf_standards="ua-1",
        )
    )


def square_svg(sheet: Sheet) -> str:
    """Return the key's square as a drawing."""
    drawn = io.BytesIO()
    sheet.square().save(drawn, kind="svg", scale=4, border=2, xmldecl=False)
    return drawn.getvalue().decode()


def _content(sheet: Sheet) -> dict[str, object]:
    return {
        "language": (get_language() or "en")[:2],
        "title": sheet.title,
        "made": sheet.made,
        "what": list(sheet.what),
        "key_heading": _("The recovery key"),
        "rows": ["  ".join(row) for row in sheet.rows],
        "help": sheet.reading_help,
        "line_words": sheet.in_one_line,
        "line": sheet.secret,
        "steps_heading": _("If the computer is gone"),
        "steps": [asdict(step) for step in sheet.steps],
        "square": square_svg(sheet),
        "square_words": _("The recovery key as a square for a camera"),
    }
