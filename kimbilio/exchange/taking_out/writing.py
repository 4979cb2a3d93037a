"""The file itself, made in memory: every sheet, or the first line, says who took it, when, and who approved."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from django.utils.translation import gettext as _

from kimbilio.exchange.taking_out.lines import PEOPLE, STEPS, VISITS, Cell, Records

_WIDTH = 20
# Text stays text, whatever it begins with; and nothing is written to a file on the way.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Mark:
    """Who took a file, when, under which serial, and who approved it."""

    serial: str
    taken_by: str
    taken_at: str
    approved_by: str
    site: str
    months: str
    left_out: int

    def in_words(self) -> str:
        """Return the line that stands on every sheet."""
        return _(
            "%(serial)s · taken by %(taken_by)s on %(taken_at)s · approved by %(approved_by)s · %(site)s, %(months)s · "
            "people left out: %(left_out)s"
        ) % vars(self)


def workbook_of(records: Records, mark: Mark) -> bytes:
    """Return a workbook with a sheet for each table."""
    out = io.BytesIO()
    titles = {PEOPLE: _("People"), VISITS: _("Visits"), STEPS: _("Steps on MAT")}
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": mark.serial, "author": mark.taken_by, "comments": mark.in_words()})
        for table, lines in records.tables.items():
            _sheet(book, titles[table], lines, mark.in_words())
    return out.getvalue()


def lines_of(records: Records, mark: Mark) -> bytes:
    """Return lines of JSON: first the mark, then each record with its table and the serial of the mark."""
    out = [json.dumps({"table": "mark", **vars(mark)}, ensure_ascii=False)]
    for table, lines in records.tables.items():
        out += [
            json.dumps({"table": table, **line, "serial": mark.serial}, ensure_ascii=False) for line in lines
        ]
    return ("\n".join(out) + "\n").encode()


def _sheet(book: Any, title: str, lines: list[dict[str, Cell]], mark: str) -> None:
    sheet, bold = book.add_worksheet(title), book.add_format({"bold": True, "bottom": 1})
    sheet.set_header("&L" + mark.replace("&", "&&")[:250])
    sheet.set_landscape()
    sheet.write_string(0, 0, mark, book.add_format({"italic": True}))
    sheet.freeze_panes(2, 1)
    if not lines:
        return
    for place, name in enumerate(lines[0]):
        sheet.write_string(1, place, name, bold)
        sheet.set_column(place, place, _WIDTH)
    for row, line in enumerate(lines, start=2):
        _write(sheet, row, line)


def _write(sheet: Any, row: int, line: Mapping[str, Cell]) -> None:
    """Write a line: a number as one, any text as it stands, nothing for what is not known."""
    for place, cell in enumerate(line.values()):
        if isinstance(cell, int):
            sheet.write_number(row, place, cell)
        elif cell is not None:
            sheet.write_string(row, place, cell)
